//! The example of a portal, whose visitors see a part of what the sandbox makes up.

use std::{fs, path::Path, process::Command, time::Duration};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Ports, Truth, settings::local};
use crate::{
    process::{Daemon, output_of},
    project::Project,
};

const LIMIT: Duration = Duration::from_secs(30);
const ISSUER: &str = "https://portal.example";
const AUDIENCE: &str = "seatree-edge";
/// The names of the edge's upstreams for visitors, which have credentials of their own.
const LICENSES: &str = "draas";
const PHONES: &str = "phones";
/// The names of the secrets that these take.
const DRAAS: &str = "DRAAS_PASSWORD";
const CUCM: &str = "CUCM_PASSWORD";

/// What signs the visitors' tokens, made anew each time.
pub(super) struct Key {
    private: Value,
    public: Value,
}

impl Key {
    /// As `docs/visitors.md` has an operator make one; `file` holds it.
    pub(super) fn new(project: &Project, file: &Path) -> Result<Self> {
        let program = project.path("crates/edge/deploy/mint-token.mjs");
        let mint = |arguments: &[&str]| -> Result<Value> {
            let text = output_of(Command::new("node").arg(&program).args(arguments))?;
            serde_json::from_str(&text).context("a key is no JSON")
        };
        let private = mint(&["new-key", "portal"])?;
        fs::write(file, private.to_string())
            .with_context(|| format!("cannot write {}", file.display()))?;
        let public = mint(&["public", &file.to_string_lossy()])?;
        Ok(Self { private, public })
    }

    /// Lets visitors with tokens of this key through the edge.
    pub(super) fn let_in(&self, edge: &mut Value, ports: &Ports, truth: &Truth) {
        if let Some(origins) = edge["origins"].as_array_mut() {
            origins.push(local(ports.portal).into());
        }
        edge["visitors"] = json!({ "issuer": ISSUER, "audience": AUDIENCE, "keys": [self.public] });
        edge["upstreams"][LICENSES] = json!({
            "address": local(ports.draas),
            // The API asks; nothing is passed on.
            "methods": [],
            "paths": [],
            "draas": { "instance": "draas_v1", "root": format!("group:{}", truth.group) },
            "credentials": {
                "kind": "draas-login",
                "username": truth.draas.username,
                "password": { "secret": DRAAS },
            },
        });
        edge["upstreams"][PHONES] = json!({
            "address": format!("https://127.0.0.1:{}", ports.cucm),
            "methods": ["GET", "POST"],
            "paths": ["/axl/"],
            "operations": ["get*", "list*"],
            "credentials": {
                "kind": "basic",
                "username": truth.cucm.username,
                "password": { "secret": CUCM },
            },
        });
    }
}

/// The secrets that the edge then needs.
pub(super) fn secrets(truth: &Truth) -> Vec<(String, String)> {
    vec![
        (DRAAS.to_owned(), truth.draas.password.clone()),
        (CUCM.to_owned(), truth.cucm.password.clone()),
    ]
}

/// A running portal.
pub(super) struct Portal {
    daemon: Daemon,
}

impl Portal {
    /// Starts it with settings in `file`.
    pub(super) fn start(
        project: &Project,
        file: &Path,
        ports: &Ports,
        truth: &Truth,
        key: &Key,
    ) -> Result<Self> {
        fs::write(file, settings(ports, truth, key).to_string())
            .with_context(|| format!("cannot write {}", file.display()))?;
        let program = project.path("examples/portal/portal.mjs");
        let arguments = [program.as_os_str(), file.as_os_str()];
        let mut daemon = Daemon::start_tethered("the portal", "node", arguments, &[])?;
        daemon.line(LIMIT, |line| line.starts_with("Portal: ").then_some(()))?;
        Ok(Self { daemon })
    }

    /// An error when it has ended.
    pub(super) fn check(&mut self) -> Result<()> {
        self.daemon.check()
    }
}

fn settings(ports: &Ports, truth: &Truth, key: &Key) -> Value {
    let visitor = |name: &str, company: &str, scope: String| {
        let opens = format!("{scope} upstream:{PHONES}");
        json!({ "name": name, "password": "demo", "company": company, "scope": scope, "opens": opens })
    };
    json!({
        "port": ports.portal,
        "seatree": format!("{}/", local(ports.page)),
        "edge": local(ports.edge),
        "draas": LICENSES,
        "cucm": PHONES,
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "key": key.private,
        "visitors": [
            visitor("reseller", &truth.reseller.name, format!("reseller:{}", truth.reseller.uuid)),
            visitor("tenant", &truth.tenant.name, format!("tenant:{}", truth.tenant.uuid)),
        ],
    })
}

//! The running sandbox, and the truth it serves.

use std::{path::Path, process::Command, time::Duration};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Ports;
use crate::{
    command::LiveCors,
    process::{Daemon, output_of},
    project::Project,
};

const LIMIT: Duration = Duration::from_mins(1);

/// A made-up account.
pub(crate) struct SignIn {
    pub(crate) username: String,
    pub(crate) password: String,
}

/// A part of the tree.
pub(crate) struct Entity {
    pub(crate) uuid: String,
    pub(crate) name: String,
}

/// What the sandbox says about the estate it makes from a seed.
pub(crate) struct Truth {
    pub(crate) group: String,
    pub(crate) reseller: Entity,
    pub(crate) tenant: Entity,
    pub(crate) draas: SignIn,
    pub(crate) live_token: String,
    pub(crate) cucm: SignIn,
}

impl Truth {
    /// Asks the built sandbox. The same arguments give the same estate when it serves.
    pub(crate) fn of(project: &Project, estate: &[String]) -> Result<Self> {
        let text = output_of(Command::new(project.sandbox()).args(estate).arg("--print-truth"))?;
        let truth: Value =
            serde_json::from_str(&text).context("the sandbox's truth is not JSON")?;
        let text = |pointer: &str| {
            truth
                .pointer(pointer)
                .and_then(Value::as_str)
                .map(str::to_owned)
                .with_context(|| format!("the sandbox's truth has no {pointer}"))
        };
        let sign_in = |of: &str| -> Result<SignIn> {
            Ok(SignIn {
                username: text(&format!("/sign_in/{of}/username"))?,
                password: text(&format!("/sign_in/{of}/password"))?,
            })
        };
        let sample = |of: &str| -> Result<Entity> {
            Ok(Entity {
                uuid: text(&format!("/draas/samples/{of}/uuid"))?,
                name: text(&format!("/draas/samples/{of}/name"))?,
            })
        };
        Ok(Self {
            group: text("/draas/group/uuid")?,
            reseller: sample("reseller")?,
            tenant: sample("tenant")?,
            draas: sign_in("draas")?,
            live_token: text("/sign_in/live_platform/token")?,
            cucm: sign_in("cucm")?,
        })
    }
}

/// How to start the sandbox.
pub(crate) struct SandboxOptions<'a> {
    pub(crate) ports: &'a Ports,
    pub(crate) site: &'a Path,
    pub(crate) site_settings: &'a Path,
    /// Where it leaves the certificate of its CUCM.
    pub(crate) certificate: &'a Path,
    pub(crate) live_cors: LiveCors,
    pub(crate) estate: &'a [String],
}

/// A running sandbox with its addresses.
pub(crate) struct Sandbox {
    daemon: Daemon,
    pub(crate) draas: String,
    pub(crate) live: String,
    pub(crate) cucm: String,
}

impl Sandbox {
    /// The three upstreams and the page.
    pub(crate) fn start(project: &Project, options: &SandboxOptions<'_>) -> Result<Self> {
        let mut command = Command::new(project.sandbox());
        command
            .args([
                "--serve",
                "draas,live-platform,cucm,site",
                "--site-port",
                &options.ports.page.to_string(),
            ])
            .arg("--site")
            .arg(options.site)
            .arg("--site-config")
            .arg(options.site_settings)
            .args(["--live-cors", options.live_cors.as_str()])
            .args(["--site-framed-by", &format!("http://127.0.0.1:{}", options.ports.portal)]);
        Self::start_upstreams(command, options.ports, options.certificate, options.estate)
    }

    /// The three upstreams alone, for tests whose page comes from elsewhere.
    pub(crate) fn start_without_site(
        project: &Project,
        ports: &Ports,
        certificate: &Path,
    ) -> Result<Self> {
        let mut command = Command::new(project.sandbox());
        command.args(["--serve", "draas,live-platform,cucm"]);
        Self::start_upstreams(command, ports, certificate, &[])
    }

    fn start_upstreams(
        mut command: Command,
        ports: &Ports,
        certificate: &Path,
        estate: &[String],
    ) -> Result<Self> {
        command
            .args(["--draas-port", &ports.draas.to_string()])
            .args(["--live-port", &ports.live.to_string()])
            .args(["--cucm-port", &ports.cucm.to_string()])
            .args(["--origin", &format!("http://127.0.0.1:{}", ports.page)])
            .args(["--origin", &format!("http://localhost:{}", ports.page)])
            .arg("--cert-out")
            .arg(certificate)
            .args(estate)
            .arg("--exit-with-stdin");
        let mut daemon = Daemon::start("the sandbox", &mut command)?;
        let ready = daemon
            .line(LIMIT, |line| serde_json::from_str::<Value>(line).ok()?.get("ready").cloned())?;
        let address = |of: &str| {
            ready
                .get(of)
                .and_then(Value::as_str)
                .map(str::to_owned)
                .with_context(|| format!("the sandbox did not say where its {of} listens"))
        };
        if !certificate.is_file() {
            bail!("the sandbox left no certificate in {}", certificate.display());
        }
        Ok(Self {
            draas: address("draas")?,
            live: address("live-platform")?,
            cucm: address("cucm")?,
            daemon,
        })
    }

    /// An error when it has ended.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.daemon.check()
    }
}

//! The edge on this machine's workerd.

use std::{
    ffi::OsString,
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::Path,
    time::Duration,
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    process::{Daemon, poll},
    project::Project,
};

const LIMIT: Duration = Duration::from_secs(30);

/// What one running edge is told.
pub(crate) struct EdgeSettings<'a> {
    pub(crate) project: &'a Project,
    /// Where its files are put together.
    pub(crate) folder: &'a Path,
    pub(crate) port: u16,
    pub(crate) configuration: Value,
    /// The certificate authority to trust beside the public ones.
    pub(crate) authority: &'a Path,
    /// What the configuration names as secrets, by name.
    pub(crate) secrets: Vec<(String, String)>,
}

/// A running edge.
pub(crate) struct Edge {
    daemon: Daemon,
}

impl Edge {
    /// Starts workerd with the files an operator would deploy, and waits for its health.
    pub(crate) fn start(
        workerd: &Path,
        bundle: &Path,
        settings: &EdgeSettings<'_>,
    ) -> Result<Self> {
        let folder = settings.folder;
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let copy = |from: &Path, name: &str| {
            fs::copy(from, folder.join(name))
                .with_context(|| format!("cannot copy {}", from.display()))
        };
        let set_up = settings.project.path("crates/edge/deploy/workerd.capnp");
        let text = fs::read_to_string(&set_up)
            .with_context(|| format!("cannot read {}", set_up.display()))?;
        fs::write(folder.join("workerd.capnp"), with_secrets(&text, &settings.secrets))
            .with_context(|| format!("cannot write into {}", folder.display()))?;
        copy(&bundle.join("index.js"), "index.js")?;
        copy(&bundle.join("index_bg.wasm"), "index_bg.wasm")?;
        copy(settings.authority, "upstream-ca.pem")?;
        fs::write(folder.join("edge.json"), settings.configuration.to_string())
            .with_context(|| format!("cannot write into {}", folder.display()))?;

        let memory = folder.join("memory");
        fs::create_dir_all(&memory).with_context(|| format!("cannot make {}", memory.display()))?;
        let mut directory = OsString::from("--directory-path=memory=");
        directory.push(&memory);

        let arguments = [
            "serve".into(),
            folder.join("workerd.capnp").into_os_string(),
            format!("--socket-addr=http=127.0.0.1:{}", settings.port).into(),
            directory,
        ];
        let mut edge = Self {
            daemon: Daemon::start_tethered("the edge", workerd, arguments, &settings.secrets)?,
        };
        poll("the edge", LIMIT, || {
            edge.check()?;
            Ok(healthy(settings.port).then_some(()))
        })?;
        Ok(edge)
    }

    /// An error when it has ended.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.daemon.check()
    }
}

/// The set-up with each secret taken from the environment, as its comment says.
fn with_secrets(set_up: &str, secrets: &[(String, String)]) -> String {
    let binding = |(name, _): &(String, String)| {
        format!("    (name = \"{name}\", fromEnvironment = \"{name}\"),\n")
    };
    let bindings: String = secrets.iter().map(binding).collect();
    set_up.replacen("bindings = [\n", &format!("bindings = [\n{bindings}"), 1)
}

/// One HTTP request by hand: not worth a client.
fn healthy(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream
            .write_all(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply)?;
        Ok(reply)
    };
    ask().is_ok_and(|reply| reply.starts_with("HTTP/1.1 200"))
}

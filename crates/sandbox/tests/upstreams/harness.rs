//! A sandbox on free ports, and a client that takes every status as an answer.

use std::time::Duration;

use clap::Parser as _;
use seatree_sandbox::options::Options;
use seatree_sandbox::start::{Sandbox, start};
use seatree_sandbox::truth::Truth;
use serde_json::Value;
use tokio::runtime::Runtime;
use ureq::http::{HeaderMap, Request};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, AsSendBody};

/// The machine token: signs in to DRaaS without a login.
pub(crate) const MACHINE: (&str, &str) = ("Authorization", "Bearer sandbox-machine-token");
/// Signs in to Live Platform.
pub(crate) const LIVE: (&str, &str) = ("Authorization", "Bearer sandbox-live-token");
/// `axl-reader:sandbox-demo`.
pub(crate) const AXL: (&str, &str) = ("Authorization", "Basic YXhsLXJlYWRlcjpzYW5kYm94LWRlbW8=");

/// A running sandbox; ends when dropped.
pub(crate) struct Running {
    sandbox: Sandbox,
    agent: Agent,
    _runtime: Runtime,
}

/// Starts a sandbox with these flags, on free ports.
pub(crate) fn sandbox(flags: &[&str]) -> Running {
    let ports = ["--draas-port", "--live-port", "--cucm-port", "--site-port"];
    let ports = ports.iter().flat_map(|flag| [*flag, "0"]);
    let name = std::iter::once("seatree-sandbox");
    let options = Options::parse_from(name.chain(ports).chain(flags.iter().copied()));
    let runtime = Runtime::new().unwrap();
    let sandbox = {
        let _inside = runtime.enter();
        start(&options).unwrap()
    };
    let agent = agent(sandbox.certificate());
    Running { sandbox, agent, _runtime: runtime }
}

/// A client that trusts this certificate, and no other.
pub(crate) fn agent(certificate: Option<&str>) -> Agent {
    let trusted: Vec<Certificate> =
        certificate.map(|pem| Certificate::from_pem(pem.as_bytes()).unwrap()).into_iter().collect();
    let tls = TlsConfig::builder().root_certs(RootCerts::from(trusted)).build();
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_mins(1)))
        .tls_config(tls)
        .build()
        .into()
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|e| panic!("{e}: status {}, {}", self.status, self.body))
    }
}

impl Running {
    pub(crate) fn truth(&self) -> &Truth {
        self.sandbox.truth()
    }

    pub(crate) fn draas(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.addresses().draas.as_ref().unwrap())
    }

    pub(crate) fn live(&self, path: &str) -> String {
        let base = self.sandbox.addresses().live_platform.as_ref().unwrap();
        format!("{base}{path}")
    }

    pub(crate) fn cucm(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.addresses().cucm.as_ref().unwrap())
    }

    /// The cluster after the first.
    pub(crate) fn second_cucm(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.addresses().more_cucm[0])
    }

    pub(crate) fn site(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.addresses().site.as_ref().unwrap())
    }

    pub(crate) fn get(&self, url: &str, headers: &[(&str, &str)]) -> Reply {
        send(&self.agent, "GET", url, headers, ())
    }

    pub(crate) fn options(&self, url: &str, headers: &[(&str, &str)]) -> Reply {
        send(&self.agent, "OPTIONS", url, headers, ())
    }

    pub(crate) fn post(&self, url: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        send(&self.agent, "POST", url, headers, body)
    }

    pub(crate) fn delete(&self, url: &str) -> Reply {
        send(&self.agent, "DELETE", url, &[], ())
    }

    /// One that ends without a whole reply.
    pub(crate) fn broken_off(&self, url: &str, headers: &[(&str, &str)]) -> bool {
        let request = headers.iter().fold(self.agent.get(url), |r, (n, v)| r.header(*n, *v));
        request.call().map_or(true, |mut reply| reply.body_mut().read_to_vec().is_err())
    }

    pub(crate) fn put(&self, url: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        send(&self.agent, "PUT", url, headers, body)
    }
}

fn send(
    agent: &Agent,
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: impl AsSendBody,
) -> Reply {
    let request = Request::builder().method(method).uri(url);
    let request =
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let mut response = agent.run(request.body(body).unwrap()).unwrap();
    Reply {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.body_mut().with_config().limit(1 << 28).read_to_string().unwrap(),
    }
}

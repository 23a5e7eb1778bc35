//! What the edge lets through.

use percent_encoding::percent_decode;
use seatree_core::gate::{Ask, Body, Decision, Forward, Gate, Settings};

use super::gate_settings::SETTINGS;
use crate::check::TOKEN;
use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "gate-requests",
    decodes: "requests that ask the edge for something, and replies that go back",
    seeds,
    words: mutate::TEXT,
    repeats: &[
        Repeat::new("POST\nhttps://licenses.example\n/to/cucm/axl/", "a/", "\n"),
        Repeat::new("POST\nhttps://licenses.example\n/to/cucm/axl/", "%", "\n"),
        Repeat::new("POST\nhttps://licenses.example\n/to/cucm/axl/?", "a", "\n"),
        Repeat::new("", "POST", "\n"),
    ],
    feed,
};

const LISTED: &str = "https://licenses.example";

/// Method, origin, target and the reply's `location`, a line each.
fn seeds() -> Vec<Vec<u8>> {
    [
        "POST\nhttps://licenses.example\n/to/cucm/axl/\nhttps://sso.example:8443/login",
        "GET\nhttps://licenses.example\n/to/live/tenantui/api/v3/customer?x=1&y=[2]\n",
        "OPTIONS\nhttps://licenses.example\n/to/live/tenantui/api/v3\n",
        "POST\nhttps://licenses.example\n/to/cucm/axl/..;/ccmadmin/\n",
        "POST\nhttps://licenses.example\n/to/cucm/axl/%252e%252e/x\n",
        "POST\nhttps://other.example\n/to/cucm/axl/\n",
        "GET\n\n/health\n",
    ]
    .map(|seed| seed.as_bytes().to_vec())
    .to_vec()
}

fn feed(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut lines = text.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (method, origin, target, location) = (line(), line(), line(), line());
    let settings = Settings::parse(SETTINGS).expect("good settings");
    let gate = Gate::new(settings);
    let header = |name: &str| match name {
        "origin" => (!origin.is_empty()).then(|| origin.to_owned()),
        "access-control-request-method" => Some("GET".to_owned()),
        "cookie" | "x-forwarded-for" | "authorization" => Some(format!("Basic {TOKEN}")),
        _ => None,
    };
    let ask = Ask { method, target, header: &header, body: Body::Length(10) };
    match within_memory(input.len(), || gate.decide(&ask)) {
        Decision::Refuse(refusal) => {
            check::text(&refusal.detail);
            assert!(!refusal.body().contains(TOKEN));
            assert!(origin == LISTED || !is_readable(&refusal.headers()), "readable by {origin}");
        }
        Decision::Preflight(headers) => {
            assert!(origin == LISTED && method == "OPTIONS");
            assert!(is_readable(&headers));
        }
        Decision::Visit(visit) => panic!("no upstream here has visitors: {visit:?}"),
        // No upstream here lists operations; lists of AXL take turns all the same.
        Decision::Read(unread) => {
            let forward = gate.read(unread, input).expect("a body that is counted and passes");
            passes(&gate, &forward, (method, origin), location);
        }
        Decision::Forward(forward) => passes(&gate, &forward, (method, origin), location),
    }
}

fn passes(gate: &Gate, forward: &Forward, (method, origin): (&str, &str), location: &str) {
    assert!(origin == LISTED, "{origin} passes");
    assert_stays_below(forward, method);
    let names: Vec<&str> = forward.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["authorization"], "what else passes");
    relay(gate, forward, location);
}

fn is_readable(headers: &[(String, String)]) -> bool {
    headers.iter().any(|(name, _)| name == "access-control-allow-origin")
}

/// A forwarded path stays below what is listed, for a server that decodes as often as it can,
/// knows path parameters and backslashes, and climbs.
fn assert_stays_below(forward: &Forward, method: &str) {
    let url = forward.url.as_str();
    assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{url:?}");
    let (path, listed): (_, &[&str]) = if forward.upstream == "cucm" {
        assert_eq!(method, "POST");
        (url.strip_prefix("https://10.0.0.5:8443"), &["/axl"])
    } else {
        assert!(["GET", "PUT"].contains(&method), "{method} passes");
        let listed = &["/tenantui/api/v3", "/tenantui/api/v2/customer"];
        (url.strip_prefix("https://portal.example"), listed)
    };
    let path = path.expect("the configured origin and a path");
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let read = as_the_most_generous_server_reads_it(path);
    let below = |prefix: &&str| {
        read.strip_prefix(*prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    assert!(listed.iter().any(below), "{path} is read as {read}");
}

fn as_the_most_generous_server_reads_it(path: &str) -> String {
    let mut bytes = path.as_bytes().to_vec();
    loop {
        let decoded: Vec<u8> = percent_decode(&bytes).collect();
        if decoded == bytes {
            break;
        }
        bytes = decoded;
    }
    let text = String::from_utf8_lossy(&bytes).replace('\\', "/");
    let mut kept: Vec<&str> = Vec::new();
    for segment in text.split('/') {
        match segment.split(';').next().unwrap_or_default() {
            "" | "." => {}
            ".." => drop(kept.pop()),
            other => kept.push(other),
        }
    }
    format!("/{}", kept.join("/"))
}

fn relay(gate: &Gate, forward: &Forward, location: &str) {
    let location = format!("{location}?token={TOKEN}");
    let header = |name: &str| match name {
        "location" => Some(location.clone()),
        "set-cookie" | "content-type" => Some("x".to_owned()),
        _ => None,
    };
    let refusal = gate.relay(forward, 302, &header).expect_err("a redirect");
    check::text(&refusal.detail);
    assert!(!refusal.body().contains(TOKEN), "{}", refusal.body());
    let relay = gate.relay(forward, 599, &header).expect("not a redirect");
    assert!(relay.headers.iter().all(|(name, _)| name != "set-cookie"));
    for refusal in [gate.unreachable(forward), gate.untrusted(forward)] {
        check::text(&refusal.detail);
    }
    if let Some((host, port)) = gate.tls_endpoint(forward) {
        assert!(!host.is_empty() && port > 0);
    }
}

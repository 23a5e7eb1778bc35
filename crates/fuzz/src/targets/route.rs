//! Answers of proxies and edges, told from those of an upstream.

use seatree_core::address::Address;
use seatree_core::route::Route;

use super::reply;
use crate::check::TOKEN;
use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "route",
    decodes: "what proxies and edges say in an upstream's place",
    seeds,
    words: mutate::JSON,
    repeats: &[
        Repeat::new("ah", "Not found because of proxy error: ", ""),
        Repeat::new("bg{\"type\":\"urn:seatree:edge:x\",\"detail\":\"", "word ", "\"}"),
        Repeat::new("bg", "[[],", ""),
    ],
    feed,
};

fn seeds() -> Vec<Vec<u8>> {
    let problem = |slug: &str| {
        format!(
            r#"{{"type":"urn:seatree:edge:{slug}","title":"Path not allowed","status":403,
                "detail":"The edge does not list this path."}}"#
        )
    };
    vec![
        reply::write(0, 404, "Not found because of proxy error: Error: getaddrinfo ENOTFOUND x"),
        reply::write(0, 403, "The origin \"null\" was not whitelisted by the operator."),
        reply::write(0, 400, format!("Missing required request header. {TOKEN}")),
        reply::write(1, 403, problem("path-refused")),
        reply::write(1, 502, problem("upstream-certificate")),
        reply::write(1, 403, r#"{"type":"about:blank"}"#),
    ]
}

fn feed(input: &[u8]) {
    let Some(reply::Input { which, mut reply, body }) = reply::read(input, 2) else { return };
    let address = Address::parse("https://proxy.example/").expect("a good address");
    let route = if which == 0 {
        Route::ProxyPrefix { proxy: address }
    } else {
        reply.headers.clear();
        reply = reply.with_header("content-type", "application/problem+json; charset=utf-8");
        Route::Edge { edge: address, upstream: "cucm".to_owned() }
    };
    let refusal = within_memory(body.len(), || route.refusal("testing", &reply));
    if let Some(error) = refusal {
        check::error(&error);
    }
}

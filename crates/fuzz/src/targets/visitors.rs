//! What visitors bring: tokens, and requests within their scopes.

use seatree_core::api::{NewLimits, NodeName};
use seatree_core::visitors::{Algorithm, Asked, Key, Site, Visitors};

use crate::check::TOKEN;
use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "visitors",
    decodes: "visitors' tokens, paths, names of nodes, new limits",
    seeds,
    words: mutate::JSON,
    repeats: &[
        Repeat::new("eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.", "e30", ".AAAA"),
        Repeat::new("/api/v01/draas/draas_v1/tenants?", "parent=x&", ""),
        Repeat::new("{\"node\":\"x\",\"limits\":{", "\"a\":1,", "\"b\":1}}"),
        Repeat::new("subscription:", "1:", "2"),
    ],
    feed,
};

const ID: &str = "53fd92c7-fbef-44fd-af76-d92334432ac9";

fn seeds() -> Vec<Vec<u8>> {
    let path = |rest: &str| format!("/api/v01/draas/draas_v1/{rest}");
    vec![
        // {"alg":"ES256","kid":"k"} . {"exp":4000000000} . 64 bytes of zeros
        format!("eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.eyJleHAiOjQwMDAwMDAwMDB9.{}", "A".repeat(86)),
        path(&format!("tenants/{ID}/subscriptions/2/licenses")),
        path(&format!("resellers/{ID}/licenses?detailed=true")),
        path(&format!("tenants?parent={ID}&page_size=100")),
        format!("subscription:{ID}:2"),
        format!(
            r#"{{"node":"subscription:{ID}:2","limits":{{"msTeamsUsers":10}},"below_use":true}}"#
        ),
    ]
    .into_iter()
    .map(String::into_bytes)
    .collect()
}

fn feed(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    within_memory(input.len(), || {
        token(&text);
        asked(&text);
        if let Some(name) = NodeName::parse(&text) {
            assert_eq!(name.to_string(), text, "one node has one name");
        }
        match NewLimits::read(input) {
            Ok(limits) => drop(format!("{limits:?}")),
            Err(problem) => check::text(&problem.to_string()),
        }
    });
}

fn token(text: &str) {
    let algorithm = Algorithm::Es256 { x: String::new(), y: String::new() };
    let visitors = Visitors {
        issuer: "i".to_owned(),
        audience: "a".to_owned(),
        keys: vec![Key { id: "k".to_owned(), algorithm }],
    };
    if let Ok(presented) = visitors.present(Some(&format!("Bearer {text}"))) {
        assert!(!format!("{presented:?}").contains(TOKEN));
        assert!(presented.clone().verified(false, 0).is_err(), "a forged token is taken");
        if let Ok(visitor) = presented.verified(true, 1_000) {
            assert!(visitor.until_s > 1_000 && visitor.until_s < 1_000 + 3_700);
        }
    }
}

/// What is known of a path is all of it: written again it is the same.
fn asked(target: &str) {
    let site = Site { prefix: "draas".to_owned(), instance: "draas_v1".to_owned() };
    for method in ["GET", "PUT", "POST"] {
        let Some(asked) = Asked::read(&site, method, target) else { continue };
        assert_ne!(method, "POST");
        let path = target.split('?').next().unwrap_or_default();
        let rest = path.strip_prefix("/api/v01/draas/draas_v1/").expect("the platform's own path");
        assert!(
            rest.split('/').all(|segment| !segment.is_empty() && segment.is_ascii()),
            "{asked:?}"
        );
    }
}

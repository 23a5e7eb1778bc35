//! The edge's configuration.

use seatree_core::gate::{Ask, Body, Decision, Gate, Settings};

use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "gate-settings",
    decodes: "the edge's configuration",
    seeds,
    words: mutate::TEXT,
    repeats: &[
        Repeat::new("", "[", ""),
        Repeat::new("{\"origins\":[", "\"https://a.example\",", "\"https://b.example\"]}"),
        Repeat::new("{\"origins\":[\"https://", "a.", "example\"]}"),
        Repeat::new("{\"upstreams\":{\"", "name", "\":{}}}"),
    ],
    feed,
};

pub(super) const SETTINGS: &str = r#"{"origins":["https://licenses.example"],"upstreams":{
    "cucm":{"address":"https://10.0.0.5:8443","methods":["POST"],"paths":["/axl/"]},
    "live":{"address":"https://portal.example","methods":["GET","PUT"],
        "paths":["/tenantui/api/v3","/tenantui/api/v2/customer"],"max_body":1000}}}"#;

const WEBHOOKS: &str = r#"{"visitors":{"issuer":"i","audience":"a","keys":[]},
    "upstreams":{"draas":{"address":"https://prov.example","memory":{"every_seconds":3600},
        "draas":{"instance":"draas_v1","root":"group:cae902b4-2307-41ef-b554-43a12c63cc97"},
        "credentials":{"kind":"token","token":{"secret":"TOKEN"}}}},
    "webhooks":{"operator":{"secret":"OPERATOR"},"down_after":2,
        "receivers":{"desk":{"address":"https://desk.example/in","keys":[{"secret":"KEY"}],
            "events":["near","over"],"thresholds":[80,90],"attempts":3,"first_pause":9,"eased_after":0,
            "below":["tenant:53fd92c7-fbef-44fd-af76-d92334432ac9"],"upstreams":["draas"]}},
        "mute":[{"receivers":["desk"],"events":["near"],"until":"2026-12-24T08:00:00Z"}]}}"#;

fn seeds() -> Vec<Vec<u8>> {
    [SETTINGS, WEBHOOKS, "{}", include_str!("../../../edge/deploy/edge.json")]
        .map(|seed| seed.as_bytes().to_vec())
        .to_vec()
}

fn feed(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    // Of a form that serves for each.
    let secret = |_: &str| Some("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".into());
    match within_memory(input.len(), || Settings::with_secrets(&text, &secret)) {
        Err(error) => {
            check::text(&error.to_string());
            assert!(!error.problem.is_empty() && !error.problem.contains("MfKQ"));
        }
        Ok(settings) => {
            // Whatever is configured: without a listed origin nothing passes, nor to a climber.
            let gate = Gate::new(settings);
            for origin in [None, Some("https://licenses.example".to_owned())] {
                let header = |name: &str| origin.clone().filter(|_| name == "origin");
                for target in ["/to/cucm/axl/", "/to/cucm/axl/..;/x", "/to/live/%2e%2e/x"] {
                    let ask = Ask { method: "POST", target, header: &header, body: Body::None };
                    let forwards = matches!(gate.decide(&ask), Decision::Forward(_));
                    let harmless = origin.is_some() && target == "/to/cucm/axl/";
                    assert!(!forwards || harmless, "{target} passes for {origin:?}");
                }
            }
        }
    }
}

//! `seatree.json`.

use seatree_core::config::{Config, Connection, FileError, HeaderValue, Settings};

use crate::check::{PASSWORD, TOKEN};
use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "config",
    decodes: "seatree.json",
    seeds,
    words: mutate::TEXT,
    repeats: &[
        Repeat::new("", "[", ""),
        Repeat::new("{\"version\":1,\"connections\":[", "{},", "{}]}"),
        Repeat::new("{\"version\":1,\"connections\":[", "1,", "1]}"),
        Repeat::new("{", "\"x\":1,", "\"version\":1}"),
        Repeat::new("{\"", "long key", "\":1}"),
        Repeat::new("{\"version\":1,\"connections\":[{\"kind\":\"", "long", "\"}]}"),
    ],
    feed,
};

fn seeds() -> Vec<Vec<u8>> {
    let whole = format!(
        r#"{{"version":1,"connections":[
            {{"id":"d","name":"DRaaS","kind":"draas","address":"http://127.0.0.1:8711",
              "entity":{{"level":"group","uuid":"aaf9dba1-9469-40fa-be50-22298d68010d"}}}},
            {{"id":"l","name":"Live","kind":"live-platform","address":"https://portal.example",
              "route":{{"style":"proxy-query","address":"https://proxy.example/","parameter":"url",
              "header":{{"name":"x-key","value":"{TOKEN}"}}}}}},
            {{"id":"c","name":"CUCM","kind":"cucm","address":"https://127.0.0.1:8443","version":"14.0",
              "route":{{"style":"edge","address":"https://edge.example","upstream":"cucm"}}}}],
          "thresholds":{{"near":80,"over":100}},
          "demo":{{"d":{{"username":"ada","password":"{PASSWORD}"}},"c":{{"token":"{TOKEN}"}}}}}}"#
    );
    vec![
        whole.into_bytes(),
        br#"{"version":1}"#.to_vec(),
        br#"{"version":1,"$schema":"x","connections":[{"kind":"cucm","id":"a","name":"b",
            "address":"https://h","route":{"style":"mount","address":"/x"}}]}"#
            .to_vec(),
    ]
}

fn feed(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let config = match within_memory(input.len(), || Config::parse(&text)) {
        Ok(config) => config,
        Err(error) => {
            if let FileError::Fields(fields) = &error {
                assert!(!fields.is_empty(), "refused without a reason");
                for field in fields {
                    check::text(&field.message);
                    assert!(field.field.chars().count() <= 500, "{:.100}…", field.field);
                }
            }
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(PASSWORD) || !input_is_tame(&text), "{shown}");
            return;
        }
    };
    check::keeps_secret(input, &config);
    for settings in &config.connections {
        // What was accepted as a file is a connection, and is written as it was read.
        let connection = Connection::new(settings).expect("a connection of an accepted file");
        assert_eq!(connection.kind(), settings.kind);
        let written = settings.to_json(HeaderValue::Keep);
        // A header without a name is none, whatever its value.
        let unnamed = settings.route.header.name.is_empty();
        assert!(unnamed || Settings::from_json(&written).as_ref() == Ok(settings));
        let without = Settings::from_json(&settings.to_json(HeaderValue::Drop));
        assert!(without.is_ok_and(|settings| settings.route.header.value.is_empty()));
    }
}

/// Whether passwords stand only where the seeds have them.
fn input_is_tame(text: &str) -> bool {
    text.matches(PASSWORD).count() == text.matches(&format!("\"password\":\"{PASSWORD}\"")).count()
}

//! What the edge lets through to a cluster by what its body asks for.

use seatree_core::gate::{Ask, Body, Decision, Gate, Settings};

use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "gate-operations",
    decodes: "SOAP requests that the edge lets through or not",
    seeds,
    words: mutate::XML,
    repeats: &[
        Repeat::new("", "<a>", ""),
        Repeat::new(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\">",
            "<!-- -->",
            "",
        ),
        Repeat::new("<e xmlns:e=\"x\" ", "a=\"b\" ", "/>"),
        Repeat::new("<!DOCTYPE x [", "<!ENTITY a \"&b;&b;\">", "]>"),
    ],
    feed,
};

const SETTINGS: &str = r#"{"origins":["https://licenses.example"],"upstreams":{
    "cucm":{"address":"https://10.0.0.5:8443","methods":["POST"],"paths":["/axl/"],
        "operations":["get*","listLicensedUser","executeSQLQuery"]}}}"#;

fn seeds() -> Vec<Vec<u8>> {
    let envelope = |inside: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
             <e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" \
             xmlns:n=\"http://www.cisco.com/AXL/API/14.0\"><e:Header/><e:Body>{inside}</e:Body></e:Envelope>"
        )
    };
    [
        "<n:getUser><userid>ada</userid></n:getUser>",
        "<n:updateUser><userid>ada</userid></n:updateUser>",
        "<n:listLicensedUser><first>5</first></n:listLicensedUser>",
        "<n:executeSQLQuery><sql>select name from x where a &lt; 3</sql></n:executeSQLQuery>",
        "<n:executeSQLUpdate><sql>delete from x</sql></n:executeSQLUpdate>",
        "<n:getUser/><n:updateUser/>",
    ]
    .map(|inside| envelope(inside).into_bytes())
    .to_vec()
}

fn feed(input: &[u8]) {
    let gate = Gate::new(Settings::parse(SETTINGS).expect("good settings"));
    let header = |name: &str| match name {
        "origin" => Some("https://licenses.example".to_owned()),
        "content-type" => Some("text/xml; charset=utf-8".to_owned()),
        _ => None,
    };
    let body = Body::Length(10);
    let ask = Ask { method: "POST", target: "/to/cucm/axl/", header: &header, body };
    let Decision::Read(unread) = gate.decide(&ask) else { panic!("a body that is not read") };
    match within_memory(input.len(), || gate.read(unread, input)) {
        Err(refusal) => check::text(&refusal.detail),
        Ok(forward) => {
            // Whatever passes names a listed operation, and without a turn none that is long.
            let text = String::from_utf8_lossy(input);
            assert!(
                ["get", "listLicensedUser", "executeSQLQuery"].iter().any(|n| text.contains(n))
            );
            assert!(forward.at_a_time.is_some() || text.contains("get"), "a list without its turn");
        }
    }
}

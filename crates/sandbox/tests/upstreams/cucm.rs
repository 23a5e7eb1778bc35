//! CUCM over TLS: requests as clients write them, and what comes back.

mod devices;
mod requests;
mod smart;
mod sql;
mod throttle;
mod units;
mod users;
mod versions;
mod wire;

use seatree_sandbox::cucm::xml::{self, Element};

use crate::harness::{AXL, Reply, Running};

pub(crate) const ALL: &str =
    "<userId/><firstName/><lastName/><snrEnabled/><deviceCount/><licenseType/><licenseUsed/>";

pub(crate) fn envelope(version: &str, body: &str) -> String {
    format!(
        "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:ns=\"http://www.cisco.com/AXL/API/{version}\"><soapenv:Header/><soapenv:Body>\
         {body}</soapenv:Body></soapenv:Envelope>"
    )
}

/// `axl-admin:sandbox-demo`, who may change things.
pub(crate) const ADMINISTRATOR: (&str, &str) =
    ("Authorization", "Basic YXhsLWFkbWluOnNhbmRib3gtZGVtbw==");

/// As the one who may only read.
pub(crate) fn axl(running: &Running, version: &str, body: &str) -> Reply {
    axl_as(AXL, running, version, body)
}

pub(crate) fn axl_as(who: (&str, &str), running: &Running, version: &str, body: &str) -> Reply {
    let action = format!("\"CUCM:DB ver={version} x\"");
    let headers = [who, ("SOAPAction", action.as_str()), ("Content-Type", "text/xml")];
    running.post(&running.cucm("/axl/"), &headers, &envelope(version, body))
}

pub(crate) fn list(criteria: &str, tags: &str, paging: &str) -> String {
    format!(
        "<ns:listLicensedUser><searchCriteria>{criteria}</searchCriteria>\
         <returnedTags>{tags}</returnedTags>{paging}</ns:listLicensedUser>"
    )
}

/// The entries of a reply.
pub(crate) fn rows(reply: &Reply) -> Vec<Element> {
    response(reply).child("return").unwrap().children.clone()
}

/// The response element.
pub(crate) fn response(reply: &Reply) -> Element {
    assert_eq!(reply.status, 200, "{}", reply.body);
    let envelope = xml::parse(reply.body.as_bytes()).unwrap();
    envelope.child("Body").unwrap().children[0].clone()
}

pub(crate) fn text(element: &Element, name: &str) -> String {
    element.child(name).unwrap_or_else(|| panic!("no {name} in {element:?}")).text.clone()
}

pub(crate) fn ids(reply: &Reply) -> Vec<String> {
    rows(reply).iter().map(|user| text(user, "userId")).collect()
}

/// Code and words of AXL's error.
pub(crate) fn fault(reply: &Reply) -> (i32, String) {
    assert_eq!(reply.status, 500, "{}", reply.body);
    let envelope = xml::parse(reply.body.as_bytes()).unwrap();
    let fault = envelope.child("Body").unwrap().child("Fault").unwrap();
    let error = fault.child("detail").unwrap().child("axlError").unwrap();
    let code = error.child("axlcode").unwrap().text.parse().unwrap();
    (code, fault.child("faultstring").unwrap().text.clone())
}

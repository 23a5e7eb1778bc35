//! The AXL contract against schema-shaped replies, faults and pages.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

use seatree_core::axl::*;
use seatree_core::http::{Reply, Request, Secret};
use seatree_core::{Operation, Problem, UpstreamError};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../fixtures/axl/", $name))
    };
}

mod any_form;
mod faults;
mod operations;
mod reading;
mod requests;
mod surface;
mod users;

fn api() -> Api {
    Api::new("https://cucm.example:8443").unwrap()
}

fn credentials() -> Credentials {
    Credentials { user: "axl".into(), password: Secret::from("hunter2") }
}

fn v(version: &str) -> Version {
    Version::parse(version).unwrap()
}

fn list_with(version: &str, criteria: Criteria) -> ListLicensedUser {
    ListLicensedUser::new(&api(), &credentials(), v(version), criteria, 500, 250)
}

fn list() -> ListLicensedUser {
    list_with("14.0", Criteria::default())
}

fn read(body: &str) -> Result<UserPage, UpstreamError> {
    list().decode(&Reply::new(200, body))
}

fn problem(status: u16, body: &str) -> Problem {
    list().decode(&Reply::new(status, body)).unwrap_err().problem
}

fn body(request: &Request) -> &str {
    request.body.as_deref().unwrap()
}

/// A reply with this inside an element of AXL's.
fn envelope(response: &str, inside: &str) -> String {
    format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><n:{response} \
         xmlns:n='http://www.cisco.com/AXL/API/14.0'>{inside}</n:{response}></s:Body></s:Envelope>"
    )
}

/// A reply whose only user has these fields.
fn reply_with(user: &str) -> String {
    format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
         <n:listLicensedUserResponse xmlns:n='http://www.cisco.com/AXL/API/14.0'><return>\
         <licensedUser uuid='{{1F1D3AFF-F77D-319B-7693-3C2221E6AF78}}'>{user}</licensedUser>\
         </return></n:listLicensedUserResponse></s:Body></s:Envelope>"
    )
}

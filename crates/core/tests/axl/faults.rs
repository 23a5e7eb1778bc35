//! What a reply that is no success means.

use seatree_core::axl::*;
use seatree_core::http::Reply;
use seatree_core::{Operation, Problem, UpstreamError};

use crate::{list, problem, reply_with};

#[test]
fn what_is_no_answer_is_malformed() {
    let envelope = |payload: &str| {
        format!(
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>{payload}\
             </s:Body></s:Envelope>"
        )
    };
    let deep = reply_with(&format!("{}{}", "<a>".repeat(5_000), "</a>".repeat(5_000)));
    for body in [
        "",
        "nonsense",
        "{\"json\": true}",
        "<a/>",
        "<html><body>Sign in</body></html>",
        &envelope(""),
        &envelope(
            "<listLicensedUserResponse xmlns='urn:other'><return/></listLicensedUserResponse>",
        ),
        &envelope("<n:listLicensedUserResponse xmlns:n='http://www.cisco.com/AXL/API/14.0'/>"),
        &envelope("<getUserResponse><return/></getUserResponse>"),
        &format!("{}<again/>", fixture!("licensed-users.xml")),
        &deep,
    ] {
        let problem = problem(200, body);
        assert!(matches!(problem, Problem::Malformed { .. }), "{body:.80}: {problem:?}");
    }
    let bytes = list().decode(&Reply::new(200, b"<a>\xff</a>".as_slice())).unwrap_err();
    assert!(matches!(bytes.problem, Problem::Malformed { expected: "whole XML", .. }), "{bytes}");
}

#[test]
fn pages_of_tomcat_become_what_one_can_act_on() {
    assert_eq!(problem(401, fixture!("page-401.html")), Problem::SignedOut);
    assert_eq!(
        problem(403, fixture!("page-403.html")),
        Problem::Forbidden { role: Some("Standard AXL API Access") }
    );
    let wrong_version = Problem::WrongVersion {
        asked: "14.0".into(),
        supported: ["15.0", "14.0", "12.5", "12.0"].map(str::to_owned).into(),
    };
    for status in [599, 502] {
        assert_eq!(problem(status, fixture!("page-599.html")), wrong_version, "{status}");
    }
    let bare = Problem::WrongVersion { asked: "14.0".into(), supported: vec![] };
    assert_eq!(problem(599, ""), bare);
    assert!(matches!(problem(404, "<html>"), Problem::Malformed { .. }));
    assert_eq!(
        problem(500, "<html><title>Error</title><h1>HTTP Status 500 - Oops</h1>"),
        Problem::Rejected { status: 500, code: None, message: "HTTP Status 500 - Oops.".into() }
    );
}

#[test]
fn the_versions_a_server_names_lead_to_one_it_speaks() {
    let Problem::WrongVersion { supported, .. } = problem(599, fixture!("page-599.html")) else {
        panic!("no version error");
    };
    let spoken = |asked: &str| Version::parse(asked).unwrap().closest(&supported);
    assert_eq!(spoken("15.0"), Version::parse("15.0"));
    assert_eq!(spoken("11.5"), Version::parse("12.0"));
}

#[test]
fn throttles_say_what_to_do() {
    let throttled = |suggested_rows| Problem::Throttled { retry_after_s: None, suggested_rows };
    assert_eq!(problem(500, fixture!("fault-too-large.xml")), throttled(Some(843)));
    assert_eq!(problem(500, fixture!("fault-memory.xml")), throttled(None));
    assert_eq!(problem(200, fixture!("fault-memory.xml")), throttled(None));
    let busy = Reply::new(503, "<html>").with_header("retry-after", "30");
    assert_eq!(
        list().decode(&busy).unwrap_err().problem,
        Problem::Throttled { retry_after_s: Some(30), suggested_rows: None }
    );
}

#[test]
fn a_fault_keeps_ciscos_code_and_words() {
    let expected = |status| Problem::Rejected {
        status,
        code: Some(5007),
        message: "Item not valid: The specified User was not found.".into(),
    };
    assert_eq!(problem(500, fixture!("fault-user-not-found.xml")), expected(500));
    // Some proxies turn every status into a success.
    assert_eq!(problem(200, fixture!("fault-user-not-found.xml")), expected(200));
}

/// Every shape in which a fault was seen or is documented, at status 500 and under a success.
#[test]
fn a_fault_is_understood_in_every_shape() {
    let fault = |inside: &str| {
        format!(
            "<soapenv:Envelope xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/'>\
             <soapenv:Body><soapenv:Fault>{inside}</soapenv:Fault></soapenv:Body>\
             </soapenv:Envelope>"
        )
    };
    let axl = "xmlns:ns2='http://www.cisco.com/AXL/API/14.0'";
    for (inside, code, message) in [
        (
            "<faultcode>soapenv:Server</faultcode><faultstring>Item not valid</faultstring><detail>\
             <axlError><axlcode>5007</axlcode><axlmessage>No such user</axlmessage>\
             <request>getLicensedUser</request></axlError></detail>"
                .to_owned(),
            Some(5007),
            "No such user.",
        ),
        (
            format!(
                "<faultcode>soapenv:Server</faultcode><faultstring>Item not valid</faultstring>\
                 <detail><ns2:axlError {axl}><axlcode>5003</axlcode>\
                 <axlmessage>Rank too low</axlmessage></ns2:axlError></detail>"
            ),
            Some(5003),
            "Rank too low.",
        ),
        (
            "<faultcode>soapenv:Client</faultcode><faultstring>Could not insert</faultstring>\
             <detail><axlError><axlcode>-239</axlcode></axlError></detail>"
                .to_owned(),
            Some(-239),
            "Could not insert.",
        ),
        (
            "<detail><axlError><axlmessage>Only words</axlmessage></axlError></detail>".to_owned(),
            None,
            "Only words.",
        ),
        ("<faultcode>soapenv:Server</faultcode>".to_owned(), None, "no reason given."),
        (String::new(), None, "no reason given."),
    ] {
        for status in [200, 500] {
            let expected = Problem::Rejected { status, code, message: message.into() };
            assert_eq!(problem(status, &fault(&inside)), expected, "{inside}");
        }
    }
}

#[test]
fn statuses_without_a_body_are_understood() {
    let rejected =
        Problem::Rejected { status: 500, code: None, message: "no reason given.".into() };
    assert_eq!(problem(500, ""), rejected);
    let busy = Problem::Throttled { retry_after_s: None, suggested_rows: None };
    assert_eq!(problem(503, ""), busy);
    assert_eq!(problem(401, ""), Problem::SignedOut);
    let error = list().decode(&Reply::new(404, "")).unwrap_err();
    assert!(error.what().contains("a session that ended"), "{error}");
}

#[test]
fn every_operation_tells_the_version_that_was_refused() {
    let page = Reply::new(599, fixture!("page-599.html"));
    let (api, nobody, version) = (crate::api(), crate::credentials(), crate::v("11.0"));
    let asked = |error: UpstreamError| match error.problem {
        Problem::WrongVersion { asked, supported } => (asked, supported.len()),
        other => panic!("{other:?}"),
    };
    let update = DoUpdateLicenseUsage::new(&api, &nobody, version);
    assert_eq!(asked(update.decode(&page).unwrap_err()), ("11.0".into(), 4));
    let totals = sql::ReadLicenseTotals::new(&api, &nobody, version);
    assert_eq!(asked(totals.decode(&page).unwrap_err()), ("11.0".into(), 4));
}

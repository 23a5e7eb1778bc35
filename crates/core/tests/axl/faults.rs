//! What a reply that is no success means.

use seatree_core::axl::*;
use seatree_core::http::Reply;
use seatree_core::{Operation, Problem};

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

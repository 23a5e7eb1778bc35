//! What is sent.

use proptest::prelude::*;
use seatree_core::axl::*;
use seatree_core::http::{Method, Reply};
use seatree_core::{Operation, Problem};

use crate::{api, body, credentials, list, list_with, read, reply_with};

#[test]
fn the_list_is_asked_for_exactly_as_the_schema_wants() {
    let request = list().request();
    assert_eq!(
        (request.method, request.url.as_str()),
        (Method::Post, "https://cucm.example:8443/axl/")
    );
    assert_eq!(request.header("content-type"), Some("text/xml; charset=utf-8"));
    assert_eq!(request.header("accept"), Some("text/xml"));
    assert_eq!(request.header("soapaction"), Some("\"CUCM:DB ver=14.0 listLicensedUser\""));
    assert_eq!(request.header("authorization"), Some("Basic YXhsOmh1bnRlcjI="));
    assert_eq!(
        body(&request),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope \
         xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:ns=\"http://www.cisco.com/AXL/API/14.0\"><soapenv:Header/><soapenv:Body>\
         <ns:listLicensedUser><searchCriteria><userId>%</userId></searchCriteria><returnedTags>\
         <userId/><firstName/><lastName/><snrEnabled/><emEnabled/><deviceCount/><licenseType/>\
         <licenseUsed/></returnedTags><skip>500</skip><first>250</first></ns:listLicensedUser>\
         </soapenv:Body></soapenv:Envelope>"
    );
    assert!(!format!("{:?} {request:?}", list()).contains("hunter2"));
}

#[test]
fn em_is_not_asked_for_before_12_5() {
    for (version, has_em) in [("11.0", false), ("12.0", false), ("12.5", true), ("15.0", true)] {
        let request = list_with(version, Criteria::default()).request();
        assert_eq!(body(&request).contains("<emEnabled/>"), has_em, "{version}");
        assert!(body(&request).contains(&format!("AXL/API/{version}\"")), "{version}");
    }
}

#[test]
fn only_filled_criteria_are_sent_and_escaped() {
    let criteria = Criteria {
        user_id: Some(" ".into()),
        first_name: None,
        last_name: Some("O'Brien & <Sales>%".into()),
    };
    let request = list_with("14.0", criteria).request();
    let expected = "<searchCriteria><lastName>O&apos;Brien &amp; &lt;Sales&gt;%</lastName>\
                    </searchCriteria>";
    assert!(body(&request).contains(expected), "{}", body(&request));
}

#[test]
fn the_version_is_asked_for_without_knowing_any() {
    let blind = GetCcmVersion::new(&api(), &credentials(), None);
    assert_eq!(blind.request().header("soapaction"), None);
    assert!(body(&blind.request()).contains("xmlns:ns=\"http://www.cisco.com/AXL/API/1.0\""));
    let known = GetCcmVersion::new(&api(), &credentials(), Version::parse("12.5"));
    let action = "\"CUCM:DB ver=12.5 getCCMVersion\"";
    assert_eq!(known.request().header("soapaction"), Some(action));

    let version = blind.decode(&Reply::new(200, fixture!("ccm-version.xml"))).unwrap();
    assert_eq!(version.full, "14.0.1.10000-20");
    assert_eq!(version.schema, Version::parse("14.0"));

    let error = blind.decode(&Reply::new(599, fixture!("page-599.html"))).unwrap_err();
    assert!(matches!(error.problem, Problem::WrongVersion { asked, .. } if asked == "1.0"));
    let other = blind.decode(&Reply::new(200, fixture!("licensed-users.xml"))).unwrap_err();
    assert!(matches!(other.problem, Problem::Malformed { .. }));
}

proptest! {
    #[test]
    fn any_text_of_a_criterion_is_sent_as_it_was(text in "\\PC{1,60}") {
        prop_assume!(!text.trim().is_empty());
        let criteria = Criteria { user_id: Some(text.clone()), ..Criteria::default() };
        let request = list_with("14.0", criteria).request();
        let (_, after) = body(&request).split_once("<userId>").unwrap();
        let (sent, _) = after.split_once("</userId>").unwrap();
        // Read back by this crate's reader, as a server's would.
        let page = read(&reply_with(&format!("<userId>{sent}</userId>"))).unwrap();
        prop_assert_eq!(&page.users[0].user_id, &text);
    }
}

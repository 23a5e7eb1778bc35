//! Requests that do not follow the schema.

use super::{axl, fault};
use crate::harness::{AXL, sandbox};

#[test]
fn schema_is_enforced() {
    let running = sandbox(&["--size", "10"]);
    let all = "<searchCriteria><userId>%</userId></searchCriteria>";
    let tags = "<returnedTags><userId/></returnedTags>";
    let op = |inner: &str| format!("<ns:listLicensedUser>{inner}</ns:listLicensedUser>");
    let qualified = "<listLicensedUser xmlns=\"http://www.cisco.com/AXL/API/14.0\">\
        <searchCriteria><userId>%</userId></searchCriteria><returnedTags><userId/></returnedTags>\
        </listLicensedUser>";
    for (what, body, expected) in [
        ("first before skip", op(&format!("{all}{tags}<first>1</first><skip>0</skip>")), "skip"),
        ("tags before criteria", op(&format!("{tags}{all}")), "searchCriteria"),
        ("no tags", op(all), "returnedTags"),
        ("no criteria", op(tags), "searchCriteria"),
        ("unknown tag", op(&format!("{all}<returnedTags><email/></returnedTags>")), "email"),
        (
            "tags out of order",
            op(&format!("{all}<returnedTags><lastName/><userId/></returnedTags>")),
            "userId",
        ),
        ("negative page", op(&format!("{all}{tags}<first>-1</first>")), "first"),
        ("qualified children", qualified.to_owned(), "Unexpected subelement {http"),
    ] {
        let (code, text) = fault(&axl(&running, "14.0", &body));
        assert_eq!(code, -1, "{what}");
        assert!(text.contains(expected), "{what}: {text}");
    }
    assert_eq!(fault(&running.post(&running.cucm("/axl/"), &[AXL], "<a>")).0, -1, "no XML");
}

#[test]
fn a_sequence_is_refused_where_the_schema_has_none() {
    let running = sandbox(&["--serve", "cucm", "--users", "1"]);
    for operation in ["getCCMVersion", "getSmartLicenseStatus", "doUpdateLicenseUsage"] {
        let request = format!("<ns:{operation} sequence=\"1\"/>");
        let (_, text) = fault(&axl(&running, "14.0", &request));
        assert!(text.contains("sequence"), "{operation}: {text}");
    }
    let sql = "<ns:executeSQLQuery sequence=\"x\"><sql>select</sql></ns:executeSQLQuery>";
    assert!(fault(&axl(&running, "14.0", sql)).1.contains("sequence is no unsigned number"));
}

//! Users read in pieces, against the reader of whole documents.

use proptest::prelude::*;
use seatree_core::axl::*;
use seatree_core::http::{Reply, Secret};
use seatree_core::{Operation, UpstreamError};

use crate::pages::envelope;
use crate::pieces::{all_simple, cuts, split};

macro_rules! fixtures {
    ($($name:literal),*) => {
        [$((include_str!(concat!("../../fixtures/axl/", $name)))),*]
    };
}

fn list() -> ListLicensedUser {
    let api = Api::new("https://cucm.example:8443").unwrap();
    let credentials = Credentials { user: "axl".into(), password: Secret::from("hunter2") };
    let version = Version::parse("14.0").unwrap();
    ListLicensedUser::new(&api, &credentials, version, Criteria::default(), 0, 100)
}

/// What is there to see of a page and of the table it went to.
type Seen = (Result<PageEnd, UpstreamError>, Vec<String>);

fn rows(table: &UserTable) -> Vec<String> {
    table.users().map(|row| format!("{row:?}")).collect()
}

fn pushed<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Seen {
    let mut table = UserTable::new();
    let mut decoder = list().decoder();
    for piece in pieces {
        if let Err(error) = decoder.push(&mut table, piece) {
            return (Err(error), rows(&table));
        }
    }
    let end = decoder.finish(&mut table);
    (end, rows(&table))
}

/// By the reader of whole documents.
fn reference(body: &[u8]) -> Seen {
    let mut table = UserTable::new();
    let end = list().decode(&Reply::new(200, body)).map(|page| {
        let new = page.users.iter().filter(|user| table.push(user)).count();
        PageEnd { rows: page.users.len(), new, complaints: page.complaints }
    });
    (end, rows(&table))
}

/// The outcome, and the rows of a good one: of a bad one the reference keeps none.
fn assert_same(seen: &Seen, expected: &Seen, of: &str) {
    assert_eq!(seen.0, expected.0, "{of}");
    if expected.0.is_ok() {
        assert_eq!(seen.1, expected.1, "{of}");
    }
}

#[test]
fn fixtures_faults_and_pages_are_the_same_in_every_split() {
    for body in fixtures!(
        "licensed-users.xml",
        "licensed-users-empty.xml",
        "licensed-user.xml",
        "ccm-version.xml",
        "fault-memory.xml",
        "fault-too-large.xml",
        "fault-user-not-found.xml",
        "page-401.html",
        "page-599.html"
    ) {
        let expected = reference(body.as_bytes());
        for pieces in all_simple(body.as_bytes()) {
            assert_same(&pushed(pieces), &expected, body);
        }
    }
}

#[test]
fn a_reply_cut_anywhere_gives_the_same_error() {
    let [whole] = fixtures!("licensed-users.xml");
    for end in 0..whole.len() {
        let cut = &whole.as_bytes()[..end];
        assert_same(&pushed([cut]), &reference(cut), &whole[..end]);
    }
}

/// Found by fuzzing: the two went different ways after an attribute without a value.
#[test]
fn attributes_that_are_none_mean_the_same_to_both() {
    for attributes in [
        "xsi:nil='true'",
        "e xsi:nil='true'",
        "e='1' e='2' xsi:nil='1'",
        "xsi:nil=true",
        "xsi:nil = \"true\" e",
        "xsi:nil='&#116;rue'",
        "nil='true'",
    ] {
        let body = format!(
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' \
             xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><s:Body>\
             <listLicensedUserResponse><return><licensedUser><userId>ada</userId>\
             <lastName {attributes}>x</lastName></licensedUser></return>\
             </listLicensedUserResponse></s:Body></s:Envelope>"
        );
        for pieces in all_simple(body.as_bytes()) {
            assert_same(&pushed(pieces), &reference(body.as_bytes()), &body);
        }
    }
}

proptest! {
    #[test]
    fn one_odd_byte_does_the_same_to_both(
        at: prop::sample::Index,
        byte in prop_oneof![prop::sample::select(&b"<>/&;!?-[]\"'= :\r\nx\xff\xc3"[..]), any::<u8>()],
        replace in 0_usize..3,
        cuts in cuts(),
    ) {
        let [whole] = fixtures!("licensed-users.xml");
        let mut body = whole.as_bytes().to_vec();
        let at = at.index(body.len());
        let end = (at + replace).min(body.len());
        body.splice(at..end, [byte]);
        let expected = reference(&body);
        assert_same(&pushed(split(&body, &cuts)), &expected, &String::from_utf8_lossy(&body));
    }
}

proptest! {
    #[test]
    fn any_reply_is_read_as_the_reference_reads_it(body in envelope(), cuts in cuts()) {
        let expected = reference(body.as_bytes());
        assert_same(&pushed(split(body.as_bytes(), &cuts)), &expected, &body);
        assert_same(&pushed(body.as_bytes().chunks(1)), &expected, &body);
    }
}

/// A page whose only user begins with this.
fn page(user: &str) -> String {
    format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
         <n:listLicensedUserResponse xmlns:n='http://www.cisco.com/AXL/API/14.0'><return>\
         <licensedUser><firstName>Ada</firstName>{user}</licensedUser></return>\
         </n:listLicensedUserResponse></s:Body></s:Envelope>"
    )
}

#[test]
fn a_text_of_ten_megabytes_is_cut_and_named_however_it_comes() {
    let body = page(&format!("<userId>{}</userId>", "é".repeat(5_000_000)));
    for size in [1, 4_096, body.len()] {
        let (end, rows) = pushed(body.as_bytes().chunks(size));
        assert_eq!(end.unwrap().complaints, ["licensedUser[0].userId"]);
        assert!(rows[0].contains(&"é".repeat(512)) && rows[0].len() < 2_000, "{}", rows[0].len());
    }
}

#[test]
fn floods_and_endless_tokens_end_in_an_error_and_keep_who_came_before() {
    let user = "<licensedUser><userId>first</userId></licensedUser>";
    let attributes: Vec<String> = (0..20_000).map(|n| format!(" a{n}='1'")).collect();
    let spaces: Vec<String> = (0..2_000).map(|n| format!(" xmlns:a{n}='urn:{n}'")).collect();
    let (attributes, spaces) = (attributes.concat(), spaces.concat());
    let long = "x".repeat(200_000);
    for (flood, why) in [
        (format!("<b{attributes}/>"), "a tag of more than 64 KiB"),
        (format!("<b{spaces}/>{long}"), "too many namespaces"),
        (format!("{}{long}", "<b>".repeat(100)), "more than 64 levels"),
        (format!("<!DOCTYPE{long}"), "a document type"),
        (format!("<!--{long}"), "it ends too early"),
        (format!("<![CDATA[{long}"), "it ends too early"),
        (format!("<?{long}"), "it ends too early"),
        (format!("<b a='{long}"), "a tag of more than 64 KiB"),
        (format!("{long}</c>"), "an end tag of another name"),
        (format!("{long}<!ELEMENT"), "unknown markup"),
    ] {
        let body = page("").replace("</return>", &format!("{user}{flood}"));
        for size in [1, 4_096, body.len()] {
            let (end, rows) = pushed(body.as_bytes().chunks(size));
            let error = end.unwrap_err();
            let said = format!("{} {}", error.what(), error.details());
            assert!(said.contains(why), "{why}: {said}");
            assert_eq!(rows.len(), 2, "{why}");
        }
    }
}

#[test]
fn a_table_takes_a_hundred_bytes_a_user_besides_texts() {
    let mut table = UserTable::new();
    let mut decoder = list().decoder();
    let users: Vec<String> = (0..20_000)
        .map(|n| {
            format!(
                "<licensedUser uuid='{{00000000-0000-0000-0000-{n:012x}}}'><userId>u{n}</userId>\
                 <licenseUsed>1</licenseUsed></licensedUser>"
            )
        })
        .collect();
    let body = page("").replace("</return>", &format!("{}</return>", users.concat()));
    decoder.push(&mut table, body.as_bytes()).unwrap();
    assert_eq!(decoder.finish(&mut table).unwrap().new, 20_001);
    let allocated = table.allocated_bytes();
    assert!(allocated.rest <= 100 * table.len(), "{allocated:?}");
}

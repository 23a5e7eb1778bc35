//! What a good reply holds.

use proptest::prelude::*;
use seatree_core::axl::*;
use seatree_core::estate::{Figure, Uuid};
use seatree_core::http::Reply;
use seatree_core::{Operation, Problem};

use crate::{list, read, reply_with};

#[test]
fn a_page_of_users_is_read() {
    let page = read(fixture!("licensed-users.xml")).unwrap();
    assert_eq!(page.complaints, Vec::<String>::new());
    assert_eq!(page.users.len(), 4);
    assert_eq!(
        page.users[1],
        LicensedUser {
            uuid: Uuid::parse("5e1d3c7a-88f0-4b62-a9d1-0e2f4c6b8a93"),
            user_id: "bmueller".into(),
            first_name: "Björn".into(),
            last_name: "Müller & Sohn".into(),
            license_type: "Enhanced Plus".into(),
            snr: Some(true),
            em: Some(false),
            device_count: Figure::known(2),
            license_used: Figure::known(1),
        }
    );
    assert_eq!(page.users[2].last_name, "O'Brien <Sales>");
    assert_eq!(page.users[3].license_type, "");
    assert_eq!(page.users[3].license_used, Figure::known(0));
}

#[test]
fn a_page_beyond_the_last_is_empty_and_no_error() {
    assert_eq!(read(fixture!("licensed-users-empty.xml")).unwrap(), UserPage::default());
}

#[test]
fn prefixes_order_comments_and_cdata_do_not_matter() {
    let page = read(
        "\u{feff}<SOAP:Envelope xmlns:SOAP='http://schemas.xmlsoap.org/soap/envelope/'>\
         <SOAP:Header><licensedUser/></SOAP:Header><!-- Body --><SOAP:Body>\
         <listLicensedUserResponse xmlns='http://www.cisco.com/AXL/API/12.5' \
         xmlns:x='urn:other'><return><licensedUser>\
         <licenseUsed> 1 </licenseUsed><x:userId>not this</x:userId>\
         <userId>a<!-- c -->d<![CDATA[<&]]>&#x61;&amp;</userId><lastName>L<b>no</b>M</lastName>\
         <snrEnabled>t</snrEnabled><unheardOf><deep>1</deep></unheardOf>\
         </licensedUser></return></listLicensedUserResponse></SOAP:Body></SOAP:Envelope>",
    )
    .unwrap();
    let expected = LicensedUser {
        user_id: "ad<&a&".into(),
        last_name: "LM".into(),
        snr: Some(true),
        license_used: Figure::known(1),
        ..LicensedUser::default()
    };
    assert_eq!(page.users, [expected]);
}

#[test]
fn nil_empty_and_missing_are_unknown_and_never_zero_or_false() {
    let empty = reply_with("<snrEnabled/><deviceCount></deviceCount><licenseUsed> </licenseUsed>");
    let nil = reply_with(
        "<snrEnabled xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='true'/>\
         <deviceCount xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='1'>7</deviceCount>",
    );
    for reply in [empty, nil, reply_with("")] {
        let page = read(&reply).unwrap();
        let user = &page.users[0];
        assert_eq!((user.snr, user.em), (None, None), "{reply}");
        assert_eq!((user.device_count, user.license_used), (Figure::UNKNOWN, Figure::UNKNOWN));
        assert_eq!(page.complaints, Vec::<String>::new());
    }
}

#[test]
fn what_cannot_be_read_is_unknown_and_named() {
    let page = read(&reply_with(
        "<deviceCount>many</deviceCount><snrEnabled>maybe</snrEnabled><userId>ada</userId>",
    ))
    .unwrap();
    assert_eq!(page.complaints, ["licensedUser[0].deviceCount", "licensedUser[0].snrEnabled"]);
    assert_eq!(page.users[0].user_id, "ada");
}

#[test]
fn unknown_entities_are_kept_as_text_and_a_document_type_is_refused() {
    let reply = reply_with("<userId>&e;&nbsp;R&D&#0;</userId>");
    assert_eq!(read(&reply).unwrap().users[0].user_id, "&e;&nbsp;R&D&#0;");
    let doctype = format!("<!DOCTYPE s [<!ENTITY e 'expanded'>]>{reply}");
    let error = read(&doctype).unwrap_err();
    assert!(error.details().contains("it has a document type"), "{}", error.details());
}

#[test]
fn any_truncation_gives_an_error_or_the_same_users() {
    let whole = fixture!("licensed-users.xml");
    let users = read(whole).unwrap();
    let complete = whole.trim_end().len();
    for end in 0..whole.len() {
        match list().decode(&Reply::new(200, &whole.as_bytes()[..end])) {
            Ok(page) => assert!(end >= complete && page == users, "{end}"),
            Err(error) => {
                assert!(matches!(error.problem, Problem::Malformed { .. }), "{end}: {error}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_of_a_reply_is_read_as_it_was(text in "\\PC{0,60}") {
        let sent = quick_escape(&text);
        let page = read(&reply_with(&format!("<lastName>{sent}</lastName>"))).unwrap();
        prop_assert_eq!(&page.users[0].last_name, &text);
        let cdata = text.replace("]]>", "]]]]><![CDATA[>");
        let page = read(&reply_with(&format!("<lastName><![CDATA[{cdata}]]></lastName>"))).unwrap();
        prop_assert_eq!(&page.users[0].last_name, &text);
    }

    #[test]
    fn no_bytes_make_a_decoder_panic(status in 0_u16..700, at: usize, bytes: [u8; 4]) {
        let mut body = fixture!("licensed-users.xml").as_bytes().to_vec();
        let at = at % (body.len() - 4);
        body.splice(at..at + 4, bytes);
        let _ = list().decode(&Reply::new(200, body.clone()));
        let _ = list().decode(&Reply::new(status, body));
    }
}

/// Every character as a reference where XML needs one, by another hand than the crate's.
fn quick_escape(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '<' | '>' | '&' => format!("&#x{:X};", u32::from(c)),
            c => c.to_string(),
        })
        .collect()
}

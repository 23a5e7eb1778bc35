//! Lists of users in every form, right and wrong.

use proptest::prelude::*;

fn pick(from: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(from).prop_map(str::to_owned)
}

/// A piece of a field's text in one of the ways to write it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Zäé ]{0,6}",
        4 => pick(&["true", "f", "1", " 0 ", "-1", "1.0", "Enhanced", "UCM_Basic", "99999999999"]),
        3 => pick(&[
            "&amp;", "&lt;", "&#x41;", "&#0;", "&#228;", "&nbsp;", "&", "&;", "\r\n", "\r", "]]>", "]",
            "<![CDATA[]]>", "<![CDATA[<a>]]]]>", "<![CDATA[]>\r\n&amp;]]>", "<!---->", "<!-- -> <a> -->",
            "<?p <a> ?>", "<b>no</b>", "<b x='>'/>", "<userId>no</userId>", "&\r;", "&a\r<!---->\n",
        ]),
    ]
}

fn field() -> impl Strategy<Value = String> {
    let name = pick(&[
        "userId",
        "firstName",
        "lastName",
        "snrEnabled",
        "emEnabled",
        "deviceCount",
        "licenseType",
        "licenseUsed",
        "n:userId",
        "o:userId",
        "undeclared:userId",
        "licensedUser",
        "other",
        "return",
    ]);
    let attributes = pick(&[
        "",
        "",
        "",
        "",
        " ",
        " a='b'",
        " xsi:nil='true'",
        " xsi:nil='0'",
        " nil='true'",
        " xmlns=''",
        " xmlns='urn:other'",
        " xmlns='http://www.cisco.com/AXL/API/12.5'",
        " xmlns:o=''",
        " xmlns:n='urn:other' b",
        " a=\"<>'\"\n",
    ]);
    (name, attributes, prop::collection::vec(text(), 0..3)).prop_map(|(name, attributes, texts)| {
        match texts.concat() {
            text if text.is_empty() => format!("<{name}{attributes}/>"),
            text => format!("<{name}{attributes}>{text}</{name} >"),
        }
    })
}

fn user() -> impl Strategy<Value = String> {
    let name =
        pick(&["licensedUser", "licensedUser", "licensedUser", "n:licensedUser", "o:licensedUser"]);
    let uuid = pick(&[
        "",
        " uuid='{1F1D3AFF-F77D-319B-7693-3C2221E6AF78}'",
        " uuid = \"5e1d3c7a-88f0-4b62-a9d1-0e2f4c6b8a93\"",
        " uuid='x'",
        " uuid=' '",
        " uuid='a' uuid='b'",
        " n:uuid='x'",
        " xmlns='urn:other'",
    ]);
    let space = pick(&["", "", "\n  ", " <!-- --> "]);
    (name, uuid, prop::collection::vec(field(), 0..6), space).prop_map(
        |(name, uuid, fields, space)| {
            format!("<{name}{uuid}>{space}{}{space}</{name}>", fields.join(&space))
        },
    )
}

/// A whole reply.
pub fn envelope() -> impl Strategy<Value = String> {
    let before =
        pick(&["", "", "\u{feff}", "<?xml version='1.0'?>", " ", "<!-- x -->", "<!DOCTYPE a>"]);
    let header =
        pick(&["", "", "<s:Header/>", "<s:Header><licensedUser/><s:Body/></s:Header>", "<Body/>"]);
    let payload = pick(&[
        "n:listLicensedUserResponse",
        "n:listLicensedUserResponse",
        "n:listLicensedUserResponse",
        "listLicensedUserResponse",
        "o:listLicensedUserResponse",
        "n:otherResponse",
        "s:Fault",
    ]);
    let wrapper = pick(&["return", "return", "return", "n:return", "other"]);
    let after = pick(&["", "", "\n", "<again/>", "</s:Body>", "x"]);
    (before, header, payload, wrapper, prop::collection::vec(user(), 0..4), after).prop_map(
        |(before, header, payload, wrapper, users, after)| {
            format!(
                "{before}<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' \
                 xmlns:n='http://www.cisco.com/AXL/API/14.0' xmlns:o='urn:other' \
                 xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{header}<s:Body><{payload}>\
                 <{wrapper}>{}</{wrapper}></{payload}></s:Body></s:Envelope>{after}",
                users.concat()
            )
        },
    )
}

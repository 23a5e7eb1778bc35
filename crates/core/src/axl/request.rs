//! SOAP requests as text.

use crate::estate::Uuid;
use crate::http::Request;

use super::{Api, Credentials, Version};

/// Posts one operation.
///
/// `namespace` is a version or the "1.0" that stands for the oldest one a server speaks.
/// `children` is XML already escaped.
pub(super) fn soap(
    api: &Api,
    credentials: &Credentials,
    operation: &str,
    namespace: &str,
    children: &str,
) -> Request {
    // The schema's children are in no namespace: only a prefix keeps them there.
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:ns=\"http://www.cisco.com/AXL/API/{namespace}\"><soapenv:Header/><soapenv:Body>\
         <ns:{operation}>{children}</ns:{operation}></soapenv:Body></soapenv:Envelope>"
    );
    Request::post(api.endpoint(), body)
        .with_header("content-type", "text/xml; charset=utf-8")
        .with_header("accept", "text/xml")
        .with_header("authorization", credentials.header())
}

/// The `uuid` element, with the braces that the schema wants.
pub(super) fn uuid(uuid: Uuid) -> String {
    format!("<uuid>{{{}}}</uuid>", uuid.to_string().to_uppercase())
}

/// The filled ones of some search criteria. An empty one would match nothing and none at all is
/// an error, so that without any the first asks for everything.
pub(super) fn criteria(all: &[(&str, Option<&str>)]) -> String {
    let mut filled = String::new();
    for (name, text) in all {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            filled.extend(["<", name, ">", &escape(text), "</", name, ">"]);
        }
    }
    match all.first() {
        Some((first, _)) if filled.is_empty() => format!("<{first}>%</{first}>"),
        _ => filled,
    }
}

/// Text as an element's content. Characters that XML cannot hold at all are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // A bare one would reach the server as a line feed.
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' | '\u{20}'..='\u{fffd}' | '\u{10000}'.. => out.push(c),
            _ => {}
        }
    }
    out
}

/// Adds the `SOAPAction`, whose version must equal the namespace's.
pub(super) fn with_action(request: Request, operation: &str, version: Version) -> Request {
    request.with_header("soapaction", format!("\"CUCM:DB ver={version} {operation}\""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::escape;
    use crate::axl::xml::{Step, Walk};

    proptest! {
        #[test]
        fn any_text_arrives_as_it_was_but_for_what_xml_cannot_hold(text in any::<String>()) {
            let document = format!("<a>{}</a>", escape(&text));
            let mut walk = Walk::new(document.as_bytes()).unwrap();
            let mut read = String::new();
            prop_assert!(matches!(walk.step().unwrap(), Step::Open(_)));
            walk.text(&mut read).unwrap();
            let held = |c: &char| {
                !matches!(c, '\u{fffe}' | '\u{ffff}') && (*c >= ' ' || "\t\n\r".contains(*c))
            };
            prop_assert_eq!(read, text.chars().filter(held).collect::<String>());
        }
    }
}

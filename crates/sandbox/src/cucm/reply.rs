//! Writes AXL replies: the response element in its version's namespace, all below it in none.

pub mod rows;
pub mod smart;
pub mod units;

use super::quirk::Quirk;
use super::release::{Release, Schema};
use super::xml::{cdata_into, escape_into};

const XSI: &str = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

/// A SOAP envelope around a body, on one line as real servers write it.
pub fn envelope(body: &str) -> String {
    format!("{ENVELOPE_START}{body}{ENVELOPE_END}")
}

const ENVELOPE_START: &str = "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope \
    xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>";
const ENVELOPE_END: &str = "</soapenv:Body></soapenv:Envelope>\n";

/// How the reply to one request looks.
#[derive(Clone, Copy, Debug)]
pub struct Surface<'a> {
    pub schema: Schema,
    pub release: Release,
    pub quirks: &'a [Quirk],
    /// The request's, which the response repeats.
    pub sequence: Option<&'a str>,
}

impl Surface<'_> {
    fn has(&self, quirk: Quirk) -> bool {
        self.quirks.contains(&quirk)
    }

    /// Nothing promises a prefix; so old clusters get another one here.
    fn prefix(&self) -> &'static str {
        if self.release <= Release::V9_1 { "axl" } else { "ns" }
    }

    /// From 14 on the namespace of `xsi:nil` is declared once, before on each element.
    fn declares_xsi(&self) -> bool {
        self.release >= Release::V14
    }

    fn open(&self, operation: &str) -> String {
        let (prefix, namespace) = (self.prefix(), self.schema.namespace());
        let xsi = if self.declares_xsi() { format!(" {XSI}") } else { String::new() };
        let sequence = self.sequence.map(|number| format!(" sequence=\"{number}\""));
        let sequence = sequence.unwrap_or_default();
        format!(
            "{ENVELOPE_START}<{prefix}:{operation}Response \
             xmlns:{prefix}=\"{namespace}\"{xsi}{sequence}>"
        )
    }

    fn close(&self, out: &mut String, operation: &str) {
        out.extend(["</", self.prefix(), ":", operation, "Response>", ENVELOPE_END]);
    }

    /// A whole reply.
    pub fn response(&self, operation: &str, inner: &str) -> String {
        let mut out = self.open(operation);
        out.push_str(inner);
        self.close(&mut out, operation);
        out
    }

    /// A field; without a value it is nil, with an empty one it is empty.
    fn field(&self, out: &mut String, name: &str, value: Option<&str>) {
        match value {
            None if self.declares_xsi() => out.extend(["<", name, " xsi:nil=\"true\"/>"]),
            None => out.extend(["<", name, " ", XSI, " xsi:nil=\"true\"/>"]),
            Some("") => out.extend(["<", name, "/>"]),
            Some(value) => {
                out.extend(["<", name, ">"]);
                self.text(out, value);
                out.extend(["</", name, ">"]);
            }
        }
    }

    fn text(&self, out: &mut String, text: &str) {
        if self.has(Quirk::Cdata) && text.contains(['&', '<', '>']) {
            cdata_into(out, text);
        } else {
            escape_into(out, text);
        }
    }

    /// Reply of `getCCMVersion`.
    pub fn ccm_version(&self) -> String {
        let version = self.release.full_version();
        let inner = format!(
            "<return><componentVersion><version>{version}</version></componentVersion></return>"
        );
        self.response("getCCMVersion", &inner)
    }

    /// Reply of an operation that did what it was asked to.
    pub fn done(&self, operation: &str, result: &str) -> String {
        self.response(operation, &format!("<return>{result}</return>"))
    }
}

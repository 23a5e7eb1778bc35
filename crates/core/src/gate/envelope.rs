//! What a SOAP request asks for, read so that nobody can read it otherwise.
//!
//! An allow-list is worth as much as the agreement of its reader with the server's. So this one is
//! not lenient: whatever could mean two things is no request.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesDecl, Event};
use quick_xml::name::{Namespace, ResolveResult};

/// No request of AXL's is deeper than ten.
const MAX_DEPTH: usize = 32;
/// Bytes of an operation's name; AXL's longest has less than fifty.
const MAX_NAME: usize = 80;
const SOAP: [&str; 2] =
    ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"];
const AXL: [&str; 2] = ["http://www.cisco.com/AXL/API/", "http://www.cisco.com/AXL/1.0"];

/// One operation that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) operation: String,
    /// The statement of a query.
    pub(super) sql: Option<String>,
}

impl Call {
    /// Whether it changes nothing, as far as its name tells: all of AXL's that read are named so.
    pub(super) fn only_reads(&self) -> bool {
        let starts = |start| self.operation.starts_with(start);
        starts("get") || starts("list") || self.operation == "executeSQLQuery"
    }

    /// Whether the reply may be large, so that it takes much of the memory that a cluster has for
    /// all AXL requests together.
    pub(super) fn is_long(&self) -> bool {
        self.operation.starts_with("list") || self.operation.starts_with("executeSQL")
    }
}

/// Where the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Start,
    /// In the envelope, before the body.
    Envelope,
    Header,
    Body,
    /// In the operation, so many levels deep.
    Operation(usize),
    /// In the body, behind the operation.
    AfterOperation,
    /// In the envelope, behind the body.
    AfterBody,
    End,
}

/// # Errors
/// Why this is not one operation in one envelope.
pub(super) fn read(body: &[u8]) -> Result<Call, String> {
    let text = std::str::from_utf8(body).map_err(|_| "it is not UTF-8".to_owned())?;
    let mut reader = NsReader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_comments = true;
    let mut reading =
        Reading { place: Place::Start, call: None, text: String::new(), is_sql: false };
    loop {
        let at = reader.buffer_position();
        let (space, event) =
            reader.read_resolved_event().map_err(|_| format!("no XML at byte {at}"))?;
        match event {
            Event::Start(start) => {
                let space = match space {
                    ResolveResult::Bound(Namespace(name)) => Some(name),
                    _ => None,
                };
                for attribute in start.attributes() {
                    attribute.map_err(|_| format!("no XML at byte {at}"))?;
                }
                reading.open(space, start.local_name().as_ref())?;
            }
            Event::End(_) => reading.close()?,
            Event::Text(text) => reading.text(&text.xml10_content())?,
            Event::CData(text) => reading.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let resolved: Option<Cow<'_, str>> = if reference.is_char_ref() {
                    reference.resolve_char_ref().ok().flatten().map(|c| c.to_string().into())
                } else {
                    resolve_xml_entity(&reference).map(Cow::Borrowed)
                };
                reading.text(&resolved.ok_or("it has entities of its own")?)?;
            }
            Event::Decl(declaration) if at == 0 => check(&declaration)?,
            Event::Comment(_) => {}
            // Not with the reader set up as above.
            Event::Empty(_) => return Err(format!("no XML at byte {at}")),
            Event::Decl(_) | Event::PI(_) => return Err("it has instructions".to_owned()),
            Event::DocType(_) => return Err("it has a document type".to_owned()),
            Event::Eof => return reading.end(),
        }
    }
}

/// An XML declaration may name no other encoding than the one that was read.
fn check(declaration: &BytesDecl<'_>) -> Result<(), String> {
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if ["utf-8", "us-ascii"].contains(&name.to_ascii_lowercase().as_str()) => {
            Ok(())
        }
        Some(_) => Err("it is not in UTF-8".to_owned()),
    }
}

struct Reading {
    place: Place,
    call: Option<Call>,
    text: String,
    /// Within the statement of a query.
    is_sql: bool,
}

impl Reading {
    fn open(&mut self, space: Option<&str>, name: &str) -> Result<(), String> {
        let is_soap = |wanted: &str| name == wanted && space.is_some_and(|s| SOAP.contains(&s));
        self.place = match self.place {
            Place::Start if is_soap("Envelope") => Place::Envelope,
            Place::Envelope if is_soap("Header") => Place::Header,
            Place::Envelope if is_soap("Body") => Place::Body,
            Place::Body => {
                let is_axl = space.is_some_and(|s| AXL.iter().any(|axl| s.starts_with(axl)));
                let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
                if !is_axl || !is_name || name.len() > MAX_NAME {
                    return Err("its body holds something other than an AXL operation".to_owned());
                }
                self.call = Some(Call { operation: name.to_owned(), sql: None });
                Place::Operation(1)
            }
            Place::Operation(depth) if depth < MAX_DEPTH => {
                self.open_field(name, depth)?;
                Place::Operation(depth + 1)
            }
            Place::Operation(_) => return Err(format!("more than {MAX_DEPTH} levels")),
            Place::Header => return Err("its header is not empty".to_owned()),
            Place::AfterOperation => return Err("its body holds a second element".to_owned()),
            _ => return Err("it is no SOAP envelope".to_owned()),
        };
        Ok(())
    }

    fn open_field(&mut self, name: &str, depth: usize) -> Result<(), String> {
        if self.is_sql {
            return Err("its statement holds elements".to_owned());
        }
        if depth == 1 && name.eq_ignore_ascii_case("sql") {
            if self.call.as_ref().is_some_and(|call| call.sql.is_some()) {
                return Err("it has two statements".to_owned());
            }
            self.is_sql = true;
            self.text.clear();
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        self.place = match self.place {
            Place::Header => Place::Envelope,
            Place::Operation(1) => Place::AfterOperation,
            Place::Operation(depth) => {
                if depth == 2 && std::mem::take(&mut self.is_sql) {
                    let text = std::mem::take(&mut self.text);
                    if let Some(call) = &mut self.call {
                        call.sql = Some(text);
                    }
                }
                Place::Operation(depth - 1)
            }
            Place::AfterOperation => Place::AfterBody,
            Place::AfterBody => Place::End,
            _ => return Err("it holds no operation".to_owned()),
        };
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        if self.is_sql {
            self.text.push_str(text);
            return Ok(());
        }
        let is_blank = text.bytes().all(|byte| b" \t\r\n".contains(&byte));
        if is_blank || matches!(self.place, Place::Operation(_)) {
            return Ok(());
        }
        Err("it has text outside of its operation".to_owned())
    }

    fn end(self) -> Result<Call, String> {
        match self.call {
            Some(call) if self.place == Place::End => Ok(call),
            _ => Err("it ends too early".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests;

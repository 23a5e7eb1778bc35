//! Reads XML into a small tree, namespaces resolved: what is needed to hold a request against
//! the schema.

use std::fmt;

use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// None where the element is in no namespace.
    pub namespace: Option<String>,
    /// Without its prefix.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Self>,
    pub text: String,
}

impl Element {
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(found.1.as_str())
    }
}

/// Text that is no XML, or more than a request may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<quick_xml::Error> for Unreadable {
    fn from(error: quick_xml::Error) -> Self {
        Self(error.to_string())
    }
}

fn unreadable(what: &str) -> Unreadable {
    Unreadable(what.to_owned())
}

/// Reads a document. Entities of its own are not expanded.
pub fn parse(bytes: &[u8]) -> Result<Element, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| unreadable("not UTF-8"))?;
    let mut reader = NsReader::from_str(text);
    // The last one is open; the first stands for the document.
    let mut open = vec![Element::default()];
    loop {
        let (resolved, event) = reader.read_resolved_event()?;
        let namespace = match resolved {
            ResolveResult::Bound(namespace) => Some(namespace.as_ref().to_owned()),
            ResolveResult::Unbound => None,
            ResolveResult::Unknown(_) => return Err(unreadable("a prefix without a namespace")),
        };
        match event {
            Event::Start(start) => open.push(element(namespace, &start)?),
            Event::Empty(start) => {
                let child = element(namespace, &start)?;
                append(&mut open, |parent| parent.children.push(child))?;
            }
            Event::End(_) => {
                let child = open.pop().ok_or_else(|| unreadable("an end without a start"))?;
                append(&mut open, |parent| parent.children.push(child))?;
            }
            Event::Text(piece) => append(&mut open, |parent| parent.text.push_str(&piece))?,
            Event::CData(piece) => append(&mut open, |parent| parent.text.push_str(&piece))?,
            Event::GeneralRef(entity) => {
                let piece = match entity.resolve_char_ref()? {
                    Some(letter) => letter.to_string(),
                    None => resolve_predefined_entity(&entity)
                        .ok_or_else(|| unreadable("an unknown entity"))?
                        .to_owned(),
                };
                append(&mut open, |parent| parent.text.push_str(&piece))?;
            }
            Event::DocType(_) => return Err(unreadable("a document type, which SOAP forbids")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    let document = open.pop().filter(|_| open.is_empty());
    let root = document.and_then(|mut document| document.children.pop());
    root.ok_or_else(|| unreadable("it ends too early"))
}

fn append(open: &mut [Element], change: impl FnOnce(&mut Element)) -> Result<(), Unreadable> {
    change(open.last_mut().ok_or_else(|| unreadable("an end without a start"))?);
    Ok(())
}

fn element(namespace: Option<String>, start: &BytesStart<'_>) -> Result<Element, Unreadable> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| Unreadable(e.to_string()))?;
        let key = attribute.key.as_ref().to_owned();
        let value = unescape(&attribute.value).map_err(|e| Unreadable(e.to_string()))?.into_owned();
        attributes.push((key, value));
    }
    let name = start.local_name().as_ref().to_owned();
    Ok(Element { namespace, name, attributes, ..Element::default() })
}

/// Adds text to a document, escaped. What lies beyond the basic plane becomes a reference, as
/// writers do that think in UTF-16.
pub fn escape_into(out: &mut String, text: &str) {
    let special = |letter: char| matches!(letter, '&' | '<' | '>') || letter > '\u{ffff}';
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut letters = from.chars();
        match letters.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some(letter) => out.extend(["&#x", &format!("{:X}", u32::from(letter)), ";"]),
            None => {}
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
}

/// Adds text as CDATA; where it holds the end of one, in two.
pub fn cdata_into(out: &mut String, text: &str) {
    out.extend(["<![CDATA[", &text.replace("]]>", "]]]]><![CDATA[>"), "]]>"]);
}

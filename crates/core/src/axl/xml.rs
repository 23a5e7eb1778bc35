//! XML read step by step, down to what a SOAP reply needs.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, ResolveResult};

use crate::estate::Uuid;

/// Nothing in AXL is deeper than ten.
pub(super) const MAX_DEPTH: usize = 64;

/// No element of AXL's has as many fields; only so many are compared.
const MAX_FIELDS: usize = 64;

/// More of them say no more.
const MAX_TWICE: usize = 20;

/// A document type has no place in a reply; its entities are a way to make a small one huge.
pub(super) const NO_DOCTYPE: &str = "it has a document type";

/// Why a text is no whole XML.
#[derive(Debug)]
pub(super) struct Broken {
    /// In bytes from the start.
    pub(super) at: u64,
    pub(super) why: String,
}

/// Whose name an element has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Soap,
    Axl,
    None,
    Other,
}

impl Space {
    /// The one of a declared name.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "http://schemas.xmlsoap.org/soap/envelope/"
            | "http://www.w3.org/2003/05/soap-envelope" => Self::Soap,
            // Cisco's own pages print it with https now and then.
            name if name.contains("://www.cisco.com/AXL/") => Self::Axl,
            _ => Self::Other,
        }
    }
}

/// A start tag; an empty element is a start tag and [`Step::Close`].
pub(super) struct Element<'i> {
    start: BytesStart<'i>,
    space: Space,
    /// `xsi:nil="true"`.
    pub(super) nil: bool,
}

impl Element<'_> {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.start.name().0.rsplit(':').next().unwrap_or_default()
    }

    pub(super) fn is_soap(&self, local: &str) -> bool {
        self.space == Space::Soap && self.local() == local
    }

    /// Whether it may be AXL's: the schema leaves children in no namespace, some servers do not.
    pub(super) fn is_axl(&self) -> bool {
        matches!(self.space, Space::Axl | Space::None)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.start.try_get_attribute(name).ok()??;
        Some(attribute.value.trim().to_owned())
    }

    /// The `uuid` attribute. Complains about one that is none.
    pub(super) fn uuid(&self, complain: impl FnOnce()) -> Option<Uuid> {
        let sent = self.attribute("uuid").filter(|sent| !sent.is_empty())?;
        let uuid = Uuid::parse(&sent);
        if uuid.is_none() {
            complain();
        }
        uuid
    }
}

pub(super) enum Step<'i> {
    Open(Element<'i>),
    /// A piece of text with its entities resolved; several make one text.
    Text(Cow<'i, str>),
    Close,
    /// The document is whole.
    End,
}

/// Names of fields that an element held more than once.
#[must_use]
pub(super) struct Twice(pub(super) Vec<String>);

pub(super) struct Walk<'i> {
    reader: NsReader<&'i [u8]>,
    depth: usize,
    has_root: bool,
}

impl<'i> Walk<'i> {
    pub(super) fn new(body: &'i [u8]) -> Result<Self, Broken> {
        let text = std::str::from_utf8(body).map_err(|error| Broken {
            at: u64::try_from(error.valid_up_to()).unwrap_or(u64::MAX),
            why: "not UTF-8".to_owned(),
        })?;
        let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        // A stray & is worth a wrong letter, not the loss of a page of users.
        reader.config_mut().allow_dangling_amp = true;
        Ok(Self { reader, depth: 0, has_root: false })
    }

    pub(super) fn step(&mut self) -> Result<Step<'i>, Broken> {
        loop {
            let (space, event) = match self.reader.read_resolved_event() {
                Ok((space, event)) => (space_of(&space), event),
                Err(error) => return Err(self.broken(error.to_string())),
            };
            return Ok(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(self.broken(format!("more than {MAX_DEPTH} levels")));
                    }
                    if self.depth == 1 && std::mem::replace(&mut self.has_root, true) {
                        return Err(self.broken("a second root element"));
                    }
                    let nil = !start.attributes_raw().is_empty()
                        && is_nil(&start, self.reader.resolver());
                    Step::Open(Element { start, space, nil })
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close
                }
                Event::Text(text) => Step::Text(text.xml10_content()),
                Event::CData(text) => Step::Text(text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let resolved = if reference.is_char_ref() {
                        reference.resolve_char_ref().ok().flatten().map(|c| c.to_string().into())
                    } else {
                        resolve_xml_entity(&reference).map(Cow::Borrowed)
                    };
                    Step::Text(resolved.unwrap_or_else(|| {
                        let name = reference.replace("\r\n", "\n").replace('\r', "\n");
                        format!("&{name};").into()
                    }))
                }
                Event::DocType(_) => return Err(self.broken(NO_DOCTYPE)),
                Event::Eof if self.depth > 0 => return Err(self.broken("it ends too early")),
                Event::Eof if !self.has_root => return Err(self.broken("no element")),
                Event::Eof => Step::End,
                _ => continue,
            });
        }
    }

    /// The next child of the element that was opened last and is still open.
    pub(super) fn child(&mut self) -> Result<Option<Element<'i>>, Broken> {
        loop {
            match self.step()? {
                Step::Open(element) => return Ok(Some(element)),
                Step::Text(_) => {}
                Step::Close | Step::End => return Ok(None),
            }
        }
    }

    /// Puts the text of the element just opened into `out`, without that of its children.
    pub(super) fn text(&mut self, out: &mut String) -> Result<(), Broken> {
        out.clear();
        let mut below = 0_usize;
        loop {
            match self.step()? {
                Step::Open(_) => below += 1,
                Step::Text(text) if below == 0 => out.push_str(&text),
                Step::Close if below == 0 => return Ok(()),
                Step::Close => below -= 1,
                Step::Text(_) => {}
                Step::End => return Err(self.broken("it ends too early")),
            }
        }
    }

    /// Hands over the local name and the text of each child of the element just opened. Left out
    /// are nil ones and those of other namespaces.
    ///
    /// Returns the names that were there before: the last of them counts, and it is to be told.
    pub(super) fn fields(&mut self, mut take: impl FnMut(&str, &str)) -> Result<Twice, Broken> {
        let mut text = String::new();
        let mut seen: Vec<String> = Vec::new();
        let mut twice = Vec::new();
        while let Some(field) = self.child()? {
            self.text(&mut text)?;
            if field.nil || !field.is_axl() {
                continue;
            }
            let name = field.local();
            if seen.iter().any(|before| before == name) {
                twice.push(name.to_owned());
                twice.truncate(MAX_TWICE);
            } else if seen.len() < MAX_FIELDS {
                seen.push(name.to_owned());
            }
            take(name, &text);
        }
        Ok(Twice(twice))
    }

    /// Leaves the element just opened.
    pub(super) fn skip(&mut self) -> Result<(), Broken> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.step()?;
        }
        Ok(())
    }

    /// Reads on to the end, so that a reply cut short is never taken for a whole one.
    pub(super) fn finish(&mut self) -> Result<(), Broken> {
        while !matches!(self.step()?, Step::End) {}
        Ok(())
    }

    pub(super) fn broken(&self, why: impl Into<String>) -> Broken {
        Broken { at: self.reader.buffer_position(), why: why.into() }
    }
}

/// As [`super::push`] has it: attributes count up to the first that is none.
fn is_nil(start: &BytesStart<'_>, resolver: &NamespaceResolver) -> bool {
    const INSTANCE: Namespace<'_> = Namespace("http://www.w3.org/2001/XMLSchema-instance");
    start.attributes().with_checks(false).map_while(Result::ok).any(|attribute| {
        let (space, name) = resolver.resolve_attribute(attribute.key);
        space == ResolveResult::Bound(INSTANCE)
            && name.as_ref() == "nil"
            && matches!(&*attribute.value, "true" | "1")
    })
}

fn space_of(resolved: &ResolveResult<'_>) -> Space {
    match resolved {
        ResolveResult::Bound(Namespace(name)) => Space::named(name),
        ResolveResult::Unbound => Space::None,
        ResolveResult::Unknown(_) => Space::Other,
    }
}

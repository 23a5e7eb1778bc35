//! Which part of a reply an element is: envelope, response, record or field.

use super::super::xml::{MAX_DEPTH, Space};
use super::spaces::{Attributes, Spaces};
use super::tokens::{Fault, Handler};
use crate::scan::{first_of, same};

/// More of a field's text is of no use to anyone.
const MAX_TEXT: usize = 4 * 1024;

/// Gets the records of a reply, field by field.
pub(in super::super) trait RecordSink {
    /// A record begins, with its `uuid` as written.
    fn open(&mut self, uuid: Option<&str>);
    /// A field that is there and not nil: its name without a prefix, and its text.
    fn field(&mut self, name: &str, text: &str);
    /// The record is whole.
    fn close(&mut self);
}

/// What a reply is looked through for.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Wanted {
    /// The operation's response element.
    pub response: &'static str,
    /// The element of one record, anywhere below it.
    pub record: &'static str,
}

/// What a reply turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Answer,
    Fault,
    Other,
}

/// What the elements now open make of the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Document,
    Envelope,
    Body,
    Response,
    Record,
    Field,
    /// What is of no interest, up to the end.
    Rest,
}

const ENVELOPE_DEPTH: usize = 1;
const BODY_DEPTH: usize = 2;
const RESPONSE_DEPTH: usize = 3;

/// Where a reply stands. Between pieces it goes with the state that the sink keeps.
pub(super) struct Outline {
    wanted: Wanted,
    inside: Inside,
    spaces: Spaces,
    /// The names of the open elements, one after the other, and where each begins.
    names: String,
    starts: Vec<usize>,
    has_root: bool,
    record_depth: usize,
    field: Field,
    text: String,
    is_fault: bool,
    has_return: bool,
    records: usize,
}

/// What becomes of a field's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Wanted,
    /// It is nil, or somebody else's.
    Ignored,
}

impl Outline {
    pub(super) fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            inside: Inside::Document,
            spaces: Spaces::new(),
            names: String::new(),
            starts: Vec::with_capacity(16),
            has_root: false,
            record_depth: 0,
            field: Field::Ignored,
            text: String::new(),
            is_fault: false,
            has_return: false,
            records: 0,
        }
    }

    /// What it was, after the last piece.
    pub(super) fn finish(&self) -> Result<Found, Fault> {
        if !self.starts.is_empty() {
            return Err(Fault::broken("it ends too early"));
        }
        if !self.has_root {
            return Err(Fault::broken("no element"));
        }
        Ok(if self.is_fault {
            Found::Fault
        } else if self.has_return || self.records > 0 {
            Found::Answer
        } else {
            Found::Other
        })
    }

    fn depth(&self) -> usize {
        self.starts.len()
    }

    fn open(&mut self, name: &str, attributes: &str, sink: &mut impl RecordSink) {
        let (space, local) = self.spaces.resolve(name);
        let is_axl = matches!(space, Space::Axl | Space::None);
        self.inside = match self.inside {
            Inside::Document if space == Space::Soap && local == "Envelope" => Inside::Envelope,
            Inside::Envelope if self.depth() != BODY_DEPTH => Inside::Envelope,
            Inside::Envelope if space == Space::Soap && local == "Body" => Inside::Body,
            Inside::Body if space == Space::Soap && local == "Fault" => {
                self.is_fault = true;
                Inside::Rest
            }
            Inside::Body if is_axl && local == self.wanted.response => Inside::Response,
            Inside::Document | Inside::Body => Inside::Rest,
            Inside::Response if is_axl && local == self.wanted.record => {
                self.record_depth = self.depth();
                sink.open(Attributes(attributes).get("uuid"));
                Inside::Record
            }
            Inside::Response => {
                self.has_return |= local == "return";
                Inside::Response
            }
            Inside::Record => {
                let is_nil = self.spaces.is_nil(attributes);
                self.field = if is_nil || !is_axl { Field::Ignored } else { Field::Wanted };
                self.text.clear();
                Inside::Field
            }
            same @ (Inside::Envelope | Inside::Field | Inside::Rest) => same,
        };
    }

    /// What the end of the innermost element means, while it is still open.
    fn close(&mut self, sink: &mut impl RecordSink) {
        let depth = self.depth();
        self.inside = match self.inside {
            Inside::Field if depth == self.record_depth + 1 => {
                if self.field == Field::Wanted {
                    let from = *self.starts.last().unwrap_or(&0);
                    let (_, local) = self.spaces.resolve(&self.names[from..]);
                    sink.field(local, &self.text);
                }
                Inside::Record
            }
            Inside::Record if depth == self.record_depth => {
                self.records += 1;
                sink.close();
                Inside::Response
            }
            Inside::Response if depth == RESPONSE_DEPTH => Inside::Rest,
            Inside::Body if depth == BODY_DEPTH => Inside::Rest,
            Inside::Envelope if depth == ENVELOPE_DEPTH => Inside::Rest,
            same => same,
        };
    }

    /// Takes `<name>text</name>` when that is all there is to it; gives its length, or 0.
    #[inline]
    fn plain_field(rest: &str, sink: &mut impl RecordSink) -> usize {
        let bytes = rest.as_bytes();
        let name_end = first_of(bytes, 1, [b'>']);
        let Some(name) = rest.get(1..name_end).filter(|_| name_end < bytes.len()) else { return 0 };
        // Letters have this bit, and spaces, slashes, colons and quotes have not: they are a case
        // for the whole reader.
        if name.bytes().fold(0x40, |all, byte| all & byte) == 0 {
            return 0;
        }
        let text_end = first_of(bytes, name_end + 1, [b'<', b'&', b'\r']);
        let close = bytes.get(text_end..).unwrap_or_default();
        let [b'<', b'/', close @ ..] = close else { return 0 };
        let is_closed =
            close.get(name.len()) == Some(&b'>') && same(&close[..name.len()], name.as_bytes());
        let text = &rest[name_end + 1..text_end];
        if !is_closed || text.len() > MAX_TEXT {
            return 0;
        }
        sink.field(name, text);
        text_end + "</>".len() + name.len()
    }
}

/// An outline with the sink of the piece that is being read.
pub(super) struct Reading<'a, S> {
    pub(super) outline: &'a mut Outline,
    pub(super) sink: &'a mut S,
}

impl<S: RecordSink> Handler for Reading<'_, S> {
    fn start(&mut self, name: &str, attributes: &str) -> Result<(), Fault> {
        let outline = &mut *self.outline;
        if outline.depth() >= MAX_DEPTH {
            return Err(Fault::Broken(format!("more than {MAX_DEPTH} levels")));
        }
        if outline.depth() == 0 && std::mem::replace(&mut outline.has_root, true) {
            return Err(Fault::broken("a second root element"));
        }
        outline.starts.push(outline.names.len());
        outline.names.push_str(name);
        if !attributes.is_empty() {
            outline.spaces.declare(outline.starts.len(), attributes)?;
        }
        outline.open(name, attributes, self.sink);
        Ok(())
    }

    fn end(&mut self, name: Option<&str>) -> Result<(), Fault> {
        let outline = &mut *self.outline;
        let Some(&from) = outline.starts.last() else {
            return Err(Fault::broken("an end tag without a start tag"));
        };
        if name.is_some_and(|name| name != &outline.names[from..]) {
            return Err(Fault::broken("an end tag of another name"));
        }
        outline.close(self.sink);
        outline.spaces.leave(outline.starts.len());
        outline.starts.pop();
        outline.names.truncate(from);
        Ok(())
    }

    fn text(&mut self, piece: &str) {
        let outline = &mut *self.outline;
        let is_own = outline.inside == Inside::Field
            && outline.field == Field::Wanted
            && outline.depth() == outline.record_depth + 1;
        // One piece beyond the limit is kept, so that the sink sees that it was passed.
        if is_own && outline.text.len() <= MAX_TEXT {
            let end = piece.floor_char_boundary(MAX_TEXT + 8);
            outline.text.push_str(&piece[..end]);
        }
    }

    #[inline]
    fn at_sight(&mut self, rest: &str) -> usize {
        let outline = &*self.outline;
        let is_between_fields =
            outline.inside == Inside::Record && outline.depth() == outline.record_depth;
        if !is_between_fields || !matches!(outline.spaces.plain(), Space::Axl | Space::None) {
            return 0;
        }
        let mut taken = 0;
        while rest.as_bytes().get(taken) == Some(&b'<') {
            match Outline::plain_field(&rest[taken..], self.sink) {
                0 => break,
                length => taken += length,
            }
        }
        taken
    }
}

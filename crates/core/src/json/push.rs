//! JSON read as its bytes arrive, event by event.

use actson::feeder::JsonFeeder;
use actson::options::JsonParserOptionsBuilder;
use actson::{JsonEvent, JsonParser};

/// Where a JSON text stops making sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Bytes read before the fault.
    pub at_byte: usize,
    pub fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No JSON from here on, or nested deeper than the limit.
    Syntax,
    /// The text ended too early.
    Truncated,
}

/// One step of a JSON text. Names and texts are unescaped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event<'a> {
    StartObject,
    EndObject,
    StartArray,
    EndArray,
    Name(&'a str),
    Text(&'a str),
    /// A number as written.
    Number(&'a str),
    Bool(bool),
    Null,
}

/// A JSON text in the course of arriving.
pub struct Push {
    parser: JsonParser<Chunk>,
}

impl Push {
    pub fn new(max_depth: usize) -> Self {
        let options = JsonParserOptionsBuilder::default().with_max_depth(max_depth).build();
        Self { parser: JsonParser::new_with_options(Chunk::default(), options) }
    }

    /// Reads one more piece and hands each step in it to `on`.
    ///
    /// # Errors
    /// Where the text is no JSON; it cannot be fed further then.
    pub fn feed(&mut self, bytes: &[u8], on: impl FnMut(Event<'_>)) -> Result<(), Broken> {
        self.parser.feeder.refill(bytes);
        self.drain(on)
    }

    /// Says that nothing follows.
    ///
    /// # Errors
    /// When the text is not complete.
    pub fn finish(&mut self, on: impl FnMut(Event<'_>)) -> Result<(), Broken> {
        self.parser.feeder.done = true;
        self.drain(on)
    }

    fn drain(&mut self, mut on: impl FnMut(Event<'_>)) -> Result<(), Broken> {
        loop {
            let event = self.parser.next_event().map_err(|error| Broken {
                at_byte: self.parser.parsed_bytes(),
                fault: match error {
                    actson::parser::ParserError::NoMoreInput => Fault::Truncated,
                    _ => Fault::Syntax,
                },
            })?;
            let Some(event) = event else { return Ok(()) };
            // Bytes that are no UTF-8 show as empty; the fields below complain where it matters.
            let text = || self.parser.current_str().unwrap_or_default();
            on(match event {
                JsonEvent::NeedMoreInput => return Ok(()),
                JsonEvent::StartObject => Event::StartObject,
                JsonEvent::EndObject => Event::EndObject,
                JsonEvent::StartArray => Event::StartArray,
                JsonEvent::EndArray => Event::EndArray,
                JsonEvent::FieldName => Event::Name(text()),
                JsonEvent::ValueString => Event::Text(text()),
                JsonEvent::ValueInt | JsonEvent::ValueFloat => Event::Number(text()),
                JsonEvent::ValueTrue => Event::Bool(true),
                JsonEvent::ValueFalse => Event::Bool(false),
                JsonEvent::ValueNull => Event::Null,
            });
        }
    }
}

/// The piece being read; the parser asks for it byte by byte.
#[derive(Default)]
struct Chunk {
    bytes: Vec<u8>,
    next: usize,
    done: bool,
}

impl Chunk {
    fn refill(&mut self, bytes: &[u8]) {
        self.bytes.clear();
        self.bytes.extend_from_slice(bytes);
        self.next = 0;
    }
}

impl JsonFeeder for Chunk {
    fn has_input(&self) -> bool {
        self.next < self.bytes.len()
    }

    fn is_done(&self) -> bool {
        self.done && !self.has_input()
    }

    fn next_input(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.next).copied()?;
        self.next += 1;
        Some(byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(pieces: &[&str]) -> Result<Vec<String>, Broken> {
        let mut push = Push::new(8);
        let mut seen = Vec::new();
        for piece in pieces {
            push.feed(piece.as_bytes(), |event| seen.push(format!("{event:?}")))?;
        }
        push.finish(|event| seen.push(format!("{event:?}")))?;
        Ok(seen)
    }

    #[test]
    fn the_pieces_do_not_show() {
        let whole = steps(&[r#"{"a\u00fc":[1,-2.5,true,null,"x\"y"]}"#]).unwrap();
        let split = steps(&["{\"a\\u00", "fc\":[1,-", "2.5,tr", "ue,null,\"x\\", "\"y\"]", "}"]);
        assert_eq!(split.unwrap(), whole);
        assert_eq!(whole[1], "Name(\"aü\")");
        assert_eq!(whole[4], "Number(\"-2.5\")");
    }

    #[test]
    fn truncated_and_broken_texts_are_told_apart() {
        assert_eq!(steps(&["{\"a\":"]).unwrap_err().fault, Fault::Truncated);
        assert_eq!(steps(&[]).unwrap_err().fault, Fault::Truncated);
        let broken = steps(&["{\"a\":1} x"]).unwrap_err();
        assert_eq!(broken, Broken { at_byte: 9, fault: Fault::Syntax });
        assert_eq!(steps(&["[[[[[[[[[[[["]).unwrap_err().fault, Fault::Syntax);
    }
}

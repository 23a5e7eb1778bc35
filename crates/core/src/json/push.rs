//! JSON read as its bytes arrive.
//!
//! Nothing is copied but tokens that two pieces share, and nothing is looked at twice. Texts are
//! handed over as written, since most are of no interest to anyone; [`Text`] resolves the others.
//! As strict as the standard about structure and numbers. Inside of texts it is lenient: control
//! characters are taken as they are, and what is no character is replaced when it is read.

mod number;
mod text;

pub(crate) use self::number::count;
pub use self::text::{Clean, Text};

use crate::scan::first_of;

/// As many levels as fit in [`Push::objects`].
const MAX_DEPTH: u32 = 64;
/// What is kept of one text: far more than any field has.
const MAX_TEXT: usize = 64 * 1024;
/// What is kept of one number.
const MAX_NUMBER: usize = 512;

/// Where a JSON text stops making sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Bytes before the fault.
    pub at_byte: u64,
    pub fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No JSON from here on.
    Syntax,
    /// The text ended too early.
    Truncated,
    /// More than 64 levels.
    TooDeep,
}

/// Gets the steps of a JSON text.
pub trait Sink {
    /// An object begins `at` so many bytes from the start.
    fn start_object(&mut self, at: u64);
    fn end_object(&mut self);
    fn start_array(&mut self);
    fn end_array(&mut self);
    fn name(&mut self, name: Text<'_>);
    fn value(&mut self, value: Value<'_>);
}

/// A value without a structure of its own.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    Text(Text<'a>),
    /// A number of nothing but at most 18 digits.
    Whole(i64),
    /// Any other, as written; empty when that is more than 512 bytes.
    Number(&'a [u8]),
    Bool,
    Null,
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    Value,
    /// The rest of a byte order mark.
    Mark,
    /// A value or `]`.
    FirstItem,
    /// A name or `}`.
    FirstName,
    Name,
    Colon,
    /// A comma or the end of what is open.
    Next,
    /// Nothing but space.
    End,
}

/// The token that the last piece ended in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Partial {
    None,
    Text {
        is_escaped: bool,
        /// The last byte was a backslash that has not been used up.
        after_backslash: bool,
    },
    Number,
    Word,
}

/// A JSON text in the course of arriving.
pub struct Push {
    expect: Expect,
    partial: Partial,
    /// One bit per open level, the innermost lowest: set for an object.
    objects: u64,
    depth: u32,
    /// What is kept of the token that the last piece ended in, and where it began.
    carry: Vec<u8>,
    token_at: u64,
    /// Bytes of all pieces before the current one.
    before: u64,
}

impl Default for Push {
    fn default() -> Self {
        Self::new()
    }
}

impl Push {
    pub fn new() -> Self {
        Self {
            expect: Expect::Value,
            partial: Partial::None,
            objects: 0,
            depth: 0,
            carry: Vec::new(),
            token_at: 0,
            before: 0,
        }
    }

    /// Whether nothing was read so far.
    pub fn is_empty(&self) -> bool {
        self.before == 0
    }

    /// Bytes read so far.
    pub fn len(&self) -> u64 {
        self.before
    }

    /// Reads one more piece.
    ///
    /// # Errors
    /// Where the text is no JSON; it cannot be fed further then.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut impl Sink) -> Result<(), Broken> {
        let mut at = 0;
        while at < bytes.len() {
            at = if self.partial == Partial::None {
                self.step(bytes, at, sink)?
            } else {
                self.resume(bytes, at, sink)?
            };
        }
        self.before += bytes.len() as u64;
        Ok(())
    }

    /// Says that nothing follows.
    ///
    /// # Errors
    /// When the text is not complete.
    pub fn finish(&mut self, sink: &mut impl Sink) -> Result<(), Broken> {
        let truncated = Broken { at_byte: self.before, fault: Fault::Truncated };
        match self.partial {
            Partial::Number => {
                let digits = std::mem::take(&mut self.carry);
                self.partial = Partial::None;
                self.number(&digits, sink)?;
            }
            Partial::None => {}
            Partial::Text { .. } | Partial::Word => return Err(truncated),
        }
        if self.expect == Expect::End { Ok(()) } else { Err(truncated) }
    }

    fn syntax(&self, at: usize) -> Broken {
        Broken { at_byte: self.before + at as u64, fault: Fault::Syntax }
    }

    fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }

    /// Reads on from `at`, where a token begins; gives how far it came.
    #[inline]
    fn step(&mut self, bytes: &[u8], at: usize, sink: &mut impl Sink) -> Result<usize, Broken> {
        let byte = bytes[at];
        match (byte, self.expect) {
            (b' ' | b'\n' | b'\r' | b'\t', expect) if expect != Expect::Mark => {}
            (b'"', Expect::Name | Expect::FirstName | Expect::Value | Expect::FirstItem) => {
                return Ok(self.text(bytes, at + 1, false, sink));
            }
            (b'0'..=b'9' | b'-', Expect::Value | Expect::FirstItem) => {
                let (value, mut end) = number::whole(bytes, at);
                if let Some(value) = value
                    && bytes.get(end).is_some_and(|byte| !number::is_part(*byte))
                {
                    sink.value(Value::Whole(value));
                    self.valued();
                    return Ok(self.comma(bytes, end));
                }
                while bytes.get(end).is_some_and(|byte| number::is_part(*byte)) {
                    end += 1;
                }
                self.token_at = self.before + at as u64;
                if end == bytes.len() {
                    self.carry.extend_from_slice(&bytes[at..end.min(at + MAX_NUMBER + 1)]);
                    self.partial = Partial::Number;
                    return Ok(end);
                }
                self.number(&bytes[at..end], sink)?;
                return Ok(self.comma(bytes, end));
            }
            (b':', Expect::Colon) => self.expect = Expect::Value,
            (b',', Expect::Next) => {
                self.expect = if self.in_object() { Expect::Name } else { Expect::Value };
            }
            (b'{', Expect::Value | Expect::FirstItem) => {
                self.open(at, 1)?;
                sink.start_object(self.before + at as u64);
                self.expect = Expect::FirstName;
            }
            (b'[', Expect::Value | Expect::FirstItem) => {
                self.open(at, 0)?;
                sink.start_array();
                self.expect = Expect::FirstItem;
            }
            (b'}', Expect::FirstName | Expect::Next) if self.in_object() => {
                self.close();
                sink.end_object();
                return Ok(self.comma(bytes, at + 1));
            }
            (b']', Expect::FirstItem | Expect::Next) if !self.in_object() => {
                self.close();
                sink.end_array();
                return Ok(self.comma(bytes, at + 1));
            }
            (b't' | b'f' | b'n', Expect::Value | Expect::FirstItem) => {
                self.token_at = self.before + at as u64;
                self.partial = Partial::Word;
                return self.resume(bytes, at, sink);
            }
            (0xef, Expect::Value) if self.before == 0 && at == 0 => self.expect = Expect::Mark,
            (0xbb, Expect::Mark) if self.before + at as u64 == 1 => {}
            (0xbf, Expect::Mark) if self.before + at as u64 == 2 => self.expect = Expect::Value,
            _ => return Err(self.syntax(at)),
        }
        Ok(at + 1)
    }

    fn open(&mut self, at: usize, object: u64) -> Result<(), Broken> {
        if self.depth == MAX_DEPTH {
            return Err(Broken { fault: Fault::TooDeep, ..self.syntax(at) });
        }
        self.depth += 1;
        self.objects = self.objects << 1 | object;
        Ok(())
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.objects >>= 1;
        self.valued();
    }

    /// A value has ended.
    #[inline]
    fn valued(&mut self) {
        self.expect = if self.depth == 0 { Expect::End } else { Expect::Next };
    }

    /// Takes the comma that mostly follows a value.
    #[inline]
    fn comma(&mut self, bytes: &[u8], at: usize) -> usize {
        if self.expect == Expect::Next && bytes.get(at) == Some(&b',') {
            self.expect = if self.in_object() { Expect::Name } else { Expect::Value };
            return at + 1;
        }
        at
    }

    /// A text that begins at `from`, behind its quote, or goes on there.
    #[inline]
    fn text(&mut self, bytes: &[u8], from: usize, is_escaped: bool, sink: &mut impl Sink) -> usize {
        let (mut end, mut is_escaped) = (from, is_escaped);
        loop {
            end = first_of(bytes, end, [b'"', b'\\']);
            match bytes.get(end) {
                Some(b'"') => break,
                Some(_) => {
                    is_escaped = true;
                    end += 2;
                }
                None => {
                    // One beyond the end: the backslash was the last byte.
                    let after_backslash = end > bytes.len();
                    self.keep(&bytes[from..]);
                    self.partial = Partial::Text { is_escaped, after_backslash };
                    return bytes.len();
                }
            }
        }
        if self.carry.is_empty() {
            self.texted(Text::new(&bytes[from..end], is_escaped, MAX_TEXT), sink);
        } else {
            self.keep(&bytes[from..end]);
            let carry = std::mem::take(&mut self.carry);
            self.texted(Text::new(&carry, is_escaped, MAX_TEXT), sink);
            self.carry = carry;
            self.carry.clear();
        }
        self.partial = Partial::None;
        end += 1;
        match (self.expect, bytes.get(end)) {
            (Expect::Colon, Some(b':')) => {
                self.expect = Expect::Value;
                end + 1
            }
            (Expect::Next, _) => self.comma(bytes, end),
            _ => end,
        }
    }

    #[inline]
    fn texted(&mut self, text: Text<'_>, sink: &mut impl Sink) {
        if matches!(self.expect, Expect::Name | Expect::FirstName) {
            sink.name(text);
            self.expect = Expect::Colon;
        } else {
            sink.value(Value::Text(text));
            self.valued();
        }
    }

    /// One byte more than counts is kept, so that a cut text shows.
    fn keep(&mut self, bytes: &[u8]) {
        let room = (MAX_TEXT + 1).saturating_sub(self.carry.len());
        self.carry.extend_from_slice(&bytes[..room.min(bytes.len())]);
    }

    fn number(&mut self, digits: &[u8], sink: &mut impl Sink) -> Result<(), Broken> {
        // A number that long is none that anybody counts to.
        let is_long = digits.len() > MAX_NUMBER;
        if !is_long && !number::is_number(digits) {
            return Err(Broken { at_byte: self.token_at, fault: Fault::Syntax });
        }
        sink.value(match number::whole(digits, 0) {
            (Some(value), end) if end == digits.len() => Value::Whole(value),
            _ if is_long => Value::Number(b""),
            _ => Value::Number(digits),
        });
        self.valued();
        Ok(())
    }

    /// Goes on with the token that the last piece ended in.
    #[cold]
    fn resume(&mut self, bytes: &[u8], at: usize, sink: &mut impl Sink) -> Result<usize, Broken> {
        match self.partial {
            Partial::None => Ok(at),
            Partial::Text { is_escaped, after_backslash } => {
                let mut from = at;
                if after_backslash {
                    self.keep(&bytes[at..=at]);
                    from += 1;
                }
                Ok(self.text(bytes, from, is_escaped, sink))
            }
            Partial::Number => {
                let mut end = at;
                while bytes.get(end).is_some_and(|byte| number::is_part(*byte)) {
                    end += 1;
                }
                let room = (MAX_NUMBER + 1).saturating_sub(self.carry.len());
                self.carry.extend_from_slice(&bytes[at..end.min(at + room)]);
                if end < bytes.len() {
                    let digits = std::mem::take(&mut self.carry);
                    self.partial = Partial::None;
                    self.number(&digits, sink)?;
                }
                Ok(end)
            }
            Partial::Word => {
                let wanted: &[u8] = match self.carry.first().unwrap_or(&bytes[at]) {
                    b't' => b"true",
                    b'f' => b"false",
                    _ => b"null",
                };
                let missing = &wanted[self.carry.len()..];
                let given = &bytes[at..bytes.len().min(at + missing.len())];
                if !missing.starts_with(given) {
                    return Err(Broken { at_byte: self.token_at, fault: Fault::Syntax });
                }
                if given.len() < missing.len() {
                    self.carry.extend_from_slice(given);
                } else {
                    let value = if wanted[0] == b'n' { Value::Null } else { Value::Bool };
                    self.carry.clear();
                    self.partial = Partial::None;
                    sink.value(value);
                    self.valued();
                }
                Ok(at + given.len())
            }
        }
    }
}

#[cfg(test)]
mod tests;

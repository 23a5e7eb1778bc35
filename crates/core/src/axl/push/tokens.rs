//! XML taken apart while it arrives.
//!
//! As lenient as the walk over whole documents in [`super::super::xml`]: the two are tested to
//! agree. Nothing is looked at twice, however small the pieces are.

use std::ops::ControlFlow;

use crate::scan::first_of;

use super::super::xml::NO_DOCTYPE;

/// The longest tag; a flood of attributes ends here.
const MAX_TAG: usize = 64 * 1024;
/// The longest reference that can stand for a character, with zeros in front.
const MAX_REFERENCE: usize = 32;

/// Gets what a text is made of.
pub(super) trait Handler {
    /// A start tag: name and attributes as written. An empty element is followed by an end.
    fn start(&mut self, name: &str, attributes: &str) -> Result<(), Fault>;
    /// An end tag's name as written, or none for the end of an empty element.
    fn end(&mut self, name: Option<&str>) -> Result<(), Fault>;
    /// A piece of text with its references resolved and its line ends evened out.
    fn text(&mut self, piece: &str);
    /// Takes as much of `rest`, which starts with `<`, as it knows at sight; gives how much.
    fn at_sight(&mut self, rest: &str) -> usize;
}

/// Why a text is no XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Broken(String),
    TooLarge(&'static str),
}

impl Fault {
    pub(super) fn broken(why: &str) -> Self {
        Self::Broken(why.to_owned())
    }
}

/// What the next character belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Text,
    /// Just behind `<`.
    Markup,
    Start {
        quote: Option<u8>,
    },
    End,
    /// Behind `<!`, until it is known what it is.
    Bang,
    Comment {
        dashes: u8,
    },
    CData {
        brackets: u8,
    },
    /// Behind `<?`.
    Question,
    Instruction {
        question: bool,
    },
    /// Behind `&`.
    Reference,
}

pub(super) struct Tokens {
    mode: Mode,
    /// The part of the current token that came with earlier pieces.
    carry: String,
    /// The last character of the text was a carriage return.
    after_return: bool,
    /// Bytes of all pieces before the current one.
    before: u64,
    /// Where the last markup begins, in bytes from the start: there is where faults are.
    markup_at: u64,
}

/// A fault with its place in bytes from the start.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) at: u64,
    pub(super) fault: Fault,
}

impl Tokens {
    pub(super) fn new() -> Self {
        Self {
            mode: Mode::Text,
            carry: String::new(),
            after_return: false,
            before: 0,
            markup_at: 0,
        }
    }

    /// Bytes read so far.
    pub(super) fn len(&self) -> u64 {
        self.before
    }

    pub(super) fn feed(&mut self, piece: &str, to: &mut impl Handler) -> Result<(), Placed> {
        let mut at = 0;
        while at < piece.len() {
            at = match self.step(piece, at, to) {
                Ok(next) => next,
                Err(fault) => return Err(Placed { at: self.markup_at, fault }),
            };
        }
        self.before += piece.len() as u64;
        Ok(())
    }

    /// Says that nothing follows.
    pub(super) fn finish(&mut self, to: &mut impl Handler) -> Result<(), Placed> {
        match self.mode {
            Mode::Text => Ok(()),
            Mode::Reference => {
                self.stray(to);
                Ok(())
            }
            _ => Err(Placed { at: self.before, fault: Fault::broken("it ends too early") }),
        }
    }

    /// Reads on from `at`; gives how far it came.
    fn step(&mut self, piece: &str, at: usize, to: &mut impl Handler) -> Result<usize, Fault> {
        match self.mode {
            Mode::Text => Ok(self.text(piece, at, to)),
            Mode::Markup => {
                let (mode, taken) = match piece.as_bytes()[at] {
                    b'/' => (Mode::End, 1),
                    b'!' => (Mode::Bang, 1),
                    b'?' => (Mode::Question, 1),
                    _ => (Mode::Start { quote: None }, 0),
                };
                self.mode = mode;
                Ok(at + taken)
            }
            Mode::Start { quote } => self.start(piece, at, quote, to),
            Mode::End => {
                let end = first_of(piece.as_bytes(), at, [b'>']);
                let ControlFlow::Break(name) = take(&mut self.carry, piece, at, end)? else {
                    return Ok(end);
                };
                let name = name.trim_end_matches([' ', '\t', '\r', '\n']);
                to.end(Some(name))?;
                self.begin_text();
                Ok(end + 1)
            }
            Mode::Bang => self.bang(piece.as_bytes(), at),
            Mode::Comment { mut dashes } => {
                let bytes = piece.as_bytes();
                let mut at = at;
                while at < bytes.len() {
                    match (bytes[at], dashes) {
                        (b'>', 2) => {
                            self.begin_text();
                            return Ok(at + 1);
                        }
                        (b'-', _) => dashes = (dashes + 1).min(2),
                        _ => {
                            dashes = 0;
                            at = first_of(bytes, at, [b'-']).max(at + 1) - 1;
                        }
                    }
                    at += 1;
                }
                self.mode = Mode::Comment { dashes };
                Ok(at)
            }
            Mode::CData { brackets } => Ok(self.cdata(piece, at, brackets, to)),
            Mode::Question if piece.as_bytes()[at] == b'>' => Err(Fault::broken("unknown markup")),
            Mode::Question => {
                self.mode = Mode::Instruction { question: false };
                Ok(at)
            }
            Mode::Instruction { mut question } => {
                for (offset, byte) in piece.as_bytes()[at..].iter().enumerate() {
                    if question && *byte == b'>' {
                        self.begin_text();
                        return Ok(at + offset + 1);
                    }
                    question = *byte == b'?';
                }
                self.mode = Mode::Instruction { question };
                Ok(piece.len())
            }
            Mode::Reference => Ok(self.reference(piece, at, to)),
        }
    }

    fn begin_text(&mut self) {
        self.mode = Mode::Text;
        self.carry.clear();
        self.after_return = false;
    }

    fn text(&mut self, piece: &str, at: usize, to: &mut impl Handler) -> usize {
        let bytes = piece.as_bytes();
        let mut at = at;
        if self.after_return {
            self.after_return = false;
            at += usize::from(bytes[at] == b'\n');
        }
        let end = first_of(bytes, at, [b'<', b'&', b'\r']);
        if end > at {
            to.text(&piece[at..end]);
        }
        match bytes.get(end) {
            None => return end,
            Some(b'<') => {
                let taken = to.at_sight(&piece[end..]);
                if taken > 0 {
                    return end + taken;
                }
                self.mode = Mode::Markup;
                self.markup_at = self.before + end as u64;
            }
            Some(b'&') => {
                self.mode = Mode::Reference;
                self.carry.clear();
            }
            Some(_) => {
                to.text("\n");
                self.after_return = true;
            }
        }
        end + 1
    }

    /// A start tag up to the `>` that stands in no quotes.
    fn start(
        &mut self,
        piece: &str,
        from: usize,
        mut quote: Option<u8>,
        to: &mut impl Handler,
    ) -> Result<usize, Fault> {
        let bytes = piece.as_bytes();
        let mut end = from;
        loop {
            end = match quote {
                Some(mark) => first_of(bytes, end, [mark]),
                None => first_of(bytes, end, [b'>', b'"', b'\'']),
            };
            match (bytes.get(end), quote) {
                (None, _) | (Some(b'>'), None) => break,
                (Some(_), Some(_)) => quote = None,
                (Some(mark), None) => quote = Some(*mark),
            }
            end += 1;
        }
        let ControlFlow::Break(tag) = take(&mut self.carry, piece, from, end)? else {
            self.mode = Mode::Start { quote };
            return Ok(end);
        };
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let name_end = first_of(tag.as_bytes(), 0, [b' ', b'\t', b'\r', b'\n']);
        to.start(&tag[..name_end], &tag[name_end..])?;
        if is_empty {
            to.end(None)?;
        }
        self.begin_text();
        Ok(end + 1)
    }

    fn bang(&mut self, bytes: &[u8], at: usize) -> Result<usize, Fault> {
        self.carry.push(char::from(bytes[at]));
        let seen = self.carry.as_str();
        if seen == "--" {
            self.mode = Mode::Comment { dashes: 0 };
        } else if seen == "[CDATA[" {
            self.mode = Mode::CData { brackets: 0 };
        } else if !"--".starts_with(seen) && !"[CDATA[".starts_with(seen) {
            let is_doctype = seen.eq_ignore_ascii_case("D");
            return Err(Fault::broken(if is_doctype { NO_DOCTYPE } else { "unknown markup" }));
        }
        Ok(at + 1)
    }

    /// Text up to `]]>`. Brackets wait until it is known whether they end it.
    fn cdata(&mut self, piece: &str, from: usize, brackets: u8, to: &mut impl Handler) -> usize {
        let bytes = piece.as_bytes();
        if brackets > 0 {
            match (bytes[from], brackets) {
                (b']', 1) => self.mode = Mode::CData { brackets: 2 },
                // One more bracket: the first of three is text.
                (b']', _) => to.text("]"),
                (b'>', 2) => {
                    self.begin_text();
                    return from + 1;
                }
                _ => {
                    to.text(&"]]"[..usize::from(brackets)]);
                    self.mode = Mode::CData { brackets: 0 };
                    return from;
                }
            }
            return from + 1;
        }
        let mut at = from;
        if self.after_return {
            self.after_return = false;
            at += usize::from(bytes[at] == b'\n');
        }
        let end = first_of(bytes, at, [b']', b'\r']);
        if end > at {
            to.text(&piece[at..end]);
        }
        match bytes.get(end) {
            None => return end,
            Some(b']') => self.mode = Mode::CData { brackets: 1 },
            Some(_) => {
                to.text("\n");
                self.after_return = true;
            }
        }
        end + 1
    }

    fn reference(&mut self, piece: &str, from: usize, to: &mut impl Handler) -> usize {
        let end = first_of(piece.as_bytes(), from, [b';', b'&', b'<']);
        if self.carry.len() + (end - from) > MAX_REFERENCE {
            self.stray(to);
            return from;
        }
        self.carry.push_str(&piece[from..end]);
        match piece.as_bytes().get(end) {
            None => end,
            Some(b';') => {
                let mut buffer = [0; 4];
                if let Some(character) = resolve(&self.carry) {
                    to.text(character.encode_utf8(&mut buffer));
                    self.begin_text();
                } else {
                    self.stray(to);
                    to.text(";");
                }
                end + 1
            }
            Some(_) => {
                self.stray(to);
                end
            }
        }
    }

    /// An ampersand that begins no reference known here is text, with what follows.
    fn stray(&mut self, to: &mut impl Handler) {
        to.text("&");
        let mut rest = self.carry.as_str();
        while let Some((line, after)) = rest.split_once('\r') {
            to.text(line);
            to.text("\n");
            rest = after.strip_prefix('\n').unwrap_or(after);
        }
        to.text(rest);
        let ends_in_return = self.carry.ends_with('\r');
        self.begin_text();
        self.after_return = ends_in_return;
    }
}

/// The token that ends at `end`, with what was carried over; goes on carrying when it does not end
/// within this piece.
fn take<'a>(
    carry: &'a mut String,
    piece: &'a str,
    from: usize,
    end: usize,
) -> Result<ControlFlow<&'a str>, Fault> {
    if carry.len() + (end - from) > MAX_TAG {
        return Err(Fault::TooLarge("a tag of more than 64 KiB"));
    }
    let is_whole = end < piece.len();
    if is_whole && carry.is_empty() {
        return Ok(ControlFlow::Break(&piece[from..end]));
    }
    carry.push_str(&piece[from..end]);
    Ok(if is_whole { ControlFlow::Break(carry) } else { ControlFlow::Continue(()) })
}

/// The character of a reference; none for entities that a document type would have to define.
fn resolve(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix('x') {
            Some(hex) => (hex, 16),
            None => (number, 10),
        };
        if digits.starts_with(['+', '-']) {
            return None;
        }
        return u32::from_str_radix(digits, radix)
            .ok()
            .filter(|&code| code != 0)
            .and_then(char::from_u32);
    }
    Some(match reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

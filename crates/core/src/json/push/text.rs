//! Texts as written, and what they say.

/// A name or text between its quotes.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    raw: &'a [u8],
    is_escaped: bool,
    is_cut: bool,
}

/// Whether a text was read as it was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clean {
    Yes,
    /// Something in it was no character; U+FFFD stands in its place.
    Repaired,
    /// It was longer.
    Cut,
}

impl<'a> Text<'a> {
    #[inline]
    pub(super) fn new(raw: &'a [u8], is_escaped: bool, limit: usize) -> Self {
        let is_cut = raw.len() > limit;
        Self { raw: if is_cut { &raw[..limit] } else { raw }, is_escaped, is_cut }
    }

    /// The bytes, when they are as written.
    #[inline]
    pub fn plain(self) -> Option<&'a [u8]> {
        (!self.is_escaped && !self.is_cut).then_some(self.raw)
    }

    /// Puts at most `limit` bytes of what it says into `out`.
    pub fn read(self, limit: usize, out: &mut String) -> Clean {
        out.clear();
        let mut is_repaired = false;
        let mut rest = self.raw;
        while !rest.is_empty() && out.len() <= limit {
            let end = if self.is_escaped {
                rest.iter().position(|byte| *byte == b'\\').unwrap_or(rest.len())
            } else {
                rest.len()
            };
            let (run, after) = rest.split_at(end);
            // A little more than the limit: a letter has at most four bytes.
            let run = &run[..run.len().min(limit + 4)];
            for chunk in run.utf8_chunks() {
                out.push_str(chunk.valid());
                if !chunk.invalid().is_empty() {
                    is_repaired = true;
                    out.push(char::REPLACEMENT_CHARACTER);
                }
            }
            rest = after;
            if let [b'\\', after @ ..] = after {
                let (character, after) = escape(after);
                is_repaired |= character.is_none();
                out.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
                rest = after;
            }
        }
        if out.len() > limit || self.is_cut {
            out.truncate(out.floor_char_boundary(limit));
            return Clean::Cut;
        }
        if is_repaired { Clean::Repaired } else { Clean::Yes }
    }
}

/// What an escape stands for, and what follows it.
fn escape(text: &[u8]) -> (Option<char>, &[u8]) {
    let [kind, rest @ ..] = text else { return (None, text) };
    let character = match kind {
        b'"' | b'\\' | b'/' => char::from(*kind),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode(rest),
        _ => return (None, rest),
    };
    (Some(character), rest)
}

fn unicode(text: &[u8]) -> (Option<char>, &[u8]) {
    let Some((high, rest)) = four_digits(text) else { return (None, text) };
    if let 0xd800..0xdc00 = high
        && let [b'\\', b'u', after @ ..] = rest
        && let Some((low @ 0xdc00..0xe000, after)) = four_digits(after)
    {
        return (char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)), after);
    }
    (char::from_u32(high), rest)
}

fn four_digits(text: &[u8]) -> Option<(u32, &[u8])> {
    let (digits, rest) = text.split_first_chunk::<4>()?;
    let mut value = 0;
    for digit in digits {
        value = value << 4 | char::from(*digit).to_digit(16)?;
    }
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &[u8], limit: usize) -> (String, Clean) {
        let mut out = String::new();
        let clean = Text::new(raw, raw.contains(&b'\\'), 64).read(limit, &mut out);
        (out, clean)
    }

    #[test]
    fn what_is_no_character_is_replaced_and_told() {
        for raw in [
            b"a\xffb".as_slice(),
            br"a\ud800b",
            br"a\udc00b",
            br"a\qb",
            br"a\ud83d\u0041".as_slice(),
            br"a\u12",
        ] {
            let (text, clean) = read(raw, 100);
            assert_eq!(clean, Clean::Repaired, "{text}");
            assert!(text.starts_with("a\u{fffd}"), "{text}");
        }
        assert_eq!(read(br"a\u0000\n", 100), ("a\0\n".into(), Clean::Yes));
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(read("aéé".as_bytes(), 4), ("aé".into(), Clean::Cut));
        assert_eq!(read("aéé".as_bytes(), 5), ("aéé".into(), Clean::Yes));
        assert_eq!(read(br"\u00e9\u00e9", 3), ("é".into(), Clean::Cut));
        assert_eq!(read(&[b'x'; 65], 100), ("x".repeat(64), Clean::Cut));
    }
}

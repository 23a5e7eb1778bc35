//! Whole values and elements as the unit of change, so that what comes out is often still valid.

use std::ops::Range;

use super::{Mutator, insert};

impl Mutator<'_> {
    /// Loses, doubles, moves or exchanges a JSON value or an XML element.
    pub(super) fn structure(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        let Some(one) = self.part(input) else { return };
        match self.rng.u32(..5) {
            0 => drop(input.drain(with_comma(input, one))),
            1 => {
                let times = [1, 1, 2, 20][self.rng.usize(..4)];
                let mut again = Vec::new();
                for _ in 0..times {
                    if input[one.start] != b'<' {
                        again.push(b',');
                    }
                    again.extend_from_slice(&input[one.clone()]);
                }
                insert(input, one.end, &again);
            }
            2 => {
                if let Some(two) = self.part(input) {
                    let copy = input[two].to_vec();
                    input.splice(one, copy);
                }
            }
            3 => {
                if let Some(two) = self.part(other) {
                    input.splice(one, other[two].iter().copied());
                }
            }
            _ => {
                const INSTEAD: [&[u8]; 9] =
                    [b"null", b"true", b"[]", b"{}", b"\"\"", b"[[]]", b"\"x\"", b"-1", b"<a/>"];
                let instead = INSTEAD[self.rng.usize(..INSTEAD.len())];
                input.splice(one, instead.iter().copied());
            }
        }
    }

    /// The value or element that opens first from a random place on.
    fn part(&mut self, input: &[u8]) -> Option<Range<usize>> {
        let from = self.place(input)?;
        let start = (from..input.len()).find(|&at| opens(input, at))?;
        let end = match input[start] {
            b'<' => element_end(input, start)?,
            b'"' => text_end(input, start)?,
            _ => bracket_end(input, start)?,
        };
        Some(start..end)
    }
}

fn opens(input: &[u8], at: usize) -> bool {
    match input[at] {
        b'{' | b'[' | b'"' => true,
        b'<' => input.get(at + 1).is_some_and(u8::is_ascii_alphabetic),
        _ => false,
    }
}

fn text_end(input: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match input.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn bracket_end(input: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match input.get(at)? {
            b'"' => at = text_end(input, at)? - 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

fn element_end(input: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        let open = at + input.get(at..)?.iter().position(|&byte| byte == b'<')?;
        let close = open + input[open..].iter().position(|&byte| byte == b'>')?;
        match input.get(open + 1)? {
            b'/' => depth = depth.checked_sub(1)?,
            b'!' | b'?' => {}
            _ if input[close - 1] == b'/' => {}
            _ => depth += 1,
        }
        at = close + 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// With the comma before it, or else the one after it.
fn with_comma(input: &[u8], part: Range<usize>) -> Range<usize> {
    if part.start > 0 && input[part.start - 1] == b',' {
        return part.start - 1..part.end;
    }
    let after = usize::from(input.get(part.end) == Some(&b','));
    part.start..part.end + after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_where_it_is_closed() {
        assert_eq!(bracket_end(br#"{"a":"}","b":[1]},"#, 0), Some(17));
        assert_eq!(bracket_end(b"[[1]", 0), None);
        assert_eq!(text_end(br#""a\"b" "#, 0), Some(6));
        assert_eq!(element_end(b"<a x='1'><a/><!-- c --><b>1</b></a><c/>", 0), Some(35));
        assert_eq!(element_end(b"<a><b></a>", 0), None);
        assert_eq!(element_end(b"<a/>", 0), Some(4));
    }

    #[test]
    fn a_lost_value_takes_its_comma_along() {
        assert_eq!(with_comma(b"[{},{}]", 4..6), 3..6);
        assert_eq!(with_comma(b"[{},{}]", 1..3), 1..4);
        assert_eq!(with_comma(b"[{}]", 1..3), 1..3);
    }
}

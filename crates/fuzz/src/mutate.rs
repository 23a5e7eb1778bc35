//! Inputs made from inputs: bytes, tokens and whole structures, moved, lost, doubled and bent.

mod structure;
mod words;

use fastrand::Rng;

pub use words::{JSON, TEXT, XML};

/// What is spliced in whatever the language: wrong UTF-8, marks that turn or end a text, and the
/// smallest surprises.
const ODD_BYTES: [&[u8]; 14] = [
    b"\xff",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
    b"\xc2\x85",
    b"\xef\xbf\xbf",
    b"\0",
    b"\r",
    b"\x1b",
    b"\x7f",
    b" ",
    b"\n\n",
];

/// Numbers at which something ends.
const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "-1",
    "1",
    "00",
    "007",
    "+1",
    "1.0",
    "20.00",
    "1.5",
    "1e3",
    "1E-400",
    "1e999",
    "255",
    "65536",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551616",
    "123456789012345678901234567890123456789012345678901234567890",
];

/// Changes inputs; the same seed makes the same changes.
pub struct Mutator<'a> {
    rng: Rng,
    words: &'a [&'a str],
    /// Bytes; a step that would pass it is cut off there.
    max: usize,
}

impl<'a> Mutator<'a> {
    pub fn new(seed: u64, words: &'a [&'a str], max: usize) -> Self {
        Self { rng: Rng::with_seed(seed), words, max }
    }

    /// One of them.
    pub fn pick<'b, T>(&mut self, from: &'b [T]) -> Option<&'b T> {
        if from.is_empty() { None } else { Some(&from[self.rng.usize(..from.len())]) }
    }

    /// Some changes in a row, most often few. `other` is an input to take parts from.
    pub fn mutate(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        let steps = 1 + self.rng.u32(..4) * self.rng.u32(..3);
        for _ in 0..steps {
            self.step(input, other);
            input.truncate(self.max);
        }
    }

    fn step(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        match self.rng.u32(..16) {
            0 => self.flip(input),
            1 => self.set(input),
            2 => self.cut(input),
            3 => self.repeat(input),
            4 => self.splice(input, other),
            5 => self.insert_odd(input),
            6 | 7 => self.number(input),
            8 | 9 => self.insert_word(input),
            10 | 11 => self.replace_token(input),
            12 => self.swap_tokens(input),
            13 => self.nest(input),
            _ => self.structure(input, other),
        }
    }

    fn flip(&mut self, input: &mut [u8]) {
        if let Some(at) = self.place(input) {
            input[at] ^= 1 << self.rng.u32(..8);
        }
    }

    fn set(&mut self, input: &mut [u8]) {
        if let Some(at) = self.place(input) {
            input[at] = self.rng.u8(..);
        }
    }

    /// Loses a part, or all from somewhere on.
    fn cut(&mut self, input: &mut Vec<u8>) {
        let Some(start) = self.place(input) else { return };
        let length = if self.rng.u32(..4) == 0 { input.len() } else { 1 + self.rng.usize(..32) };
        let end = (start + length).min(input.len());
        input.drain(start..end);
    }

    /// Says a part again, now and then very often.
    fn repeat(&mut self, input: &mut Vec<u8>) {
        let Some(start) = self.place(input) else { return };
        let end = (start + 1 + self.rng.usize(..64)).min(input.len());
        let times = if self.rng.u32(..8) == 0 { 200 } else { 1 + self.rng.usize(..4) };
        let room = self.max.saturating_sub(input.len());
        let mut again = input[start..end].repeat(times);
        again.truncate(room);
        insert(input, end, &again);
    }

    fn splice(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        let Some(from) = self.place(other) else { return };
        let to = (from + 1 + self.rng.usize(..256)).min(other.len());
        let at = self.rng.usize(..=input.len());
        insert(input, at, &other[from..to]);
    }

    fn insert_odd(&mut self, input: &mut Vec<u8>) {
        let odd = ODD_BYTES[self.rng.usize(..ODD_BYTES.len())];
        let at = self.rng.usize(..=input.len());
        insert(input, at, odd);
    }

    fn insert_word(&mut self, input: &mut Vec<u8>) {
        let words = self.words;
        let Some(word) = self.pick(words).copied() else { return };
        let at = self.rng.usize(..=input.len());
        insert(input, at, word.as_bytes());
    }

    /// Puts another number in the place of one that is there.
    fn number(&mut self, input: &mut Vec<u8>) {
        let Some(from) = self.place(input) else { return };
        let Some(start) = (from..input.len()).find(|&at| input[at].is_ascii_digit()) else {
            return;
        };
        let digits = input[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = NUMBERS[self.rng.usize(..NUMBERS.len())];
        input.splice(start..start + digits, number.bytes());
    }

    fn replace_token(&mut self, input: &mut Vec<u8>) {
        let words = self.words;
        let Some(token) = self.token(input) else { return };
        let Some(word) = self.pick(words).copied() else { return };
        input.splice(token, word.bytes());
    }

    fn swap_tokens(&mut self, input: &mut Vec<u8>) {
        let (Some(one), Some(two)) = (self.token(input), self.token(input)) else { return };
        let (first, second) = if one.start <= two.start { (one, two) } else { (two, one) };
        if first.end > second.start {
            return;
        }
        let (left, right) = (input[first.clone()].to_vec(), input[second.clone()].to_vec());
        input.splice(second, left);
        input.splice(first, right);
    }

    /// Opens far more than is ever closed.
    fn nest(&mut self, input: &mut Vec<u8>) {
        const OPEN: [&[u8]; 6] = [b"[", b"{\"a\":", b"<a>", b"[{\"tenants\":", b"<![CDATA[", b"(("];
        let open = OPEN[self.rng.usize(..OPEN.len())];
        let times = [3, 63, 64, 65, 128, 500][self.rng.usize(..6)];
        let at = self.rng.usize(..=input.len());
        insert(input, at, &open.repeat(times));
    }

    fn place(&mut self, input: &[u8]) -> Option<usize> {
        (!input.is_empty()).then(|| self.rng.usize(..input.len()))
    }

    /// A word, a number or a mark: what a lexer would take for one.
    fn token(&mut self, input: &[u8]) -> Option<std::ops::Range<usize>> {
        let at = self.place(input)?;
        let of_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
        if !of_word(input[at]) {
            return Some(at..at + 1);
        }
        let before = input[..at].iter().rev().take_while(|&&byte| of_word(byte)).count();
        let after = input[at..].iter().take_while(|&&byte| of_word(byte)).count();
        Some(at - before..at + after)
    }
}

fn insert(input: &mut Vec<u8>, at: usize, part: &[u8]) {
    input.splice(at..at, part.iter().copied());
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &[u8] = br#"{"group":{"name":"a","tenants":[{"id":12},{"id":13}]}}"#;

    fn mutated(seed: u64) -> Vec<u8> {
        let mut input = SEED.to_vec();
        Mutator::new(seed, JSON, 4_096).mutate(&mut input, b"<a><b>12</b></a>");
        input
    }

    #[test]
    fn the_same_seed_makes_the_same_input() {
        assert!((0..200).all(|seed| mutated(seed) == mutated(seed)));
    }

    #[test]
    fn inputs_differ_stay_short_and_are_often_still_json() {
        let inputs: std::collections::BTreeSet<Vec<u8>> = (0..2_000).map(mutated).collect();
        assert!(inputs.len() > 1_500, "{}", inputs.len());
        assert!(inputs.iter().all(|input| input.len() <= 4_096));
        let well_formed =
            |input: &&Vec<u8>| input.first() == Some(&b'{') && input.last() == Some(&b'}');
        assert!(inputs.iter().filter(well_formed).count() > 300);
    }
}

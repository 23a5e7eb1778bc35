//! One word, to be found in folded text without folding all of it.

use std::ops::Range;

use super::{Folded, fold, fold_into, table};

/// A word without case and accents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::view) struct Word {
    letters: Box<[u8]>,
    /// Whether a letter that begins with this byte can begin the word.
    starts: Box<[bool; 256]>,
}

impl Word {
    /// None when nothing of the text can be seen.
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut letters = Vec::with_capacity(text.len());
        fold_into(text, &mut letters);
        let first = *letters.first()?;
        let mut starts = Box::new([false; 256]);
        starts[usize::from(first)] = true;
        starts[usize::from(first.to_ascii_uppercase())] = true;
        // Beyond ASCII, any letter that has a case may be another's.
        if !first.is_ascii() {
            starts[0xc2..0xe0].fill(true);
            for lead in [0xe1, 0xe2, 0xea, 0xef, 0xf0] {
                starts[lead] = true;
            }
        }
        for letter in table::all() {
            let begins = |folded: char| first_byte(folded) == first;
            if match fold(letter) {
                Folded::Nothing => false,
                Folded::One(letter) => begins(letter),
                Folded::Two(a, b) => begins(a) || begins(b),
            } {
                starts[usize::from(first_byte(letter))] = true;
            }
        }
        Some(Self { letters: letters.into(), starts })
    }

    /// In bytes.
    pub(in crate::view) fn len(&self) -> usize {
        self.letters.len()
    }

    /// Where the next letter stands, from a place on, at which the word may begin.
    #[inline]
    pub(in crate::view) fn next_start(&self, text: &[u8], from: usize) -> Option<usize> {
        let rest = text.get(from..)?;
        rest.iter().position(|byte| self.starts[usize::from(*byte)]).map(|at| from + at)
    }

    /// The end of the word in a text where it may begin; none where it is not.
    #[inline]
    pub(in crate::view) fn end_at(&self, text: &str, start: usize) -> Option<usize> {
        let (first, others) = self.letters.split_first()?;
        let byte = *text.as_bytes().get(start)?;
        if byte.is_ascii() {
            // What may begin the word and is ASCII is its first letter.
            debug_assert_eq!(byte.to_ascii_lowercase(), *first);
            return match_at(text, start + 1, others);
        }
        let letter = text[start..].chars().next()?;
        let next = start + letter.len_utf8();
        let after = |letter| match_at(text, next, without(&self.letters, letter)?);
        match fold(letter) {
            Folded::Nothing => None,
            Folded::One(letter) => after(letter),
            Folded::Two(first, second) => {
                let rest = without(&self.letters, first);
                let both = rest.and_then(|rest| match without(rest, second) {
                    Some(rest) => match_at(text, next, rest),
                    None => rest.is_empty().then_some(next),
                });
                both.or_else(|| after(second))
            }
        }
    }

    /// Whether the word, which was found there, begins with the first of the letters that the one at
    /// this place stands for.
    pub(super) fn begins_letter_at(&self, text: &str, start: usize) -> bool {
        match_at(text, start, &self.letters).is_some()
    }

    /// The first place of the word in a text, from a place on.
    #[inline]
    pub(super) fn find(&self, text: &str, mut from: usize) -> Option<Range<usize>> {
        while let Some(start) = self.next_start(text.as_bytes(), from) {
            if let Some(end) = self.end_at(text, start) {
                return Some(start..end);
            }
            from = start + 1;
        }
        None
    }
}

/// The end of a text's letters that are those of a word, which is folded already.
#[inline]
pub(super) fn match_at(text: &str, start: usize, word: &[u8]) -> Option<usize> {
    let (mut at, mut rest) = (start, word);
    while let Some((first, others)) = rest.split_first() {
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii() {
            if byte.to_ascii_lowercase() != *first {
                return None;
            }
            (at, rest) = (at + 1, others);
            continue;
        }
        let letter = text[at..].chars().next()?;
        at += letter.len_utf8();
        match fold(letter) {
            Folded::Nothing => {}
            Folded::One(letter) => rest = without(rest, letter)?,
            Folded::Two(first, second) => {
                rest = without(rest, first)?;
                // The word may end with the first of the two.
                if !rest.is_empty() {
                    rest = without(rest, second)?;
                }
            }
        }
    }
    Some(at)
}

/// What remains of a word after its first letter, if it is this one.
#[inline]
fn without(word: &[u8], letter: char) -> Option<&[u8]> {
    word.strip_prefix(letter.encode_utf8(&mut [0; 4]).as_bytes())
}

fn first_byte(letter: char) -> u8 {
    letter.encode_utf8(&mut [0; 4]).as_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_wherever_a_letter_stands_for_its_first_one() {
        for letter in '\0'..=char::MAX {
            let is_plain = matches!(fold(letter), Folded::One(same) if same == letter);
            let text = letter.to_string();
            if is_plain || letter.is_ascii() {
                continue;
            }
            let mut folded = Vec::new();
            fold_into(&text, &mut folded);
            let folded = String::from_utf8(folded).unwrap();
            if let Some(word) = Word::new(&folded) {
                assert_eq!(word.find(&text, 0), Some(0..text.len()), "{letter:?}");
            }
            if let Some(word) = folded.chars().nth(1).and_then(|c| Word::new(&c.to_string())) {
                assert_eq!(word.find(&text, 0), Some(0..text.len()), "{letter:?}");
            }
        }
    }
}

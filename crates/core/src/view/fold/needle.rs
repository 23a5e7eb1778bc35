//! Words to be found in names.

use std::ops::Range;

use super::{Folded, fold, fold_into};

/// A typed text, prepared to be found in many names without regard to case and accents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    /// All of it, without the spaces around it.
    whole: Box<[u8]>,
    words: Vec<Box<[u8]>>,
}

impl Needle {
    pub fn new(text: &str) -> Self {
        let fold = |text: &str| {
            let mut folded = Vec::with_capacity(text.len());
            fold_into(text, &mut folded);
            folded.into_boxed_slice()
        };
        let words = text.split_whitespace().map(fold).filter(|word| !word.is_empty());
        Self { whole: fold(text.trim()), words: words.collect() }
    }

    /// Whether nothing was typed that could be looked for; such a needle is in every name.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is somewhere in the name.
    pub fn is_in(&self, name: &str) -> bool {
        self.is_in_with(name, &mut Vec::new())
    }

    /// As [`is_in`](Self::is_in), with room that many looks can share.
    #[inline]
    pub(in crate::view) fn is_in_with(&self, name: &str, room: &mut Vec<u8>) -> bool {
        self.are_within(in_plain_letters(name, room))
    }

    fn are_within(&self, name: &[u8]) -> bool {
        self.words.iter().all(|word| find(name, word).is_some())
    }

    /// Whether the name begins with the text as a whole.
    pub fn begins(&self, name: &str) -> bool {
        let mut room = Vec::new();
        starts_with(in_plain_letters(name, &mut room), &self.whole)
    }

    /// How well a name fits; none when a word is not in it.
    pub(in crate::view) fn fit(&self, name: &str, room: &mut Vec<u8>) -> Option<Fit> {
        let name = in_plain_letters(name, room);
        if !self.are_within(name) {
            None
        } else if starts_with(name, &self.whole) {
            Some(if name.len() == self.whole.len() { Fit::Exact } else { Fit::Begins })
        } else if self.words.iter().all(|word| begins_a_word(name, word)) {
            Some(Fit::BeginsWords)
        } else {
            Some(Fit::Contains)
        }
    }

    /// Where the words are in a name, as ranges of its bytes, in order and apart.
    pub fn ranges(&self, name: &str) -> Vec<Range<usize>> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let (folded, letters) = with_places(name);
        let mut found: Vec<Range<usize>> = Vec::new();
        for word in &self.words {
            let mut from = 0;
            while let Some(at) = find(&folded[from..], word) {
                let (first, last) = (from + at, from + at + word.len() - 1);
                found.push(letters[first].start..letters[last].end);
                from = last + 1;
            }
        }
        found.sort_unstable_by_key(|range| range.start);
        found.dedup_by(|next, before| {
            let touches = next.start <= before.end;
            if touches {
                before.end = before.end.max(next.end);
            }
            touches
        });
        found
    }
}

/// How well a name fits a text, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::view) enum Fit {
    Exact,
    Begins,
    BeginsWords,
    Contains,
}

/// A name without accents; the case of its ASCII letters does not matter to what looks at it.
#[inline]
fn in_plain_letters<'a>(name: &'a str, room: &'a mut Vec<u8>) -> &'a [u8] {
    if name.is_ascii() {
        return name.as_bytes();
    }
    room.clear();
    fold_into(name, room);
    room
}

fn starts_with(name: &[u8], text: &[u8]) -> bool {
    name.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text))
}

/// Whether the word is in the name where a word begins.
fn begins_a_word(name: &[u8], word: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = name.get(from..).and_then(|rest| find(rest, word)) {
        let place = from + at;
        // All beyond ASCII is taken for letters: what else there is, is rare in names.
        let goes_on = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        if place.checked_sub(1).is_none_or(|before| !goes_on(name[before])) {
            return true;
        }
        from = place + 1;
    }
    false
}

/// The first place of a word, which has no capitals, in a name.
#[inline]
fn find(name: &[u8], word: &[u8]) -> Option<usize> {
    let (first, rest) = word.split_first()?;
    let starts = name.len().checked_sub(rest.len())?;
    let candidates = name.get(..starts)?.iter().enumerate();
    let mut found = candidates
        .filter(|(_, byte)| byte.to_ascii_lowercase() == *first)
        .map(|(at, _)| at)
        .filter(|at| starts_with(&name[at + 1..], rest));
    found.next()
}

/// A folded name, and for each of its bytes where the letter it comes from is, with its marks.
fn with_places(name: &str) -> (Vec<u8>, Vec<Range<usize>>) {
    let mut folded = Vec::with_capacity(name.len());
    let mut letters: Vec<Range<usize>> = Vec::with_capacity(name.len());
    for (start, letter) in name.char_indices() {
        let end = start + letter.len_utf8();
        match fold(letter) {
            Folded::Nothing => {
                // A mark belongs to the letter before it.
                let before = letters.last().map(|letter| letter.start);
                let same = |letter: &&mut Range<usize>| Some(letter.start) == before;
                letters.iter_mut().rev().take_while(same).for_each(|letter| letter.end = end);
            }
            Folded::One(_) | Folded::Two(..) => {
                fold_into(&name[start..end], &mut folded);
                letters.resize(folded.len(), start..end);
            }
        }
    }
    (folded, letters)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::folded;
    use super::*;

    fn plain(text: &str) -> String {
        folded(text).collect()
    }

    proptest! {
        #[test]
        fn a_needle_is_where_every_word_is_in_the_folded_name(
            name in "[aAbBéÉøß \u{301}\u{200f}]{0,12}|\\PC{0,12}",
            text in "[aAbBéÉøßs \u{301}]{0,4}|\\PC{0,3}",
        ) {
            let needle = Needle::new(&text);
            let words: Vec<String> =
                text.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
            let is_in = words.iter().all(|word| plain(&name).contains(word));
            prop_assert_eq!(needle.is_in(&name), is_in);
            prop_assert_eq!(needle.fit(&name, &mut Vec::new()).is_some(), is_in);
            prop_assert_eq!(needle.begins(&name), plain(&name).starts_with(&plain(text.trim())));
            prop_assert_eq!(needle.is_empty(), words.is_empty());

            let ranges = needle.ranges(&name);
            prop_assert!(ranges.iter().all(|range| name.get(range.clone()).is_some()));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
            for word in words {
                let shown = ranges.iter().any(|range| plain(&name[range.clone()]).contains(&word));
                prop_assert_eq!(shown, plain(&name).contains(&word), "{}", word);
            }
        }
    }

    #[test]
    fn what_is_found_is_shown_with_its_accents() {
        let shown = |text: &str, name: &str| -> Vec<String> {
            Needle::new(text).ranges(name).into_iter().map(|range| name[range].to_owned()).collect()
        };
        assert_eq!(shown("bru", "Harbor Brüggemann"), ["Brü"]);
        assert_eq!(shown("rug harb", "Harbor Brüggemann"), ["Harb", "rüg"]);
        assert_eq!(shown("e", "Re\u{301}ne\u{301}"), ["e\u{301}", "e\u{301}"]);
        assert_eq!(shown("strasse", "Hauptstraße 1"), ["straße"]);
        assert_eq!(shown("harbor", "Har\u{200f}bor"), ["Har\u{200f}bor"]);
        assert_eq!(shown("ana nan", "bananas"), ["anan"]);
        assert_eq!(shown("", "anything"), [""; 0]);
        assert_eq!(shown("img", "<img src=x onerror=alert(1)>"), ["img"]);
    }

    #[test]
    fn a_long_name_is_looked_through_to_its_end() {
        let name = format!("{}é harbor", "a".repeat(10_000));
        assert!(Needle::new("HARBOR É").is_in(&name));
        let found = Needle::new("harbor").ranges(&name);
        assert_eq!(found.iter().map(|range| &name[range.clone()]).collect::<Vec<_>>(), ["harbor"]);
    }

    #[test]
    fn names_fit_from_exactly_to_somewhere() {
        let fit = |name: &str| Needle::new("port").fit(name, &mut Vec::new());
        assert_eq!(fit("Pört"), Some(Fit::Exact));
        assert_eq!(fit("Portal"), Some(Fit::Begins));
        assert_eq!(fit("Airport & Portal"), Some(Fit::BeginsWords));
        assert_eq!(fit("Airport"), Some(Fit::Contains));
        assert_eq!(fit("Harbor"), None);
    }
}

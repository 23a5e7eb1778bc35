//! Words to be found in names.

use std::ops::Range;

use super::word::{Word, match_at};
use super::{Folded, fold, fold_into, folded};

/// A typed text, prepared to be found in many names without regard to case and accents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    /// All of it, without the spaces around it.
    whole: Box<[u8]>,
    words: Vec<Word>,
}

impl Needle {
    pub fn new(text: &str) -> Self {
        let mut whole = Vec::with_capacity(text.len());
        fold_into(text.trim(), &mut whole);
        Self { whole: whole.into(), words: text.split_whitespace().filter_map(Word::new).collect() }
    }

    /// Whether nothing was typed that could be looked for; such a needle is in every name.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is somewhere in the name.
    pub fn is_in(&self, name: &str) -> bool {
        self.words.iter().all(|word| word.find(name, 0).is_some())
    }

    /// The words, of which a name must have each.
    pub(in crate::view) fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether the name begins with the text as a whole.
    pub fn begins(&self, name: &str) -> bool {
        match_at(name, 0, &self.whole).is_some()
    }

    /// How well a name fits this, which is not empty; none when a word is not in it.
    pub(in crate::view) fn fit(&self, name: &str) -> Option<Fit> {
        if self.begins(name) {
            let length: usize = folded(name).map(char::len_utf8).sum();
            Some(if length == self.whole.len() { Fit::Exact } else { Fit::Begins })
        } else if !self.is_in(name) {
            None
        } else if self.words.iter().all(|word| begins_a_word(name, word)) {
            Some(Fit::BeginsWords)
        } else {
            Some(Fit::Contains)
        }
    }

    /// Where the words are in a name, as ranges of its bytes, in order and apart.
    pub fn ranges(&self, name: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for word in &self.words {
            let mut from = 0;
            while let Some(place) = word.find(name, from) {
                from = place.end;
                found.push(place.start..with_marks(name, place.end));
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

/// Whether the word is in the name where a word begins.
fn begins_a_word(name: &str, word: &Word) -> bool {
    let mut from = 0;
    while let Some(place) = word.find(name, from) {
        let before = folded(&name[..place.start]).last();
        // All beyond ASCII is taken for letters: what else there is, is rare in names.
        let goes_on = |letter: char| letter.is_ascii_alphanumeric() || !letter.is_ascii();
        if word.begins_letter_at(name, place.start) && !before.is_some_and(goes_on) {
            return true;
        }
        from = place.start + 1;
    }
    false
}

/// The end of a letter with the marks that follow it.
fn with_marks(name: &str, end: usize) -> usize {
    let is_mark = |letter: &char| matches!(fold(*letter), Folded::Nothing);
    end + name[end..].chars().take_while(is_mark).map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            prop_assert!(words.is_empty() || needle.fit(&name).is_some() == is_in);
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
        let fit = |name: &str| Needle::new("port").fit(name);
        assert_eq!(fit("Pört"), Some(Fit::Exact));
        assert_eq!(fit("Portal"), Some(Fit::Begins));
        assert_eq!(fit("Airport & Portal"), Some(Fit::BeginsWords));
        assert_eq!(fit("Airport"), Some(Fit::Contains));
        assert_eq!(fit("Harbor"), None);
        let fit = |name: &str| Needle::new("e").fit(name);
        assert_eq!((fit("An Era"), fit("An Æra")), (Some(Fit::BeginsWords), Some(Fit::Contains)));
    }
}

//! What the texts are in another language.

use super::pattern::{BETWEEN_FORMS, FIRST_LETTER, KEY_BYTES};

/// The texts of one language.
///
/// It is read from lines. The first one names the language's plural categories; each other one is
/// the key of an English text and what it is there, for a counted text once per category. The build
/// makes them of `locales/`.
pub struct Catalog {
    categories: Vec<&'static str>,
    /// By key.
    texts: Vec<(u32, &'static str)>,
}

impl Catalog {
    /// Reads a catalog, which stays for as long as the program runs: texts are handed out for good.
    /// None for what is no catalog.
    pub fn read(lines: String) -> Option<&'static Self> {
        let lines: &'static str = lines.leak();
        let mut lines = lines.lines();
        let categories: Vec<&str> = lines.next()?.split(' ').collect();
        if !categories.contains(&"other") {
            return None;
        }
        let mut texts = lines.map(entry).collect::<Option<Vec<_>>>()?;
        texts.sort_unstable_by_key(|(key, _)| *key);
        Some(Box::leak(Box::new(Self { categories, texts })))
    }

    /// What a text is in this language; none for one that it does not have.
    pub(super) fn find(&self, text: &str) -> Option<&'static str> {
        let key = super::pattern::key(text);
        let at = self.texts.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(self.texts[at].1)
    }

    /// The form of a counted text for a plural category; the last one where it lacks it.
    pub(super) fn form(&self, forms: &'static str, category: &str) -> &'static str {
        let at = self.categories.iter().position(|known| *known == category);
        let mut forms = forms.split(BETWEEN_FORMS);
        let last = forms.next_back().unwrap_or_default();
        at.and_then(|at| forms.nth(at)).unwrap_or(last)
    }
}

/// A line as key and text.
fn entry(line: &'static str) -> Option<(u32, &'static str)> {
    let (letters, text) = line.split_at_checked(KEY_BYTES)?;
    let key = letters.bytes().try_fold(0, |key, letter| {
        let digit = letter.checked_sub(FIRST_LETTER).filter(|digit| *digit < 64)?;
        Some(key << 6 | u32::from(digit))
    })?;
    Some((key, text))
}

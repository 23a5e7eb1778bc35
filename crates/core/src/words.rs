//! What people read, in their language.
//!
//! The English text in the source is the key of a text and what is shown where no other language is
//! spoken. [`tr`] gives a text, [`say!`](crate::say) fills a pattern, [`plural!`](crate::plural) counts.
//! `cargo xtask locales` collects the texts from the sources, so all three want literals; a text in
//! a constant is marked by [`later`] and given by [`said`].
//!
//! ```
//! use seatree_core::{plural, say, words::tr};
//!
//! assert_eq!(tr("Expand all"), "Expand all");
//! assert_eq!(say!("{part} of {whole}", part = "3", whole = "7"), "3 of 7");
//! assert_eq!(plural!(1, "{n} row", "{n} rows"), "1 row");
//! assert_eq!(plural!(0, "{n} row in {name}", "{n} rows in {name}", name = "a {n}"), "0 rows in a {n}");
//! ```
//!
//! The language is the thread's: a page speaks one. Until [`speak`] is called it is English, as in
//! native tests and in the edge.

mod catalog;
mod pattern;

use std::cell::Cell;

pub use catalog::Catalog;

/// The languages that the page speaks, by their tags.
pub const LANGUAGES: [&str; 5] = ["en", "de", "fr", "nl", "es"];

/// Whether this is the tag of one of them, with or without a region: `de`, `de-CH`, `es-419`.
pub fn is_language(tag: &str) -> bool {
    let (language, region) = tag.split_once('-').unwrap_or((tag, "001"));
    let is_region = match region.len() {
        2 => region.bytes().all(|letter| letter.is_ascii_alphabetic()),
        3 => region.bytes().all(|digit| digit.is_ascii_digit()),
        _ => false,
    };
    is_region && LANGUAGES.contains(&language)
}

/// How a language is spoken.
#[derive(Clone, Copy)]
pub struct Voice {
    /// None for English.
    pub catalog: Option<&'static Catalog>,
    /// How a count is written.
    pub number: fn(i64) -> String,
    /// The plural category of a count, as Unicode names them: `one`, `few`, `many`, `other`.
    pub category: fn(i64) -> String,
}

thread_local! {
    static VOICE: Cell<Voice> = const { Cell::new(ENGLISH) };
}

const ENGLISH: Voice = Voice { catalog: None, number: plain, category: one_or_other };

fn plain(count: i64) -> String {
    count.to_string()
}

fn one_or_other(count: i64) -> String {
    if count == 1 { "one" } else { "other" }.to_owned()
}

/// Speaks like this from now on. What has been said stays as it is.
pub fn speak(voice: Voice) {
    VOICE.set(voice);
}

/// A text in the language that is spoken.
#[inline(never)]
pub fn tr(text: &'static str) -> &'static str {
    VOICE.get().catalog.and_then(|catalog| catalog.find(text)).unwrap_or(text)
}

/// Marks a text that is said elsewhere, by [`said`].
pub const fn later(text: &'static str) -> &'static str {
    text
}

/// A text that [`later`] marked, in the language that is spoken.
#[inline(never)]
pub fn said(text: &'static str) -> &'static str {
    tr(text)
}

/// A count as the language writes it.
pub fn number(count: impl Count) -> String {
    (VOICE.get().number)(count.count())
}

/// What can be counted by.
pub trait Count {
    fn count(self) -> i64;
}

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl Count for $number {
            fn count(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )*};
}
counts!(i32, i64, u8, u16, u32, u64, usize);

/// Fills a pattern: `say!("{part} of {whole}", part, whole = numbers::whole(all))`. The values are
/// texts, in the order in which the pattern names them.
#[macro_export]
macro_rules! say {
    ($pattern:literal $(, $name:ident $(= $value:expr)?)+ $(,)?) => {{
        const {
            assert!(
                $crate::words::is_filled_by($pattern, &[$(stringify!($name)),+]),
                "the values are not those that the pattern names, in its order"
            );
        }
        $crate::words::fill($pattern, &[$($crate::say!(@ $name $(= $value)?)),+])
    }};
    (@ $name:ident) => { ::core::convert::AsRef::<str>::as_ref(&$name) };
    (@ $name:ident = $value:expr) => { ::core::convert::AsRef::<str>::as_ref(&$value) };
}

/// Counts: `plural!(rows, "{n} row", "{n} rows")`. `{n}` is the count as the language writes it; other
/// values follow as in [`say!`](crate::say).
#[macro_export]
macro_rules! plural {
    ($count:expr, $one:literal, $other:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const {
            assert!(
                $crate::words::is_filled_by($other, &[$(stringify!($name)),*]),
                "the values are not those that the pattern names, in its order"
            );
        }
        let count = $crate::words::Count::count($count);
        $crate::words::count(count, $one, $other, &[$($crate::say!(@ $name $(= $value)?)),*])
    }};
}

/// The place of the count in a counted text.
const COUNT: &str = "n";

/// What [`say!`](crate::say) does.
#[inline(never)]
pub fn fill(english: &'static str, values: &[&str]) -> String {
    filled(tr(english), english, "", values)
}

/// What [`plural!`](crate::plural) does; English texts go by their second form.
#[inline(never)]
pub fn count(count: i64, one: &'static str, other: &'static str, values: &[&str]) -> String {
    let voice = VOICE.get();
    let pattern = match voice.catalog.and_then(|catalog| Some((catalog, catalog.find(other)?))) {
        Some((catalog, forms)) => catalog.form(forms, &(voice.category)(count)),
        None if count == 1 => one,
        None => other,
    };
    filled(pattern, other, &(voice.number)(count), values)
}

/// A pattern with its values, in one pass: what a value holds is never looked at.
fn filled(pattern: &str, english: &str, count: &str, values: &[&str]) -> String {
    let mut text = String::with_capacity(pattern.len() + 16 * values.len());
    let mut from = 0;
    while let Some((start, end)) = pattern::next_place(pattern.as_bytes(), from) {
        text.push_str(&pattern[from..start - 1]);
        text.push_str(match &pattern[start..end] {
            COUNT => count,
            // A name that the English text does not have says nothing.
            name => place(english, name).and_then(|at| values.get(at)).copied().unwrap_or_default(),
        });
        from = end + 1;
    }
    text.push_str(&pattern[from..]);
    text
}

/// Which of the values of an English pattern a name stands for.
fn place(english: &str, name: &str) -> Option<usize> {
    let (mut from, mut at) = (0, 0);
    while let Some((start, end)) = pattern::next_place(english.as_bytes(), from) {
        match &english[start..end] {
            found if found == name => return Some(at),
            COUNT => {}
            _ => at += 1,
        }
        from = end + 1;
    }
    None
}

/// Whether these are the names of a pattern, each once, in its order; `n` aside.
pub const fn is_filled_by(pattern: &str, names: &[&str]) -> bool {
    let bytes = pattern.as_bytes();
    let (mut from, mut at) = (0, 0);
    while let Some((start, end)) = pattern::next_place(bytes, from) {
        if !is_name(bytes, start, end, COUNT) {
            if at == names.len() || !is_name(bytes, start, end, names[at]) {
                return false;
            }
            at += 1;
        }
        from = end + 1;
    }
    at == names.len()
}

const fn is_name(pattern: &[u8], start: usize, end: usize, name: &str) -> bool {
    let name = name.as_bytes();
    if end - start != name.len() {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if pattern[start + at] != name[at] {
            return false;
        }
        at += 1;
    }
    true
}

//! The languages beside English.

/// A language that has a catalog.
#[derive(Clone, Copy, Debug)]
pub(super) struct Language {
    /// Its catalog is `locales/TAG.json`.
    pub(super) tag: &'static str,
    /// The plural categories of whole numbers, as Unicode lists them; `other` comes last.
    pub(super) categories: &'static [&'static str],
    /// Whether `one` is said of the number 1 only.
    pub(super) one_is_1: bool,
}

pub(super) const ALL: &[Language] = &[
    Language { tag: "de", categories: &["one", "other"], one_is_1: true },
    // Of 0, too.
    Language { tag: "fr", categories: &["one", "many", "other"], one_is_1: false },
    Language { tag: "nl", categories: &["one", "other"], one_is_1: true },
    Language { tag: "es", categories: &["one", "many", "other"], one_is_1: true },
];

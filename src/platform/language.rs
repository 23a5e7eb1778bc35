//! The language of the page: which one it is to be, and how the browser writes in it.

use std::cell::RefCell;

use gloo_net::http::Request;
use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use super::storage::Storage;

const KEY: &str = "seatree.language";

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    German,
    French,
    Dutch,
    Spanish,
}

impl Language {
    pub const ALL: [Self; 5] =
        [Self::English, Self::German, Self::French, Self::Dutch, Self::Spanish];

    /// Its tag, as in `lang` attributes.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Dutch => "nl",
            Self::Spanish => "es",
        }
    }

    /// What its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
            Self::Dutch => "Nederlands",
            Self::Spanish => "Español",
        }
    }

    /// The language of a tag such as `de-CH`; none for one that the page does not speak.
    fn of(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|known| language.eq_ignore_ascii_case(known.tag()))
    }
}

/// A language, and the locale that numbers and dates are written by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub language: Language,
    locale: String,
}

impl Choice {
    /// The choice that a tag stands for.
    pub fn of(tag: &str) -> Option<Self> {
        let language = Language::of(tag)?;
        // A tag without a region leaves that to the browser: an Austrian's German is Austrian.
        let same = |tag: &String| Language::of(tag) == Some(language);
        let region = region(tag)
            .map(str::to_owned)
            .or_else(|| preferred().filter(same).find_map(|tag| region(&tag).map(str::to_owned)));
        let locale = region.map_or_else(
            || language.tag().to_owned(),
            |region| [language.tag(), &region].join("-"),
        );
        Some(Self { language, locale })
    }

    /// What the person chose on this page, now or in an earlier visit.
    pub fn kept(storage: Storage) -> Option<Self> {
        Self::of(&storage.read(KEY)?)
    }

    pub fn english() -> Self {
        Self { language: Language::English, locale: "en".to_owned() }
    }

    /// The first language of the person's browser that the page speaks, or English.
    pub fn of_browser() -> Self {
        preferred().find_map(|tag| Self::of(&tag)).unwrap_or_else(Self::english)
    }
}

/// The region in a tag such as `de-CH` or `es-419`.
fn region(tag: &str) -> Option<&str> {
    let mut parts = tag.split(['-', '_']).skip(1).take_while(|part| part.len() > 1);
    parts.find(|part| match part.len() {
        2 => part.bytes().all(|letter| letter.is_ascii_alphabetic()),
        3 => part.bytes().all(|letter| letter.is_ascii_digit()),
        _ => false,
    })
}

/// Keeps a choice for next time; none for the browser's own.
pub fn keep(storage: Storage, language: Option<Language>) {
    storage.write(KEY, language.map_or("", Language::tag));
}

/// The languages that the browser is set to, the best first.
fn preferred() -> impl Iterator<Item = String> {
    super::window().navigator().languages().into_iter().filter_map(|tag| tag.as_string())
}

thread_local! {
    static LOCALE: RefCell<String> = const { RefCell::new(String::new()) };
    static PLURALS: RefCell<Option<Intl::PluralRules>> = const { RefCell::new(None) };
}

/// Writes numbers and dates by this choice from now on.
pub fn write_by(choice: &Choice) {
    LOCALE.set(choice.locale.clone());
    PLURALS.set(None);
    super::numbers::forget();
}

/// The locale in force, as `Intl` takes it.
pub(super) fn locale() -> String {
    LOCALE.with_borrow(Clone::clone)
}

/// The same as a list, which is empty where nothing was chosen: then it is the browser's.
pub(super) fn locales() -> Array {
    let locale = locale();
    if locale.is_empty() { Array::new() } else { Array::of1(&JsValue::from_str(&locale)) }
}

/// The plural category of a count.
#[expect(clippy::cast_precision_loss, reason = "counts above 2^53 do not occur")]
pub fn category(count: i64) -> String {
    PLURALS.with_borrow_mut(|rules| {
        let rules = rules.get_or_insert_with(|| Intl::PluralRules::new(&locales(), &Object::new()));
        rules.select(count as f64).into()
    })
}

/// What the names of the catalogs of this build hold.
const CATALOGS: Option<&str> = option_env!("SEATREE_CATALOGS");

/// Fetches the texts of a language from the folder that the page's own files are in.
///
/// # Errors
/// Why they did not come.
pub async fn catalog(folder: &str, language: Language) -> Result<String, String> {
    let version = CATALOGS.ok_or("this build has no catalogs")?;
    let url = format!("{folder}{}-{version}.txt", language.tag());
    let reply = Request::get(&url).send().await.map_err(|error| error.to_string())?;
    if !reply.ok() {
        return Err(format!("{url} answered with status {}", reply.status()));
    }
    reply.text().await.map_err(|error| error.to_string())
}

/// An options object for `Intl`.
pub(super) fn options(entries: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in entries {
        let _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    options
}

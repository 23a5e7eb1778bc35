//! Speaks the language that is asked for, chosen, or the browser's.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::words::{self, Catalog, Voice};

use super::context::Context;
use crate::platform::language::{self, Choice, Language};
use crate::platform::numbers;

thread_local! {
    /// The catalogs fetched so far: they stay for good, so none is read twice.
    static CATALOGS: RefCell<Vec<(Language, &'static Catalog)>> = const { RefCell::new(Vec::new()) };
    /// Who waits for a catalog.
    static WAITING: RefCell<Vec<(Context, Choice)>> = const { RefCell::new(Vec::new()) };
    /// All instances that speak, since they speak one language: several elements on somebody's page.
    static SPEAKING: RefCell<Vec<Context>> = const { RefCell::new(Vec::new()) };
}

/// What decides the language of an instance. Copying it shares it.
#[derive(Clone, Copy)]
pub struct Spoken {
    /// What is spoken; none before that is known. All that is drawn is drawn anew with it.
    pub now: RwSignal<Option<Language>>,
    /// The tag that whoever mounted this asks for: nobody else is asked then.
    asked: StoredValue<Option<String>>,
    /// Where the page's files are.
    folder: StoredValue<String>,
}

impl Spoken {
    pub fn new(asked: Option<String>, folder: String) -> Self {
        Self {
            now: RwSignal::new(None),
            asked: StoredValue::new(asked),
            folder: StoredValue::new(folder),
        }
    }

    /// Asks for another language, or for none.
    pub fn ask(self, tag: Option<String>) {
        self.asked.set_value(tag);
    }

    /// Whether the person can choose.
    pub fn is_free(self) -> bool {
        self.asked_for().is_none()
    }

    fn asked_for(self) -> Option<Choice> {
        self.asked.with_value(|tag| Choice::of(tag.as_deref()?))
    }
}

/// Speaks as soon as it is known what. Where the browser's own language has to be fetched, it is
/// known with [`settle`] only: `seatree.json` may name another.
pub fn begin(context: Context) {
    let own = || Some(beside(context)).filter(|choice| choice.language == Language::English);
    let decided = context.spoken.asked_for().or_else(|| Choice::kept(context.storage)).or_else(own);
    if let Some(choice) = decided {
        speak(context, choice);
    }
}

/// Speaks what `seatree.json` names, or else the browser's own language, unless it is decided.
pub fn settle(context: Context, named: Option<&str>) {
    if context.spoken.asked_for().or_else(|| Choice::kept(context.storage)).is_some() {
        return;
    }
    let choice = named.and_then(Choice::of).unwrap_or_else(|| beside(context));
    if context.spoken.now.get_untracked() != Some(choice.language) {
        speak(context, choice);
    }
}

/// Speaks what is asked for by now.
pub fn again(context: Context) {
    let kept = || Choice::kept(context.storage);
    let choice = context.spoken.asked_for().or_else(kept).unwrap_or_else(|| beside(context));
    if context.spoken.now.get_untracked() != Some(choice.language) {
        speak(context, choice);
    }
}

/// What the person chose; none for whatever the browser has.
pub fn choose(context: Context, language: Option<Language>) {
    language::keep(context.storage, language);
    let choice = Choice::kept(context.storage).unwrap_or_else(|| beside(context));
    speak(context, choice);
}

/// The language of the page around this one, or of the browser.
fn beside(context: Context) -> Choice {
    let host = context.root.host_language();
    host.and_then(|tag| Choice::of(&tag)).unwrap_or_else(Choice::of_browser)
}

fn speak(context: Context, choice: Choice) {
    let language = choice.language;
    if language == Language::English {
        return begin_with(context, &choice, None);
    }
    let known = CATALOGS.with_borrow(|all| {
        all.iter().find(|(known, _)| *known == language).map(|(_, catalog)| *catalog)
    });
    if let Some(catalog) = known {
        return begin_with(context, &choice, Some(catalog));
    }
    let is_asked = WAITING.with_borrow_mut(|all| {
        let is_asked = all.iter().any(|(_, choice)| choice.language == language);
        all.push((context, choice));
        is_asked
    });
    if !is_asked {
        let folder = context.spoken.folder.get_value();
        spawn_local(async move {
            let lines = language::catalog(&folder, language).await;
            arrived(language, lines);
        });
    }
}

/// The texts of a language are there, or will not come.
fn arrived(language: Language, lines: Result<String, String>) {
    let catalog = lines.and_then(|lines| Catalog::read(lines).ok_or("no catalog".to_owned()));
    let waiting = WAITING.with_borrow_mut(|all| {
        all.extract_if(.., |(_, choice)| choice.language == language).collect::<Vec<_>>()
    });
    match catalog {
        Ok(catalog) => {
            CATALOGS.with_borrow_mut(|all| all.push((language, catalog)));
            for (context, choice) in waiting {
                begin_with(context, &choice, Some(catalog));
            }
        }
        Err(cause) => {
            leptos::logging::warn!("Seatree stays English: {cause}");
            let english = Choice::english();
            for (context, _) in waiting {
                begin_with(context, &english, None);
            }
        }
    }
}

fn begin_with(context: Context, choice: &Choice, catalog: Option<&'static Catalog>) {
    // It may be gone by now.
    if context.spoken.now.is_disposed() {
        return;
    }
    language::write_by(choice);
    words::speak(Voice { catalog, number: numbers::count, category: language::category });
    let all = SPEAKING.with_borrow_mut(|all| {
        all.retain(|one| !one.spoken.now.is_disposed() && one.spoken.now != context.spoken.now);
        all.push(context);
        all.clone()
    });
    for one in all {
        one.root.speaks(choice.language.tag());
        one.spoken.now.set(Some(choice.language));
    }
}

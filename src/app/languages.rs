//! The menu of languages.

use leptos::prelude::*;
use seatree_core::words::tr;

use super::context::{Context, context};
use super::language::choose;
use crate::platform::language::{Choice, Language};
use crate::platform::part::{View, part};
use crate::ui::live::press;

part!(
    tools,
    /// What languages there are.
    pub fn languages() -> View {
        content
    }
);

fn content() -> AnyView {
    let context = context();
    let kept = Choice::kept(context.storage).map(|choice| choice.language);
    let mut buttons = vec![button(context, None, kept)];
    buttons.extend(Language::ALL.map(|language| button(context, Some(language), kept)));
    view! { <div class="languages" role="group" aria-labelledby="dialog-title">{buttons}</div> }
        .into_any()
}

/// One language; none is whatever the browser is set to.
fn button(context: Context, language: Option<Language>, kept: Option<Language>) -> AnyView {
    let name = language.map_or_else(|| tr("As the browser has it"), Language::name);
    let take = press(move || {
        context.dialog.set(None);
        choose(context, language);
    });
    view! {
        <button
            class="button"
            lang=language.map(Language::tag)
            aria-pressed=(language == kept).to_string()
            on:click=take
        >
            {name}
        </button>
    }
    .into_any()
}

//! Form fields with their label, hint and mistake.

use leptos::prelude::*;

use super::live::{flag, maybe, text};

/// What a text field is about. The id is unique on the page: label and mistake refer to it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field {
    pub id: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
}

/// A text field. The mistake is tied to it, so that a screen reader tells both.
pub fn text_field(
    field: Field,
    value: RwSignal<String>,
    mistake: Signal<Option<String>>,
) -> AnyView {
    let note_id = format!("{}-note", field.id);
    let is_wrong = flag(move || mistake.get().is_some());
    view! {
        <div class="field">
            <label for=field.id>{field.label}</label>
            <input
                id=field.id
                name=field.id
                type="text"
                autocomplete="off"
                spellcheck="false"
                autocapitalize="none"
                bind:value=value
                aria-invalid=maybe(move || is_wrong.get().then(|| "true".to_owned()))
                aria-describedby=note_id.clone()
            />
            <p class="field-note" id=note_id class:mistake=is_wrong>
                {text(move || mistake.get().unwrap_or_else(|| field.hint.to_owned()))}
            </p>
        </div>
    }
    .into_any()
}

/// A choice among a few words, each with its name.
pub fn choice(
    field: Field,
    value: RwSignal<String>,
    options: &[(&'static str, &'static str)],
    disabled: bool,
) -> AnyView {
    let chosen = value.get_untracked();
    let options: Vec<AnyView> = options
        .iter()
        .map(|&(word, name)| {
            let selected = word == chosen;
            view! { <option value=word selected=selected>{name}</option> }.into_any()
        })
        .collect();
    view! {
        <div class="field">
            <label for=field.id>{field.label}</label>
            <select
                id=field.id
                name=field.id
                disabled=disabled
                on:change=move |event| value.set(event_target_value(&event))
            >
                {options}
            </select>
        </div>
    }
    .into_any()
}

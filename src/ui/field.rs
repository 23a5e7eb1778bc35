//! Form fields with their label, hint and mistake.

use leptos::prelude::*;

/// A text field. The mistake is tied to it, so that a screen reader tells both.
#[component]
pub fn TextField(
    /// Unique on the page: label and mistake refer to it.
    id: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(into, optional)] mistake: Signal<Option<String>>,
) -> impl IntoView {
    let note_id = format!("{id}-note");
    let described = note_id.clone();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                name=id
                type=kind
                autocomplete=autocomplete
                spellcheck="false"
                autocapitalize="none"
                bind:value=value
                aria-invalid=move || mistake.get().is_some().then_some("true")
                aria-describedby=described
            />
            <p class="field-note" id=note_id class:mistake=move || mistake.get().is_some()>
                {move || mistake.get().unwrap_or_else(|| hint.to_owned())}
            </p>
        </div>
    }
}

/// A choice among a few words.
#[component]
pub fn Choice(
    id: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    /// Word and name of each.
    options: Vec<(&'static str, &'static str)>,
    #[prop(into, optional)] disabled: Signal<bool>,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(word, name)| {
            view! {
                <option value=word selected=move || value.get() == word>
                    {name}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                id=id
                name=id
                prop:value=move || value.get()
                disabled=move || disabled.get()
                on:change=move |event| value.set(event_target_value(&event))
            >
                {options}
            </select>
        </div>
    }
}

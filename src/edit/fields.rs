//! Parts of the forms: choices, numbers, and the button that adds to the draft.

use leptos::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::{Change, LimitId};

use super::words::some;
use crate::app::Page;
use crate::app::context::Context;
use crate::platform::place;
use crate::tree::meter_name;
use crate::ui::live::{flag, live_if, maybe, press, text};

/// One of several choices.
pub(super) fn radio<T: Clone + PartialEq + Send + Sync + 'static>(
    group: &'static str,
    words: &str,
    of: T,
    chosen: RwSignal<T>,
) -> AnyView {
    let mine = of.clone();
    view! {
        <label>
            <input
                type="radio"
                name=group
                prop:checked=flag(move || chosen.with(|chosen| *chosen == mine))
                on:change=move |_| chosen.set(of.clone())
            />
            <bdi>{words.to_owned()}</bdi>
        </label>
    }
    .into_any()
}

/// The licenses to choose from.
pub(super) fn license_choice(keys: &[String], chosen: RwSignal<String>) -> AnyView {
    let choices: Vec<AnyView> =
        keys.iter().map(|key| radio("license", meter_name(key), key.clone(), chosen)).collect();
    view! {
        <fieldset>
            <legend>"License"</legend>
            {choices}
        </fieldset>
    }
    .into_any()
}

/// A field for a whole number, with what is wrong with it once something is typed.
pub(super) fn number(id: &'static str, label: Signal<String>, typed: RwSignal<String>) -> AnyView {
    let mistake = move || {
        let typed = typed.get();
        if typed.trim().is_empty() {
            return None;
        }
        Limit::parse(&typed).err().map(|error| error.to_string())
    };
    let note = format!("{id}-note");
    view! {
        <div class="number">
            <label for=id>{label}</label>
            <input
                id=id
                class="num"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                bind:value=typed
                aria-invalid=maybe(move || mistake().map(|_| "true".to_owned()))
                aria-describedby=note.clone()
            />
            <span class="field-note mistake" id=note>
                {text(move || mistake().unwrap_or_default())}
            </span>
        </div>
    }
    .into_any()
}

/// A number that is typed; none while it is none.
pub(super) fn typed_limit(typed: RwSignal<String>) -> Option<Limit> {
    Limit::parse(&typed.get()).ok()
}

/// Adds to the draft, then says so and leads to it: the same button, so that the focus stays.
pub(super) fn add_button(
    context: Context,
    changes: Memo<Vec<(LimitId, Change)>>,
    added: RwSignal<Option<usize>>,
) -> AnyView {
    let is_running = move || context.edits.open().is_running();
    let act = press(move || {
        if added.get_untracked().is_some() {
            context.dialog.set(None);
            place::visit(Page::Changes.href());
            request_animation_frame(move || context.root.focus_id("main"));
            return;
        }
        let changes = changes.get_untracked();
        let count = changes.len();
        context.edits.open().change(|draft| {
            for (id, change) in changes {
                draft.put(id, change);
            }
        });
        added.set(Some(count));
    });
    view! {
        <div class="dialog-foot">
            <p role="status">
                {text(move || match added.get() {
                    None => String::new(),
                    Some(count) => {
                        format!("{} added to the draft. Nothing was sent.", some(count, "change", "changes"))
                    }
                })}
            </p>
            {live_if(move || {
                is_running()
                    .then(|| view! { <p class="dim">"Changes are being sent: wait for their end."</p> }.into_any())
            })}
            <span class="spring"></span>
            <button
                class="button primary"
                disabled=flag(move || {
                    added.get().is_none() && (changes.with(Vec::is_empty) || is_running())
                })
                on:click=act
            >
                {text(move || match added.get() {
                    Some(_) => "Review the draft".to_owned(),
                    None => match changes.with(Vec::len) {
                        0 => "Add to the draft".to_owned(),
                        count => format!("Add {} to the draft", some(count, "change", "changes")),
                    },
                })}
            </button>
        </div>
    }
    .into_any()
}

//! Parts of the forms: choices, numbers, and the button that adds to the draft.

use leptos::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::{Change, LimitId};
use seatree_core::plural;
use seatree_core::words::tr;

use crate::app::Page;
use crate::app::context::Context;
use crate::platform::numbers::whole;
use crate::tree::meter_name;
use crate::ui::icons;
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
            <legend>{tr("License")}</legend>
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

/// What a person should know before.
pub(super) fn caution(words: impl IntoView + 'static) -> AnyView {
    view! { <p class="said over">{icons::triangle()} <span>{words}</span></p> }.into_any()
}

/// What was done to the draft.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Added {
    put: usize,
    /// Limits that are to stay as they are: their drafted changes went.
    taken_out: usize,
}

impl Added {
    fn of(changes: &[(LimitId, Change)]) -> Self {
        let taken_out = changes.iter().filter(|(_, change)| change.is_none()).count();
        Self { put: changes.len() - taken_out, taken_out }
    }

    fn told(self) -> String {
        match (self.put, self.taken_out) {
            (put, 0) => plural!(
                put,
                "{n} change added to the draft. Nothing was sent.",
                "{n} changes added to the draft. Nothing was sent."
            ),
            (0, out) => plural!(
                out,
                "{n} change taken out of the draft. Nothing was sent.",
                "{n} changes taken out of the draft. Nothing was sent."
            ),
            (put, out) => plural!(
                put,
                "{n} change added to the draft, {out} taken out. Nothing was sent.",
                "{n} changes added to the draft, {out} taken out. Nothing was sent.",
                out = whole(out)
            ),
        }
    }

    /// What the button does.
    fn offered(self) -> String {
        match (self.put, self.taken_out) {
            (0, 0) => tr("Add to the draft").to_owned(),
            (0, out) => plural!(
                out,
                "Take {n} change out of the draft",
                "Take {n} changes out of the draft"
            ),
            (put, _) => {
                plural!(put, "Add {n} change to the draft", "Add {n} changes to the draft")
            }
        }
    }
}

/// Adds to the draft, then says so and leads to it: the same button, so that the focus stays.
pub(super) fn add_button(
    context: Context,
    changes: Memo<Vec<(LimitId, Change)>>,
    added: RwSignal<Option<Added>>,
) -> AnyView {
    let is_running = move || context.edits.open().is_running();
    let act = press(move || {
        if added.get_untracked().is_some() {
            context.dialog.set(None);
            context.place.visit(Page::Changes.href());
            request_animation_frame(move || context.root.focus_id("main"));
            return;
        }
        let changes = changes.get_untracked();
        let done = Added::of(&changes);
        context.edits.open().change(|draft| {
            for (id, change) in changes {
                draft.put(id, change);
            }
        });
        added.set(Some(done));
    });
    view! {
        <div class="dialog-foot">
            <p role="status">
                {text(move || added.get().map(Added::told).unwrap_or_default())}
            </p>
            {live_if(move || {
                is_running()
                    .then(|| view! { <p class="dim">{tr("Changes are being sent: wait for their end.")}</p> }.into_any())
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
                    Some(_) => tr("Review the draft").to_owned(),
                    None => changes.with(|changes| Added::of(changes)).offered(),
                })}
            </button>
        </div>
    }
    .into_any()
}

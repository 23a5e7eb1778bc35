//! Limits from a file or the clipboard, checked line by line before anything is drafted.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::edit::import::{Import, Plan, import};
use seatree_core::plural;
use seatree_core::say;
use seatree_core::words::tr;

use super::fields::{Added, add_button};
use crate::app::context::{Context, context};
use crate::platform::upload;
use crate::ui::icons;
use crate::ui::live::{live_if, text};

/// A list of limits is far shorter.
const MOST_BYTES: usize = 20 << 20;
/// As many as anybody mends by hand.
const MOST_SHOWN: usize = 200;

pub(super) fn content() -> AnyView {
    let context = context();
    let typed = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<&'static str>);
    let added = RwSignal::new(None::<Added>);
    let read = Memo::new(move |_| {
        let typed = typed.get();
        (!typed.trim().is_empty()).then(|| check(context, &typed))
    });
    let plan = Memo::new(move |_| {
        read.with(|read| {
            let plan = |draft: &_| read.as_ref().map(|import| import.plan(draft));
            context.edits.open().draft.with(plan)
        })
    });
    let changes = Memo::new(move |_| {
        plan.with(|plan| plan.as_ref().map(|plan| plan.changes.clone()).unwrap_or_default())
    });
    Effect::new(move |_| {
        typed.track();
        added.set(None);
    });
    let chosen = move |event: leptos::ev::Event| {
        let Some(file) = upload::chosen(&event) else { return };
        refused.set(None);
        spawn_local(async move {
            match upload::text(&file, MOST_BYTES).await {
                Some(text) if text.contains('\0') => {
                    refused.set(Some(tr("The file is not UTF-8: save it as \"CSV UTF-8\"")));
                }
                Some(text) => {
                    typed.try_set(text);
                }
                None => {
                    refused.set(Some(tr("The file could not be read, or is larger than 20 MB")));
                }
            }
        });
    };
    view! {
        <p class="dim">
            {tr("One line for each limit: subscription id, license, new limit; where several tenants have a \
             subscription of that number, also the tenant's UUID. With or without headings.")}
        </p>
        <div class="field">
            <label for="import-file">{tr("CSV file")}</label>
            <input id="import-file" type="file" accept=".csv,.txt,.tsv,text/csv" on:change=chosen />
        </div>
        <div class="field">
            <label for="import-text">{tr("Or paste it here")}</label>
            <textarea
                id="import-text"
                rows="6"
                spellcheck="false"
                autocomplete="off"
                placeholder="118,msTeamsUsers,20"
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
            ></textarea>
        </div>
        {live_if(move || {
            let words = refused.get()?;
            Some(view! { <p class="mistake" role="alert">{words}</p> }.into_any())
        })}
        <p class="plan" role="status">
            {text(move || {
                let bad = read.with(|read| read.as_ref().map_or(0, |import| import.errors.len()));
                plan.with(|plan| plan.as_ref().map(|plan| summary(plan, bad)).unwrap_or_default())
            })}
        </p>
        {live_if(move || read.with(|read| errors(read.as_ref()?)))}
        {add_button(context, changes, added)}
    }
    .into_any()
}

fn check(context: Context, text: &str) -> Import {
    // Nothing that goes on in the tree meanwhile moves the list of errors.
    context.estate.with_untracked(|forest| import(text, forest.trees()))
}

fn summary(plan: &Plan, bad: usize) -> String {
    let mut words =
        vec![plural!(plan.changing, "{n} line changes a limit", "{n} lines change a limit")];
    if plan.same > 0 {
        words.push(plural!(plan.same, "{n} leaves it as it is", "{n} leave it as it is"));
    }
    if bad > 0 {
        words.push(plural!(bad, "{n} cannot be used", "{n} cannot be used"));
    }
    let mut all = vec![words.join(", ")];
    if plan.replaced > 0 {
        all.push(plural!(
            plan.replaced,
            "replaces {n} drafted change",
            "replaces {n} drafted changes"
        ));
    }
    if plan.taken_out > 0 {
        all.push(plural!(
            plan.taken_out,
            "takes {n} drafted change out of the draft",
            "takes {n} drafted changes out of the draft"
        ));
    }
    all.join("; ")
}

fn errors(import: &Import) -> Option<AnyView> {
    if import.errors.is_empty() {
        return None;
    }
    let shown = import.errors.iter().take(MOST_SHOWN).map(|(line, error)| {
        view! {
            <li>
                <span class="num">{say!("Line {number}", number = line.to_string())}</span>
                <bdi>{error.to_string()}</bdi>
            </li>
        }
        .into_any()
    });
    let shown: Vec<AnyView> = shown.collect();
    let more = import.errors.len().saturating_sub(MOST_SHOWN);
    let more = (more > 0).then(|| {
        view! { <p class="dim">{plural!(more, "And {n} more", "And {n} more")}</p> }.into_any()
    });
    let view = view! {
        <div class="line-errors">
            <h3>{icons::triangle()} {tr("Lines that cannot be used")}</h3>
            // It scrolls, so that a key has to reach it.
            <ul tabindex="0" aria-label=tr("Lines that cannot be used")>{shown}</ul>
            {more}
        </div>
    };
    Some(view.into_any())
}

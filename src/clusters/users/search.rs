//! Having the cluster search its users: another thing than filtering what was read.

use leptos::prelude::*;
use seatree_core::axl::Criteria;
use seatree_core::plural;
use seatree_core::words::tr;

use crate::clusters::aside::{Found, PagesState};
use crate::clusters::ask;
use crate::clusters::at::At;
use crate::platform::clock;
use crate::ui::error_notice::error_notice;
use crate::ui::live::{live_if, press, text};

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    user_id: RwSignal<String>,
    first_name: RwSignal<String>,
    last_name: RwSignal<String>,
}

impl Typed {
    /// None while nothing is typed: the cluster wants something to look for.
    fn criteria(self) -> Option<Criteria> {
        let of = |text: RwSignal<String>| {
            let text = text.get_untracked().trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        let criteria = Criteria {
            user_id: of(self.user_id),
            first_name: of(self.first_name),
            last_name: of(self.last_name),
        };
        (criteria != Criteria::default()).then_some(criteria)
    }
}

pub(super) fn search(at: At) -> AnyView {
    let before = at.id_untracked().and_then(|id| {
        let found = at.context().clusters.asides().found;
        found.with_untracked(&id, |found| found.map(|found| found.criteria.clone()))
    });
    let before = before.unwrap_or_default();
    let field = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
    let typed = Typed {
        user_id: field(before.user_id),
        first_name: field(before.first_name),
        last_name: field(before.last_name),
    };
    let is_missing = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let criteria = typed.criteria();
        is_missing.set(criteria.is_none());
        if let (Some(id), Some(criteria)) = (at.id_untracked(), criteria) {
            at.person.set(None);
            ask::search(at, id, criteria);
        }
    };
    view! {
        <form class="users-search" role="search" aria-label=tr("Search on the cluster") on:submit=submit>
            {text_field(tr("User id"), typed.user_id)}
            {text_field(tr("First name"), typed.first_name)}
            {text_field(tr("Last name"), typed.last_name)}
            <button class="button primary" type="submit">
                {tr("Search")}
            </button>
            <p class="dim">
                {tr("This asks the cluster itself, now: % stands for any text, _ for one character, and everything filled in must match. Without % it must match as a whole. Filters ask nobody: they narrow what came, in any case, with or without accents, and take % for itself.")}
            </p>
            <p class="warning" role="alert">
                {text(move || {
                    if is_missing.get() {
                        tr("Fill in at least one: % alone finds everybody.").to_owned()
                    } else {
                        String::new()
                    }
                })}
            </p>
            {live_if(move || wildcards(at))}
            <p role="status">{text(move || found(at, words).unwrap_or_default())}</p>
            {live_if(move || failed(at))}
        </form>
    }
    .into_any()
}

fn text_field(label: &'static str, value: RwSignal<String>) -> AnyView {
    view! {
        <label>
            {label}
            <input
                type="text"
                autocomplete="off"
                spellcheck="false"
                autocapitalize="none"
                bind:value=value
            />
        </label>
    }
    .into_any()
}

fn found<T>(at: At, look: impl FnOnce(&Found) -> T) -> Option<T> {
    let id = at.id()?;
    at.context().clusters.asides().found.with(&id, |found| found.map(look))
}

fn words(found: &Found) -> String {
    let count = found.list.users.len();
    match &found.state {
        PagesState::Reading => plural!(
            count,
            "The cluster searches: {n} user so far.",
            "The cluster searches: {n} users so far."
        ),
        PagesState::Whole { at_s } => plural!(
            count,
            "The cluster found {n} user, at {time}.",
            "The cluster found {n} users, at {time}.",
            time = clock::time_of_day(*at_s)
        ),
        PagesState::Failed(_) => plural!(
            count,
            "Incomplete: {n} user came before, and is kept.",
            "Incomplete: {n} users came before, and are kept."
        ),
    }
}

/// An underscore in a user id finds more than one may think.
fn wildcards(at: At) -> Option<AnyView> {
    let has = found(at, |found| {
        let of = &found.criteria;
        let fields = [&of.user_id, &of.first_name, &of.last_name];
        fields.into_iter().flatten().any(|text| text.contains('_'))
    })?;
    has.then(|| {
        view! { <p class="warning">{tr("_ stood for any one character, not for itself.")}</p> }
            .into_any()
    })
}

fn failed(at: At) -> Option<AnyView> {
    let state = found(at, |found| found.state.clone())?;
    match state {
        PagesState::Whole { .. } => None,
        PagesState::Reading => {
            let stop = press(move || {
                if let Some(id) = at.id_untracked() {
                    ask::stop_searching(at.context(), &id);
                }
            });
            let view = view! {
                <p>
                    <button class="button small" type="button" on:click=stop>{tr("Stop searching")}</button>
                </p>
            };
            Some(view.into_any())
        }
        PagesState::Failed(error) => {
            let go_on = press(move || {
                if let Some(id) = at.id_untracked() {
                    ask::go_on_searching(at, id);
                }
            });
            let view = view! {
                {error_notice(tr("Search"), &error)}
                <p>
                    <button class="button small" type="button" on:click=go_on>{tr("Go on searching")}</button>
                </p>
            };
            Some(view.into_any())
        }
    }
}

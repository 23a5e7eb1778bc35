//! The field for a new limit, in the details of a subscription.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::{LimitId, Warning, of_limit};
use seatree_core::estate::{Figure, NodeRef, Reading};
use seatree_core::say;
use seatree_core::words::tr;

use super::meant::Here;
use super::words;
use crate::app::context::Context;
use crate::platform::numbers::{count, figure};
use crate::tree::meter_name;
use crate::ui::live::{flag, live_if, maybe, press, text};

/// What is there, and what is drafted.
#[derive(Clone, PartialEq)]
struct Now {
    id: LimitId,
    reading: Reading,
    drafted: Option<(Figure, Limit)>,
}

pub(super) fn form(context: Context, node: NodeRef, key: &str) -> AnyView {
    let of = key.to_owned();
    let now = Memo::new(move |_| {
        context.estate.with(|forest| {
            context.edits.open().draft.with(|draft| {
                let here = Here::of(forest, draft, node, &of)?;
                let drafted = draft.get(&here.id).map(|change| (change.old, change.new));
                let reading = here.tree.reading(here.node, here.meter);
                Some(Now { id: here.id, reading, drafted })
            })
        })
    });
    let there = Memo::new(move |_| now.with(Option::is_some));
    let is_read_only = Memo::new(move |_| is_read_only(context, node));
    let key = key.to_owned();
    live_if(move || {
        if is_read_only.get() {
            let words = tr("The token permits reading only: no limit can be changed with it.");
            return Some(view! { <p class="dim">{words}</p> }.into_any());
        }
        if there.get() {
            return Some(fields(context, now, &key));
        }
        let words = tr("Its limit cannot be changed here: it came without its id.");
        Some(view! { <p class="dim">{words}</p> }.into_any())
    })
}

fn is_read_only(context: Context, node: NodeRef) -> bool {
    let connection = context.estate.with(|forest| forest.connection(node.tree).map(str::to_owned));
    let entry = connection.and_then(|id| context.connections.find(&id));
    entry.is_some_and(|entry| entry.is_read_only())
}

fn fields(context: Context, now: Memo<Option<Now>>, key: &str) -> AnyView {
    let drafted = move || now.with(|now| now.as_ref()?.drafted);
    let typed =
        RwSignal::new(untrack(drafted).map(|(_, new)| new.get().to_string()).unwrap_or_default());
    let mistake = RwSignal::new(None::<String>);
    let id = format!("new-limit-{key}");
    let note = format!("{id}-note");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(now) = now.get_untracked() else { return };
        match Limit::parse(&typed.get_untracked()) {
            Ok(new) if now.reading.assigned.get() == Some(new.get()) && now.drafted.is_none() => {
                mistake.set(Some(tr("This is what it is already").to_owned()));
            }
            Ok(new) => {
                mistake.set(None);
                add(context, &now, new);
            }
            Err(error) => mistake.set(Some(error.to_string())),
        }
    };
    let take_out = move || {
        if let Some(now) = now.get_untracked() {
            context.edits.open().change(|draft| {
                draft.remove(&now.id);
            });
            typed.set(String::new());
            focus_field(context, &now.id.meter);
        }
    };
    follow_wish(context, &id);
    let warning = move || {
        let new = Limit::parse(&typed.get()).ok()?;
        now.with(|now| of_limit(&now.as_ref()?.reading, new))
    };
    let of = say!(" of {license}", license = meter_name(key));
    view! {
        <form on:submit=submit>
            <label for=id.clone()>
                {tr("New limit")} <span class="sr-only">{of}</span>
            </label>
            <input
                id=id.clone()
                class="num"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                placeholder=text(move || {
                    now.with(|now| now.as_ref().map(|now| figure(now.reading.assigned)).unwrap_or_default())
                })
                prop:value=typed
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    mistake.set(None);
                }
                aria-invalid=maybe(move || mistake.get().map(|_| "true".to_owned()))
                aria-describedby=note.clone()
            />
            <button class="button primary" disabled=flag(move || context.edits.open().is_running())>
                {text(move || if drafted().is_some() { tr("Change") } else { tr("Add to changes") }.to_owned())}
            </button>
        </form>
        <p class="field-note" id=note class:mistake=flag(move || mistake.get().is_some())>
            {text(move || mistake.get().unwrap_or_default())}
        </p>
        {live_if(move || Some(warned(warning()?)))}
        <div role="status">{live_if(move || {
            let (old, new) = drafted()?;
            Some(waiting(context, old, new, take_out))
        })}</div>
    }
    .into_any()
}

fn add(context: Context, now: &Now, new: Limit) {
    let id = now.id.clone();
    let change = context.estate.with_untracked(|forest| {
        let tree = forest.trees().find(|(connection, _)| *connection == id.connection)?.1;
        let places = seatree_core::edit::Places::of(tree, [(id.tenant, id.subscription)]);
        let names = words::names(tree, places.node(id.tenant, id.subscription)?);
        Some(seatree_core::edit::Change { old: now.reading.assigned, new, names })
    });
    if let Some(change) = change {
        context.edits.open().change(|draft| draft.put(id, change));
    }
}

fn warned(warning: Warning) -> AnyView {
    view! {
        <p class="warning" title=words::warned(warning)>
            {words::warning(warning)}
        </p>
    }
    .into_any()
}

/// What is drafted, and the way out of it.
fn waiting(context: Context, old: Figure, new: Limit, take_out: impl Fn() + 'static) -> AnyView {
    view! {
        <p class="drafted">
            <span class="num">{format!("{} → {}", figure(old), count(new.get()))}</span>
            <span class="dim">{tr(" in the draft")}</span>
            <button
                class="button small"
                disabled=flag(move || context.edits.open().is_running())
                on:click=press(take_out)
            >
                {tr("Take out")}
            </button>
        </p>
    }
    .into_any()
}

/// Takes the focus, now or when somebody asks for it.
fn follow_wish(context: Context, id: &str) {
    let wants = context.edits.wants_form();
    let id = id.to_owned();
    Effect::new(move |_| {
        if !wants.get() {
            return;
        }
        wants.set(false);
        let id = id.clone();
        request_animation_frame(move || context.root.focus_id(&id));
    });
}

fn focus_field(context: Context, key: &str) {
    context.root.focus_id(&format!("new-limit-{key}"));
}

//! The question before anything is sent: what, to which system, as whom.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use seatree_core::edit::{Draft, Standing, Warning, of_limit};
use seatree_core::estate::Figure;

use super::change::{by_connection, standing};
use super::run::{send, sendable};
use super::words::{signed, some};
use crate::app::context::{Context, context};
use crate::estate::Forest;
use crate::tree::meter_name;
use crate::ui::icons;
use crate::ui::live::press;

/// What goes to one connection.
#[derive(Default)]
struct Load {
    limits: usize,
    subscriptions: BTreeSet<(u128, u64)>,
    /// By how much each license changes; none where a limit is unknown now.
    licenses: BTreeMap<String, Option<i64>>,
}

/// What a person should know before.
#[derive(Default)]
struct Warned {
    below: usize,
    differs: usize,
    gone: usize,
}

pub(super) fn content() -> AnyView {
    let context = context();
    // What is confirmed is exactly what is shown: it does not change under the question.
    let draft = context.edits.open().draft.get_untracked();
    let part = untrack(|| sendable(context, &draft));
    let kept = draft.len() - part.len();
    let systems: Vec<AnyView> =
        loads(&part).iter().map(|(id, load)| system(context, id, load)).collect();
    let warned = context.estate.with_untracked(|forest| warned(forest, &part));
    let count = part.len();
    let is_empty = part.is_empty();
    let act = press(move || {
        context.dialog.set(None);
        send(context, &part);
    });
    let waits = (kept > 0).then(|| {
        let words = format!(
            "{} in the draft: nobody is signed in to their system.",
            some(kept, "other change stays", "other changes stay"),
        );
        view! { <p class="dim">{words}</p> }.into_any()
    });
    view! {
        {systems}
        {waits}
        {warnings(&warned)}
        <p class="dim">
            "Each subscription is read first; what somebody else changed meanwhile is not sent. Each change is \
             sent once and read again. What fails stays in the draft."
        </p>
        <div class="dialog-foot">
            <span class="spring"></span>
            <button class="button" on:click=press(move || context.dialog.set(None))>
                "Cancel"
            </button>
            <button class="button primary" disabled=is_empty on:click=act>
                {format!("Send {}", some(count, "change", "changes"))}
            </button>
        </div>
    }
    .into_any()
}

fn loads(draft: &Draft) -> BTreeMap<String, Load> {
    let mut loads: BTreeMap<String, Load> = BTreeMap::new();
    for (id, change) in draft.iter() {
        let load = loads.entry(id.connection.clone()).or_default();
        load.limits += 1;
        load.subscriptions.insert((id.tenant.as_u128(), id.subscription));
        let delta = Figure::known(change.new.get()).minus(change.old).get();
        let sum = load.licenses.entry(id.meter.clone()).or_insert(Some(0));
        *sum = sum.zip(delta).and_then(|(sum, delta)| sum.checked_add(delta));
    }
    loads
}

fn system(context: Context, id: &str, load: &Load) -> AnyView {
    let Some(entry) = context.connections.find(id) else { return ().into_any() };
    let licenses: Vec<String> = load
        .licenses
        .iter()
        .map(|(key, delta)| match delta {
            Some(0) => format!("{}: as many as before", meter_name(key)),
            Some(delta) => format!("{}: {}", meter_name(key), signed(*delta)),
            None => format!("{}: not known by how much", meter_name(key)),
        })
        .collect();
    let what = format!(
        "{} of {}",
        some(load.limits, "limit", "limits"),
        some(load.subscriptions.len(), "subscription", "subscriptions"),
    );
    view! {
        <section class="send-to">
            <h3>
                <bdi>{entry.connection.name.clone()}</bdi>
            </h3>
            <p class="dim">
                <bdi>{entry.connection.address.as_str().to_owned()}</bdi>
                ", as "
                <bdi>{entry.user()}</bdi>
            </p>
            <p>
                <b>{what}</b>
                {format!(". {}", licenses.join(", "))}
            </p>
        </section>
    }
    .into_any()
}

fn warned(forest: &Forest, draft: &Draft) -> Warned {
    let places = by_connection(forest, draft.iter().map(|(id, _)| id));
    let mut warned = Warned::default();
    for (id, change) in draft.iter() {
        let node = match standing(forest, &places, draft, id) {
            Some(Standing::AsDrafted(node)) => node,
            Some(Standing::Differs { node, .. }) => {
                warned.differs += 1;
                node
            }
            Some(Standing::Gone) => {
                warned.gone += 1;
                continue;
            }
            None => continue,
        };
        let tree = forest.trees().find(|(connection, _)| *connection == id.connection);
        let reading =
            tree.and_then(|(_, tree)| Some(tree.reading(node, tree.find_meter(&id.meter)?)));
        let warning = reading.and_then(|reading| of_limit(&reading, change.new));
        warned.below += usize::from(matches!(warning, Some(Warning::BelowInUse { .. })));
    }
    warned
}

fn warnings(warned: &Warned) -> AnyView {
    let lines = [
        (warned.below, "limit goes below what is in use", "limits go below what is in use"),
        (
            warned.differs,
            "limit is not what it was when its change was drafted, and will be held back",
            "limits are not what they were when their changes were drafted, and will be held back",
        ),
        (
            warned.gone,
            "subscription is not among what was read",
            "subscriptions are not among what was read",
        ),
    ];
    let lines: Vec<AnyView> = lines
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| {
            view! { <p class="said over">{icons::triangle()} <span>{some(count, one, many)}</span></p> }.into_any()
        })
        .collect();
    lines.into_any()
}

//! The question before anything is sent: what, to which system, as whom.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use seatree_core::edit::{Draft, Standing, Warning, of_limit};
use seatree_core::estate::Figure;
use seatree_core::plural;
use seatree_core::say;
use seatree_core::words::tr;

use super::change::{by_connection, standing};
use super::fields::caution;
use super::run::{send, sendable};
use super::words::{name, signed, subscriptions};
use crate::app::context::{Context, context};
use crate::connections::whom;
use crate::estate::Forest;
use crate::tree::meter_name;
use crate::ui::live::press;

/// As many subscriptions are named.
const NAMED: usize = 3;

/// What goes to one connection.
#[derive(Default)]
struct Load {
    limits: usize,
    subscriptions: BTreeSet<(u128, u64)>,
    /// What each license gains and what it loses; none where a limit is unknown now.
    licenses: BTreeMap<String, Option<(i64, i64)>>,
}

/// What a person should know before.
#[derive(Default)]
struct Warned {
    below: usize,
    /// The first of those that go below what is in use.
    below_named: Vec<String>,
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
        let words = plural!(
            kept,
            "{n} other change stays in the draft: nobody is signed in to their system with the right to change limits.",
            "{n} other changes stay in the draft: nobody is signed in to their system with the right to change limits."
        );
        view! { <p class="dim">{words}</p> }.into_any()
    });
    view! {
        {systems}
        {waits}
        {warnings(&warned)}
        <p class="dim">
            {tr("Each subscription is read first; what somebody else changed meanwhile is not sent. Each change is \
             sent once and read again. What fails stays in the draft.")}
        </p>
        <div class="dialog-foot">
            <span class="spring"></span>
            <button class="button" on:click=press(move || context.dialog.set(None))>
                {tr("Cancel")}
            </button>
            <button class="button primary" disabled=is_empty on:click=act>
                {plural!(count, "Send {n} change", "Send {n} changes")}
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
        let sum = load.licenses.entry(id.meter.clone()).or_insert(Some((0, 0)));
        *sum = sum.zip(delta).and_then(|((more, less), delta)| {
            Some((more.checked_add(delta.max(0))?, less.checked_add(delta.min(0))?))
        });
    }
    loads
}

fn system(context: Context, id: &str, load: &Load) -> AnyView {
    let Some(entry) = context.connections.find(id) else { return ().into_any() };
    let licenses: Vec<String> = load
        .licenses
        .iter()
        .map(|(key, sums)| format!("{}: {}", meter_name(key), by_how_much(*sums)))
        .collect();
    let what = plural!(
        load.limits,
        "{n} limit of {subscriptions}",
        "{n} limits of {subscriptions}",
        subscriptions = subscriptions(load.subscriptions.len())
    );
    view! {
        <section class="send-to">
            {whom(&entry)}
            <p>
                <b>{what}</b>
                {format!(". {}", licenses.join("; "))}
            </p>
        </section>
    }
    .into_any()
}

/// What comes and what goes apart: together they may hide each other.
fn by_how_much(sums: Option<(i64, i64)>) -> String {
    match sums {
        None => tr("not known by how much").to_owned(),
        Some((more, less)) if more == 0 || less == 0 => signed(more + less),
        Some((more, less)) => {
            let net = match more + less {
                0 => tr("as many as before").to_owned(),
                net => say!("{count} in all", count = signed(net)),
            };
            format!("{}, {} ({net})", signed(more), signed(less))
        }
    }
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
        if matches!(warning, Some(Warning::BelowInUse { .. })) {
            warned.below += 1;
            if warned.below_named.len() < NAMED {
                let called = name(&change.names.subscription);
                warned.below_named.push(format!("{called} #{}", id.subscription));
            }
        }
    }
    warned
}

fn warnings(warned: &Warned) -> AnyView {
    let below = (warned.below > 0).then(|| {
        let words = plural!(
            warned.below,
            "{n} limit goes below what is in use",
            "{n} limits go below what is in use"
        );
        let named: Vec<AnyView> = (warned.below_named.iter().enumerate())
            .map(|(at, name)| {
                let before = if at == 0 { ": " } else { ", " };
                view! { {before} <bdi>{name.clone()}</bdi> }.into_any()
            })
            .collect();
        let more = if warned.below > named.len() { ", …" } else { "" };
        caution(view! { {words} {named} {more} })
    });
    let differs = (warned.differs > 0).then(|| {
        caution(plural!(
            warned.differs,
            "{n} limit is not what it was when its change was drafted, and will be held back",
            "{n} limits are not what they were when their changes were drafted, and will be held back"
        ))
    });
    let gone = (warned.gone > 0).then(|| {
        caution(plural!(
            warned.gone,
            "{n} subscription is not among what was read",
            "{n} subscriptions are not among what was read"
        ))
    });
    view! { {below} {differs} {gone} }.into_any()
}

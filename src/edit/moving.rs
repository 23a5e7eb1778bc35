//! Seats that move from one subscription to another: their sum stays.

use leptos::prelude::*;
use seatree_core::edit::bulk::moved;
use seatree_core::edit::{Change, LimitId, subscriptions};
use seatree_core::estate::NodeRef;
use seatree_core::say;
use seatree_core::words::tr;

use super::fields::{Added, add_button, license_choice, number, typed_limit};
use super::meant::{Here, licenses, meant};
use super::words::name;
use crate::app::context::{Context, context};
use crate::estate::Forest;
use crate::platform::numbers::{count, figure};
use crate::ui::live::{press, text};

/// As many as a list of choices bears.
const MOST: usize = 500;

pub(super) fn content() -> AnyView {
    let context = context();
    let nodes = context.estate.with_untracked(|forest| choices(context, forest));
    let keys = context.estate.with_untracked(|forest| licenses(forest, &nodes));
    if nodes.len() < 2 || keys.is_empty() {
        let words =
            tr("Select two subscriptions of one DRaaS platform in the tree, or focus one that \
                     has others beside it.");
        return view! { <p>{words}</p> }.into_any();
    }
    let license = RwSignal::new(keys[0].clone());
    let (from, to) = (RwSignal::new(nodes[0]), RwSignal::new(nodes[1]));
    let typed = RwSignal::new(String::new());
    let added = RwSignal::new(None::<Added>);
    Effect::new(move |_| {
        license.track();
        from.track();
        to.track();
        typed.track();
        added.set(None);
    });
    let plan = Memo::new(move |_| {
        plan(context, (from.get(), to.get()), &license.get(), typed).unwrap_or_else(Err)
    });
    let changes = Memo::new(move |_| plan.get().map(|(changes, _)| changes).unwrap_or_default());
    let told = text(move || match plan.get() {
        Ok((_, words)) | Err(words) => words,
    });
    view! {
        {license_choice(&keys, license)}
        <div class="move">
            {subscription(context, "move-from", tr("From"), &nodes, from)}
            <button
                class="button small"
                on:click=press(move || {
                    let (a, b) = (from.get_untracked(), to.get_untracked());
                    from.set(b);
                    to.set(a);
                })
            >
                {tr("Swap")}
            </button>
            {subscription(context, "move-to", tr("To"), &nodes, to)}
        </div>
        {number("move-seats", text(|| tr("Seats").to_owned()), typed)}
        <p class="plan" role="status">{told}</p>
        {add_button(context, changes, added)}
    }
    .into_any()
}

/// The selected subscriptions; where there are fewer than two, those beside them.
fn choices(context: Context, forest: &Forest) -> Vec<NodeRef> {
    let mut nodes = meant(context, forest);
    let Some(&first) = nodes.first() else { return nodes };
    // Seats move within a platform.
    nodes.retain(|node| node.tree == first.tree);
    let Some(tree) = forest.estate.tree(first.tree) else { return Vec::new() };
    let mut above = tree.parent(first.node);
    while let Some(node) = above.filter(|_| nodes.len() < 2) {
        let mut here = subscriptions(tree, [node]);
        // The one that is meant is offered first.
        here.sort_by_key(|node| *node != first.node);
        nodes = here.into_iter().map(|node| NodeRef { node, ..first }).collect();
        above = tree.parent(node);
    }
    nodes.truncate(MOST);
    nodes
}

fn subscription(
    context: Context,
    id: &'static str,
    label: &'static str,
    nodes: &[NodeRef],
    chosen: RwSignal<NodeRef>,
) -> AnyView {
    let all = nodes.to_vec();
    let options: Vec<AnyView> = context.estate.with_untracked(|forest| {
        let option = |(place, at): (usize, &NodeRef)| {
            let tree = forest.estate.tree(at.tree)?;
            let names = super::words::names(tree, at.node);
            let id = tree.subscription_id(at.node).map(|id| format!("#{id}")).unwrap_or_default();
            let words = format!("{} {id} · {}", name(&names.subscription), name(&names.tenant));
            let at = *at;
            let is_chosen = move || chosen.get() == at;
            Some(
                view! { <option value=place.to_string() prop:selected=is_chosen>{words}</option> }
                    .into_any(),
            )
        };
        nodes.iter().enumerate().filter_map(option).collect()
    });
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                id=id
                on:change=move |event| {
                    let place = event_target_value(&event).parse::<usize>().ok();
                    if let Some(node) = place.and_then(|place| all.get(place)) {
                        chosen.set(*node);
                    }
                }
            >
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// The two changes with what they make, or why there are none.
type Plan = Result<(Vec<(LimitId, Change)>, String), String>;

/// Nothing is said while no number is typed.
fn plan(
    context: Context,
    (from, to): (NodeRef, NodeRef),
    license: &str,
    typed: RwSignal<String>,
) -> Result<Plan, String> {
    let seats = typed_limit(typed).ok_or_else(String::new)?;
    if from == to {
        return Err(tr("Choose two different subscriptions").to_owned());
    }
    context.estate.with(|forest| {
        context.edits.open().draft.with(|draft| {
            let here = |at| {
                Here::of(forest, draft, at, license)
                    .ok_or_else(|| tr("One of them has no such license").to_owned())
            };
            let (giver, taker) = (here(from)?, here(to)?);
            let (less, more) = moved(seats, giver.will_be, taker.will_be)
                .map_err(|why| say!("Not possible: {why}", why = why.to_string()))?;
            let below = giver.in_use().get().filter(|in_use| less.get() < *in_use);
            let mut words = format!(
                "{} {} → {}, {} {} → {}",
                name(giver.tree.name(giver.node)),
                figure(giver.will_be),
                count(less.get()),
                name(taker.tree.name(taker.node)),
                figure(taker.will_be),
                count(more.get()),
            );
            if let Some(in_use) = below {
                words.push_str(". ");
                words.push_str(&say!(
                    "The first goes below the {count} in use",
                    count = count(in_use)
                ));
            }
            Ok(Ok((vec![giver.change(less), taker.change(more)], words)))
        })
    })
}

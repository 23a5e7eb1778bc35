//! Idle seats by subtree, and a draft that takes them back.

use leptos::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::reclaim::{Idle, Proposal, Wish, propose, ranking};
use seatree_core::edit::{Change, LimitId};
use seatree_core::estate::{Kind, Measure, NodeId, NodeRef, Tree};
use seatree_core::plural;
use seatree_core::say;
use seatree_core::words::tr;

use super::fields::{Added, add_button, license_choice, number, typed_limit};
use super::meant::Here;
use super::words::{name, subscriptions};
use crate::app::context::{Context, context};
use crate::estate::Forest;
use crate::platform::numbers::{count, figure, whole};
use crate::ui::live::{flag, live, text};

/// Where seats can be taken from, in one go.
const UNDER: [Kind; 4] = [Kind::Group, Kind::Distributor, Kind::Reseller, Kind::Tenant];
/// As many as anybody looks through.
const MOST: usize = 200;
const SHOWN: usize = 100;

/// A subtree with idle seats.
#[derive(Clone, PartialEq)]
struct Place {
    tree: u16,
    idle: Idle,
    name: String,
    kind: Kind,
}

pub(super) fn content() -> AnyView {
    let context = context();
    let keys = context.estate.with_untracked(counted);
    if keys.is_empty() {
        let words = tr("Nothing was read yet that tells both a limit and what of it is in use.");
        return view! { <p>{words}</p> }.into_any();
    }
    let license = RwSignal::new(keys[0].clone());
    let places = Memo::new(move |_| {
        let license = license.get();
        context.estate.with(|forest| places(forest, &license))
    });
    let usual = untrack(|| usual(context, &places.get()));
    let under = RwSignal::new(usual);
    let (seats, headroom) = (RwSignal::new(String::new()), RwSignal::new("0".to_owned()));
    let added = RwSignal::new(None::<Added>);
    Effect::new(move |_| {
        license.track();
        under.track();
        seats.track();
        headroom.track();
        added.set(None);
    });
    let plan = Memo::new(move |_| {
        let seats = typed_limit(seats)?;
        let headroom_percent = u32::try_from(typed_limit(headroom)?.get()).ok()?;
        plan(context, under.get()?, &license.get(), Wish { seats, headroom_percent })
    });
    let changes = Memo::new(move |_| plan.get().map(|plan| plan.changes).unwrap_or_default());
    view! {
        {license_choice(&keys, license)}
        <fieldset class="idle-places">
            <legend>{tr("Take seats from below")}</legend>
            {live(move || places.with(|places| list(places, usual, under)))}
        </fieldset>
        <div class="numbers">
            {number("reclaim-seats", text(|| tr("Seats to free").to_owned()), seats)}
            {number("reclaim-headroom", text(|| tr("Headroom left, in percent of what is in use").to_owned()), headroom)}
        </div>
        <div class="plan" role="status">
            {live(move || plan.with(|plan| plan.as_ref().map_or_else(|| ().into_any(), told)))}
        </div>
        {add_button(context, changes, added)}
    }
    .into_any()
}

/// The licenses of which both limits and use are told.
fn counted(forest: &Forest) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for tree in forest.estate.trees().iter().filter(|tree| has_subscriptions(tree)) {
        for (meter, key) in tree.meters() {
            let both = [Measure::Assigned, Measure::InUse];
            if both.iter().all(|of| tree.is_used(meter, *of)) && !keys.iter().any(|k| k == key) {
                keys.push(key.to_owned());
            }
        }
    }
    keys
}

fn has_subscriptions(tree: &Tree) -> bool {
    (1..tree.end(0)).any(|node| tree.kind(node) == Kind::Subscription)
}

/// Where there are idle seats, most first.
fn places(forest: &Forest, license: &str) -> Vec<Place> {
    let mut places = Vec::new();
    for (index, tree) in (0_u16..).zip(forest.estate.trees()) {
        let Some(meter) = tree.find_meter(license) else { continue };
        let found = ranking(tree, &UNDER, meter).into_iter().take(MOST);
        places.extend(found.map(|idle| Place {
            tree: index,
            idle,
            name: name(tree.name(idle.node)),
            kind: tree.kind(idle.node),
        }));
    }
    places.sort_by_key(|place| std::cmp::Reverse(place.idle.seats));
    places.truncate(MOST);
    places
}

/// The focused node, or the nearest above it that has idle seats; else the one with most.
fn usual(context: Context, places: &[Place]) -> Option<NodeRef> {
    let at = |place: &Place| NodeRef { tree: place.tree, node: place.idle.node };
    let focused = context.tree.current.get_untracked().and_then(|current| {
        context.estate.with_untracked(|forest| {
            let tree = forest.estate.tree(current.tree)?;
            let mut above = std::iter::successors(Some(current.node), |&node| tree.parent(node));
            above.find_map(|node| {
                let node = NodeRef { node, ..current };
                places.iter().map(at).find(|place| *place == node)
            })
        })
    });
    focused.or_else(|| places.first().map(at))
}

/// The one that is meant first: it has to be in sight.
fn list(places: &[Place], usual: Option<NodeRef>, under: RwSignal<Option<NodeRef>>) -> AnyView {
    if places.is_empty() {
        return view! { <p>{tr("No seats of this license are idle.")}</p> }.into_any();
    }
    let is_usual =
        |place: &&Place| usual == Some(NodeRef { tree: place.tree, node: place.idle.node });
    let (first, others): (Vec<&Place>, Vec<&Place>) = places.iter().partition(is_usual);
    let rows = first.into_iter().chain(others).map(|place| choice(place, under));
    let rows: Vec<AnyView> = rows.collect();
    view! { <div class="idle-list">{rows}</div> }.into_any()
}

fn choice(place: &Place, under: RwSignal<Option<NodeRef>>) -> AnyView {
    let at = NodeRef { tree: place.tree, node: place.idle.node };
    let mut idle = plural!(
        place.idle.subscriptions,
        "{seats} idle in {n} subscription",
        "{seats} idle in {n} subscriptions",
        seats = count(place.idle.seats)
    );
    if place.idle.unknown > 0 {
        idle.push_str(", ");
        idle.push_str(&say!("{count} not counted", count = whole(place.idle.unknown)));
    }
    view! {
        <label>
            <input
                type="radio"
                name="idle-place"
                prop:checked=flag(move || under.get() == Some(at))
                on:change=move |_| under.set(Some(at))
            />
            <bdi class="label">{place.name.clone()}</bdi>
            <span class="dim">{place.kind.name()}</span>
            <span class="num">{idle}</span>
        </label>
    }
    .into_any()
}

/// What is proposed, as it is shown and as it is drafted.
#[derive(Clone, PartialEq)]
struct Plan {
    changes: Vec<(LimitId, Change)>,
    lines: Vec<String>,
    freed: i64,
    short: i64,
    unknown: usize,
}

fn plan(context: Context, under: NodeRef, license: &str, wish: Wish) -> Option<Plan> {
    context.estate.with(|forest| {
        context.edits.open().draft.with(|draft| {
            let tree = forest.estate.tree(under.tree).filter(|tree| tree.contains(under.node))?;
            let meter = tree.find_meter(license)?;
            let here = |node: NodeId| Here::of(forest, draft, NodeRef { node, ..under }, license);
            // What came without an id has no limit that could be changed.
            let limit_of = |node| here(node).map(|here| here.will_be).unwrap_or_default();
            let Proposal { changes, freed, short, unknown } =
                propose(tree, under.node, meter, wish, limit_of);
            let mut lines = Vec::new();
            let mut drafted = Vec::new();
            for (node, new) in changes {
                let Some(here) = here(node) else { continue };
                lines.push(line(&here, new));
                drafted.push(here.change(new));
            }
            Some(Plan { changes: drafted, lines, freed, short, unknown })
        })
    })
}

fn line(here: &Here<'_>, new: Limit) -> String {
    say!(
        "{name} #{id}: {before} → {after}, {used} in use",
        name = name(here.tree.name(here.node)),
        id = here.id.subscription.to_string(),
        before = figure(here.will_be),
        after = count(new.get()),
        used = figure(here.in_use()),
    )
}

fn told(plan: &Plan) -> AnyView {
    let mut parts = vec![plural!(
        plan.freed,
        "Frees {n} seat in {subscriptions}",
        "Frees {n} seats in {subscriptions}",
        subscriptions = subscriptions(plan.changes.len())
    )];
    if plan.short > 0 {
        parts.push(plural!(
            plan.short,
            "{n} more is not idle there",
            "{n} more are not idle there"
        ));
    }
    if plan.unknown > 0 {
        parts.push(plural!(
            plan.unknown,
            "{n} left alone, whose use or limit is not known",
            "{n} left alone, whose use or limit is not known"
        ));
    }
    let lines: Vec<AnyView> = plan
        .lines
        .iter()
        .take(SHOWN)
        .map(|line| view! { <li><bdi>{line.clone()}</bdi></li> }.into_any())
        .collect();
    let more = plan.lines.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| {
        view! { <p class="dim">{plural!(more, "And {n} more", "And {n} more")}</p> }.into_any()
    });
    view! {
        <p class="plan-sum">{parts.join("; ")}</p>
        <ol class="plan-lines" tabindex="0" aria-label=tr("From the idlest")>
            {lines}
        </ol>
        {more}
    }
    .into_any()
}

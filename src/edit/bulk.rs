//! The same rule for all limits that are meant.

use leptos::prelude::*;
use seatree_core::edit::bulk::{Refusal, Rule};
use seatree_core::edit::{Change, LimitId, Warning, of_limit};
use seatree_core::estate::NodeRef;
use seatree_core::plural;
use seatree_core::words::{later, said, tr};

use super::fields::{Added, add_button, caution, license_choice, number, radio, typed_limit};
use super::meant::{Here, licenses, meant};
use super::words::{name, signed};
use crate::app::context::{Context, context};
use crate::app::dialog::Dialog;
use crate::platform::numbers;
use crate::tree::meter_name;
use crate::ui::live::{live, press, text};

/// Which rule is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Set,
    Add,
    Subtract,
    Headroom,
}

impl By {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Set, later("Set to")),
        (Self::Add, later("Add")),
        (Self::Subtract, later("Subtract")),
        (Self::Headroom, later("In use, and some headroom")),
    ];
}

/// What the rule makes of those that are meant.
#[derive(Clone, Default, PartialEq)]
struct Plan {
    changes: Vec<(LimitId, Change)>,
    /// Why some stay as they are, how many, and the first of their names.
    left: Vec<(Refusal, usize, Vec<String>)>,
    /// All that change, before and after.
    before: i128,
    after: i128,
    /// How many of the new limits lie below what is in use.
    below: usize,
}

pub(super) fn content() -> AnyView {
    let context = context();
    // What is meant stays while the dialog is open, unless its rows become other ones.
    let nodes = Memo::new(move |_| context.estate.with(|forest| meant(context, forest)));
    let keys =
        context.estate.with_untracked(|forest| nodes.with_untracked(|n| licenses(forest, n)));
    if nodes.with_untracked(Vec::is_empty) || keys.is_empty() {
        return nothing();
    }
    let license = RwSignal::new(keys.first().cloned().unwrap_or_default());
    let by = RwSignal::new(By::Set);
    let typed = RwSignal::new(String::new());
    let added = RwSignal::new(None::<Added>);
    let plan = Memo::new(move |_| {
        let (license, rule) = (license.get(), rule(by.get(), typed));
        rule.map(|rule| nodes.with(|nodes| plan(context, nodes, &license, rule)))
            .unwrap_or_default()
    });
    // Whoever changes the rule wants to add something else.
    Effect::new(move |_| {
        license.track();
        by.track();
        typed.track();
        added.set(None);
    });
    let changes = Memo::new(move |_| plan.with(|plan| plan.changes.clone()));
    let label = text(move || {
        if by.get() == By::Headroom { tr("Headroom in percent") } else { tr("Seats") }.to_owned()
    });
    let rules: Vec<AnyView> =
        By::ALL.into_iter().map(|(of, words)| radio("rule", said(words), of, by)).collect();
    view! {
        <p>{text(move || {
            let count = nodes.with(Vec::len);
            let is_selected = context.estate.with(|forest| !forest.selection.is_empty());
            if is_selected {
                plural!(
                    count,
                    "{n} subscription in the selection.",
                    "{n} subscriptions in the selection."
                )
            } else {
                plural!(
                    count,
                    "{n} subscription in the focused row.",
                    "{n} subscriptions in the focused row."
                )
            }
        })}</p>
        {license_choice(&keys, license)}
        <fieldset>
            <legend>{tr("New limit")}</legend>
            {rules}
            {number("bulk-number", label, typed)}
        </fieldset>
        {live(move || plan.with(|plan| told(plan, &license.get())))}
        <p>
            <button
                class="button small"
                on:click=press(move || context.dialog.set(Some(Dialog::MoveSeats)))
            >
                {tr("Move seats from one to another instead")}
            </button>
        </p>
        {add_button(context, changes, added)}
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <p>
            {tr("Select subscriptions in the tree, or something above them, to change their limits together. \
             Only subscriptions of DRaaS have limits that can be changed.")}
        </p>
    }
    .into_any()
}

fn rule(by: By, typed: RwSignal<String>) -> Option<Rule> {
    let number = typed_limit(typed)?;
    Some(match by {
        By::Set => Rule::Set(number),
        By::Add => Rule::Add(number),
        By::Subtract => Rule::Subtract(number),
        By::Headroom => Rule::InUsePlus { percent: u32::try_from(number.get()).ok()? },
    })
}

fn plan(context: Context, nodes: &[NodeRef], license: &str, rule: Rule) -> Plan {
    const NAMED: usize = 3;
    let mut plan = Plan::default();
    context.estate.with(|forest| {
        context.edits.open().draft.with(|draft| {
            for &at in nodes {
                let Some(here) = Here::of(forest, draft, at, license) else { continue };
                match rule.limit(here.will_be, here.in_use()) {
                    Ok(new) => {
                        plan.before += here.will_be.get().map_or(0, i128::from);
                        plan.after += i128::from(new.get());
                        let warning = of_limit(&here.tree.reading(here.node, here.meter), new);
                        plan.below +=
                            usize::from(matches!(warning, Some(Warning::BelowInUse { .. })));
                        plan.changes.push(here.change(new));
                    }
                    Err(why) => {
                        let at = plan.left.iter().position(|(other, ..)| *other == why);
                        let at = at.unwrap_or_else(|| {
                            plan.left.push((why, 0, Vec::new()));
                            plan.left.len() - 1
                        });
                        let (_, count, names) = &mut plan.left[at];
                        *count += 1;
                        if names.len() < NAMED {
                            names.push(name(here.tree.name(here.node)));
                        }
                    }
                }
            }
        });
    });
    plan
}

fn told(plan: &Plan, license: &str) -> AnyView {
    let left: Vec<AnyView> = plan.left.iter().map(left_out).collect();
    let figure = |sum: i128| numbers::count(i64::try_from(sum).unwrap_or(i64::MAX));
    let sum = (!plan.changes.is_empty()).then(|| {
        let delta = i64::try_from(plan.after - plan.before).unwrap_or_default();
        let words = plural!(
            plan.changes.len(),
            "{n} limit changes: {before} → {after} {license}, {delta}",
            "{n} limits change: {before} → {after} {license}, {delta}",
            before = figure(plan.before),
            after = figure(plan.after),
            license = meter_name(license),
            delta = if delta == 0 { tr("as many as before").to_owned() } else { signed(delta) },
        );
        view! { <p class="plan-sum">{words}</p> }.into_any()
    });
    let below = (plan.below > 0).then(|| {
        caution(plural!(
            plan.below,
            "{n} of these limits lies below what is in use",
            "{n} of these limits lie below what is in use"
        ))
    });
    view! { <div class="plan" role="status">{sum} {below} {left}</div> }.into_any()
}

fn left_out((why, count, names): &(Refusal, usize, Vec<String>)) -> AnyView {
    let more = if *count > names.len() { ", …" } else { "" };
    let words = plural!(
        *count,
        "{n} stays as it is, {why}:",
        "{n} stay as it is, {why}:",
        why = why.to_string()
    );
    view! {
        <p class="dim">
            {words} " " <bdi>{names.join(", ")}</bdi> {more}
        </p>
    }
    .into_any()
}

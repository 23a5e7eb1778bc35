//! A change with all that is to be said of it: where its limit is, what speaks against it, what
//! became of it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::{Draft, LimitId, Names, Outcome, Places, Standing, Warning, of_limit};
use seatree_core::estate::{Figure, NodeRef, Reading};
use seatree_core::say;
use seatree_core::words::tr;

use super::store::Done;
use super::words;
use crate::app::context::Context;
use crate::estate::Forest;
use crate::platform::numbers::figure;
use crate::ui::icons;

/// Everything one change shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) id: LimitId,
    pub(super) names: Names,
    pub(super) old: Figure,
    pub(super) new: Limit,
    pub(super) place: Place,
    pub(super) outcome: Option<Outcome>,
    pub(super) is_drafted: bool,
}

/// Where a change's subscription is in what was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// Its connection is not read, or not there.
    NotRead,
    Gone,
    Here {
        at: NodeRef,
        reading: Reading,
        warning: Option<Warning>,
    },
}

impl Change {
    pub(super) fn reading(&self) -> Reading {
        match self.place {
            Place::Here { reading, .. } => reading,
            _ => Reading::default(),
        }
    }

    /// What the limit is now, where it is not what it was when this was drafted.
    pub(super) fn now_differs(&self) -> Option<Figure> {
        match (&self.outcome, self.place) {
            (Some(Outcome::Changed { now } | Outcome::Otherwise { now, .. }), _)
                if self.is_drafted && *now != self.old =>
            {
                Some(*now)
            }
            (_, Place::Here { reading, .. }) if self.is_drafted && reading.assigned != self.old => {
                Some(reading.assigned)
            }
            _ => None,
        }
    }
}

/// All changes: those drafted, and those that were sent last and left the draft.
pub(super) fn changes(context: Context) -> Memo<Vec<Change>> {
    Memo::new(move |_| {
        context.estate.with(|forest| {
            let edits = context.edits.open();
            edits.draft.with(|draft| edits.run.with(|run| all(forest, draft, &run.results)))
        })
    })
}

fn all(forest: &Forest, draft: &Draft, results: &BTreeMap<LimitId, Done>) -> Vec<Change> {
    let places = by_connection(forest, draft.iter().map(|(id, _)| id).chain(results.keys()));
    let drafted = draft.iter().map(|(id, change)| {
        // A result is of what was sent, not of what was drafted since.
        let result =
            results.get(id).filter(|done| done.new == change.new && done.old == change.old);
        Change {
            id: id.clone(),
            names: change.names.clone(),
            old: change.old,
            new: change.new,
            place: place(forest, &places, id, change.new),
            outcome: result.map(|done| done.outcome.clone()),
            is_drafted: true,
        }
    });
    let settled =
        results.iter().filter(|(id, _)| draft.get(id).is_none()).map(|(id, done)| Change {
            id: id.clone(),
            names: done.names.clone(),
            old: done.old,
            new: done.new,
            place: place(forest, &places, id, done.new),
            outcome: Some(done.outcome.clone()),
            is_drafted: false,
        });
    let mut all: Vec<Change> = drafted.chain(settled).collect();
    all.sort_by(|one, other| one.id.cmp(&other.id));
    all
}

/// Where the subscriptions of changes are, tree by tree.
pub(super) fn by_connection<'a>(
    forest: &Forest,
    ids: impl Iterator<Item = &'a LimitId>,
) -> Vec<Places> {
    let ids: Vec<&LimitId> = ids.collect();
    let of = |connection: &str| {
        let here = ids.iter().filter(|id| id.connection == connection);
        here.map(|id| (id.tenant, id.subscription)).collect::<Vec<_>>()
    };
    forest.trees().map(|(connection, tree)| Places::of(tree, of(connection))).collect()
}

fn place(forest: &Forest, places: &[Places], id: &LimitId, new: Limit) -> Place {
    let mut trees = (0_u16..).zip(forest.trees().zip(places));
    let here = trees.find(|(_, ((connection, _), _))| *connection == id.connection);
    let Some((index, ((_, tree), places))) = here.filter(|(_, ((_, tree), _))| !tree.is_empty())
    else {
        return Place::NotRead;
    };
    let Some(node) = places.node(id.tenant, id.subscription) else { return Place::Gone };
    let meter = tree.find_meter(&id.meter);
    let reading = meter.map(|meter| tree.reading(node, meter)).unwrap_or_default();
    let at = NodeRef { tree: index, node };
    Place::Here { at, reading, warning: of_limit(&reading, new) }
}

/// How a change stands against what was read, for the warnings of a whole draft.
pub(super) fn standing(
    forest: &Forest,
    places: &[Places],
    draft: &Draft,
    id: &LimitId,
) -> Option<Standing> {
    let change = draft.get(id)?;
    let mut trees = forest.trees().zip(places);
    let ((_, tree), places) = trees.find(|((connection, _), _)| *connection == id.connection)?;
    (!tree.is_empty()).then(|| places.standing(tree, id, change))
}

/// What became of it, or what speaks against it: how it looks, a sign and a few words.
pub(super) fn say(change: &Change) -> (&'static str, AnyView, String) {
    if let Some(outcome) = &change.outcome {
        let said = words::outcome(outcome, change.old);
        return match outcome {
            Outcome::Applied { .. } | Outcome::AlreadySo => ("ok", icons::check(), said),
            Outcome::Changed { .. } | Outcome::HeldBack | Outcome::NotSent => {
                ("near", icons::circle(), said)
            }
            _ => ("over", icons::triangle(), said),
        };
    }
    if let Some(now) = change.now_differs() {
        let said =
            say!("Is {now} now, not {before}", now = figure(now), before = figure(change.old));
        return ("near", icons::circle(), said);
    }
    match change.place {
        Place::NotRead => ("dim", ().into_any(), tr("Its connection is not read").to_owned()),
        Place::Gone => ("near", icons::circle(), tr("Not among what was read").to_owned()),
        Place::Here { warning: Some(warning @ Warning::BelowInUse { .. }), .. } => {
            ("over", icons::triangle(), words::warning(warning))
        }
        Place::Here { warning: Some(warning), .. } => {
            ("near", icons::circle(), words::warning(warning))
        }
        Place::Here { .. } => ("dim", ().into_any(), tr("Ready").to_owned()),
    }
}

//! The draft as rows, with what became of those sent last.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::{Draft, LimitId, Names, Outcome, Places, Standing, Warning, of_limit};
use seatree_core::estate::{Figure, NodeRef, Reading};
use web_sys::{KeyboardEvent, MouseEvent};

use super::store::Done;
use super::words;
use crate::app::context::Context;
use crate::estate::Forest;
use crate::platform::numbers::{count, figure};
use crate::platform::{focus, screen};
use crate::tree::meter_name;
use crate::ui::grid::{Grid, Key, RowState, Rows, Step};
use crate::ui::icons;
use crate::ui::live::{live_if, press};

/// Subscription, license, old, new, change, in use, available, state, take out.
const COLUMNS: usize = 9;

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
    fn reading(&self) -> Reading {
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

/// The grid of changes; the focused one is told in `focused`.
pub(super) fn grid(
    context: Context,
    changes: Memo<Vec<Change>>,
    focused: RwSignal<Option<LimitId>>,
) -> AnyView {
    Grid {
        label: "Changes",
        role: "grid",
        class: "change-list",
        columns: Signal::stored(COLUMNS),
        least_width: Signal::stored(0),
        busy: Signal::derive(move || context.edits.open().is_running()),
        row_height: screen::row_height(context.density),
        head: head(),
        head_rows: 1,
        rows: Arc::new(ChangeRows { context, changes, focused }),
        selects: false,
        go_to: RwSignal::new(None),
    }
    .view()
}

struct ChangeRows {
    context: Context,
    changes: Memo<Vec<Change>>,
    focused: RwSignal<Option<LimitId>>,
}

impl ChangeRows {
    fn id(&self, index: usize) -> Option<LimitId> {
        self.changes.with_untracked(|all| all.get(index).map(|change| change.id.clone()))
    }
}

impl Rows for ChangeRows {
    fn count(&self) -> usize {
        self.changes.with(Vec::len)
    }

    fn key(&self, index: usize) -> Key {
        index as Key
    }

    fn state(&self, index: usize) -> RowState {
        let id = self.changes.with(|all| all.get(index).map(|change| change.id.clone()));
        let is_focused = self.focused.with(|focused| focused.is_some() && *focused == id);
        RowState { selected: Some(is_focused), ..RowState::default() }
    }

    fn cells(&self, index: Signal<usize>) -> AnyView {
        let (context, changes) = (self.context, self.changes);
        let change = Memo::new(move |_| changes.with(|all| all.get(index.get()).cloned()));
        live_if(move || Some(cells(context, &change.get()?)))
    }

    fn on_key(&self, event: &KeyboardEvent, index: usize) -> Option<Step> {
        match event.key().as_str() {
            "Delete" => {
                take_out(self.context, &self.id(index)?);
                Some(Step::Stay)
            }
            "Enter" => {
                self.focused.set(self.id(index));
                Some(Step::Stay)
            }
            "Escape" => {
                self.focused.set(None);
                Some(Step::Stay)
            }
            "ArrowRight" => Some(Step::Cells),
            _ => None,
        }
    }

    fn on_press(&self, _event: &MouseEvent, index: usize) {
        self.focused.set(self.id(index));
    }

    fn on_focus(&self, index: usize) {
        // A phone has no room for it beside the rows: a tap asks for it.
        if !untrack(|| screen::is_narrow().get()) {
            self.focused.set(self.id(index));
        }
    }
}

/// Takes a change out of the draft; the focus stays among the rows.
pub(super) fn take_out(context: Context, id: &LimitId) {
    if untrack(|| context.edits.open().is_running()) {
        return;
    }
    context.edits.open().change(|draft| {
        draft.remove(id);
    });
    request_animation_frame(|| {
        if focus::is_lost() {
            focus::on(".change-list .grid-space [tabindex='0'], #main");
        }
    });
}

fn head() -> AnyView {
    view! {
        <div role="row" class="grid-head-row" aria-rowindex="1">
            <span role="columnheader" class="name">"Subscription"</span>
            <span role="columnheader" class="text wide">"License"</span>
            <span role="columnheader" class="num">"Old"</span>
            <span role="columnheader" class="num">"New"</span>
            <span role="columnheader" class="num wide">"Change"</span>
            <span role="columnheader" class="num wide">"In use"</span>
            <span role="columnheader" class="num wide">"Available"</span>
            <span role="columnheader" class="text">"State"</span>
            <span role="columnheader"><span class="sr-only">"Take out"</span></span>
        </div>
    }
    .into_any()
}

fn cells(context: Context, change: &Change) -> AnyView {
    let name = words::name(&change.names.subscription);
    let in_use = change.reading().in_use;
    let left = Figure::known(change.new.get()).minus(in_use);
    let negative = left.get().is_some_and(|left| left < 0);
    view! {
        <span role="rowheader" class="name">
            <bdi class="label" title=name.clone()>
                {name.clone()}
            </bdi>
            <bdi class="note dim">{words::place(&change.id, &change.names)}</bdi>
        </span>
        <span role="gridcell" class="text wide">
            <bdi>{meter_name(&change.id.meter).to_owned()}</bdi>
        </span>
        <span role="gridcell" class="num dim">
            {figure(change.old)}
        </span>
        <span role="gridcell" class="num new">
            {count(change.new.get())}
        </span>
        <span role="gridcell" class="num wide">
            {words::delta(change.old, change.new)}
        </span>
        <span role="gridcell" class="num wide">
            {figure(in_use)}
        </span>
        <span role="gridcell" class=if negative { "num wide negative" } else { "num wide" }>
            {figure(left)}
        </span>
        {state(change)}
        <span role="gridcell" class="act">
            {change.is_drafted.then(|| remove(context, change, &name))}
        </span>
    }
    .into_any()
}

fn remove(context: Context, change: &Change, name: &str) -> AnyView {
    let id = change.id.clone();
    let label = format!("Take {name}, {}, out of the draft", meter_name(&id.meter));
    view! {
        <button
            class="button bare small"
            tabindex="-1"
            aria-label=label.clone()
            title=label.clone()
            disabled=move || context.edits.open().is_running()
            on:click=press(move || take_out(context, &id))
        >
            {icons::cross()}
        </button>
    }
    .into_any()
}

/// What became of it, or what speaks against it: a sign and a few words.
fn state(change: &Change) -> AnyView {
    let (class, icon, said) = say(change);
    view! {
        <span role="gridcell" class=format!("text said {class}") title=said.clone()>
            {icon}
            <span class="label">{said.clone()}</span>
        </span>
    }
    .into_any()
}

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
        let said = format!("Is {} now, not {}", figure(now), figure(change.old));
        return ("near", icons::circle(), said);
    }
    match change.place {
        Place::NotRead => ("dim", ().into_any(), "Its connection is not read".to_owned()),
        Place::Gone => ("near", icons::circle(), "Not among what was read".to_owned()),
        Place::Here { warning: Some(warning @ Warning::BelowInUse { .. }), .. } => {
            ("over", icons::triangle(), words::warning(warning))
        }
        Place::Here { warning: Some(warning), .. } => {
            ("near", icons::circle(), words::warning(warning))
        }
        Place::Here { .. } => ("dim", ().into_any(), "Ready".to_owned()),
    }
}

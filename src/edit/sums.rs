//! What the draft does to every sum above.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::edit::{Draft, Effect, Held, Planned, effects};
use seatree_core::estate::{Figure, Kind, NodeRef, Tree};
use seatree_core::words::tr;
use web_sys::KeyboardEvent;

use super::change::by_connection;
use super::words;
use crate::app::context::Context;
use crate::estate::Forest;
use crate::platform::numbers::figure;
use crate::tree::meter_name;
use crate::ui::grid::{Grid, Rows, Step};
use crate::ui::icons;
use crate::ui::live::live_if;

/// Name, license, now, after, change, in use, available, state.
const COLUMNS: usize = 8;

/// One sum above.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sum {
    pub(super) at: NodeRef,
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) depth: u8,
    pub(super) license: String,
    pub(super) now: Figure,
    pub(super) after: Figure,
    in_use: Figure,
    left: Figure,
    pub(super) held: Option<Held>,
}

/// All sums that the draft changes, in the order of the tree.
pub(super) fn sums(context: Context) -> Memo<Vec<Sum>> {
    Memo::new(move |_| {
        context.estate.with(|forest| context.edits.open().draft.with(|draft| all(forest, draft)))
    })
}

fn all(forest: &Forest, draft: &Draft) -> Vec<Sum> {
    let places = by_connection(forest, draft.iter().map(|(id, _)| id));
    let mut sums = Vec::new();
    for (index, ((connection, tree), places)) in (0_u16..).zip(forest.trees().zip(&places)) {
        let here = draft.iter().filter(|(id, _)| id.connection == connection);
        let planned: Vec<Planned> = here
            .filter_map(|(id, change)| {
                let node = places.node(id.tenant, id.subscription)?;
                Some(Planned { node, meter: tree.find_meter(&id.meter)?, new: change.new })
            })
            .collect();
        sums.extend(effects(tree, &planned).iter().map(|effect| sum(tree, index, effect)));
    }
    sums
}

fn sum(tree: &Tree, index: u16, effect: &Effect) -> Sum {
    let key = tree.meters().find(|(meter, _)| *meter == effect.meter).map_or("", |(_, key)| key);
    Sum {
        at: NodeRef { tree: index, node: effect.node },
        name: words::name(tree.name(effect.node)),
        kind: tree.kind(effect.node),
        depth: tree.depth(effect.node),
        license: key.to_owned(),
        now: effect.now,
        after: effect.after,
        in_use: effect.in_use,
        left: effect.available_after(),
        held: effect.held,
    }
}

pub(super) fn grid(context: Context, sums: Memo<Vec<Sum>>) -> AnyView {
    Grid {
        label: tr("Sums above"),
        role: "grid",
        class: "change-sums",
        columns: Signal::stored(COLUMNS),
        least_width: Signal::stored(0),
        busy: Signal::stored(false),
        row_height: context.row_height(),
        head: head(),
        head_rows: 1,
        rows: Arc::new(SumRows { sums }),
        selects: false,
        go_to: RwSignal::new(None),
    }
    .view()
}

struct SumRows {
    sums: Memo<Vec<Sum>>,
}

impl Rows for SumRows {
    fn count(&self) -> usize {
        self.sums.with(Vec::len)
    }

    fn cells(&self, index: Signal<usize>) -> AnyView {
        let sums = self.sums;
        let sum = Memo::new(move |_| sums.with(|all| all.get(index.get()).cloned()));
        live_if(move || Some(cells(&sum.get()?)))
    }

    fn on_key(&self, event: &KeyboardEvent, _index: usize) -> Option<Step> {
        (event.key() == "ArrowRight").then_some(Step::Cells)
    }
}

fn head() -> AnyView {
    view! {
        <div role="row" class="grid-head-row" aria-rowindex="1">
            <span role="columnheader" class="name">{tr("Above")}</span>
            <span role="columnheader" class="text wide">{tr("License")}</span>
            <span role="columnheader" class="num wide">{tr("Now")}</span>
            <span role="columnheader" class="num wide">{tr("After")}</span>
            <span role="columnheader" class="num wide">{tr("Change")}</span>
            <span role="columnheader" class="num wide">{tr("In use")}</span>
            <span role="columnheader" class="num wide">{tr("Available")}</span>
            <span role="columnheader" class="text">{tr("State")}</span>
        </div>
    }
    .into_any()
}

fn cells(sum: &Sum) -> AnyView {
    let change = sum.after.minus(sum.now).get();
    let negative = sum.left.get().is_some_and(|left| left < 0);
    view! {
        <span role="rowheader" class="name">
            <i class="depth" aria-hidden="true" style:--depth=sum.depth.to_string()></i>
            <bdi class="label" title=sum.name.clone()>
                {sum.name.clone()}
            </bdi>
            {words::brief(&sum.license, sum.now, sum.after)}
            <span class="note dim">{sum.kind.name()}</span>
        </span>
        <span role="gridcell" class="text wide">
            <bdi>{meter_name(&sum.license).to_owned()}</bdi>
        </span>
        {known(sum.now, "num wide dim")}
        {known(sum.after, "num wide new")}
        <span role="gridcell" class="num wide">
            {change.map_or_else(|| figure(Figure::UNKNOWN), words::signed)}
        </span>
        {known(sum.in_use, "num wide")}
        {known(sum.left, if negative { "num wide negative" } else { "num wide" })}
        {state(sum)}
    }
    .into_any()
}

fn known(of: Figure, class: &'static str) -> AnyView {
    let why =
        (!of.is_known()).then_some(tr("The upstream sent no figure, or not all that it takes"));
    view! {
        <span role="gridcell" class=class title=why>
            {figure(of)}
        </span>
    }
    .into_any()
}

fn state(sum: &Sum) -> AnyView {
    let said = match (&sum.held, sum.after.is_known()) {
        (Some(held), _) => words::held(held),
        (None, false) => tr("Not known: a part of it is not").to_owned(),
        (None, true) => String::new(),
    };
    let is_warned = sum.held.is_some();
    view! {
        <span role="gridcell" class=if is_warned { "text said near" } else { "text said dim" } title=said.clone()>
            {is_warned.then(icons::sum)}
            <span class="label">{said.clone()}</span>
        </span>
    }
    .into_any()
}

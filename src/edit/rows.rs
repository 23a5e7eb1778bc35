//! The draft as rows, with what became of those sent last.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::edit::LimitId;
use seatree_core::estate::Figure;
use seatree_core::say;
use seatree_core::words::tr;
use web_sys::{KeyboardEvent, MouseEvent};

use super::change::{Change, say};
use super::words;
use crate::app::context::Context;
use crate::platform::numbers::{count, figure};
use crate::tree::meter_name;
use crate::ui::grid::{Grid, Key, RowState, Rows, Step};
use crate::ui::icons;
use crate::ui::live::{live_if, press};

/// Subscription, license, old, new, change, in use, available, state, take out.
const COLUMNS: usize = 9;

/// The grid of changes; the focused one is told in `focused`.
pub(super) fn grid(
    context: Context,
    changes: Memo<Vec<Change>>,
    focused: RwSignal<Option<LimitId>>,
) -> AnyView {
    Grid {
        label: tr("Changes"),
        role: "grid",
        class: "change-list",
        columns: Signal::stored(COLUMNS),
        least_width: Signal::stored(0),
        busy: Signal::derive(move || context.edits.open().is_running()),
        row_height: context.row_height(),
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
        if !self.context.is_narrow.get_untracked() {
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
    request_animation_frame(move || {
        if context.root.is_focus_lost() {
            context.root.focus(".change-list .grid-space [tabindex='0'], #main");
        }
    });
}

fn head() -> AnyView {
    view! {
        <div role="row" class="grid-head-row" aria-rowindex="1">
            <span role="columnheader" class="name">{tr("Subscription")}</span>
            <span role="columnheader" class="text wide">{tr("License")}</span>
            <span role="columnheader" class="num wide">{tr("Old")}</span>
            <span role="columnheader" class="num wide">{tr("New")}</span>
            <span role="columnheader" class="num wide">{tr("Change")}</span>
            <span role="columnheader" class="num wide">{tr("In use")}</span>
            <span role="columnheader" class="num wide">{tr("Available")}</span>
            <span role="columnheader" class="text">{tr("State")}</span>
            <span role="columnheader"><span class="sr-only">{tr("Take out")}</span></span>
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
            {words::brief(&change.id.meter, change.old, Figure::known(change.new.get()))}
            <bdi class="note dim">{words::place(&change.id, &change.names)}</bdi>
        </span>
        <span role="gridcell" class="text wide">
            <bdi>{meter_name(&change.id.meter).to_owned()}</bdi>
        </span>
        <span role="gridcell" class="num wide dim">
            {figure(change.old)}
        </span>
        <span role="gridcell" class="num wide new">
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
    let label =
        say!("Take {name}, {license}, out of the draft", name, license = meter_name(&id.meter));
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

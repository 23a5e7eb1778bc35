//! A row's element and the cells in it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

use super::slots::{Place, Slot};
use super::{RowState, Shared};

/// The cells of a row that can take the focus.
const CELLS: &str = "[role='gridcell'],[role='rowheader']";

/// What the element of a row was last told.
#[derive(Clone, Default, PartialEq)]
struct Told {
    place: Option<Place>,
    state: RowState,
    is_reachable: bool,
}

/// An element that shows one row after the other.
pub(super) fn row(shared: &Shared, slot: Slot) -> AnyView {
    let element = NodeRef::<html::Div>::new();
    // What it showed last stays until it shows another: drawing nothing would be work as well.
    let last = StoredValue::new(0_usize);
    let shows = slot.shows.clone();
    let index = Memo::new(move |_| {
        if let Some(place) = shows.get() {
            last.set_value(place.index);
        }
        last.get_value()
    });
    let rows = shared.rows.clone();
    let told = Memo::new({
        let shared = shared.clone();
        move |_| {
            let place = slot.shows.get();
            let state = place.map(|place| shared.rows.state(place.index)).unwrap_or_default();
            let focus = shared.focus.get();
            let reachable = place.is_some_and(|place| place.index == focus.index);
            Told { place, state, is_reachable: reachable && focus.cell.is_none() }
        }
    });
    let (row_height, head_rows) = (shared.row_height, shared.head_rows);
    Effect::new(move |before: Option<(Told, usize)>| {
        let (now, height) = (told.get(), row_height.get());
        let Some(element) = element.get() else { return (Told::default(), 0) };
        let (before, former_height) = before.unwrap_or_default();
        tell(&element, &now, &before, head_rows);
        if let Some(place) = now.place
            && (now.place != before.place || height != former_height)
        {
            let pixels = (place.index * height).cast_signed() - place.base.cast_signed();
            let _ = HtmlElement::style(&element)
                .set_property("transform", &format!("translateY({pixels}px)"));
        }
        (now, height)
    });
    view! {
        <div role="row" class="grid-row" tabindex="-1" node_ref=element>
            {rows.cells(index.into())}
        </div>
    }
    .into_any()
}

/// Tells the element what is new.
fn tell(element: &HtmlElement, now: &Told, before: &Told, head_rows: usize) {
    if now.place.is_none() != before.place.is_none() || before == &Told::default() {
        element.set_hidden(now.place.is_none());
    }
    if now.is_reachable != before.is_reachable {
        element.set_tab_index(if now.is_reachable { 0 } else { -1 });
    }
    let index = |told: &Told| told.place.map(|place| place.index);
    if index(now) != index(before) {
        set(element, "data-row", index(now).map(|index| index.to_string()));
        set(element, "aria-rowindex", index(now).map(|at| (at + 1 + head_rows).to_string()));
    }
    let (now, before) = (&now.state, &before.state);
    if now.level != before.level {
        set(element, "aria-level", now.level.map(|level| level.to_string()));
    }
    if now.expanded != before.expanded {
        set(element, "aria-expanded", now.expanded.map(|open| open.to_string()));
    }
    if now.selected != before.selected {
        set(element, "aria-selected", now.selected.map(|selected| selected.to_string()));
    }
    if now.place != before.place {
        set(element, "aria-posinset", now.place.map(|(at, _)| at.to_string()));
        set(element, "aria-setsize", now.place.map(|(_, of)| of.to_string()));
    }
}

fn set(element: &Element, name: &str, value: Option<String>) {
    // These names are valid, which is all that could go wrong.
    let _ = match value {
        Some(value) => element.set_attribute(name, &value),
        None => element.remove_attribute(name),
    };
}

/// The row that something in the grid belongs to.
pub(super) fn row_of(target: Option<EventTarget>) -> Option<usize> {
    let target = target?.dyn_into::<Element>().ok()?;
    index_of(&target)
}

pub(super) fn index_of(element: &Element) -> Option<usize> {
    element.closest("[data-row]").ok()??.get_attribute("data-row")?.parse().ok()
}

/// Which cell of its row an element is; none for the row itself.
pub(super) fn number_of(element: &HtmlElement) -> Option<usize> {
    let row = element.closest("[data-row]").ok()??.dyn_into::<HtmlElement>().ok()?;
    shown(&row).position(|cell| cell.contains(Some(element)))
}

/// A cell of a row by its number among those shown.
pub(super) fn cell(row: &HtmlElement, number: usize) -> Option<HtmlElement> {
    shown(row).nth(number)
}

/// No cell is the grid's stop of the Tab key any more.
pub(super) fn forget(body: &HtmlElement) {
    while let Ok(Some(cell)) = body.query_selector(".grid-row > [tabindex='0']:not(button)") {
        let _ = cell.remove_attribute("tabindex");
    }
}

/// How many cells a row shows.
pub(super) fn count(shared: &Shared, index: usize) -> usize {
    let body = shared.body.get_untracked();
    let row = body.and_then(|body| body.query_selector(&format!("[data-row='{index}']")).ok()?);
    row.and_then(|row| row.dyn_into::<HtmlElement>().ok()).map_or(0, |row| shown(&row).count())
}

fn shown(row: &HtmlElement) -> impl Iterator<Item = HtmlElement> + use<> {
    let cells = row.query_selector_all(CELLS).ok();
    let length = cells.as_ref().map_or(0, web_sys::NodeList::length);
    (0..length)
        .filter_map(move |at| cells.as_ref()?.get(at)?.dyn_into::<HtmlElement>().ok())
        .filter(|cell| cell.client_width() > 0)
}

//! A grid of any length that keeps only the rows in sight in the document.
//!
//! It follows the ARIA patterns for `grid` and `treegrid`: one row takes the focus, arrow keys,
//! Page Up and Down, Home and End move it by the model, not by what is in the document, and the
//! focused row stays in the document even when it is scrolled out of sight.

use std::sync::Arc;

use leptos::attr::custom::custom_attribute;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::live::{maybe, text};
use crate::platform::resize;

/// Rows drawn beyond each edge, so that a quick scroll meets no blank.
const MARGIN_ROWS: usize = 8;

/// What a row tells assistive technology beside its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowState {
    pub level: Option<u8>,
    pub expanded: Option<bool>,
}

/// Tells a row's state.
pub type RowStateOf = Arc<dyn Fn(usize) -> RowState + Send + Sync>;
/// Handles a key on a row; what it gives is the row to go to, none when the key is not its own.
pub type KeyOn = Box<dyn Fn(&KeyboardEvent, usize) -> Option<usize>>;

/// A grid of rows of equal height.
pub struct VirtualGrid {
    /// Its accessible name.
    pub label: &'static str,
    /// `grid` or `treegrid`.
    pub role: &'static str,
    /// The class that sets the columns' widths.
    pub class: &'static str,
    pub columns: usize,
    pub count: Signal<usize>,
    pub busy: Signal<bool>,
    /// In CSS pixels, as the stylesheet draws them.
    pub row_height: Signal<usize>,
    /// The header row's cells.
    pub head: AnyView,
    /// The cells of a row, which follow what they show.
    pub row: Arc<dyn Fn(usize) -> AnyView + Send + Sync>,
    pub state: RowStateOf,
    pub on_key: KeyOn,
}

impl VirtualGrid {
    pub fn view(self) -> AnyView {
        let Self { label, role, class, columns, count, busy, row_height, head, row, state, on_key } =
            self;
        let body = NodeRef::<html::Div>::new();
        let scrolled = RwSignal::new(0_usize);
        let height = RwSignal::new(600_usize);
        let focused = RwSignal::new(0_usize);

        Effect::new(move |_| {
            if let Some(body) = body.get() {
                resize::follow_height(&body, height);
            }
        });
        let drawn = Memo::new(move |_| {
            let (first, shown) =
                (scrolled.get() / row_height.get(), height.get() / row_height.get() + 2);
            let start = first.saturating_sub(MARGIN_ROWS).min(count.get());
            let end = (first + shown + MARGIN_ROWS).min(count.get());
            let kept = focused.get().min(count.get().saturating_sub(1));
            (start, end, kept)
        });
        let rows = move || {
            let (start, end, kept) = drawn.get();
            let kept = (kept < count.get_untracked()).then_some(kept);
            let above = kept.filter(|kept| *kept < start);
            let below = kept.filter(|kept| *kept >= end);
            let height = row_height.get();
            above
                .into_iter()
                .chain(start..end)
                .chain(below)
                .map(|index| (index, height))
                .collect::<Vec<_>>()
        };
        let keys = move |event: KeyboardEvent| {
            let at = focused.get_untracked();
            let page = (height.get_untracked() / row_height.get_untracked()).max(2) - 1;
            if event.alt_key() || event.meta_key() || on_control(&event) {
                return;
            }
            let to = on_key(&event, at).or_else(|| moved(&event, at, page, count.get_untracked()));
            let Some(to) = to else { return };
            event.prevent_default();
            let to = to.min(count.get_untracked().saturating_sub(1));
            focused.set(to);
            if let Some(body) = body.get_untracked() {
                keep_in_sight(&body, to, row_height.get_untracked());
                focus_row(&body, to);
            }
        };
        let draw = move |(index, height)| grid_row(index, height, focused, &row, &state);
        view! {
            <div
                class=format!("grid {class}")
                role=role
                aria-label=label
                aria-rowcount=text(move || (count.get() + 1).to_string())
                aria-colcount=columns.to_string()
                aria-busy=text(move || busy.get().to_string())
            >
                <div role="rowgroup" class="grid-head">
                    <div role="row" class="grid-head-row" aria-rowindex="1">
                        {head}
                    </div>
                </div>
                <div
                    role="rowgroup"
                    class="grid-body"
                    tabindex="-1"
                    node_ref=body
                    on:scroll=move |_| {
                        if let Some(body) = body.get_untracked() {
                            scrolled.set(usize::try_from(body.scroll_top()).unwrap_or(0));
                        }
                    }
                    on:keydown=keys
                >
                    <div
                        class="grid-space"
                        role="presentation"
                        style:block-size=text(move || format!("{}px", count.get() * row_height.get()))
                    >
                        <For each=rows key=|key| *key children=draw />
                    </div>
                </div>
            </div>
        }
        .into_any()
    }
}

fn grid_row(
    index: usize,
    height: usize,
    focused: RwSignal<usize>,
    row: &Arc<dyn Fn(usize) -> AnyView + Send + Sync>,
    state: &RowStateOf,
) -> AnyView {
    let (of_level, of_expanded) = (state.clone(), state.clone());
    let level = maybe(move || of_level(index).level.map(|level| level.to_string()));
    let expanded = maybe(move || of_expanded(index).expanded.map(|open| open.to_string()));
    let reachable = text(move || if focused.get() == index { "0" } else { "-1" }.to_owned());
    view! {
        <div
            role="row"
            class="grid-row"
            data-row=index.to_string()
            tabindex=reachable
            aria-rowindex=(index + 2).to_string()
            aria-expanded=expanded
            style:transform=format!("translateY({}px)", index * height)
            on:focus=move |_| focused.set(index)
            on:click=move |_| focused.set(index)
        >
            {row(index)}
        </div>
    }
    .add_any_attr(custom_attribute("aria-level", level))
    .into_any()
}

/// Where a key moves the focus: by the model, whatever is drawn.
fn moved(event: &KeyboardEvent, at: usize, page: usize, count: usize) -> Option<usize> {
    let last = count.saturating_sub(1);
    match event.key().as_str() {
        "ArrowDown" => Some(at.saturating_add(1).min(last)),
        "ArrowUp" => Some(at.saturating_sub(1)),
        "PageDown" => Some(at.saturating_add(page).min(last)),
        "PageUp" => Some(at.saturating_sub(page)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// Keys within a button or field of a row are its own; arrows and paging still move the row.
fn on_control(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let inside = target.is_some_and(|target| {
        matches!(target.tag_name().as_str(), "BUTTON" | "INPUT" | "SUMMARY" | "A")
    });
    inside && matches!(event.key().as_str(), "Enter" | " ")
}

fn keep_in_sight(body: &web_sys::HtmlElement, index: usize, row: usize) {
    let pixels = |rows: usize| i32::try_from(rows * row).unwrap_or(i32::MAX);
    let (top, bottom) = (pixels(index), pixels(index + 1));
    if top < body.scroll_top() {
        body.set_scroll_top(top);
    } else if bottom > body.scroll_top() + body.client_height() {
        body.set_scroll_top(bottom - body.client_height());
    }
}

/// The row may only now be drawn: it is there once the frame's updates are done.
fn focus_row(body: &web_sys::HtmlElement, index: usize) {
    let body = body.clone();
    request_animation_frame(move || {
        let row = body.query_selector(&format!("[data-row='{index}']")).ok().flatten();
        if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = row.focus();
        }
    });
}

//! A grid of any length that keeps only the rows in sight in the document.
//!
//! It follows the ARIA patterns for `grid` and `treegrid`: one row takes the focus, arrow keys,
//! Page Up and Down, Home and End move it by the model, not by what is in the document, and the
//! focused row stays in the document even when it is scrolled out of sight.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::platform::resize;

/// Rows drawn beyond each edge, so that a quick scroll meets no blank.
const MARGIN_ROWS: usize = 8;

/// What a row tells assistive technology beside its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowState {
    pub level: Option<u8>,
    pub expanded: Option<bool>,
}

/// Draws the cells of a row.
pub type RowView = Arc<dyn Fn(usize) -> AnyView + Send + Sync>;
/// Tells a row's state.
pub type RowStateOf = Arc<dyn Fn(usize) -> RowState + Send + Sync>;
/// Handles a key on a row; what it gives is the row to go to, none when the key is not its own.
pub type KeyOn = Arc<dyn Fn(&KeyboardEvent, usize) -> Option<usize> + Send + Sync>;

/// A grid of rows of equal height.
#[component]
pub fn VirtualGrid(
    /// Its accessible name.
    label: &'static str,
    /// `grid` or `treegrid`.
    role: &'static str,
    /// The class that sets the columns' widths.
    class: &'static str,
    columns: usize,
    #[prop(into)] count: Signal<usize>,
    #[prop(into)] busy: Signal<bool>,
    /// In CSS pixels, as the stylesheet draws them.
    #[prop(into)]
    row_height: Signal<f64>,
    /// The header row's cells.
    head: AnyView,
    row: RowView,
    state: RowStateOf,
    #[prop(optional)] on_key: Option<KeyOn>,
) -> impl IntoView {
    let body = NodeRef::<html::Div>::new();
    let scrolled = RwSignal::new(0.0);
    let height = RwSignal::new(600);
    let focused = RwSignal::new(0_usize);

    Effect::new(move |_| {
        if let Some(body) = body.get() {
            resize::follow_height(&body, height);
        }
    });
    let in_sight = Memo::new(move |_| {
        window_of(scrolled.get(), f64::from(height.get()), row_height.get(), count.get())
    });
    let drawn = move || {
        let (start, end) = in_sight.get();
        let focused = focused.get().min(count.get().saturating_sub(1));
        let above = (focused < start && focused < count.get()).then_some(focused);
        let below = (focused >= end && focused < count.get()).then_some(focused);
        above.into_iter().chain(start..end).chain(below).collect::<Vec<_>>()
    };
    let go = move |to: usize| {
        let to = to.min(count.get_untracked().saturating_sub(1));
        focused.set(to);
        if let Some(body) = body.get_untracked() {
            keep_in_sight(&body, to, row_height.get_untracked());
            focus_row(&body, to);
        }
    };
    let keys = move |event: KeyboardEvent| {
        let at = focused.get_untracked();
        let page = in_page(f64::from(height.get_untracked()), row_height.get_untracked());
        if event.alt_key() || event.meta_key() || on_control(&event) {
            return;
        }
        let own = on_key.as_ref().and_then(|on_key| on_key(&event, at));
        let to = own.or_else(|| moved(&event, at, page, count.get_untracked()));
        if let Some(to) = to {
            event.prevent_default();
            go(to);
        }
    };
    let draw = move |index: usize| {
        let state_of = state.clone();
        let now = Memo::new(move |_| state_of(index));
        let top = move || {
            // The index is at most what fits a screen list; a float holds it exactly.
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53 rows")]
            let top = index as f64 * row_height.get();
            format!("translateY({top}px)")
        };
        view! {
            <div
                role="row"
                class="grid-row"
                data-row=index
                tabindex=move || if focused.get() == index { "0" } else { "-1" }
                aria-rowindex=index + 2
                attr:aria-level=move || now.get().level
                aria-expanded=move || now.get().expanded.map(|open| open.to_string())
                style:transform=top
                on:focus=move |_| focused.set(index)
            >
                {row(index)}
            </div>
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53 rows")]
    let space = move || format!("{}px", count.get() as f64 * row_height.get());
    view! {
        <div
            class=format!("grid {class}")
            role=role
            aria-label=label
            aria-rowcount=move || count.get() + 1
            aria-colcount=columns
            aria-busy=move || busy.get().to_string()
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
                        scrolled.set(f64::from(body.scroll_top()));
                    }
                }
                on:keydown=keys
            >
                <div class="grid-space" role="presentation" style:block-size=space>
                    <For each=drawn key=|index| *index children=draw />
                </div>
            </div>
        </div>
    }
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

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a screen, never negative here"
)]
fn window_of(scrolled: f64, height: f64, row: f64, count: usize) -> (usize, usize) {
    let first = (scrolled.max(0.0) / row).floor() as usize;
    let shown = (height / row).ceil() as usize + 1;
    let start = first.saturating_sub(MARGIN_ROWS).min(count);
    (start, (first + shown + MARGIN_ROWS).min(count))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a screen, never negative here"
)]
fn in_page(height: f64, row: f64) -> usize {
    ((height / row).floor() as usize).saturating_sub(1).max(1)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "pixels of a scroll position"
)]
fn keep_in_sight(body: &web_sys::HtmlElement, index: usize, row: f64) {
    let top = (index as f64 * row) as i32;
    let bottom = top + row.ceil() as i32;
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

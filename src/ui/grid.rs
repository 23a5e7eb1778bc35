//! A grid of any length that keeps only the rows in sight in the document.
//!
//! It follows the ARIA patterns for `grid` and `treegrid`: one row or cell takes the focus, keys
//! move it by the model, not by what is in the document. A row's element follows the row wherever
//! it goes, so that the focus is never lost to another row, and what a person looks at keeps its
//! place while rows come and go above it.

mod anchor;
mod cells;
mod focus;
mod keys;
mod reading_order;
mod slots;
mod space;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent};

use super::live::text;
use crate::platform::print;
use crate::platform::resize::{self, Size};
use focus::Focus;
use slots::{Slot, Slots};
use space::Space;

/// More rows than that are not for paper: an export has them all.
const MOST_PRINTED: usize = 2_000;

/// A row's identity, wherever it stands.
pub type Key = u64;

/// What a row tells assistive technology beside its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowState {
    pub level: Option<u8>,
    pub expanded: Option<bool>,
    pub selected: Option<bool>,
    /// Its place among its siblings, from 1, and how many there are.
    pub place: Option<(usize, usize)>,
}

/// A row that somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoTo {
    /// It takes the focus, and a place in sight.
    Focus(Key),
    /// A place in sight; who works elsewhere goes on there.
    Sight(Key),
}

/// Where a key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It did its work; the focus stays.
    Stay,
    Row(usize),
    /// Into the cells of the focused row.
    Cells,
}

/// The rows of a grid.
pub trait Rows: Send + Sync {
    /// How many there are. The grid looks again when what this read changes, also when as many
    /// other rows took their place.
    fn count(&self) -> usize;

    fn key(&self, index: usize) -> Key {
        index as Key
    }

    /// The key of the same row today: rows that were fetched again may have got other keys.
    fn key_now(&self, key: Key) -> Key {
        key
    }

    /// Where a row is now; none when it is not among the rows any more.
    fn index_of(&self, key: Key) -> Option<usize> {
        usize::try_from(key).ok()
    }

    /// The row that stands for one that is not shown any more.
    fn stands_for(&self, _key: Key) -> Option<usize> {
        None
    }

    fn state(&self, _index: usize) -> RowState {
        RowState::default()
    }

    /// The cells of the row at an index that changes as the grid scrolls.
    fn cells(&self, index: Signal<usize>) -> AnyView;

    /// Handles a key on a row; none when the key is not its own.
    fn on_key(&self, _event: &KeyboardEvent, _index: usize) -> Option<Step> {
        None
    }

    /// A press on a row, anywhere but on a control within it.
    fn on_press(&self, _event: &MouseEvent, _index: usize) {}

    /// The row now focused.
    fn on_focus(&self, _index: usize) {}
}

/// A grid of rows of equal height.
pub struct Grid {
    /// Its accessible name.
    pub label: &'static str,
    /// `grid` or `treegrid`.
    pub role: &'static str,
    /// The class that sets the columns' widths.
    pub class: &'static str,
    pub columns: Signal<usize>,
    /// The width below which the columns scroll sideways, in CSS pixels.
    pub least_width: Signal<usize>,
    pub busy: Signal<bool>,
    /// In CSS pixels, as the stylesheet draws them.
    pub row_height: Signal<usize>,
    /// The rows of the header, each an element of role `row`.
    pub head: AnyView,
    pub head_rows: usize,
    pub rows: Arc<dyn Rows>,
    /// Whether several rows can be selected.
    pub selects: bool,
    pub go_to: RwSignal<Option<GoTo>>,
}

/// What the parts of a grid share.
#[derive(Clone)]
struct Shared {
    rows: Arc<dyn Rows>,
    body: NodeRef<html::Div>,
    space: StoredValue<Space>,
    focus: RwSignal<Focus>,
    row_height: Signal<usize>,
    /// Of what scrolls and of the header in it.
    size: RwSignal<Size>,
    head_size: RwSignal<Size>,
    head_rows: usize,
    /// Lays out anew when it changes.
    again: RwSignal<u32>,
    /// Paper cannot be scrolled.
    is_printing: ReadSignal<bool>,
}

impl Shared {
    /// What scrolls; none before the grid is drawn, and once it is gone.
    fn body(&self) -> Option<HtmlElement> {
        self.body.try_get_untracked().flatten().map(HtmlElement::from)
    }

    /// How much of the rows is in sight, in CSS pixels.
    fn viewport(&self) -> usize {
        self.size.get().1.saturating_sub(self.head_size.get().1)
    }
}

impl Grid {
    pub fn view(self) -> AnyView {
        let Self { label, role, class, columns, busy, row_height, head, head_rows, rows, .. } =
            self;
        let count_of = rows.clone();
        let count = Memo::new(move |_| count_of.count());
        let shared = Shared {
            rows,
            body: NodeRef::new(),
            space: StoredValue::new(Space::default()),
            focus: RwSignal::new(Focus::default()),
            row_height,
            size: RwSignal::new((1_000, 600)),
            head_size: RwSignal::new((1_000, 0)),
            head_rows,
            again: RwSignal::new(0),
            is_printing: print::is_printing(),
        };
        let room = NodeRef::<html::Div>::new();
        let slots = RwSignal::new(Vec::<Slot>::new());
        let head_place = NodeRef::<html::Div>::new();
        follow_sizes(&shared, head_place);
        let (size, least) = (shared.size, self.least_width);
        let class = text(move || {
            let scrolls = if least.get() > size.get().0 { " scrolls" } else { "" };
            format!("grid {class}{scrolls}")
        });
        lay_out(&shared, room, slots);
        follow_requests(&shared, self.go_to);

        let (of_keys, of_focus, of_press) = (shared.clone(), shared.clone(), shared.clone());
        let (of_slots, of_scroll) = (shared.clone(), shared.clone());
        view! {
            <div
                class=class
                part="grid"
                role=role
                aria-label=label
                aria-multiselectable=self.selects.then_some("true")
                aria-rowcount=text(move || (count.get() + head_rows).to_string())
                aria-colcount=text(move || columns.get().to_string())
                aria-busy=text(move || busy.get().to_string())
                // Else a browser would make a stop of what scrolls.
                tabindex="-1"
                node_ref=shared.body
                on:scroll=move |_| {
                    if let Some(body) = of_scroll.body.get_untracked() {
                        of_scroll.space.update_value(|space| space.scrolled(&body));
                    }
                    of_scroll.again.update(|times| *times = times.wrapping_add(1));
                }
            >
                    <div
                        role="rowgroup"
                        class="grid-head"
                        node_ref=head_place
                        on:keydown=move |event| keys::along_the_head(&event)
                    >
                        {head}
                    </div>
                    <div
                        role="rowgroup"
                        class="grid-space"
                        node_ref=room
                        on:keydown=move |event| keys::pressed(&of_keys, &event)
                        on:focusin=move |event| focus::came(&of_focus, &event)
                        on:click=move |event: MouseEvent| {
                            if let Some(index) = cells::row_of(event.target()) {
                                of_press.rows.on_press(&event, index);
                            }
                        }
                    >
                        <For
                            each=move || slots.get()
                            key=|slot| slot.number
                            children=move |slot| cells::row(&of_slots, slot)
                        />
                    </div>
            </div>
        }
        .into_any()
    }
}

fn follow_sizes(shared: &Shared, head: NodeRef<html::Div>) {
    let (body, size, head_size) = (shared.body, shared.size, shared.head_size);
    Effect::new(move |_| {
        if let (Some(body), Some(head)) = (body.get(), head.get()) {
            resize::follow_size(&body, size);
            resize::follow_size(&head, head_size);
        }
    });
}

/// Keeps the rows in sight in the slots, and what is looked at in its place.
fn lay_out(shared: &Shared, room: NodeRef<html::Div>, slots: RwSignal<Vec<Slot>>) {
    let shared = shared.clone();
    let kept = StoredValue::new(Slots::default());
    let before = StoredValue::new(None::<anchor::Anchor>);
    let put_in_order = reading_order::keep(room);
    Effect::new(move |_| {
        let (Some(body), Some(room)) = (shared.body.get(), room.get()) else { return };
        shared.again.track();
        let count = shared.rows.count();
        let (row_height, viewport) = (shared.row_height.get(), shared.viewport());
        let focus = focus::follow(&shared, count);
        let is_printing = shared.is_printing.get();
        let laid_out = if is_printing { count.min(MOST_PRINTED) } else { count };
        let content = laid_out * row_height;
        shared.space.update_value(|space| space.fit(&body, &room, content, viewport));
        let moved = before.with_value(|before| {
            let anchor = before.as_ref()?;
            anchor.moved(&*shared.rows, row_height)
        });
        if let Some(to) = moved {
            shared.space.update_value(|space| space.go_to(&body, to));
        }
        let top = shared.space.with_value(Space::top);
        let seen = if is_printing {
            0..laid_out
        } else {
            slots::in_sight(top, viewport, row_height, count)
        };
        before.set_value(anchor::Anchor::at(&*shared.rows, top, &seen, focus, row_height));
        let wanted = slots::wanted(&*shared.rows, seen, focus.map(|focus| focus.index));
        let base = shared.space.with_value(Space::base);
        let show = |kept: &mut Slots| {
            kept.renew(&*shared.rows);
            kept.show(&wanted, base)
        };
        let more = kept.try_update_value(show).flatten();
        if let Some(all) = more {
            slots.set(all);
        }
        focus::keep(&shared, focus);
        if is_printing {
            reading_order::put_in_order(&room);
        } else {
            put_in_order();
        }
    });
}

/// Brings a row that somebody asked for into sight.
fn follow_requests(shared: &Shared, go_to: RwSignal<Option<GoTo>>) {
    let shared = shared.clone();
    Effect::new(move |_| {
        let (Some(wanted), Some(_)) = (go_to.get(), shared.body.get()) else { return };
        go_to.set(None);
        let (GoTo::Focus(key) | GoTo::Sight(key)) = wanted;
        if let Some(index) = shared.rows.index_of(key) {
            match wanted {
                GoTo::Focus(_) => focus::go(&shared, index, None),
                GoTo::Sight(_) => {
                    focus::bring(&shared, index, None, false);
                }
            }
        }
    });
}

//! Choosing, ordering, pinning and sizing columns without a pointer.

use leptos::prelude::*;
use seatree_core::view::{Column, LEAST_WIDTH, Layout, MOST_WIDTH, Placed, Shift};

use crate::app::context::{Context, context};
use crate::platform::{focus, place};
use crate::tree::columns::{all, choose, group, label, short, shown, shown_untracked, width};
use crate::ui::live::{live, press};

pub(super) fn content() -> AnyView {
    let context = context();
    let layout = Memo::new(move |_| shown(context));
    let shown_rows = live(move || {
        let layout = layout.get();
        let rows: Vec<AnyView> =
            layout.columns.iter().map(|placed| shown_row(context, placed)).collect();
        rows.into_any()
    });
    let hidden = live(move || {
        let layout = layout.get();
        let groups = all(context).into_iter().filter_map(|(meter, columns)| {
            let hidden: Vec<AnyView> = columns
                .into_iter()
                .filter(|column| layout.find(column).is_none())
                .map(|column| hidden_row(context, column))
                .collect();
            let title = group(&meter).to_owned();
            (!hidden.is_empty()).then(|| {
                view! {
                    <li>
                        <h4>
                            <bdi>{title}</bdi>
                        </h4>
                        <div class="chips">{hidden}</div>
                    </li>
                }
                .into_any()
            })
        });
        groups.collect::<Vec<_>>().into_any()
    });
    view! {
        <h3>"Shown, after the name"</h3>
        <ol class="column-list">{shown_rows}</ol>
        <h3>"Not shown"</h3>
        <ul class="column-groups">{hidden}</ul>
        <div class="dialog-foot">
            <button class="button" on:click=press(move || choose(context, None))>
                "Use the usual columns"
            </button>
        </div>
    }
    .into_any()
}

fn change(context: Context, change: impl FnOnce(&mut Layout)) {
    let mut layout = shown_untracked(context);
    change(&mut layout);
    choose(context, Some(layout));
}

fn shown_row(context: Context, placed: &Placed) -> AnyView {
    let column = &placed.column;
    let name = label(column);
    let [of_hide, of_width, of_pin] = [(); 3].map(|()| column.clone());
    let pinned = placed.is_pinned;
    let resize = move |event| {
        if let Ok(width) = event_target_value(&event).parse() {
            change(context, |layout| layout.resize(Some(&of_width), width));
        }
    };
    view! {
        <li>
            <label>
                <input
                    type="checkbox"
                    checked
                    on:change=move |_| change(context, |layout| layout.toggle(&of_hide))
                />
                <bdi>{name.clone()}</bdi>
            </label>
            <label class="column-width">
                <span class="sr-only">{format!("Width of {name} in pixels")}</span>
                <input
                    type="number"
                    min=LEAST_WIDTH.to_string()
                    max=MOST_WIDTH.to_string()
                    step="4"
                    prop:value=width(placed).to_string()
                    on:change=resize
                />
                <span aria-hidden="true">"px"</span>
            </label>
            <button
                class="button small"
                aria-pressed=pinned.to_string()
                aria-label=format!("Pin {name}")
                on:click=press(move || change(context, |layout| layout.pin(&of_pin, !pinned)))
            >
                "Pin"
            </button>
            {mover(context, column, Shift::Earlier, "↑", &format!("Move {name} earlier"))}
            {mover(context, column, Shift::Later, "↓", &format!("Move {name} later"))}
        </li>
    }
    .into_any()
}

/// Moves a column, and the focus with it.
fn mover(context: Context, column: &Column, by: Shift, sign: &'static str, label: &str) -> AnyView {
    let column = column.clone();
    let id = format!("{sign}-{}", place::encode(&column.to_string()));
    let own = id.clone();
    view! {
        <button
            class="button small"
            id=id
            aria-label=label.to_owned()
            on:click=press(move || {
                change(context, |layout| layout.shift(&column, by));
                let own = own.clone();
                request_animation_frame(move || focus::on_id(&own));
            })
        >
            {sign}
        </button>
    }
    .into_any()
}

fn hidden_row(context: Context, column: Column) -> AnyView {
    let (name, words) = (label(&column), short(&column));
    view! {
        <button
            class="chip"
            aria-label=format!("Show {name}")
            on:click=press(move || change(context, |layout| layout.toggle(&column)))
        >
            "+ "
            {words}
        </button>
    }
    .into_any()
}

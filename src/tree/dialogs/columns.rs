//! Choosing, ordering, pinning and sizing columns without a pointer.

use leptos::prelude::*;
use seatree_core::say;
use seatree_core::view::{Column, LEAST_WIDTH, Layout, MOST_WIDTH, Shift};
use seatree_core::words::tr;

use crate::app::context::{Context, context};
use crate::platform::place;
use crate::tree::columns::{all, choose, group, label, short, shown, shown_untracked, width};
use crate::ui::live::{live, press, text};
use crate::ui::name;

pub(super) fn content() -> AnyView {
    let context = context();
    let layout = Memo::new(move |_| shown(context));
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
        <h3>{tr("Shown, after the name")}</h3>
        <ol class="column-list">
            // Each column keeps its line, and the focus in it, wherever it goes.
            <For
                each=move || layout.get().columns.into_iter().map(|placed| placed.column)
                key=Column::to_string
                children=move |column| shown_row(context, layout, &column)
            />
        </ol>
        <h3>{tr("Not shown")}</h3>
        <ul class="column-groups">{hidden}</ul>
        <div class="dialog-foot">
            <button class="button" on:click=press(move || choose(context, None))>
                {tr("Use the usual columns")}
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

fn shown_row(context: Context, layout: Memo<Layout>, column: &Column) -> AnyView {
    let name = label(column);
    let [of_hide, of_width, of_pin, of_placed] = [(); 4].map(|()| column.clone());
    let placed = Memo::new(move |_| {
        layout.with(|layout| layout.columns.get(layout.find(&of_placed)?).cloned())
    });
    let is_pinned = Memo::new(move |_| placed.get().is_some_and(|placed| placed.is_pinned));
    let wide = text(move || placed.get().map(|p| width(&p).to_string()).unwrap_or_default());
    let hide = move || {
        change(context, |layout| layout.toggle(&of_hide));
        focus_on(context, id("show", &of_hide));
    };
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
                    id=id("hide", column)
                    checked
                    on:change=move |_| hide()
                />
                <bdi>{name.clone()}</bdi>
            </label>
            <label class="column-width">
                <span class="sr-only">{say!("Width of {name} in pixels", name)}</span>
                <input
                    type="number"
                    min=LEAST_WIDTH.to_string()
                    max=MOST_WIDTH.to_string()
                    step="4"
                    prop:value=wide
                    on:change=resize
                />
                <span aria-hidden="true">"px"</span>
            </label>
            <button
                class="button small"
                aria-pressed=text(move || is_pinned.get().to_string())
                aria-label=name::full(tr("Pin"), &say!("Pin {name}", name))
                on:click=press(move || {
                    let pin = !is_pinned.get_untracked();
                    change(context, |layout| layout.pin(&of_pin, pin));
                })
            >
                {tr("Pin")}
            </button>
            {mover(context, column, Shift::Earlier, "↑", &say!("Move {name} earlier", name))}
            {mover(context, column, Shift::Later, "↓", &say!("Move {name} later", name))}
        </li>
    }
    .into_any()
}

/// Moves a column, and the focus with it.
fn mover(context: Context, column: &Column, by: Shift, sign: &'static str, label: &str) -> AnyView {
    let column = column.clone();
    let id = id(sign, &column);
    let own = id.clone();
    view! {
        <button
            class="button small"
            id=id
            aria-label=label.to_owned()
            on:click=press(move || {
                change(context, |layout| layout.shift(&column, by));
                focus_on(context, own.clone());
            })
        >
            {sign}
        </button>
    }
    .into_any()
}

/// A control of a column, for the focus.
fn id(control: &str, column: &Column) -> String {
    format!("{control}-{}", place::encode(&column.to_string()))
}

/// Gives the focus to what is there once the column has moved.
fn focus_on(context: Context, id: String) {
    request_animation_frame(move || context.root.focus_id(&id));
}

fn hidden_row(context: Context, column: Column) -> AnyView {
    let (name, words, own) = (label(&column), short(&column), id("show", &column));
    view! {
        <button
            class="chip"
            id=own
            aria-label=say!("+ {words}: show {name}", words, name)
            on:click=press(move || {
                change(context, |layout| layout.toggle(&column));
                focus_on(context, id("hide", &column));
            })
        >
            "+ "
            {words}
        </button>
    }
    .into_any()
}

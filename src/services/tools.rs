//! What stands above the list: filter, findings, types, and reading again what failed.

use leptos::html;
use leptos::prelude::*;
use seatree_core::insight::Mark;
use seatree_core::live_platform::LicenseType;
use seatree_core::plural;
use seatree_core::say;
use seatree_core::services::{Census, Column, Sort};
use seatree_core::words::{said, tr};
use web_sys::KeyboardEvent;

use super::head::{COLUMNS, Head};
use super::list::outlook;
use super::retry;
use crate::app::context::Context;
use crate::app::dialog::Dialog;
use crate::platform::numbers::whole;
use crate::tree::{FILTER_ID, finding_class, finding_icon, finding_short, finding_words};
use crate::ui::icons;
use crate::ui::live::{flag, live, live_if, press, text};

pub(super) fn tools(context: Context) -> AnyView {
    let census = Memo::new(move |_| {
        let outlook = outlook(context);
        context.services.with(|all| Census::of(all, outlook))
    });
    let details = text(move || context.services.details.get().to_string());
    view! {
        <div class="tools services-tools">
            {field(context)}
            {chips(context, census)}
            {types(context, census)}
            {order(context)}
            {progress(census)}
            <span class="spring"></span>
            {again(context)}
            <button
                class="button"
                aria-haspopup="dialog"
                on:click=press(move || context.dialog.set(Some(Dialog::Export)))
            >
                {tr("Export")}
            </button>
            <button
                class="button bare"
                aria-pressed=details
                aria-label=tr("Details")
                title=tr("Details of the focused service (Enter)")
                on:click=press(move || context.services.details.update(|open| *open = !*open))
            >
                {icons::side()}
            </button>
        </div>
    }
    .into_any()
}

fn field(context: Context) -> AnyView {
    let field = NodeRef::<html::Input>::new();
    // What changes the filter from elsewhere shows here.
    Effect::new(move |_| {
        let text = context.services.filter.with(|filter| filter.text.clone());
        if let Some(field) = field.get()
            && field.value() != text
        {
            field.set_value(&text);
        }
    });
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" | "ArrowDown" => {
            event.prevent_default();
            context.root.focus(super::ROW);
        }
        _ => {}
    };
    view! {
        <search class="filter">
            {icons::funnel()}
            <input
                id=FILTER_ID
                type="search"
                aria-label=tr("Filter by name or id")
                placeholder=tr("Filter services")
                autocomplete="off"
                spellcheck="false"
                aria-keyshortcuts="/"
                node_ref=field
                on:input=move |event| {
                    let text = event_target_value(&event);
                    context.services.change_filter(|filter| filter.text = text);
                }
                on:keydown=on_key
            />
        </search>
    }
    .into_any()
}

fn chips(context: Context, census: Memo<Census>) -> AnyView {
    let mut chips: Vec<AnyView> =
        Mark::ALL.into_iter().map(|mark| of_mark(context, census, mark)).collect();
    chips.push(of_factor(context, census));
    view! {
        <div class="findings" role="group" aria-label=tr("Findings")>
            {chips}
        </div>
    }
    .into_any()
}

fn of_mark(context: Context, census: Memo<Census>, mark: Mark) -> AnyView {
    let count = Memo::new(move |_| census.with(|census| census.marked(mark)));
    let pressed =
        Memo::new(move |_| context.services.filter.with(|filter| filter.marks.contains(mark)));
    let toggle = move || context.services.change_filter(|filter| filter.marks.toggle(mark));
    chip(
        finding_class(mark),
        count,
        pressed,
        (finding_short(mark), finding_words(mark)),
        move || finding_icon(mark),
        toggle,
    )
}

fn of_factor(context: Context, census: Memo<Census>) -> AnyView {
    let count = Memo::new(move |_| census.with(|census| census.factor_off));
    let pressed = Memo::new(move |_| context.services.filter.with(|filter| filter.factor_off));
    let toggle = move || {
        context.services.change_filter(|filter| filter.factor_off = !filter.factor_off);
    };
    let title = tr("A factor is switched off: its users or numbers are not counted");
    chip("idle", count, pressed, (tr("factor off"), title), hatch, toggle)
}

/// What is configured and not counted, as in the bars.
fn hatch() -> AnyView {
    view! { <i class="swatch factor off" aria-hidden="true"></i> }.into_any()
}

/// A button that counts some services and shows only those. It stays the same element while it is
/// pressed, so that the focus stays on it.
fn chip(
    class: &'static str,
    count: Memo<usize>,
    pressed: Memo<bool>,
    (short, title): (&'static str, &'static str),
    icon: impl Fn() -> AnyView + Send + 'static,
    toggle: impl Fn() + Copy + Send + 'static,
) -> AnyView {
    let is_there = Memo::new(move |_| count.get() > 0 || pressed.get());
    live_if(move || {
        let chip = || {
            view! {
                <button
                    class=format!("chip {class}")
                    aria-pressed=text(move || pressed.get().to_string())
                    title=title
                    on:click=press(toggle)
                >
                    {icon()}
                    <b>{text(move || whole(count.get()))}</b>
                    {short}
                </button>
            }
            .into_any()
        };
        is_there.get().then(chip)
    })
}

/// The types there are, with how many services have each.
fn types(context: Context, census: Memo<Census>) -> AnyView {
    const ALL: &str = "all";
    let types = Memo::new(move |_| census.with(|census| census.types.clone()));
    let key = |license_type: LicenseType| {
        license_type.0.map_or_else(|| "none".to_owned(), |number| number.to_string())
    };
    let options = live(move || {
        let chosen = context.services.filter.with(|filter| filter.license_type);
        let mut types = types.get();
        // A link may name a type that no service has.
        if let Some(chosen) = chosen.filter(|chosen| types.iter().all(|(known, _)| known != chosen))
        {
            types.push((chosen, 0));
        }
        let option = |(license_type, count): (LicenseType, usize)| {
            let words = format!("{} ({})", license_type.label(), whole(count));
            let selected = chosen == Some(license_type);
            view! { <option value=key(license_type) selected=selected>{words}</option> }.into_any()
        };
        let all = view! { <option value=ALL selected=chosen.is_none()>{tr("All types")}</option> };
        let types: Vec<AnyView> = types.into_iter().map(option).collect();
        view! { {all} {types} }.into_any()
    });
    let choose = move |event| {
        let value = event_target_value(&event);
        let license_type = match value.as_str() {
            ALL => None,
            number => Some(LicenseType(number.parse().ok())),
        };
        context.services.change_filter(|filter| filter.license_type = license_type);
    };
    view! {
        <select class="button types" aria-label=tr("License type") on:change=choose>
            {options}
        </select>
    }
    .into_any()
}

/// The order, where there is no room for a header.
fn order(context: Context) -> AnyView {
    let options = live(move || {
        let sort = context.services.sort.get();
        let option = |Head { by, label, .. }: Head| {
            let selected = sort.is_some_and(|sort| sort.by == by);
            view! { <option value=by.key() selected=selected>{said(label)}</option> }.into_any()
        };
        let options: Vec<AnyView> = COLUMNS.into_iter().map(option).collect();
        view! {
            <option value="" selected=sort.is_none()>{tr("As listed")}</option>
            {options}
        }
        .into_any()
    });
    let choose = move |event| {
        let value = event_target_value(&event);
        let by = COLUMNS.into_iter().map(|head| head.by).find(|by| by.key() == value);
        let descending = |by| !matches!(by, Column::Name | Column::Type);
        context.services.sort.set(by.map(|by| Sort { by, descending: descending(by) }));
    };
    view! {
        <select class="button narrow-only" aria-label=tr("Sort by") on:change=choose>
            {options}
        </select>
    }
    .into_any()
}

/// How far the reading is.
fn progress(census: Memo<Census>) -> AnyView {
    let counts = Memo::new(move |_| census.with(|census| (census.reading, census.services)));
    let words = text(move || match counts.get() {
        (0, _) => String::new(),
        (reading, of) => {
            say!("{part} of {whole} read", part = whole(of - reading), whole = whole(of))
        }
    });
    let bar = live_if(move || {
        let (reading, of) = counts.get();
        (reading > 0).then(|| {
            view! {
                <progress
                    max=of.to_string()
                    value=(of - reading).to_string()
                    aria-label=tr("Services read")
                ></progress>
            }
            .into_any()
        })
    });
    view! {
        <span class="reading">
            {bar}
            <span role="status">{words}</span>
        </span>
    }
    .into_any()
}

/// Reads what failed again, and only that.
fn again(context: Context) -> AnyView {
    let failed = Memo::new(move |_| context.services.with(retry::failed));
    let is_there = flag(move || failed.get() > 0);
    live_if(move || {
        is_there.get().then(|| {
            view! {
                <button
                    class="button"
                    title=tr("Reads the services again that could not be read, and no others")
                    on:click=press(move || {
                        // The button goes with the failures.
                        context.root.focus(super::ROW);
                        retry::all_failed(context);
                    })
                >
                    {icons::again()}
                    {text(move || plural!(failed.get(), "Retry {n} failed", "Retry {n} failed"))}
                </button>
            }
            .into_any()
        })
    })
}

//! What narrows the users beside words: what they require, devices, features; and their order.

use leptos::prelude::*;
use seatree_core::people::{Flag, Required, Wanted};
use seatree_core::say;
use seatree_core::words::{said, tr};

use super::grid::ORDERS;
use super::row;
use crate::clusters::at::At;
use crate::platform::numbers;
use crate::ui::icons;
use crate::ui::live::{live, live_if, press, text};

/// What is looked for in the list that is shown.
pub(super) fn wanted<T: PartialEq + Send + Sync + 'static>(
    at: At,
    of: impl Fn(&Wanted) -> T + Send + Sync + 'static,
) -> Memo<Option<T>> {
    Memo::new(move |_| at.with_list(|list| of(list.people.wanted())))
}

/// A button for each license that somebody requires.
pub(super) fn required(at: At) -> AnyView {
    let counts = Memo::new(move |_| {
        at.with_list(|list| {
            let types = list.users.users_by_type().into_iter();
            let mut counts: Vec<(Required, usize)> =
                types.map(|(of, count)| (Required::Type(of), count)).collect();
            let without = list.users.without_license();
            if without > 0 {
                counts.push((Required::Nothing, without));
            }
            counts
        })
        .unwrap_or_default()
    });
    let kinds = Memo::new(move |_| {
        counts.with(|counts| counts.iter().map(|(of, _)| of.clone()).collect::<Vec<_>>())
    });
    let chosen = wanted(at, |wanted| wanted.required.clone());
    let chip = move |of: Required| {
        let (name, class) = row::license(&of);
        let (of_count, of_pressed) = (of.clone(), of.clone());
        let count = text(move || {
            let of = |counts: &Vec<(Required, usize)>| {
                counts.iter().find(|(known, _)| *known == of_count).map_or(0, |(_, count)| *count)
            };
            numbers::whole(counts.with(of))
        });
        let pressed = text(move || {
            chosen.with(|chosen| {
                chosen.as_ref().is_some_and(|chosen| chosen.contains(&of_pressed)).to_string()
            })
        });
        let act = press(move || {
            let of = of.clone();
            at.arrange(move |wanted, _| {
                let before = wanted.required.len();
                wanted.required.retain(|known| *known != of);
                if wanted.required.len() == before {
                    wanted.required.push(of);
                }
            });
        });
        view! {
            <button class="chip" aria-pressed=pressed on:click=act>
                <span class=class>{name}</span>
                " "
                <b class="num">{count}</b>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="users-required" role="group" aria-label=tr("License type")>
            {live(move || kinds.get().into_iter().map(chip).collect::<Vec<_>>().into_any())}
        </div>
    }
    .into_any()
}

pub(super) fn devices(at: At) -> AnyView {
    let end = move |label: &'static str, of: fn(&mut Wanted) -> &mut Option<u32>| {
        let value = Memo::new(move |_| {
            let mut wanted = at.with_list(|list| list.people.wanted().clone())?;
            *of(&mut wanted)
        });
        let shown = text(move || value.get().map(|count| count.to_string()).unwrap_or_default());
        view! {
            <input
                type="number"
                min="0"
                inputmode="numeric"
                aria-label=label
                prop:value=shown
                on:change=move |event| {
                    let typed = event_target_value(&event).trim().parse::<u32>().ok();
                    at.arrange(|wanted, _| *of(wanted) = typed);
                }
            />
        }
        .into_any()
    };
    view! {
        <div class="users-devices" role="group" aria-label=tr("Devices")>
            {tr("Devices")}
            {end(tr("Devices, at least"), |wanted| &mut wanted.least_devices)}
            {tr("to")}
            {end(tr("Devices, at most"), |wanted| &mut wanted.most_devices)}
        </div>
    }
    .into_any()
}

pub(super) fn flag(
    at: At,
    name: &'static str,
    of: fn(&mut Wanted) -> &mut Option<Flag>,
) -> AnyView {
    let value = Memo::new(move |_| {
        let mut wanted = at.with_list(|list| list.people.wanted().clone())?;
        *of(&mut wanted)
    });
    let options: Vec<AnyView> = Flag::ALL
        .into_iter()
        .map(|flag| view! { <option value=flag.word()>{flag.name()}</option> }.into_any())
        .collect();
    let on_change = move |event| {
        let word = event_target_value(&event);
        let chosen = Flag::ALL.into_iter().find(|flag| flag.word() == word);
        at.arrange(|wanted, _| *of(wanted) = chosen);
    };
    view! {
        <label class="users-flag">
            {name}
            <select
                class="button"
                prop:value=text(move || value.get().map_or("", Flag::word).to_owned())
                on:change=on_change
            >
                <option value="">{tr("any")}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// The order, where there is no room for the header that sorts.
pub(super) fn order(at: At) -> AnyView {
    let is_narrow = at.context().is_narrow;
    let sorted = Memo::new(move |_| at.with_list(|list| list.people.sorted()).flatten());
    let on_change = move |event| {
        let name = event_target_value(&event);
        let chosen = ORDERS.into_iter().find(|(known, _)| *known == name);
        at.arrange(|_, sorted| *sorted = chosen.map(|(_, order)| order));
    };
    live_if(move || {
        let options: Vec<AnyView> = ORDERS
            .into_iter()
            .map(|(name, _)| view! { <option value=name>{said(name)}</option> }.into_any())
            .collect();
        let shown = move || {
            let sorted = sorted.get();
            ORDERS
                .into_iter()
                .find(|(_, order)| Some(*order) == sorted)
                .map_or("", |(name, _)| name)
        };
        let view = move || {
            view! {
                <label class="users-flag">
                    {tr("Sort")}
                    <select
                        class="button"
                        prop:value=text(move || shown().to_owned())
                        on:change=on_change
                    >
                        <option value="">{tr("as listed")}</option>
                        {options}
                    </select>
                </label>
            }
            .into_any()
        };
        is_narrow.get().then(view)
    })
}

/// Who is a step away from a cheaper license, chosen in a tab of its own.
pub(super) fn step(at: At) -> AnyView {
    let step = wanted(at, |wanted| wanted.step);
    live_if(move || {
        let step = step.get().flatten()?;
        let words = say!(
            "one device less: {before} → {after}",
            before = step.frees().to_string(),
            after = step.leaves().to_string()
        );
        let view = view! {
            <button
                class="chip"
                aria-pressed="true"
                title=tr("Show the others, too")
                on:click=press(move || at.arrange(|wanted, _| wanted.step = None))
            >
                {words}
                " "
                {icons::cross()}
            </button>
        };
        Some(view.into_any())
    })
}

//! What one device less would free: how many users, and of which license.

use leptos::prelude::*;
use seatree_core::people::{By, Sorted, Step, Wanted};
use seatree_core::plural;
use seatree_core::say;
use seatree_core::words::tr;

use super::at::{At, Which};
use super::tabs::{self, Tab};
use super::totals::tier;
use crate::platform::numbers::whole;
use crate::ui::live::{live, press, text};

pub(super) fn what_if(at: At) -> AnyView {
    let steps = Memo::new(move |_| {
        at.with(|cluster| cluster.list.steps.counts().collect::<Vec<_>>()).unwrap_or_default()
    });
    let untold = text(move || match at.with(|cluster| cluster.list.steps.untold()).unwrap_or(0) {
        0 => String::new(),
        untold => plural!(
            untold,
            "Of {n} user the reply does not tell enough to say.",
            "Of {n} users the reply does not tell enough to say."
        ),
    });
    view! {
        <div class="tab-scroll" tabindex="0" role="group" aria-label=tr("One device less")>
            <p class="what-if-words">
                {tr("Users whom Cisco's rules would take to a cheaper license if one of their devices had another owner, or were removed. The rules go by how many devices a user owns; which one could go, and whether anybody uses it, AXL does not tell.")}
            </p>
            {live(move || {
                let (keeps, last): (Vec<_>, Vec<_>) =
                    steps.get().into_iter().partition(|(step, _)| step.keeps_a_device());
                view! {
                    {table(at, tr("One device less, others stay"), tr("Others stay"), keeps)}
                    {table(at, tr("The only device"), tr("Their only device"), last)}
                }
                .into_any()
            })}
            <p class="dim">{untold}</p>
        </div>
    }
    .into_any()
}

fn table(at: At, label: &'static str, heading: &'static str, steps: Vec<(Step, usize)>) -> AnyView {
    if steps.is_empty() {
        let words = say!("{heading}: nobody.", heading);
        return view! { <p class="dim">{words}</p> }.into_any();
    }
    let rows: Vec<AnyView> = steps.into_iter().map(|(step, count)| row(at, step, count)).collect();
    view! {
        <h3>{heading}</h3>
        <div role="table" aria-label=label class="totals-table what-if">
            <div role="rowgroup">
                <div role="row" class="dim">
                    <span role="columnheader">{tr("Would free")}</span>
                    <span role="columnheader" class="num">{tr("Licenses")}</span>
                    <span role="columnheader">{tr("Users with")}</span>
                    <span role="columnheader">{tr("Would then require")}</span>
                    <span role="columnheader">
                        <span class="sr-only">{tr("Show them")}</span>
                    </span>
                </div>
            </div>
            <div role="rowgroup">{rows}</div>
        </div>
    }
    .into_any()
}

fn row(at: At, step: Step, count: usize) -> AnyView {
    let of = step.frees();
    let show = press(move || {
        at.which.set(Which::Read);
        at.arrange(|wanted, sorted| {
            *wanted = Wanted { step: Some(step), ..Wanted::default() };
            *sorted = Some(Sorted { by: By::LastName, descending: false });
        });
        at.tab.set(Tab::Users);
        at.context().root.focus_id(tabs::id(Tab::Users));
    });
    let name = plural!(count, "Show {n} user", "Show {n} users");
    view! {
        <div role="row">
            <span role="rowheader" class=tier(&of)>
                <bdi>{of.name().to_owned()}</bdi>
            </span>
            <span role="cell" class="num whole">{whole(count)}</span>
            <span role="cell" data-before=tr("of users with")>{step.whose()}</span>
            <span role="cell" data-before=tr("then:")>{step.leaves()}</span>
            <span role="cell">
                <button class="button small" on:click=show>
                    {name}
                </button>
            </span>
        </div>
    }
    .into_any()
}

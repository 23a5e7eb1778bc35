//! Everything about one change, beside the list of them.

use leptos::prelude::*;
use seatree_core::edit::{LimitId, Outcome};
use seatree_core::estate::NodeRef;
use seatree_core::say;
use seatree_core::words::tr;

use super::change::{Change, Place, say};
use super::sums::Sum;
use super::words;
use crate::app::Page;
use crate::app::context::Context;
use crate::platform::numbers::{count, figure};
use crate::tree::meter_name;
use crate::ui::error_notice::error_notice;
use crate::ui::icons;
use crate::ui::live::{live_if, press};

/// The panel of the focused change.
pub(super) fn about(
    context: Context,
    changes: Memo<Vec<Change>>,
    sums: Memo<Vec<Sum>>,
    focused: RwSignal<Option<LimitId>>,
) -> AnyView {
    let change = Memo::new(move |_| {
        let id = focused.get()?;
        changes.with(|all| all.iter().find(|change| change.id == id).cloned())
    });
    live_if(move || {
        let change = change.get()?;
        let close = move || {
            focused.set(None);
            context.root.focus(".change-list .grid-space [tabindex='0']");
        };
        let panel = view! {
            <aside
                class="details"
                aria-label=tr("About the change")
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        close();
                    }
                }
            >
                <button class="button bare details-close" aria-label=tr("Close") on:click=press(close)>
                    {icons::cross()}
                </button>
                {content(context, &change, sums)}
            </aside>
        };
        Some(panel.into_any())
    })
}

fn content(context: Context, change: &Change, sums: Memo<Vec<Sum>>) -> AnyView {
    let (class, icon, said) = say(change);
    let license = meter_name(&change.id.meter).to_owned();
    let explained = change.outcome.as_ref().and_then(words::explained);
    let explained = explained.or(match change.place {
        Place::Here { warning: Some(warning), .. } if change.outcome.is_none() => {
            Some(words::warned(warning))
        }
        Place::NotRead => Some(tr("Sign in to its connection to see what it does, and to send it.")),
        Place::Gone => Some(
            tr("It may have been removed or moved, or this account does not see it. Sending it asks the \
             platform."),
        ),
        Place::Here { .. } => None,
    });
    let error = change.outcome.as_ref().and_then(words::error);
    let error = error.map(|error| {
        if words::is_of_the_limit(error) {
            // Beside what is explained above, only what the platform said is to be told.
            return view! { <p class="platform-said">{error.what()}</p> }.into_any();
        }
        error_notice(&words::name(&change.names.subscription), error)
    });
    view! {
        <p class="dim">
            <bdi>{words::place(&change.id, &change.names)}</bdi>
        </p>
        <h2 class="details-name">
            <bdi>{words::name(&change.names.subscription)}</bdi>
        </h2>
        <p class="from-to">
            <span class="dim"><bdi>{license}</bdi></span>
            <b>{format!("{} → {}", figure(change.old), count(change.new.get()))}</b>
            <span class="dim">{words::delta(change.old, change.new)}</span>
        </p>
        <p class=format!("said {class}")>
            {icon} <span>{said}</span>
        </p>
        {explained.map(|words| view! { <p class="dim">{words}</p> }.into_any())}
        {error}
        {acts(context, change)}
        {above(context, change, sums)}
    }
    .into_any()
}

/// What can be done about it.
fn acts(context: Context, change: &Change) -> AnyView {
    let take_over = change.now_differs().filter(|now| now.is_known()).map(|now| {
        let id = change.id.clone();
        let act = press(move || {
            context.edits.open().change(|draft| draft.take_over(&id, now));
            // What became of the former change says nothing of this one.
            context.edits.open().run.update(|run| {
                run.results.remove(&id);
            });
        });
        let words = say!("Change it from {limit} instead", limit = figure(now));
        view! {
            <button class="button" disabled=move || context.edits.open().is_running() on:click=act>
                {words}
            </button>
        }
        .into_any()
    });
    let take_out = change.is_drafted.then(|| {
        let id = change.id.clone();
        view! {
            <button
                class="button"
                disabled=move || context.edits.open().is_running()
                on:click=press(move || super::rows::take_out(context, &id))
            >
                {tr("Take out")}
            </button>
        }
        .into_any()
    });
    let show = match change.place {
        Place::Here { at, .. } => Some(
            view! {
                <button class="button" on:click=press(move || go_to(context, at))>
                    {tr("Show in the tree")}
                </button>
            }
            .into_any(),
        ),
        _ => None,
    };
    view! { <div class="acts">{take_over} {take_out} {show}</div> }.into_any()
}

fn go_to(context: Context, at: NodeRef) {
    context.place.visit(Page::Licenses.href());
    request_animation_frame(move || context.go_to_node(at));
}

/// The sums above it, with all that is drafted.
fn above(context: Context, change: &Change, sums: Memo<Vec<Sum>>) -> AnyView {
    let Place::Here { at, .. } = change.place else { return ().into_any() };
    if change
        .outcome
        .as_ref()
        .is_some_and(|o| matches!(o, Outcome::Applied { .. } | Outcome::AlreadySo))
    {
        return ().into_any();
    }
    let license = change.id.meter.clone();
    live_if(move || {
        let lines: Vec<AnyView> = context.estate.with(|forest| {
            let Some(tree) = forest.estate.tree(at.tree).filter(|tree| tree.contains(at.node))
            else {
                return Vec::new();
            };
            sums.with(|sums| {
                let here = sums.iter().filter(|sum| {
                    sum.at.tree == at.tree
                        && sum.license == license
                        && (sum.at.node..tree.end(sum.at.node)).contains(&at.node)
                });
                here.map(line).collect()
            })
        });
        let part = view! {
            <section class="details-part">
                <h3>{tr("Sums above, with all that is drafted")}</h3>
                <dl>{lines}</dl>
            </section>
        };
        Some(part.into_any())
    })
}

fn line(sum: &Sum) -> AnyView {
    let warned = sum
        .held
        .as_ref()
        .map(|held| view! { <p class="warning">{words::held(held)}</p> }.into_any());
    view! {
        <div>
            <dt>
                <bdi>{sum.name.clone()}</bdi>
                " "
                <span class="dim">{sum.kind.name()}</span>
                {warned}
            </dt>
            <dd class="num">{format!("{} → {}", figure(sum.now), figure(sum.after))}</dd>
        </div>
    }
    .into_any()
}

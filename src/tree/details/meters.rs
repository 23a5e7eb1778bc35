//! The figures of a node, meter by meter.

use leptos::prelude::*;
use seatree_core::estate::{Figure, NodeRef, Reading};
use seatree_core::insight::band;
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::edit;
use crate::platform::numbers;
use crate::tree::columns::{group, words};
use crate::ui::bar;
use crate::ui::live::live;

/// One meter's name and figures.
#[derive(Clone, PartialEq)]
struct Shown {
    key: String,
    reading: Reading,
}

pub(super) fn meters(context: Context, node: NodeRef) -> AnyView {
    let shown = Memo::new(move |_| {
        context.estate.with(|forest| {
            let Some(tree) = forest.estate.tree(node.tree) else { return Vec::new() };
            let meters = tree.meters().filter(|(meter, _)| tree.has_figures(node.node, *meter));
            meters
                .map(|(meter, key)| Shown {
                    key: key.to_owned(),
                    reading: tree.reading(node.node, meter),
                })
                .collect()
        })
    });
    live(move || {
        let shown = shown.get();
        if shown.is_empty() {
            return view! { <p class="dim">{tr("No figures of its own.")}</p> }.into_any();
        }
        shown.iter().map(|shown| meter(context, node, shown)).collect::<Vec<_>>().into_any()
    })
}

fn meter(context: Context, node: NodeRef, Shown { key, reading }: &Shown) -> AnyView {
    let lines: Vec<AnyView> = match key.as_str() {
        words::REQUIRED => vec![line(tr("Required by users"), reading.in_use, "")],
        words::SIP => {
            vec![
                line(tr("Assigned"), reading.assigned, ""),
                note(tr("In use"), tr("enforced at call time")),
            ]
        }
        words::LIVE => vec![
            line(tr("Acquired"), reading.assigned, ""),
            line(tr("Licensed"), reading.in_use, ""),
            line(tr("Available"), reading.available(), ""),
        ],
        _ => vec![
            line(tr("Assigned"), reading.assigned, ""),
            line(tr("In use"), reading.in_use, ""),
            line(tr("people"), reading.users, "part"),
            line(tr("resource accounts"), reading.resource_accounts, "part"),
            line(tr("Available"), reading.available(), ""),
        ],
    };
    let bar = reading.utilization().map(|share| {
        let band = band(reading, context.thresholds.get());
        view! { <div class="details-bar">{bar::utilization(Some(share), band)}</div> }.into_any()
    });
    view! {
        <section class="details-part">
            <h3>
                <bdi>{group(key).to_owned()}</bdi>
            </h3>
            {bar}
            <dl>{lines}</dl>
            {edit::new_limit(context, node, key)}
        </section>
    }
    .into_any()
}

fn line(name: &'static str, figure: Figure, class: &'static str) -> AnyView {
    let negative = figure.get().is_some_and(|count| count < 0);
    let number = match (figure.is_known(), negative) {
        (false, _) => "num dim",
        (true, true) => "num negative",
        (true, false) => "num",
    };
    let why = (!figure.is_known()).then_some(tr("The upstream sent no figure"));
    view! {
        <div class=class>
            <dt>{name}</dt>
            <dd class=number title=why>
                {numbers::figure(figure)}
            </dd>
        </div>
    }
    .into_any()
}

fn note(name: &'static str, words: &'static str) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd class="dim">{words}</dd>
        </div>
    }
    .into_any()
}

//! `<seatree-summary>`: the key figures of all that a token opens, and what to look at in it.

use leptos::prelude::*;
use seatree_core::estate::{Figure, NodeId, NodeRef, Reading, Tree};
use seatree_core::insight::{Mark, band};
use seatree_core::plural;
use seatree_core::say;
use seatree_core::words::tr;

use super::connect::Link;
use super::node::at;
use super::notice::notice;
use super::told::{self, Tell};
use crate::app::Context;
use crate::connections::State;
use crate::estate::Forest;
use crate::platform::numbers;
use crate::tree::{finding_class, finding_icon, finding_words, meter_name};
use crate::ui::bar;
use crate::ui::live::{live, live_if, press};

/// More to look at is one press away, in the tree.
const MOST: usize = 8;
/// A figure that the vendor has no use of.
const SIP: &str = "sipTrunkChannels";

pub(super) fn summary(context: Context, link: Link, tell: Tell) -> AnyView {
    let cards = Memo::new(move |_| context.estate.with(totals));
    let has_any = Memo::new(move |_| context.estate.with(|forest| forest.estate.node_count() > 1));
    view! {
        {notice(link)}
        {live_if(move || has_any.get().then(|| {
            view! {
                <section class="figures" aria-label=tr("Key figures") part="figures">
                    {live(move || {
                        cards.get().iter().map(|total| card(context, total)).collect::<Vec<_>>().into_any()
                    })}
                </section>
                {findings(context, link, tell)}
            }
            .into_any()
        }))}
    }
    .into_any()
}

/// A license, and what all of it comes to.
#[derive(Clone, Debug, PartialEq)]
struct Total {
    meter: String,
    reading: Reading,
    /// Whether its use is counted at all.
    is_counted: bool,
}

/// The sums of what stands at the top: each has a total of its own.
fn totals(forest: &Forest) -> Vec<Total> {
    let Some(tree) = forest.estate.tree(0) else { return Vec::new() };
    let of = |(meter, key): (_, &str)| {
        let mut readings = tree.children(0).map(|node| tree.reading(node, meter));
        let first = readings.next()?;
        let reading = readings.fold(first, Reading::plus);
        let is_known = reading.assigned.is_known() || reading.in_use.is_known();
        is_known.then(|| Total { meter: key.to_owned(), reading, is_counted: key != SIP })
    };
    tree.meters().filter_map(of).collect()
}

fn card(context: Context, Total { meter, reading, is_counted }: &Total) -> AnyView {
    let (large, unit, rest) = if *is_counted {
        let (assigned, available) =
            (numbers::figure(reading.assigned), numbers::figure(reading.available()));
        (
            reading.in_use,
            tr("in use"),
            say!("of {limit} assigned · {available} available", limit = assigned, available),
        )
    } else {
        (reading.assigned, tr("assigned"), tr("in use: enforced at call time").to_owned())
    };
    let band = band(reading, context.thresholds.get());
    let bar = reading.utilization().map(|share| bar::plain(share, band));
    view! {
        <div class="figure-card" part="figure">
            <h2>
                <bdi>{meter_name(meter).to_owned()}</bdi>
            </h2>
            <p class="figure">
                <b class="num">{numbers::figure(large)}</b>
                " "
                <span>{unit}</span>
            </p>
            <p class="figure-of">{rest}</p>
            {bar}
        </div>
    }
    .into_any()
}

/// A node to look at.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    node: NodeId,
    mark: Mark,
    name: String,
    above: String,
    /// The largest excess or rest, where the mark is of one.
    figures: String,
}

fn findings(context: Context, link: Link, tell: Tell) -> AnyView {
    let found = Memo::new(move |_| context.estate.with(worst));
    let is_read = Memo::new(move |_| {
        link.entry().is_some_and(|entry| matches!(entry.state.get(), State::Ready { .. }))
    });
    live(move || {
        let (found, count) = found.get();
        let more = count.saturating_sub(found.len());
        if found.is_empty() {
            let words =
                if is_read.get() { tr("Nothing to look at: every limit holds.") } else { "" };
            return view! { <p class="embed-fine" role="status">{words}</p> }.into_any();
        }
        let lines: Vec<AnyView> =
            found.into_iter().map(|found| line(context, tell, found)).collect();
        let more = (more > 0).then(|| {
            view! { <p class="dim embed-more">{plural!(more, "and {n} more", "and {n} more")}</p> }.into_any()
        });
        view! {
            <section class="embed-findings" aria-labelledby="embed-findings" part="findings">
                <h2 id="embed-findings">
                    {tr("To look at")} " " <b class="num">{numbers::whole(count)}</b>
                </h2>
                <ul>{lines}</ul>
                {more}
            </section>
        }
        .into_any()
    })
}

/// A press tells the host page, which may show the node in a tree.
fn line(context: Context, tell: Tell, found: Found) -> AnyView {
    let node: NodeRef = at(found.node);
    let press = press(move || {
        if let Some(detail) = told::of_node(context, node) {
            tell.tell("select", &detail);
        }
    });
    view! {
        <li>
            <button class=format!("embed-finding {}", finding_class(found.mark)) on:click=press>
                {finding_icon(found.mark)}
                <span class="embed-finding-name">
                    <bdi>{found.name}</bdi>
                    <bdi class="dim">{found.above}</bdi>
                </span>
                <span class="embed-finding-what">
                    {finding_words(found.mark)} " " <span class="num dim">{found.figures}</span>
                </span>
            </button>
        </li>
    }
    .into_any()
}

/// What most needs a look, and how many there are in all. Where a node and what stands above it have
/// the same mark, the lowest is what somebody can act on.
fn worst(forest: &Forest) -> (Vec<Found>, usize) {
    let Some(tree) = forest.estate.tree(0) else { return (Vec::new(), 0) };
    let Some(survey) = forest.survey(0) else { return (Vec::new(), 0) };
    let mut all: Vec<(Mark, NodeId)> = Vec::new();
    for node in 1..tree.end(0) {
        let Some(mark) = survey.marks(node).iter().next() else { continue };
        let is_below = |below| survey.marks(below).contains(mark);
        if mark == Mark::SumOff || !tree.children(node).any(is_below) {
            all.push((mark, node));
        }
    }
    let count = all.len();
    let weight =
        |mark: Mark| [mark].into_iter().collect::<seatree_core::insight::Marks>().severity();
    all.sort_by_key(|(mark, node)| (std::cmp::Reverse(weight(*mark)), *node));
    all.truncate(MOST);
    (all.into_iter().map(|(mark, node)| describe(tree, mark, node)).collect(), count)
}

fn describe(tree: &Tree, mark: Mark, node: NodeId) -> Found {
    let above = tree.parent(node).filter(|above| *above != 0);
    let name = match tree.name(node) {
        "" => tr("(no name)").to_owned(),
        name => name.to_owned(),
    };
    let above = above.map(|above| tree.name(above).to_owned()).unwrap_or_default();
    Found { node, mark, name, above, figures: figures(tree, mark, node) }
}

/// The figures that a mark of a limit is of.
fn figures(tree: &Tree, mark: Mark, node: NodeId) -> String {
    if !matches!(mark, Mark::Over | Mark::Near | Mark::Idle) {
        return String::new();
    }
    let readings = tree.meters().map(|(meter, _)| tree.reading(node, meter));
    let known = readings.filter(|reading| reading.assigned.is_known() && reading.in_use.is_known());
    let least = known.min_by_key(|reading| reading.available().get());
    least.map_or_else(String::new, |reading| {
        let figure = |figure: Figure| numbers::figure(figure);
        say!("{part} of {whole}", part = figure(reading.in_use), whole = figure(reading.assigned))
    })
}

//! How what stands below a node makes up its figures.

use leptos::prelude::*;
use seatree_core::estate::{Kind, NodeRef, Tree};
use seatree_core::insight::{Reach, Share, Sum, largest as largest_of, reach};
use seatree_core::plural;
use seatree_core::say;
use seatree_core::view::{Column, Shows};
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::connections::State;
use crate::platform::numbers;
use crate::tree::columns::{label, words};
use crate::ui::live::{live_if, press};

/// As many as one takes in at a glance.
const MOST: usize = 5;

/// Tenants reached directly against those of resellers.
pub(super) fn split(context: Context, node: NodeRef) -> AnyView {
    let split = Memo::new(move |_| {
        if is_loading(context, node) {
            return None;
        }
        with_tree(context, node, |tree| {
            reach(tree, node.node, Column::new(words::TEAMS, Shows::InUse).meter(tree)?)
        })?
    });
    live_if(move || {
        let Reach { direct, via_resellers } = split.get()?;
        if direct.count == 0 || via_resellers.count == 0 {
            return None;
        }
        let part = view! {
            <section class="details-part">
                <h3>{tr("Teams users, by how tenants are reached")}</h3>
                <dl>
                    {share(tr("Direct"), &direct)}
                    {share(tr("Via resellers"), &via_resellers)}
                </dl>
            </section>
        };
        Some(part.into_any())
    })
}

fn share(name: &'static str, share: &Share) -> AnyView {
    let words = say!(
        "{used} in use of {assigned} assigned",
        used = sum(&share.in_use),
        assigned = sum(&share.assigned)
    );
    view! {
        <div>
            <dt>{name}</dt>
            <dd class="num">{words}</dd>
        </div>
    }
    .into_any()
}

/// A sum, and how many figures are missing in it.
fn sum(sum: &Sum) -> String {
    let known = numbers::figure(sum.figure());
    match sum.unknown {
        0 => known,
        unknown => {
            plural!(unknown, "{known} (and {n} unknown)", "{known} (and {n} unknown)", known)
        }
    }
}

/// One child among the largest.
#[derive(Clone, PartialEq)]
struct Child {
    node: NodeRef,
    name: String,
    count: i64,
}

/// The children with the largest figures, each a way there.
pub(super) fn largest(context: Context, node: NodeRef) -> AnyView {
    let shown = Memo::new(move |_| {
        if is_loading(context, node) {
            return None;
        }
        with_tree(context, node, |tree| {
            let column = users_in_use(tree, node.node);
            let largest = largest_of(tree, node.node, MOST, |child| column.figure(tree, child));
            let child = |(child, count): (u32, i64)| Child {
                node: NodeRef { node: child, ..node },
                name: tree.name(child).to_owned(),
                count,
            };
            let children: Vec<Child> = largest.children.into_iter().map(child).collect();
            (label(&column), children, largest.counted, largest.unknown)
        })
    });
    live_if(move || {
        let (figure, children, counted, unknown) = shown.get()?;
        if counted < 2 {
            return None;
        }
        let lines: Vec<AnyView> = children.into_iter().map(|child| line(context, child)).collect();
        let rest = counted.saturating_sub(lines.len());
        let rest = match (rest, unknown) {
            (0, 0) => String::new(),
            (rest, 0) => plural!(rest, "and {n} more", "and {n} more"),
            (rest, unknown) => say!(
                "and {rest} more, {unknown} unknown",
                rest = numbers::whole(rest),
                unknown = numbers::whole(unknown)
            ),
        };
        let part = view! {
            <section class="details-part">
                <h3>{say!("Largest below, {figure}", figure)}</h3>
                <dl>{lines}</dl>
                <p class="dim">{rest}</p>
            </section>
        };
        Some(part.into_any())
    })
}

fn line(context: Context, Child { node, name, count }: Child) -> AnyView {
    let name = if name.is_empty() { tr("(no name)").to_owned() } else { name };
    view! {
        <div>
            <dt>
                <button class="link" on:click=press(move || context.go_to_node(node))>
                    <bdi>{name}</bdi>
                </button>
            </dt>
            <dd class="num">{numbers::count(count)}</dd>
        </div>
    }
    .into_any()
}

/// The figure by which what stands below a node compares.
fn users_in_use(tree: &Tree, node: u32) -> Column {
    let meter = match tree.children(node).next().map(|child| tree.kind(child)) {
        Some(Kind::Service) => words::LIVE,
        Some(Kind::LicenseType) => words::REQUIRED,
        _ => words::TEAMS,
    };
    Column::new(meter, Shows::InUse)
}

/// What is still growing is not added up.
fn is_loading(context: Context, node: NodeRef) -> bool {
    let id = context.estate.with(|forest| forest.connection(node.tree).map(str::to_owned));
    let entry = id.and_then(|id| context.connections.find(&id));
    entry.is_none_or(|entry| matches!(entry.state.get(), State::Loading(_)))
}

fn with_tree<T>(context: Context, node: NodeRef, look: impl FnOnce(&Tree) -> T) -> Option<T> {
    context.estate.with(|forest| {
        let tree = forest.estate.tree(node.tree).filter(|tree| tree.contains(node.node))?;
        Some(look(tree))
    })
}

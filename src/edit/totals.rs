//! The sums above what was changed, read again: nobody computes them here.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::edit::{Ended, Places};
use seatree_core::estate::{Kind, NodeRef};
use seatree_core::insight::Mark;

use crate::app::context::Context;
use crate::connections::source_reply;
use crate::estate::Forest;
use crate::platform::stop::Stop;

/// More requests than that take longer than reading the connection again.
const MOST: usize = 200;

/// Reads the sums above everything that was changed. What cannot be read is marked as stale.
pub(super) fn read_again(context: Context) {
    let edits = context.edits.open();
    let above = context.estate.with_untracked(|forest| above(context, forest));
    if above.is_empty() {
        return;
    }
    edits.run.update(|run| run.reads_totals = true);
    let readings = context.estate.with_untracked(Forest::readings);
    spawn_local(async move {
        for (number, &node) in above.iter().enumerate() {
            let is_read = number < MOST && read(context, node, readings).await;
            if context.estate.with_untracked(Forest::readings) != readings {
                // Somebody read it all again: what was to be read is there, and stands elsewhere.
                break;
            }
            if !is_read {
                tell_stale(context, node);
            }
        }
        edits.run.try_update(|run| run.reads_totals = false);
    });
}

/// The entities above the changes that were made, from the lowest level up.
fn above(context: Context, forest: &Forest) -> Vec<NodeRef> {
    let mut found = BTreeSet::new();
    context.edits.open().run.with_untracked(|run| {
        for (index, (connection, tree)) in (0_u16..).zip(forest.trees()) {
            let made = run.results.iter().filter(|(id, done)| {
                id.connection == connection && done.outcome.ended() == Ended::Settled
            });
            let made: Vec<(_, _)> = made.map(|(id, _)| (id.tenant, id.subscription)).collect();
            let places = Places::of(tree, made.iter().copied());
            for node in made.iter().filter_map(|(tenant, id)| places.node(*tenant, *id)) {
                let above = std::iter::successors(tree.parent(node), |&above| tree.parent(above));
                let entities = above.filter(|&above| tree.kind(above) != Kind::Connection);
                found.extend(entities.map(|node| NodeRef { tree: index, node }));
            }
        }
    });
    // What stands below comes later in a tree.
    found.into_iter().rev().collect()
}

/// Whether a node's sums could be read, and are in the tree now.
async fn read(context: Context, node: NodeRef, readings: u64) -> bool {
    let Ok(reply) = source_reply(context, node, Stop::new()).await else { return false };
    let Ok(figures) = reply.figures else { return false };
    let connection = context.estate.with_untracked(|forest| {
        let is_same = forest.readings() == readings;
        forest.connection(node.tree).filter(|_| is_same).map(str::to_owned)
    });
    let Some(connection) = connection else { return false };
    context.estate.annotate(&connection, |tree| {
        for (key, reading) in figures {
            if let Some(meter) = tree.find_meter(&key) {
                tree.set_reading(node.node, meter, reading);
            }
        }
    });
    context.estate.figures_came(&connection, node.node);
    true
}

fn tell_stale(context: Context, node: NodeRef) {
    let connection =
        context.estate.with_untracked(|forest| forest.connection(node.tree).map(str::to_owned));
    let Some(connection) = connection else { return };
    context.estate.mark(&connection, node.node, Mark::Stale, true);
    context.edits.open().run.update(|run| {
        if !run.stale.contains(&connection) {
            run.stale.push(connection);
        }
    });
}

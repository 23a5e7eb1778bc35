//! Taking one snapshot.

use std::{cell::Cell, rc::Rc};

use seatree_core::{
    gate::{Gate, Snapshot, Why},
    snapshot::{Comparison, Moment, Taking, Trouble},
};
use worker::{Error, Result};

use super::store::Store;
use crate::{
    clock, journal,
    members::{self, Unread},
    webhooks::{self, Outbox},
};

/// Rows that are compared and written in one go, which takes some ten milliseconds and becomes
/// durable at once.
const PAGE: usize = 500;

/// Reads the estate and writes what is different. Until all of it is written, nothing of it is seen.
pub(super) async fn take(
    gate: &Gate,
    upstream: &str,
    store: &Store,
    outbox: Option<&Outbox>,
    progress: &Cell<Option<Taking>>,
) -> std::result::Result<Moment, Unread> {
    let begun_ms = clock::now_ms();
    let at_s = begun_ms / 1_000;
    progress.set(Some(Taking { at_s, written: 0 }));
    let estate = members::anew(gate, upstream).await?;
    let mut comparison = Comparison::new(Rc::clone(&estate), PAGE);
    if store.take_back().map_err(|error| not_kept(upstream, &error))? > 0 {
        journal::fault(upstream, "memory", &"a snapshot never became whole and was taken back");
    }
    // What there is to tell becomes durable with the snapshot that found it.
    let tell = |before_s| match outbox {
        Some(outbox) => webhooks::read(gate, upstream, outbox, &estate, at_s, before_s),
        None => Ok(()),
    };
    let moment = write(store, &mut comparison, at_s, progress, tell).await.map_err(|error| {
        // What was written is taken back now, if that can be, or else before the next one.
        let _ = store.take_back();
        not_kept(upstream, &error)
    })?;
    journal::snapshot(&Snapshot {
        upstream,
        nodes: comparison.nodes(),
        changes: moment.changes,
        left_out: comparison.left_out(),
        milliseconds: clock::now_ms().saturating_sub(begun_ms),
    });
    Ok(moment)
}

fn not_kept(upstream: &str, error: &Error) -> Unread {
    journal::fault(upstream, "memory", error);
    Unread { trouble: Trouble::NotKept, why: Why::new("the edge could not keep it") }
}

async fn write(
    store: &Store,
    comparison: &mut Comparison,
    at_s: u64,
    progress: &Cell<Option<Taking>>,
    tell: impl FnOnce(Option<u64>) -> Result<()>,
) -> Result<Moment> {
    // Two of one second are told apart, where somebody tries how fast it can be.
    let before_s = store.moments()?.last().map(|last| last.at_s);
    let is_same_second = before_s == Some(at_s);
    let at_s = at_s + u64::from(is_same_second);
    let id = store.begin(at_s)?;
    let mut changed = 0;
    while !comparison.is_done() {
        let page = store.page(comparison.after(), PAGE)?;
        let changes = comparison.compare(page);
        store.write(id, &changes)?;
        changed += changes.len() as u64;
        progress.set(Some(Taking { at_s, written: comparison.compared() as u64 }));
        // What is written becomes durable, and whoever waits for an answer gets it.
        clock::sleep(0).await?;
    }
    let moment = Moment { id, at_s, nodes: comparison.nodes() as u64, changes: changed };
    tell(before_s)?;
    store.finish(&moment)?;
    Ok(moment)
}

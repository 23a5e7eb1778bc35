//! The draft and the log, as this browser keeps them, and the batch sent last.

use std::collections::BTreeMap;

use leptos::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::{Batch, Draft, LimitId, Log, Logged, Names, Outcome, Progress};
use seatree_core::estate::Figure;
use serde_json::Value;

use crate::platform::storage;

/// Ids, names and numbers; no secret.
pub(super) const DRAFT: &str = "seatree.draft";
const LOG: &str = "seatree.change-log";

/// What is to be changed and what was. Copying it shares it.
#[derive(Clone, Copy)]
pub struct Edits {
    pub draft: RwSignal<Draft>,
    pub log: RwSignal<Log>,
    pub(super) run: RwSignal<Run>,
    pub(super) batch: StoredValue<Batch>,
    /// Whether the form in the details wants the focus.
    pub wants_form: RwSignal<bool>,
    /// Whether the browser keeps the draft.
    pub(super) is_kept: RwSignal<bool>,
    is_open: StoredValue<bool>,
}

/// The batch sent last, or on its way.
#[derive(Clone, Debug, Default)]
pub struct Run {
    pub(super) progress: Option<Progress>,
    /// Whether the sums above are being read again.
    pub(super) reads_totals: bool,
    /// Connections some of whose sums could not be read again.
    pub(super) stale: Vec<String>,
    pub(super) results: BTreeMap<LimitId, Done>,
    /// What it added to the log.
    pub(super) logged: Vec<Logged>,
}

/// One change of the batch, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Done {
    pub(super) old: Figure,
    pub(super) new: Limit,
    pub(super) names: Names,
    pub(super) outcome: Outcome,
}

impl Run {
    pub(super) fn is_running(&self) -> bool {
        self.progress.is_some_and(|progress| progress.done < progress.of)
    }
}

impl Edits {
    pub fn new() -> Self {
        Self {
            draft: RwSignal::new(Draft::default()),
            log: RwSignal::new(Log::default()),
            run: RwSignal::new(Run::default()),
            batch: StoredValue::new(Batch::default()),
            wants_form: RwSignal::new(false),
            is_kept: RwSignal::new(true),
            is_open: StoredValue::new(false),
        }
    }

    /// Reads what the browser kept, the first time.
    pub(super) fn open(&self) {
        if self.is_open.get_value() {
            return;
        }
        self.is_open.set_value(true);
        self.draft.set(kept(DRAFT).as_ref().map(Draft::from_json).unwrap_or_default());
        self.log.set(read_log());
    }

    /// Changes the draft, and keeps it.
    pub(super) fn change(&self, change: impl FnOnce(&mut Draft)) {
        self.open();
        self.draft.update(change);
        let text = self.draft.with_untracked(|draft| draft.to_json().to_string());
        self.is_kept.set(storage::write(DRAFT, &text));
    }

    /// Adds to the log, also to what another tab added meanwhile.
    pub(super) fn log(&self, entries: impl IntoIterator<Item = Logged>) {
        let mut log = read_log();
        let mut is_new = false;
        for entry in entries {
            log.add(entry);
            is_new = true;
        }
        if is_new {
            let kept = storage::write(LOG, &log.to_json().to_string());
            self.is_kept.set(kept);
            if kept {
                self.log.set(log);
            }
        }
    }

    pub(super) fn is_running(&self) -> bool {
        self.run.with(Run::is_running)
    }
}

fn kept(key: &str) -> Option<Value> {
    serde_json::from_str(&storage::read(key)?).ok()
}

fn read_log() -> Log {
    kept(LOG).as_ref().map(Log::from_json).unwrap_or_default()
}

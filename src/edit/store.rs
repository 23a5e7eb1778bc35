//! The draft and the log, as this browser keeps them, and the batch sent last.

use std::collections::BTreeMap;

use leptos::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::{Batch, Draft, LimitId, Log, Logged, Names, Outcome, Progress};
use seatree_core::estate::Figure;
use serde_json::Value;

use crate::platform::lock::Held;
use crate::platform::storage::Storage;

/// Ids, names and numbers; no secret.
pub(super) const DRAFT: &str = "seatree.draft";
const LOG: &str = "seatree.change-log";

/// What the whole page knows of changes: how many wait. Copying it shares it.
///
/// The rest is made by code that is fetched when the first limit is changed.
#[derive(Clone, Copy)]
pub struct Edits(StoredValue<Shared>);

struct Shared {
    count: RwSignal<usize>,
    wants_form: RwSignal<bool>,
    opened: Option<Opened>,
    storage: Storage,
    /// Of the page itself: what is opened later lasts as long.
    owner: Owner,
}

/// What is to be changed and what was. Copying it shares it.
#[derive(Clone, Copy)]
pub(super) struct Opened {
    pub(super) draft: RwSignal<Draft>,
    pub(super) log: RwSignal<Log>,
    pub(super) run: RwSignal<Run>,
    pub(super) batch: StoredValue<Batch>,
    /// Held while a batch is under way: two tabs have the same draft.
    pub(super) turn: StoredValue<Option<Held>, LocalStorage>,
    /// Whether the browser keeps the draft.
    pub(super) is_kept: RwSignal<bool>,
    count: RwSignal<usize>,
    storage: Storage,
}

/// The batch sent last, or on its way.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    pub(super) progress: Option<Progress>,
    /// Why nothing was sent at all.
    pub(super) refusal: Option<&'static str>,
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
    /// Must be made by the page itself, so that what it holds lasts as long.
    pub fn new(storage: Storage) -> Self {
        Self(StoredValue::new(Shared {
            count: RwSignal::new(0),
            wants_form: RwSignal::new(false),
            opened: None,
            storage,
            owner: Owner::current().unwrap_or_default(),
        }))
    }

    /// How many changes the draft has.
    pub fn count(&self) -> RwSignal<usize> {
        self.0.with_value(|shared| shared.count)
    }

    /// Whether the form in the details wants the focus.
    pub fn wants_form(&self) -> RwSignal<bool> {
        self.0.with_value(|shared| shared.wants_form)
    }

    /// The draft and the log, as this browser kept them.
    pub(super) fn open(&self) -> Opened {
        if let Some(opened) = self.0.with_value(|shared| shared.opened) {
            return opened;
        }
        let (owner, storage) = self.0.with_value(|shared| (shared.owner.clone(), shared.storage));
        let opened = owner.with(|| {
            let opened = Opened::new(self.count(), storage);
            // Another tab of this page changes the same draft: what was kept last counts in both.
            storage.follow(move |key| {
                if [DRAFT, LOG].contains(&key) {
                    opened.read();
                }
            });
            opened
        });
        self.0.update_value(|shared| shared.opened = Some(opened));
        opened.read();
        opened
    }
}

impl Opened {
    fn new(count: RwSignal<usize>, storage: Storage) -> Self {
        Self {
            draft: RwSignal::new(Draft::default()),
            log: RwSignal::new(Log::default()),
            run: RwSignal::new(Run::default()),
            batch: StoredValue::new(Batch::default()),
            turn: StoredValue::new_local(None),
            is_kept: RwSignal::new(true),
            count,
            storage,
        }
    }

    fn read(&self) {
        let draft = kept(self.storage, DRAFT).as_ref().map(Draft::from_json).unwrap_or_default();
        self.count.set(draft.len());
        self.draft.set(draft);
        self.log.set(kept(self.storage, LOG).as_ref().map(Log::from_json).unwrap_or_default());
    }

    /// Changes the draft, and keeps it.
    pub(super) fn change(&self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        let (count, text) =
            self.draft.with_untracked(|draft| (draft.len(), draft.to_json().to_string()));
        self.count.set(count);
        self.is_kept.set(self.storage.write(DRAFT, &text));
    }

    /// Notes a change as it leaves: should the page be gone before its reply comes, the log has it.
    pub(super) fn note(&self, entries: impl IntoIterator<Item = Logged>) {
        self.change_log(|log| entries.into_iter().for_each(|entry| log.add(entry)));
    }

    /// Tells what became of changes.
    pub(super) fn settle(&self, entries: &[Logged]) {
        if !entries.is_empty() {
            self.change_log(|log| entries.iter().cloned().for_each(|entry| log.settle(entry)));
        }
    }

    /// Changes the log as it is kept, with what another tab added meanwhile.
    fn change_log(&self, change: impl FnOnce(&mut Log)) {
        let mut log = match kept(self.storage, LOG) {
            Some(kept) => Log::from_json(&kept),
            None => self.log.get_untracked(),
        };
        change(&mut log);
        self.is_kept.set(self.storage.write(LOG, &log.to_json().to_string()));
        self.log.set(log);
    }

    pub(super) fn is_running(&self) -> bool {
        self.run.with(Run::is_running)
    }

    /// The changes that are still drafted so, also after what another tab did.
    pub(super) fn still_drafted(&self, draft: &Draft) -> Draft {
        let Some(kept) = kept(self.storage, DRAFT).as_ref().map(Draft::from_json) else {
            return draft.clone();
        };
        let mut still = Draft::default();
        for (id, change) in draft.iter() {
            if kept.get(id).is_some_and(|kept| kept.new == change.new) {
                still.put(id.clone(), change.clone());
            }
        }
        still
    }
}

fn kept(storage: Storage, key: &str) -> Option<Value> {
    serde_json::from_str(&storage.read(key)?).ok()
}

//! What is kept of webhooks: what each receiver was told, and what is still to be delivered.

mod dead;
mod standing;

use seatree_core::webhooks::{Event, Kept};
use worker::{Result, SqlStorage, SqlStorageValue as Cell};

use crate::sql::{self, count, damaged, text, whole};

/// More events than these, of one receiver, nobody waits for: the next are given up at once.
const MOST_WAITING: u64 = 10_000;

const TABLES: [&str; 6] = [
    // What a receiver was told and what stands since, by place.
    "CREATE TABLE IF NOT EXISTS hook_standing (receiver TEXT NOT NULL, place TEXT NOT NULL, \
     level INTEGER NOT NULL, since_ms INTEGER NOT NULL, node TEXT, \
     PRIMARY KEY (receiver, place)) WITHOUT ROWID",
    // What of that is lower by now, without being told yet, and when it was last seen where it stands.
    "CREATE TABLE IF NOT EXISTS hook_left (receiver TEXT NOT NULL, place TEXT NOT NULL, \
     left_ms INTEGER NOT NULL, PRIMARY KEY (receiver, place)) WITHOUT ROWID",
    // `is_known` once a snapshot was looked at for it. It rests after failures in a row.
    "CREATE TABLE IF NOT EXISTS hook_receivers (name TEXT PRIMARY KEY, is_known INTEGER NOT NULL, \
     failures INTEGER NOT NULL, rest_until_ms INTEGER NOT NULL, delivered_ms INTEGER, \
     failed_ms INTEGER, why TEXT) WITHOUT ROWID",
    // Given up where `dead_ms` is set.
    "CREATE TABLE IF NOT EXISTS hook_events (number INTEGER PRIMARY KEY AUTOINCREMENT, \
     id TEXT NOT NULL UNIQUE, receiver TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, \
     made_ms INTEGER NOT NULL, attempts INTEGER NOT NULL, next_ms INTEGER NOT NULL, \
     dead_ms INTEGER, why TEXT)",
    // Readings that failed since the last that did not: one row, or none.
    "CREATE TABLE IF NOT EXISTS hook_failures (id INTEGER PRIMARY KEY, tries INTEGER NOT NULL, \
     since_ms INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS hook_due ON hook_events (receiver, dead_ms, next_ms)",
];

/// An event that is due.
pub(super) struct Due {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) made_ms: u64,
    /// How often it was tried.
    pub(super) attempts: u32,
}

/// Webhooks in the database of a memory.
#[derive(Clone)]
pub(crate) struct Outbox {
    sql: SqlStorage,
}

impl Outbox {
    pub(crate) fn open(sql: SqlStorage) -> Result<Self> {
        for table in TABLES {
            sql::run(&sql, table, vec![])?;
        }
        Ok(Self { sql })
    }

    fn run(&self, query: &str, values: Vec<Cell>) -> Result<()> {
        sql::run(&self.sql, query, values)
    }

    fn rows(&self, query: &str, values: Vec<Cell>) -> Result<Vec<Vec<Cell>>> {
        sql::rows(&self.sql, query, values)
    }

    fn number(&self, query: &str, values: Vec<Cell>) -> Result<u64> {
        Ok(sql::number(&self.sql, query, values)?.unwrap_or_default())
    }

    /// Writes events down. One that is there already stays as it is.
    pub(super) fn add(&self, receiver: &str, events: &[Event], now_ms: u64) -> Result<()> {
        // Also of one that no snapshot was looked at for.
        self.run(
            "INSERT OR IGNORE INTO hook_receivers VALUES (?, 0, 0, 0, NULL, NULL, NULL)",
            vec![receiver.into()],
        )?;
        for (waiting, event) in (self.kept(receiver)?.waiting..).zip(events) {
            let is_too_many = waiting >= MOST_WAITING;
            let dead_ms = is_too_many.then(|| whole(now_ms));
            let why = is_too_many.then_some("Too many events wait for this receiver.");
            self.run(
                "INSERT OR IGNORE INTO hook_events \
                 (id, receiver, kind, body, made_ms, attempts, next_ms, dead_ms, why) \
                 VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)",
                vec![
                    event.id.as_str().into(),
                    receiver.into(),
                    event.kind.into(),
                    event.body.as_str().into(),
                    whole(now_ms),
                    whole(now_ms),
                    dead_ms.unwrap_or(Cell::Null),
                    why.into(),
                ],
            )?;
        }
        Ok(())
    }

    /// When the next attempt is due, by what was written down; none where nothing waits.
    pub(crate) fn next_ms(&self) -> Result<Option<u64>> {
        sql::number(
            &self.sql,
            "SELECT min(max(next_ms, rest_until_ms)) FROM hook_events, hook_receivers \
             WHERE name = receiver AND dead_ms IS NULL",
            vec![],
        )
    }

    /// Receivers that something is due for.
    pub(super) fn receivers(&self, now_ms: u64) -> Result<Vec<String>> {
        let rows = self.rows(
            "SELECT name FROM hook_receivers WHERE rest_until_ms <= ?1 AND EXISTS \
             (SELECT 1 FROM hook_events WHERE receiver = name AND dead_ms IS NULL AND next_ms <= ?1)",
            vec![whole(now_ms)],
        )?;
        Ok(rows.iter().flatten().filter_map(text).map(str::to_owned).collect())
    }

    /// The next event that is due for a receiver: the oldest.
    pub(super) fn due(&self, receiver: &str, now_ms: u64) -> Result<Option<Due>> {
        let rows = self.rows(
            "SELECT id, kind, body, made_ms, attempts FROM hook_events \
             WHERE receiver = ? AND dead_ms IS NULL AND next_ms <= ? ORDER BY number LIMIT 1",
            vec![receiver.into(), whole(now_ms)],
        )?;
        let due = |row: &[Cell]| {
            let [id, kind, body, made_ms, attempts] = row else { return None };
            Some(Due {
                id: text(id)?.to_owned(),
                kind: text(kind)?.to_owned(),
                body: text(body)?.to_owned(),
                made_ms: count(made_ms)?,
                attempts: u32::try_from(count(attempts)?).ok()?,
            })
        };
        rows.first().map(|row| due(row).ok_or_else(damaged)).transpose()
    }

    /// It arrived; the receiver is well.
    pub(super) fn delivered(&self, receiver: &str, id: &str, now_ms: u64) -> Result<()> {
        self.run("DELETE FROM hook_events WHERE id = ?", vec![id.into()])?;
        self.run(
            "UPDATE hook_receivers SET failures = 0, rest_until_ms = 0, delivered_ms = ? WHERE name = ?",
            vec![whole(now_ms), receiver.into()],
        )
    }

    /// It is tried again.
    pub(super) fn again(&self, due: &Due, at_ms: u64, why: &str) -> Result<()> {
        self.run(
            "UPDATE hook_events SET attempts = ?, next_ms = ?, why = ? WHERE id = ?",
            vec![
                whole(u64::from(due.attempts) + 1),
                whole(at_ms),
                why.into(),
                due.id.as_str().into(),
            ],
        )
    }

    /// It is not tried again, unless an operator says so.
    pub(super) fn give_up(&self, due: &Due, now_ms: u64, why: &str) -> Result<()> {
        self.run(
            "UPDATE hook_events SET attempts = ?, dead_ms = ?, why = ? WHERE id = ?",
            vec![
                whole(u64::from(due.attempts) + 1),
                whole(now_ms),
                why.into(),
                due.id.as_str().into(),
            ],
        )
    }

    /// How often in a row a receiver failed.
    pub(super) fn failures(&self, receiver: &str) -> Result<u32> {
        let query = "SELECT failures FROM hook_receivers WHERE name = ?";
        Ok(u32::try_from(self.number(query, vec![receiver.into()])?).unwrap_or(u32::MAX))
    }

    /// A receiver failed, and is left alone for a while.
    pub(super) fn rest(&self, receiver: &str, until_ms: u64, now_ms: u64, why: &str) -> Result<()> {
        self.run(
            "UPDATE hook_receivers SET failures = failures + 1, rest_until_ms = ?, failed_ms = ?, why = ? \
             WHERE name = ?",
            vec![whole(until_ms), whole(now_ms), why.into(), receiver.into()],
        )
    }

    pub(super) fn kept(&self, receiver: &str) -> Result<Kept> {
        let number = |what: &str| {
            let query =
                format!("SELECT count(*) FROM hook_events WHERE receiver = ? AND dead_ms {what}");
            self.number(&query, vec![receiver.into()])
        };
        Ok(Kept { waiting: number("IS NULL")?, dead: number("IS NOT NULL")? })
    }
}

//! What was given up, and how receivers stand: for operators.

use seatree_core::webhooks::utc;
use serde_json::{Value, json};
use worker::{Result, SqlStorageValue as Cell};

use super::Outbox;
use crate::sql::{count, damaged, text, whole};

/// So many are kept, and for so long; the oldest go first.
const MOST_DEAD: u64 = 10_000;
const KEPT_MS: u64 = 30 * 24 * 3_600_000;

/// Those that can be tried again: of receivers that there are.
const DEAD: &str = "dead_ms IS NOT NULL AND receiver IN (SELECT name FROM hook_receivers)";

impl Outbox {
    /// How many events were given up.
    pub(crate) fn dead(&self) -> Result<u64> {
        self.number("SELECT count(*) FROM hook_events WHERE dead_ms IS NOT NULL", vec![])
    }

    /// Those that were given up last.
    pub(crate) fn given_up(&self, upstream: &str, most: u64) -> Result<Vec<Value>> {
        let rows = self.rows(
            "SELECT id, receiver, body, made_ms, dead_ms, attempts, why FROM hook_events \
             WHERE dead_ms IS NOT NULL ORDER BY dead_ms DESC, number DESC LIMIT ?",
            vec![whole(most)],
        )?;
        let event = |row: &[Cell]| {
            let [id, receiver, body, made_ms, dead_ms, attempts, why] = row else { return None };
            let body: Value = serde_json::from_str(text(body)?).ok()?;
            Some(json!({
                "id": text(id)?, "receiver": text(receiver)?, "upstream": upstream,
                "made": utc(count(made_ms)?), "given_up": utc(count(dead_ms)?),
                "attempts": count(attempts)?, "why": text(why), "event": body,
            }))
        };
        rows.iter().map(|row| event(row).ok_or_else(damaged)).collect()
    }

    /// Tries one of them again, or all; how many that are.
    pub(crate) fn retry(&self, id: Option<&str>, now_ms: u64) -> Result<u64> {
        let which = if id.is_some() { "AND id = ?" } else { "" };
        let values = || id.map(Cell::from).into_iter().collect::<Vec<_>>();
        let query = format!("SELECT count(*) FROM hook_events WHERE {DEAD} {which}");
        let retried = self.number(&query, values())?;
        let now = || whole(now_ms);
        // As if it was made now, or it would be too old.
        let query = format!(
            "UPDATE hook_events SET dead_ms = NULL, attempts = 0, made_ms = ?, next_ms = ? \
             WHERE {DEAD} {which}"
        );
        self.run(&query, [vec![now(), now()], values()].concat())?;
        // Whoever asks for it has mended the receiver.
        self.run("UPDATE hook_receivers SET failures = 0, rest_until_ms = 0", vec![])?;
        Ok(retried)
    }

    pub(crate) fn prune(&self, now_ms: u64) -> Result<()> {
        self.run(
            "DELETE FROM hook_events WHERE dead_ms < ?",
            vec![whole(now_ms.saturating_sub(KEPT_MS))],
        )?;
        self.run(
            "DELETE FROM hook_events WHERE dead_ms IS NOT NULL AND number NOT IN \
             (SELECT number FROM hook_events WHERE dead_ms IS NOT NULL ORDER BY dead_ms DESC, number DESC LIMIT ?)",
            vec![whole(MOST_DEAD)],
        )
    }

    /// How it stands with one receiver.
    pub(crate) fn account(&self, upstream: &str, receiver: &str) -> Result<Value> {
        let rows = self.rows(
            "SELECT rest_until_ms, delivered_ms, failed_ms, failures, why FROM hook_receivers WHERE name = ?",
            vec![receiver.into()],
        )?;
        let nobody = || vec![Cell::Null; 5];
        let row = rows.into_iter().next().unwrap_or_else(nobody);
        let [rest_until, delivered, failed, failures, why] = &row[..] else {
            return Err(damaged());
        };
        let fails = count(failures).unwrap_or_default();
        let moment = |value: &Cell| count(value).filter(|ms| *ms > 0).map(utc);
        let kept = self.kept(receiver)?;
        Ok(json!({
            "receiver": receiver, "upstream": upstream, "waiting": kept.waiting, "dead": kept.dead,
            "delivered": moment(delivered), "failed": moment(failed), "failures": fails,
            "next": moment(rest_until), "why": text(why).filter(|_| fails > 0),
        }))
    }
}

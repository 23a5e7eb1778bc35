//! What receivers were told.

use std::collections::BTreeMap;

use seatree_core::webhooks::{Level, Node, Place, Standing};
use worker::{Result, SqlStorageValue as Cell};

use super::Outbox;
use crate::sql::{count, damaged, text, whole};

const STANDING: &str = "SELECT s.place, level, since_ms, left_ms, node FROM hook_standing s \
     LEFT JOIN hook_left l ON l.receiver = s.receiver AND l.place = s.place WHERE s.receiver = ?";

impl Outbox {
    /// Whether a snapshot was looked at for this receiver before.
    pub(crate) fn knows(&self, receiver: &str) -> Result<bool> {
        let query = "SELECT is_known FROM hook_receivers WHERE name = ?";
        Ok(self.number(query, vec![receiver.into()])? == 1)
    }

    pub(crate) fn know(&self, receiver: &str) -> Result<()> {
        self.run(
            "INSERT INTO hook_receivers VALUES (?, 1, 0, 0, NULL, NULL, NULL) \
             ON CONFLICT (name) DO UPDATE SET is_known = 1",
            vec![receiver.into()],
        )
    }

    /// What stands of what this receiver was told.
    pub(crate) fn told(&self, receiver: &str) -> Result<BTreeMap<Place, Standing>> {
        let rows = self.rows(STANDING, vec![receiver.into()])?;
        rows.iter().map(|row| standing(row).ok_or_else(damaged)).collect()
    }

    pub(crate) fn keep(&self, receiver: &str, kept: &[(Place, Option<Standing>)]) -> Result<()> {
        for (place, standing) in kept {
            let place = place.key();
            match standing.as_ref().and_then(|standing| standing.left_ms) {
                Some(left_ms) => self.run(
                    "INSERT OR REPLACE INTO hook_left VALUES (?, ?, ?)",
                    vec![receiver.into(), place.as_str().into(), whole(left_ms)],
                )?,
                None => self.run(
                    "DELETE FROM hook_left WHERE receiver = ? AND place = ?",
                    vec![receiver.into(), place.as_str().into()],
                )?,
            }
            match standing {
                Some(Standing { level, since_ms, node, .. }) => {
                    let node = node.as_ref().map(serde_json::to_string).transpose()?;
                    self.run(
                        "INSERT OR REPLACE INTO hook_standing VALUES (?, ?, ?, ?, ?)",
                        vec![
                            receiver.into(),
                            place.into(),
                            whole(level.number().into()),
                            whole(*since_ms),
                            node.into(),
                        ],
                    )?;
                }
                None => self.run(
                    "DELETE FROM hook_standing WHERE receiver = ? AND place = ?",
                    vec![receiver.into(), place.into()],
                )?,
            }
        }
        Ok(())
    }

    pub(crate) fn told_of(&self, receiver: &str, place: &Place) -> Result<Option<Standing>> {
        let query = format!("{STANDING} AND s.place = ?");
        let rows = self.rows(&query, vec![receiver.into(), place.key().into()])?;
        rows.first().map(|row| Ok(standing(row).ok_or_else(damaged)?.1)).transpose()
    }

    /// Forgets receivers that are not configured any more. What waited for them is given up.
    pub(crate) fn forget_all_but(&self, receivers: &[&str], now_ms: u64) -> Result<()> {
        let rows = self.rows("SELECT name FROM hook_receivers", vec![])?;
        let gone = rows.iter().flatten().filter_map(text).filter(|name| !receivers.contains(name));
        for name in gone {
            self.run("DELETE FROM hook_standing WHERE receiver = ?", vec![name.into()])?;
            self.run("DELETE FROM hook_left WHERE receiver = ?", vec![name.into()])?;
            self.run("DELETE FROM hook_receivers WHERE name = ?", vec![name.into()])?;
            let why = "The receiver is not configured any more.";
            self.run(
                "UPDATE hook_events SET dead_ms = ?, why = ? WHERE receiver = ? AND dead_ms IS NULL",
                vec![whole(now_ms), why.into(), name.into()],
            )?;
        }
        Ok(())
    }

    /// The upstream could not be read: how often in a row, and since when.
    pub(crate) fn not_read(&self, now_ms: u64) -> Result<(u32, u64)> {
        self.run(
            "INSERT INTO hook_failures VALUES (1, 1, ?) ON CONFLICT (id) DO UPDATE SET tries = tries + 1",
            vec![whole(now_ms)],
        )?;
        let tries = self.number("SELECT tries FROM hook_failures", vec![])?;
        let since_ms = self.number("SELECT since_ms FROM hook_failures", vec![])?;
        Ok((u32::try_from(tries).unwrap_or(u32::MAX), since_ms))
    }

    pub(crate) fn was_read(&self) -> Result<()> {
        self.run("DELETE FROM hook_failures", vec![])
    }
}

fn standing(row: &[Cell]) -> Option<(Place, Standing)> {
    let [place, level, since_ms, left_ms, node] = row else { return None };
    let level = Level::from_number(u32::try_from(count(level)?).ok()?);
    let node: Option<Node> = match node {
        Cell::Null => None,
        node => Some(serde_json::from_str(text(node)?).ok()?),
    };
    let (since_ms, left_ms) = (count(since_ms)?, count(left_ms));
    Some((Place::parse(text(place)?)?, Standing { level, since_ms, left_ms, node }))
}

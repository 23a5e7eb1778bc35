//! The database of one memory.

use seatree_core::snapshot::{Change, Failure, Key, Moment, Row, Standing, Trouble, Version};
use worker::{Result, SqlStorage, SqlStorageValue as Cell};

use crate::sql::{self, blob, count, damaged, integer, text, whole};

/// Of the tables below. Another version of the edge that finds another number lets them alone.
const LAYOUT: i64 = 1;

/// Versions are kept in the order of their nodes, so that comparing goes along them. `until` is the
/// snapshot that saw another; none yet where it is null.
const TABLES: [&str; 3] = [
    "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value ANY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS snapshots (id INTEGER PRIMARY KEY, at_s INTEGER NOT NULL, \
     nodes INTEGER NOT NULL, changes INTEGER NOT NULL, is_whole INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS versions (node BLOB NOT NULL, since INTEGER NOT NULL, \
     until INTEGER, parent BLOB, name TEXT NOT NULL, figures BLOB NOT NULL, \
     PRIMARY KEY (node, since)) WITHOUT ROWID",
];

/// Snapshots in SQL. What is written without waiting in between becomes durable together.
pub(super) struct Store {
    sql: SqlStorage,
}

impl Store {
    pub(super) fn open(sql: SqlStorage) -> Result<Self> {
        let store = Self { sql };
        for table in TABLES {
            store.run(table, vec![])?;
        }
        match store.number("layout")? {
            None => store.set("layout", LAYOUT.into())?,
            Some(LAYOUT) => {}
            Some(other) => {
                return Err(format!(
                    "the database has layout {other}, made by another version of the edge"
                )
                .into());
            }
        }
        Ok(store)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.sql.database_size() as u64
    }

    fn run(&self, query: &str, values: Vec<Cell>) -> Result<()> {
        sql::run(&self.sql, query, values)
    }

    fn rows(&self, query: &str, values: Vec<Cell>) -> Result<Vec<Vec<Cell>>> {
        sql::rows(&self.sql, query, values)
    }

    fn about(&self, name: &str) -> Result<Option<Cell>> {
        let rows = self.rows("SELECT value FROM about WHERE name = ?", vec![name.into()])?;
        Ok(rows.into_iter().flatten().next())
    }

    fn number(&self, name: &str) -> Result<Option<i64>> {
        Ok(self.about(name)?.and_then(|value| integer(&value)))
    }

    fn set(&self, name: &str, value: Cell) -> Result<()> {
        self.run(
            "INSERT INTO about VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            vec![name.into(), value],
        )
    }

    /// The upstream that this is the memory of.
    pub(super) fn upstream(&self) -> Result<Option<String>> {
        Ok(self.about("upstream")?.as_ref().and_then(text).map(str::to_owned))
    }

    pub(super) fn set_upstream(&self, name: &str) -> Result<()> {
        self.set("upstream", name.into())
    }

    pub(super) fn standing(&self) -> Result<Option<Standing>> {
        let number = |name: &str| -> Result<Option<u64>> {
            Ok(self.number(name)?.and_then(|number| u64::try_from(number).ok()))
        };
        let (planned, due) = (number("planned_ms")?, number("due_ms")?);
        let failures = number("failures")?.and_then(|failures| u32::try_from(failures).ok());
        Ok(planned.zip(due).map(|(planned_ms, due_ms)| Standing {
            planned_ms,
            due_ms,
            failures: failures.unwrap_or_default(),
        }))
    }

    pub(super) fn set_standing(&self, standing: Standing) -> Result<()> {
        self.set("planned_ms", whole(standing.planned_ms))?;
        self.set("due_ms", whole(standing.due_ms))?;
        self.set("failures", whole(standing.failures.into()))
    }

    /// The last failure, where no snapshot was taken since; `is_taking` while another try is made.
    pub(super) fn failure(&self, is_taking: bool) -> Result<Option<Failure>> {
        let failures = self.standing()?.map_or(0, |standing| standing.failures);
        let seconds = |name: &str| -> Result<Option<u64>> {
            Ok(self.number(name)?.and_then(|seconds| u64::try_from(seconds).ok()))
        };
        if let (Some(at_s), false) = (seconds("trying_s")?, is_taking) {
            return Ok(Some(Failure { at_s, trouble: Trouble::Interrupted, times: failures }));
        }
        let trouble = self.about("trouble")?;
        let trouble = trouble.as_ref().and_then(text).and_then(Trouble::from_slug);
        let times = failures.saturating_sub(u32::from(is_taking));
        let failure = |(trouble, at_s)| Failure { at_s, trouble, times };
        Ok(trouble.zip(seconds("failed_s")?).map(failure))
    }

    /// A try begins. Should the edge be stopped before the end of it, this says so.
    pub(super) fn set_trying(&self, at_s: u64) -> Result<()> {
        if let Some(Failure { at_s, trouble, .. }) = self.failure(false)? {
            self.set_failure(at_s, trouble)?;
        }
        self.set("trying_s", whole(at_s))
    }

    pub(super) fn set_failure(&self, at_s: u64, trouble: Trouble) -> Result<()> {
        self.set("failed_s", whole(at_s))?;
        self.set("trouble", trouble.slug().into())?;
        self.run("DELETE FROM about WHERE name = 'trying_s'", vec![])
    }

    /// Those that are whole, in their order.
    pub(super) fn moments(&self) -> Result<Vec<Moment>> {
        let rows = self.rows(
            "SELECT id, at_s, nodes, changes FROM snapshots WHERE is_whole ORDER BY id",
            vec![],
        )?;
        let moment = |row: &[Cell]| match row {
            [id, at_s, nodes, changes] => Some(Moment {
                id: count(id)?,
                at_s: count(at_s)?,
                nodes: count(nodes)?,
                changes: count(changes)?,
            }),
            _ => None,
        };
        rows.iter().map(|row| moment(row).ok_or_else(damaged)).collect()
    }

    /// Begins a snapshot that nobody sees until it is whole.
    pub(super) fn begin(&self, at_s: u64) -> Result<u64> {
        self.run(
            "INSERT INTO snapshots (at_s, nodes, changes, is_whole) VALUES (?, 0, 0, 0)",
            vec![whole(at_s)],
        )?;
        let rows = self.rows("SELECT max(id) FROM snapshots", vec![])?;
        rows.iter().flatten().next().and_then(count).ok_or_else(damaged)
    }

    /// The next rows behind a key, as the last snapshot has them: what is being written is before it.
    pub(super) fn page(&self, after: Option<&Key>, most: usize) -> Result<Vec<(Key, Row)>> {
        let after = after.map(|key| key.bytes().to_vec()).unwrap_or_default();
        let rows = self.rows(
            "SELECT node, parent, name, figures FROM versions \
             WHERE node > ? AND until IS NULL ORDER BY node LIMIT ?",
            vec![after.into(), whole(most as u64)],
        )?;
        rows.into_iter()
            .map(|row| {
                let [node, parent, name, figures] =
                    <[Cell; 4]>::try_from(row).map_err(|_| damaged())?;
                let key = blob(&node).and_then(Key::read).ok_or_else(damaged)?;
                // A damaged row differs from any, and so is written anew.
                Ok((key, read(&parent, &name, &figures).unwrap_or_default()))
            })
            .collect()
    }

    pub(super) fn write(&self, id: u64, changes: &[Change]) -> Result<()> {
        for Change { key, before, after } in changes {
            if before.is_some() {
                self.run(
                    "UPDATE versions SET until = ? WHERE node = ? AND until IS NULL",
                    vec![whole(id), key.bytes().to_vec().into()],
                )?;
            }
            if let Some(row) = after {
                let parent = row.parent.map(|parent| parent.bytes().to_vec());
                self.run(
                    "INSERT INTO versions VALUES (?, ?, NULL, ?, ?, ?)",
                    vec![
                        key.bytes().to_vec().into(),
                        whole(id),
                        parent.into(),
                        row.name.as_str().into(),
                        row.figures().into(),
                    ],
                )?;
            }
        }
        Ok(())
    }

    /// From now on it is seen.
    pub(super) fn finish(&self, moment: &Moment) -> Result<()> {
        self.run(
            "UPDATE snapshots SET nodes = ?, changes = ?, is_whole = 1 WHERE id = ?",
            vec![whole(moment.nodes), whole(moment.changes), whole(moment.id)],
        )?;
        self.run("DELETE FROM about WHERE name IN ('trouble', 'failed_s', 'trying_s')", vec![])
    }

    /// Takes back what was written of snapshots that never became whole; how many there were.
    pub(super) fn take_back(&self) -> Result<usize> {
        let begun = self.rows("SELECT id FROM snapshots WHERE NOT is_whole", vec![])?;
        for id in begun.iter().flatten() {
            let id = || vec![id.clone()];
            self.run("DELETE FROM versions WHERE since = ?", id())?;
            self.run("UPDATE versions SET until = NULL WHERE until = ?", id())?;
            self.run("DELETE FROM snapshots WHERE id = ?", id())?;
        }
        Ok(begun.len())
    }

    /// Forgets the snapshots before this one, and what only they had.
    pub(super) fn prune(&self, first_kept: u64) -> Result<()> {
        self.run("DELETE FROM versions WHERE until <= ?", vec![whole(first_kept)])?;
        self.run("DELETE FROM snapshots WHERE id < ?", vec![whole(first_kept)])
    }

    /// Everything that a node was.
    pub(super) fn versions(&self, key: &Key) -> Result<Vec<Version>> {
        let rows = self.rows(
            "SELECT since, until, parent, name, figures FROM versions WHERE node = ? ORDER BY since",
            vec![key.bytes().to_vec().into()],
        )?;
        let version = |row: Vec<Cell>| {
            let [since, until, parent, name, figures] = <[Cell; 5]>::try_from(row).ok()?;
            let row = read(&parent, &name, &figures)?;
            Some(Version { since: count(&since)?, until: count(&until), row })
        };
        Ok(rows.into_iter().filter_map(version).collect())
    }

    /// Whether some snapshot has this node.
    pub(super) fn knows(&self, key: &Key) -> Result<bool> {
        let rows = self.rows(
            "SELECT 1 FROM versions, snapshots WHERE node = ? AND is_whole \
             AND since <= id AND (until IS NULL OR until > id) LIMIT 1",
            vec![key.bytes().to_vec().into()],
        )?;
        Ok(!rows.is_empty())
    }
}

fn read(parent: &Cell, name: &Cell, figures: &Cell) -> Option<Row> {
    Row::read(blob(parent), text(name)?.to_owned(), blob(figures)?)
}

//! `executeSQLQuery`: as much of Informix as it takes to ask for licenses.
//!
//! `SELECT [SKIP n] [FIRST n] columns FROM table [JOIN table ON a = b] [WHERE …] [ORDER BY …]` over
//! `LicensingResourceUsage`, `enduser` and the function `LicenseTotals()`. Everything else gets
//! Informix' number of the mistake: -201 for syntax, -206 and -217 for a table and a column that
//! are not there, -324 for a column of two tables, -674 for a function.

pub mod parse;
pub mod select;
pub mod tables;
pub mod token;

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use super::fault::Fault;
use super::operation::Paging;
use crate::world::cluster::Cluster;
use parse::{Item, Statement};
use select::{Joined, Scope};
use tables::Table;

/// How many results are remembered.
const REMEMBERED: usize = 4;

/// A statement without its page, and the rows it selects.
type Remembered = (Statement, Arc<[Joined]>);

/// The database of a cluster.
#[derive(Debug)]
pub struct Database {
    cluster: Cluster,
    /// So that reading page after page does not join everything each time.
    remembered: Mutex<Vec<Remembered>>,
}

/// The rows of a page, and how many there are on all.
#[derive(Debug)]
pub struct Answer<'a> {
    cluster: &'a Cluster,
    columns: Vec<(String, Output)>,
    rows: Arc<[Joined]>,
    page: std::ops::Range<usize>,
}

/// Where the value of a column comes from.
#[derive(Clone, Copy, Debug)]
enum Output {
    Column { table: Table, at: usize, column: usize },
    Count,
}

impl Database {
    pub fn new(cluster: Cluster) -> Self {
        Self { cluster, remembered: Mutex::default() }
    }

    /// Runs a statement.
    ///
    /// # Errors
    /// A fault with Informix' number.
    pub fn query(&self, text: &str) -> Result<Answer<'_>, Fault> {
        let (statement, paging) = parse::parse(text)?;
        let scope = Scope::new(&statement.from, self.cluster.release)?;
        let columns = outputs(&statement, &scope)?;
        let counts = columns.iter().any(|(_, output)| matches!(output, Output::Count));
        let rows = self.rows(statement, &scope)?;
        let page = if counts { 0..1 } else { page(paging, rows.len()) };
        Ok(Answer { cluster: &self.cluster, columns, rows, page })
    }

    fn rows(&self, statement: Statement, scope: &Scope) -> Result<Arc<[Joined]>, Fault> {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, rows)) = remembered.iter().find(|(asked, _)| *asked == statement) {
            return Ok(Arc::clone(rows));
        }
        let rows: Arc<[Joined]> = scope.select(&statement, &self.cluster)?.into();
        if remembered.len() == REMEMBERED {
            remembered.remove(0);
        }
        remembered.push((statement, Arc::clone(&rows)));
        Ok(rows)
    }
}

fn page(paging: Paging, rows: usize) -> std::ops::Range<usize> {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX).min(rows);
    let start = number(paging.skip);
    let end = paging.first.map_or(rows, |first| start.saturating_add(number(first)).min(rows));
    start..end
}

/// The columns of the result with their names.
fn outputs(statement: &Statement, scope: &Scope) -> Result<Vec<(String, Output)>, Fault> {
    let mut outputs = Vec::new();
    for item in &statement.items {
        match item {
            Item::Everything(of) => {
                let columns = scope.columns(of.as_deref())?;
                outputs.extend(
                    columns.map(|(name, table, at, column)| {
                        (name, Output::Column { table, at, column })
                    }),
                );
            }
            Item::Column { column, name } => {
                let found = scope.find(column)?;
                let name = name.clone().unwrap_or_else(|| column.name.clone());
                let (table, at, column) = (found.table, found.at, found.column);
                outputs.push((name, Output::Column { table, at, column }));
            }
            Item::Count { name } => {
                let name = name.clone().unwrap_or_else(|| "(count(*))".to_owned());
                outputs.push((name, Output::Count));
            }
        }
    }
    Ok(outputs)
}

impl<'a> Answer<'a> {
    /// How many rows there are without SKIP and FIRST.
    pub fn total(&self) -> usize {
        self.rows.len()
    }

    pub fn rows(&self) -> std::ops::Range<usize> {
        self.page.clone()
    }

    /// Columns and values of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (&str, Cow<'a, str>)> {
        self.columns.iter().map(move |(name, output)| {
            let value = match *output {
                Output::Count => self.rows.len().to_string().into(),
                Output::Column { table, at, column } => {
                    let row = self.rows[row][at];
                    row.map_or(Cow::from(""), |row| table.value(self.cluster, row, column))
                }
            };
            (name.as_str(), value)
        })
    }
}

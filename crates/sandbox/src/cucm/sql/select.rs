//! Joins, conditions and order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use super::super::fault::Fault;
use super::super::find::like::{Case, like};
use super::parse::{ColumnName, Condition, Direction, Join, Source, Statement};
use super::tables::Table;
use crate::cucm::release::Release;
use crate::world::cluster::Cluster;

/// One row number for each table of a statement; none where a row has no partner.
pub type Joined = [Option<usize>; MOST_TABLES];

const MOST_TABLES: usize = 2;

/// The tables a statement reads, by the names it gives them.
#[derive(Debug)]
pub struct Scope {
    tables: Vec<Named>,
}

#[derive(Debug)]
struct Named {
    called: String,
    table: Table,
    /// The names a function's columns are given.
    columns: Option<Vec<String>>,
    join: Join,
}

/// A column, and which of the statement's tables it is in.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub table: Table,
    pub at: usize,
    pub column: usize,
}

impl Scope {
    pub fn new(sources: &[Source], release: Release) -> Result<Self, Fault> {
        let mut tables = Vec::new();
        for Source { name, alias, function, join } in sources {
            let table = if function.is_some() {
                Table::of_function(name, release).ok_or_else(|| {
                    Fault::sql(-674, format!("Routine ({name}) can not be resolved."))
                })?
            } else {
                Table::of(name, release).ok_or_else(|| {
                    let message = format!("The specified table ({name}) is not in the database.");
                    Fault::sql(-206, message)
                })?
            };
            let called = alias.clone().unwrap_or_else(|| table.name().to_owned());
            // A function has a fixed number of columns, and they need names.
            if function.as_ref().is_some_and(|names| names.len() != table.columns().len()) {
                return Err(Fault::sql(-236, "Number of columns in INSERT does not match."));
            }
            tables.push(Named { called, table, columns: function.clone(), join: *join });
        }
        if tables.len() > MOST_TABLES {
            return Err(Fault::sql(-201, "A syntax error has occurred."));
        }
        Ok(Self { tables })
    }

    fn names(&self, at: usize) -> Vec<&str> {
        let Named { table, columns, .. } = &self.tables[at];
        match columns {
            Some(names) => names.iter().map(String::as_str).collect(),
            None => table.columns().to_vec(),
        }
    }

    /// All columns, of all tables or of one: name, table, its place, the column's number.
    pub fn columns(
        &self,
        of: Option<&str>,
    ) -> Result<impl Iterator<Item = (String, Table, usize, usize)>, Fault> {
        let mut columns = Vec::new();
        for (at, Named { called, table, .. }) in self.tables.iter().enumerate() {
            if of.is_none_or(|of| of == called) {
                let names = self.names(at).into_iter().enumerate();
                columns.extend(names.map(|(column, name)| (name.to_owned(), *table, at, column)));
            }
        }
        match of {
            Some(of) if columns.is_empty() => {
                Err(Fault::sql(-206, format!("The specified table ({of}) is not in the database.")))
            }
            _ => Ok(columns.into_iter()),
        }
    }

    pub fn find(&self, column: &ColumnName) -> Result<Found, Fault> {
        let name = &column.name;
        let all = self.columns(column.table.as_deref())?;
        let mut same = all.filter(|(found, ..)| found == name);
        let (_, table, at, number) = same.next().ok_or_else(|| {
            Fault::sql(
                -217,
                format!(
                    "Column ({name}) not found in any table in the query (or SLV is undefined)."
                ),
            )
        })?;
        if same.next().is_some() {
            return Err(Fault::sql(-324, format!("Ambiguous column ({name}).")));
        }
        Ok(Found { table, at, column: number })
    }

    /// The rows of a statement, all pages of them.
    pub fn select(&self, statement: &Statement, cluster: &Cluster) -> Result<Vec<Joined>, Fault> {
        let value = |found: Found, row: &Joined| {
            let row = row[found.at];
            row.map_or(Cow::from(""), |row| found.table.value(cluster, row, found.column))
        };
        let mut joins = Vec::new();
        let mut tests: Vec<(Found, &Condition)> = Vec::new();
        for condition in &statement.conditions {
            match condition {
                Condition::Same(one, other) => joins.push((self.find(one)?, self.find(other)?)),
                Condition::Is(column, _)
                | Condition::IsNot(column, _)
                | Condition::Like(column, _) => tests.push((self.find(column)?, condition)),
            }
        }
        let order = statement.order.iter();
        let order: Vec<(Found, Direction)> = order
            .map(|(column, direction)| Ok((self.find(column)?, *direction)))
            .collect::<Result<_, Fault>>()?;

        let mut rows = self.join(&joins, cluster)?;
        rows.retain(|row| {
            tests.iter().all(|(found, condition)| {
                let value = value(*found, row);
                match condition {
                    Condition::Is(_, text) => value.trim_end() == text.trim_end(),
                    Condition::IsNot(_, text) => value.trim_end() != text.trim_end(),
                    Condition::Like(_, pattern) => like(pattern, &value, Case::Matters),
                    Condition::Same(..) => true,
                }
            })
        });
        if order.is_empty() {
            return Ok(rows);
        }
        // Values once per row, not once per comparison.
        let keyed = rows.into_iter().map(|row| {
            let keys: Vec<String> =
                order.iter().map(|(found, _)| value(*found, &row).into_owned()).collect();
            (keys, row)
        });
        let mut keyed: Vec<(Vec<String>, Joined)> = keyed.collect();
        keyed.sort_by(|(a, _), (b, _)| {
            let compared = order.iter().zip(a.iter().zip(b)).map(|((found, direction), (a, b))| {
                let order = found.table.compare(found.column, a, b);
                match direction {
                    Direction::Ascending => order,
                    Direction::Descending => order.reverse(),
                }
            });
            compared.fold(Ordering::Equal, Ordering::then)
        });
        Ok(keyed.into_iter().map(|(_, row)| row).collect())
    }

    fn join(&self, joins: &[(Found, Found)], cluster: &Cluster) -> Result<Vec<Joined>, Fault> {
        let first = self.tables[0].table.rows(cluster);
        let Some(Named { table: second, join, .. }) = self.tables.get(1) else {
            return Ok(first.into_iter().map(|row| [Some(row), None]).collect());
        };
        // Without a condition every row would meet every other: nobody's cluster survives that.
        let [(one, other)] = joins else { return Err(super::token::syntax_error()) };
        let (left, right) = if one.at == 0 { (one, other) } else { (other, one) };
        if (left.at, right.at) != (0, 1) {
            return Err(super::token::syntax_error());
        }
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for row in second.rows(cluster) {
            let key = second.value(cluster, row, right.column).into_owned();
            by_key.entry(key).or_default().push(row);
        }
        let mut rows = Vec::new();
        for row in first {
            let key = left.table.value(cluster, row, left.column);
            let partners = by_key.get(key.as_ref());
            rows.extend(partners.into_iter().flatten().map(|other| [Some(row), Some(*other)]));
            if partners.is_none() && *join == Join::Kept {
                rows.push([Some(row), None]);
            }
        }
        Ok(rows)
    }
}

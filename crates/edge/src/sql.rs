//! Asking a database of an object.

use worker::{Error, Result, SqlStorage, SqlStorageValue as Cell};

/// What is written without waiting in between becomes durable together.
pub(crate) fn run(sql: &SqlStorage, query: &str, values: Vec<Cell>) -> Result<()> {
    sql.exec(query, values).map(drop)
}

pub(crate) fn rows(sql: &SqlStorage, query: &str, values: Vec<Cell>) -> Result<Vec<Vec<Cell>>> {
    sql.exec(query, values)?.raw().collect()
}

/// The first number of the first row; none where there is no row, or null.
pub(crate) fn number(sql: &SqlStorage, query: &str, values: Vec<Cell>) -> Result<Option<u64>> {
    Ok(rows(sql, query, values)?.first().and_then(|row| row.first()).and_then(count))
}

pub(crate) fn damaged() -> Error {
    "the database is damaged".into()
}

pub(crate) fn whole(number: u64) -> Cell {
    Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Numbers that JavaScript has as fractions are none of ours.
pub(crate) fn integer(value: &Cell) -> Option<i64> {
    if let Cell::Integer(number) = value { Some(*number) } else { None }
}

pub(crate) fn count(value: &Cell) -> Option<u64> {
    integer(value).and_then(|number| u64::try_from(number).ok())
}

pub(crate) fn text(value: &Cell) -> Option<&str> {
    if let Cell::String(text) = value { Some(text) } else { None }
}

pub(crate) fn blob(value: &Cell) -> Option<&[u8]> {
    if let Cell::Blob(bytes) = value { Some(bytes) } else { None }
}

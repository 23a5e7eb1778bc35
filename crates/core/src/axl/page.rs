//! One page of a list, and where its rows came from.

use super::complaints::Complaints;

/// Which way a cluster was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An operation made for it.
    Operation,
    /// The database behind it. Cisco keeps its tables compatible with nothing, so that what is
    /// read there should be shown as such.
    Sql,
}

/// What one page of a list held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub source: Source,
    /// Paths of fields that were sent but could not be read; at most the first twenty.
    pub complaints: Vec<String>,
}

impl<T> Page<T> {
    pub(super) fn new(rows: Vec<T>, source: Source, complaints: Complaints) -> Self {
        Self { rows, source, complaints: complaints.into_paths() }
    }
}

//! Where exported rows come from.

use crate::address::Address;
use crate::config::Kind;

/// A connection, as an export names it.
#[derive(Clone, Debug)]
pub struct Source {
    pub name: String,
    pub kind: Kind,
    /// The upstream's own, not a proxy's.
    pub address: Address,
    /// When it was read, in seconds since 1970; none when it was not, or not to its end.
    pub read_at_s: Option<i64>,
    pub extent: Extent,
}

/// How much of a connection was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Parts failed.
    Partial,
    /// Some, and more was to come.
    Growing,
    /// Nothing.
    Nothing,
}

impl Extent {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Whole => "complete",
            Self::Partial => "partly read",
            Self::Growing => "still being read",
            Self::Nothing => "not read",
        }
    }
}

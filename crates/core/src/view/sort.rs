//! What rows are sorted by.

use std::fmt;
use std::str::FromStr;

use super::column::{Column, NoColumn};

/// An order of siblings, or of all rows of a list without hierarchy.
///
/// What is unknown comes last in both directions; rows that are equal stay as they came. Its text,
/// `msTeamsUsers.inUse.desc`, names it in addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    pub by: SortBy,
    pub descending: bool,
}

/// What rows are compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// Without regard to case and accents, numbers by their value; no name is unknown.
    Name,
    /// From groups down to license types.
    Kind,
    Column(Column),
    /// How much a node needs to be looked at, from least to most.
    Severity,
}

const DESCENDING: &str = ".desc";

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.by {
            SortBy::Name => f.write_str("name")?,
            SortBy::Kind => f.write_str("kind")?,
            SortBy::Column(column) => column.fmt(f)?,
            SortBy::Severity => f.write_str("severity")?,
        }
        f.write_str(if self.descending { DESCENDING } else { "" })
    }
}

impl FromStr for Sort {
    type Err = NoColumn;

    fn from_str(text: &str) -> Result<Self, NoColumn> {
        let ascending = text.strip_suffix(DESCENDING);
        let by = match ascending.unwrap_or(text) {
            "name" => SortBy::Name,
            "kind" => SortBy::Kind,
            "severity" => SortBy::Severity,
            column => SortBy::Column(column.parse()?),
        };
        Ok(Self { by, descending: ascending.is_some() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Shows;
    use super::*;

    #[test]
    fn a_sort_is_named_by_what_it_compares_and_its_direction() {
        let columns = Shows::ALL.map(|shows| SortBy::Column(Column::new("a.desc", shows)));
        let all = [SortBy::Name, SortBy::Kind, SortBy::Severity].into_iter().chain(columns);
        for by in all {
            for descending in [false, true] {
                let sort = Sort { by: by.clone(), descending };
                assert_eq!(sort.to_string().parse(), Ok(sort));
            }
        }
        for text in ["", ".desc", "names", "name.asc", "msTeamsUsers.desc"] {
            assert_eq!(text.parse::<Sort>(), Err(NoColumn), "{text}");
        }
    }
}

//! Type-ahead.

use super::super::fold::Needle;
use super::Rows;
use crate::estate::{Estate, NodeRef};

impl Rows {
    /// The next row after `row`, or from the top on, whose name begins with `prefix`, without regard
    /// to case and accents; `row` itself comes last.
    pub fn next_named(&self, estate: &Estate, row: usize, prefix: &str) -> Option<usize> {
        let needle = Needle::new(prefix);
        let named = |&row: &usize| {
            let name = |at: NodeRef| Some(estate.tree(at.tree)?.name(at.node));
            self.get(row).and_then(name).is_some_and(|name| needle.begins(name))
        };
        if needle.is_empty() {
            return None;
        }
        let after = row.saturating_add(1).min(self.len());
        (after..self.len()).chain(0..after).find(named)
    }
}

//! One row of a result.

use super::complaints::Complaints;
use super::xml::{Broken, Walk};

/// One row of a result: names of columns as sent, values without the blanks that fill them up.
/// A column that is NULL, nil or empty is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SqlRow {
    /// Names and values in turn: a row costs little more than its text.
    text: String,
    /// Where each of them ends.
    ends: Vec<u32>,
}

impl SqlRow {
    /// Name and value of each column, in the order sent.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut start = 0;
        let mut next = move |end: u32| {
            let end = end as usize;
            &self.text[std::mem::replace(&mut start, end)..end]
        };
        self.ends.chunks_exact(2).map(move |ends| (next(ends[0]), next(ends[1])))
    }

    /// The value of a column, whatever the case of its name; the last one where there are two.
    pub fn get(&self, column: &str) -> Option<&str> {
        let named = self.columns().filter(|(name, _)| name.eq_ignore_ascii_case(column));
        named.last().map(|(_, value)| value)
    }

    pub(super) fn read(
        walk: &mut Walk<'_>,
        at: usize,
        complaints: &mut Complaints,
    ) -> Result<Self, Broken> {
        let mut row = Self::default();
        let twice = walk.fields(|name, text| row.push(name, text.trim()))?;
        complaints.twice(|| format!("row[{at}]"), twice);
        Ok(row)
    }

    fn push(&mut self, name: &str, value: &str) {
        let name_end = self.text.len() + name.len();
        // A reply is far from 4 GB.
        let ends = [name_end, name_end + value.len()].map(u32::try_from);
        if let ([Ok(name_end), Ok(value_end)], false) = (ends, value.is_empty()) {
            self.text.push_str(name);
            self.text.push_str(value);
            self.ends.extend([name_end, value_end]);
        }
    }
}

//! A filter as part of an address: `q=harbor&kind=tenant&find=over,near&range=msTeamsUsers.inUse:80..`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::super::{Column, address};
use super::{Filter, Kinds, Range};
use crate::estate::Kind;
use crate::insight::{Mark, Marks};

/// What may stand in a query as it is, and separates nothing here.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// More than a person sets, and few enough to be looked at for every node.
const MOST_RANGES: usize = 20;
/// More than a person types; in bytes.
const MOST_TEXT: usize = 1_000;

impl Filter {
    /// Its text for an address, without `?`; empty for a filter without conditions.
    pub fn to_query(&self) -> String {
        let mut parts = Vec::new();
        if !self.text.is_empty() {
            parts.push(format!("q={}", encode(&self.text)));
        }
        if !self.kinds.is_empty() {
            parts.push(format!("kind={}", listed(self.kinds.iter().map(address::word))));
        }
        if !self.marks.is_empty() {
            let marks = Mark::ALL.into_iter().filter(|mark| self.marks.contains(*mark));
            parts.push(format!("find={}", listed(marks.map(Mark::key))));
        }
        for range in self.ranges.iter().filter(|range| !range.is_empty()) {
            let end = |end: Option<i64>| end.map(|end| end.to_string()).unwrap_or_default();
            let column = encode(&range.column.to_string());
            parts.push(format!("range={column}:{}..{}", end(range.least), end(range.most)));
        }
        parts.join("&")
    }

    /// The filter of an address. What is no condition is left out, so that links of other releases
    /// and by hand still lead somewhere.
    pub fn from_query(query: &str) -> Self {
        let mut filter = Self::default();
        for part in query.split('&') {
            let Some((key, value)) = part.split_once('=') else { continue };
            let value = decode(value);
            match key {
                "q" => value[..value.floor_char_boundary(MOST_TEXT)].clone_into(&mut filter.text),
                "kind" => filter.kinds = kinds(&value),
                "find" => filter.marks = marks(&value),
                "range" if filter.ranges.len() < MOST_RANGES => filter.ranges.extend(range(&value)),
                _ => {}
            }
        }
        filter
    }
}

fn listed(keys: impl Iterator<Item = &'static str>) -> String {
    keys.collect::<Vec<_>>().join(",")
}

fn kinds(value: &str) -> Kinds {
    let kind = |word: &str| Kind::ALL.into_iter().find(|kind| address::word(*kind) == word);
    value.split(',').filter_map(kind).collect()
}

fn marks(value: &str) -> Marks {
    value.split(',').filter_map(Mark::from_key).collect()
}

/// `msTeamsUsers.utilization:80..120`; either end may be missing, and is when it is no number.
fn range(value: &str) -> Option<Range> {
    // The upstream's key may hold colons.
    let (column, ends) = value.rsplit_once(':')?;
    let (least, most) = ends.split_once("..")?;
    let column: Column = column.parse().ok()?;
    let range = Range { column, least: least.parse().ok(), most: most.parse().ok() };
    (!range.is_empty()).then_some(range)
}

/// A text as a value of a query.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// The text of a value. Spaces are written as a plus by forms and by hand.
pub(crate) fn decode(value: &str) -> String {
    let spaced = value.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::view::Shows;

    fn ranges() -> impl Strategy<Value = Vec<Range>> {
        let end = || prop::option::of(prop_oneof![-200_i64..200, any::<i64>()]);
        let range = ("\\PC{1,6}", 0..Shows::ALL.len(), end(), end());
        let range = range.prop_map(|(meter, shows, least, most)| Range {
            column: Column::new(&meter, Shows::ALL[shows]),
            least,
            most,
        });
        let full = range.prop_filter("has an end", |range| !range.is_empty());
        prop::collection::vec(full, 0..4)
    }

    proptest! {
        #[test]
        fn a_filter_comes_back_from_its_address(
            text in "[a-z&=+%# é]{0,8}|\\PC{0,20}",
            kinds in prop::collection::vec(prop::sample::select(Kind::ALL.to_vec()), 0..4),
            marks in prop::collection::vec(prop::sample::select(Mark::ALL.to_vec()), 0..4),
            ranges in ranges(),
        ) {
            let (kinds, marks) = (kinds.into_iter().collect(), marks.into_iter().collect());
            let filter = Filter { text, kinds, marks, ranges };
            let query = filter.to_query();
            prop_assert!(query.is_ascii() && !query.contains([' ', '#', '?', '"', '<']), "{}", query);
            prop_assert_eq!(Filter::from_query(&query), filter);
        }

        #[test]
        fn no_address_breaks_it(query in "(q|kind|find|range|x)?=?[a-z%&=:.,0-9-]{0,30}|\\PC*") {
            let filter = Filter::from_query(&query);
            prop_assert_eq!(Filter::from_query(&filter.to_query()), filter);
        }
    }

    #[test]
    fn addresses_are_ones_that_people_can_read_and_write() {
        let query = "q=harbor%20bank&kind=tenant,license-type&find=over,sums\
                     &range=msTeamsUsers.utilization:80..120&range=agents.inUse:..-3";
        assert_eq!(Filter::from_query(query).to_query(), query);
        let typed = "find=sums,what,over&range=x&range=agents.free:1..2&q=harbor+bank\
                     &kind=planet,license-type,tenant&range=msTeamsUsers.utilization%3A80..120\
                     &range=agents.inUse:x..-3&sort=name&q";
        assert_eq!(Filter::from_query(typed).to_query(), query);
        assert_eq!(Filter::from_query(""), Filter::default());
        assert_eq!(Filter::default().to_query(), "");
    }

    #[test]
    fn a_link_cannot_ask_for_endless_work() {
        let long = format!("q={}&{}", "é".repeat(9_000), "range=a.inUse:1..&".repeat(9_000));
        let filter = Filter::from_query(&long);
        assert!(filter.text.len() <= MOST_TEXT);
        assert_eq!(filter.ranges.len(), MOST_RANGES);
    }
}

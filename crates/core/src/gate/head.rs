//! Heads of requests and replies, the way they cross between the edge and its platform: as one text,
//! since each text that is handed over costs more than its bytes.

use serde::{Serialize, Serializer};

use super::Header;

/// The head of a request or reply that arrived: a line for each of its parts, then one for the name
/// and one for the value of each header. Nothing that came over HTTP holds the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    text: String,
    /// Where each line ends.
    ends: Vec<usize>,
    parts: usize,
}

impl Head {
    /// A head with so many parts. What is missing reads as empty.
    pub fn read(text: String, parts: usize) -> Self {
        let bytes = text.bytes().enumerate();
        let ends = bytes.filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Self { text, ends, parts }
    }

    /// One of the parts before the headers.
    pub fn part(&self, number: usize) -> &str {
        Some(number)
            .filter(|number| *number < self.parts)
            .and_then(|at| self.line(at))
            .unwrap_or_default()
    }

    /// The value of a header, asked for in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut names = (self.parts..self.ends.len()).step_by(2);
        names.find(|at| self.line(*at) == Some(name)).and_then(|at| self.line(at + 1))
    }

    fn line(&self, number: usize) -> Option<&str> {
        let start =
            number.checked_sub(1).map_or(Some(0), |before| Some(self.ends.get(before)? + 1));
        self.text.get(start?..*self.ends.get(number)?)
    }
}

/// Headers that leave, as an object of JSON. Whatever they hold, the platform reads these names and
/// values out of it, and refuses what cannot be one.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a>(pub &'a [Header]);

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts_and_headers_are_told_apart() {
        let head = Head::read("GET\nhttp://e/to/x\n\norigin\nhttps://p\naccept\n\n".to_owned(), 3);
        assert_eq!((head.part(0), head.part(1), head.part(2)), ("GET", "http://e/to/x", ""));
        assert_eq!(head.header("origin"), Some("https://p"));
        assert_eq!(head.header("accept"), Some(""));
        // Values are no names, parts are no headers.
        for name in ["https://p", "GET", "", "Origin"] {
            assert_eq!(head.header(name), None, "{name}");
        }
        let bare = Head::read("200\n".to_owned(), 1);
        assert_eq!((bare.part(0), bare.part(1), bare.header("x")), ("200", "", None));
    }

    proptest! {
        #[test]
        fn every_header_of_a_head_is_found(
            parts in proptest::collection::vec("[ -~]{0,20}", 1..4),
            headers in proptest::collection::btree_map("[a-z-]{1,12}", "[ -~é]{0,30}", 0..8),
        ) {
            let headers: BTreeMap<String, String> = headers;
            let lines = headers.iter().flat_map(|(name, value)| [name, value]);
            let text = parts.iter().chain(lines).fold(String::new(), |text, line| text + line + "\n");
            let head = Head::read(text, parts.len());
            for (number, part) in parts.iter().enumerate() {
                prop_assert_eq!(head.part(number), part);
            }
            for (name, value) in &headers {
                prop_assert_eq!(head.header(name), Some(value.as_str()));
            }
            prop_assert_eq!(head.header("no such header"), None);
        }

        #[test]
        fn a_record_reads_as_what_was_written(
            headers in proptest::collection::btree_map(".{1,12}", ".{0,30}", 0..8),
        ) {
            let list: Vec<Header> = headers.clone().into_iter().collect();
            let json = serde_json::to_string(&Record(&list)).expect("names are texts");
            prop_assert!(!json.contains('\n'));
            prop_assert_eq!(serde_json::from_str::<BTreeMap<String, String>>(&json).expect("JSON"), headers);
        }
    }
}

//! Heads as one text, the way they cross between the edge and its platform.
//!
//! Each text that is handed over costs more than its bytes, so that a head goes as one: a line for
//! each of its parts, then one for the name and one for the value of each header. Nothing that comes
//! from the network as a header can hold the end of a line; what leaves is looked at first.

use super::Header;

/// The head of a request or reply that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    text: String,
    /// Where the headers begin.
    headers: usize,
}

impl Head {
    /// A head whose first lines are so many parts. What is missing reads as empty.
    pub fn read(text: String, parts: usize) -> Self {
        let mut ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let headers = ends.nth(parts.saturating_sub(1)).unwrap_or(text.len());
        Self { text, headers }
    }

    /// One of the parts before the headers.
    pub fn part(&self, number: usize) -> &str {
        let parts = self.text.get(..self.headers).unwrap_or_default();
        parts.split_terminator('\n').nth(number).unwrap_or_default()
    }

    /// The value of a header, asked for in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.text.get(self.headers..)?.split_terminator('\n');
        while let (Some(other), Some(value)) = (lines.next(), lines.next()) {
            if other == name {
                return Some(value);
            }
        }
        None
    }
}

/// A head that is about to leave; none where a part or header holds what would make it another one.
pub fn written(parts: &[&str], headers: &[Header]) -> Option<String> {
    let headers = headers.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    let mut text = String::with_capacity(512);
    for line in parts.iter().copied().chain(headers) {
        if line.contains(['\n', '\r', '\0']) {
            return None;
        }
        text.push_str(line);
        text.push('\n');
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn header(name: &str, value: &str) -> Header {
        (name.to_owned(), value.to_owned())
    }

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

    #[test]
    fn a_line_within_a_line_does_not_leave() {
        for bad in ["a\nx-admin\n1", "a\rb", "a\0", "\n"] {
            assert_eq!(written(&["200"], &[header("x", bad)]), None, "{bad:?}");
            assert_eq!(written(&["200"], &[header(bad, "x")]), None, "{bad:?}");
            assert_eq!(written(&[bad], &[]), None, "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(
            parts in proptest::collection::vec("[ -~]{1,20}", 1..4),
            values in proptest::collection::btree_map("[a-z-]{1,12}", "[ -~é]{0,30}", 0..8),
        ) {
            let headers: Vec<Header> = values.clone().into_iter().collect();
            let lines: Vec<&str> = parts.iter().map(String::as_str).collect();
            let text = written(&lines, &headers).expect("no line ends");
            let head = Head::read(text, parts.len());
            for (number, part) in parts.iter().enumerate() {
                prop_assert_eq!(head.part(number), part);
            }
            for (name, value) in &values {
                prop_assert_eq!(head.header(name), Some(value.as_str()));
            }
            prop_assert_eq!(head.header("no such header"), None);
        }
    }
}

//! Reading comma-separated values, after RFC 4180, as people's programs write them.

/// One record with the number of the line it begins on, from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub line: usize,
    pub fields: Vec<String>,
    /// A quote is never closed. The line is its line then, of which nothing after it is read.
    pub is_open: bool,
}

/// More fields than that are not kept: a file of separators alone must not take far more memory
/// than bytes.
const MOST_FIELDS: usize = 32;

/// Reads record by record; empty lines are none. The separator is the one of comma, semicolon and
/// tab that the first line has most of: where a comma is the decimal sign, Excel writes semicolons,
/// and what is copied from a sheet has tabs.
///
/// A quote that is never closed takes the rest of its own line and no more. There is one at most:
/// only pairs of quotes follow it, and a field that begins with one ends with it.
pub(super) fn records(text: &str) -> impl Iterator<Item = Record> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = separator(text);
    let (mut rest, mut line) = (text, 1);
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (fields, mut after, is_open) = fields(rest, separator);
            let lines_to = |after: &str| breaks(&rest[..rest.len() - after.len()]);
            let mut record = Record { line, fields, is_open };
            if is_open {
                record.line += lines_to(after);
                after = after.find(['\r', '\n']).map_or("", |end| after_break(&after[end..]));
            }
            line += lines_to(after);
            rest = after;
            if is_open || record.fields.iter().any(|field| !field.trim().is_empty()) {
                return Some(record);
            }
        }
        None
    })
}

/// The fields of the record that a text begins with, and the text after its end; or from a quote on
/// that is never closed, and that this is so.
fn fields(mut rest: &str, separator: char) -> (Vec<String>, &str, bool) {
    let mut fields = Vec::new();
    loop {
        let Some((field, after)) = field(rest, separator) else { return (fields, rest, true) };
        if fields.len() < MOST_FIELDS {
            fields.push(field);
        }
        let Some(next) = after.strip_prefix(separator) else {
            return (fields, after_break(after), false);
        };
        rest = next;
    }
}

/// What follows the line break that a text begins with.
fn after_break(text: &str) -> &str {
    let ends = ["\r\n", "\r", "\n"];
    ends.into_iter().find_map(|end| text.strip_prefix(end)).unwrap_or(text)
}

fn separator(text: &str) -> char {
    let first = text.split(['\r', '\n']).find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    let mut best = ',';
    for other in [';', '\t'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

/// The field that a text begins with, and the text from its end on; none where it begins with a
/// quote that is never closed.
fn field(text: &str, separator: char) -> Option<(String, &str)> {
    let plain = |text: &str| text.find([separator, '\r', '\n']).unwrap_or(text.len());
    let Some(mut quoted) = text.strip_prefix('"') else {
        let (field, rest) = text.split_at(plain(text));
        return Some((field.to_owned(), rest));
    };
    let mut field = String::new();
    while let Some((before, after)) = quoted.split_once('"') {
        field.push_str(before);
        let Some(more) = after.strip_prefix('"') else {
            // What stands between the quote and the separator belongs to it, as in most readers.
            let (more, rest) = after.split_at(plain(after));
            field.push_str(more);
            return Some((field, rest));
        };
        field.push('"');
        quoted = more;
    }
    None
}

fn breaks(text: &str) -> usize {
    let lone = text.matches('\r').count() - text.matches("\r\n").count();
    text.matches('\n').count() + lone
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        records(text).map(|record| (record.line, record.fields)).collect()
    }

    fn fields(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|&field| field.to_owned()).collect()
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let text = "\u{feff}a,b\r\n\r\n\"two\nlines\",\"say \"\"hi\"\"\"\n1,2";
        let expected = [
            (1, fields(&["a", "b"])),
            (3, fields(&["two\nlines", "say \"hi\""])),
            (5, fields(&["1", "2"])),
        ];
        assert_eq!(read(text), expected);
    }

    #[test]
    fn semicolons_and_tabs_separate_where_the_first_line_has_them() {
        assert_eq!(read("118;x;20\n7;\"a;b\";3")[1].1, fields(&["7", "a;b", "3"]));
        assert_eq!(read("118\tx, y\t20")[0].1, fields(&["118", "x, y", "20"]));
        assert_eq!(read(",,\n , \n"), [], "nothing in it");
    }

    #[test]
    fn separators_alone_take_no_memory() {
        assert_eq!(read(&format!("a{}", ",".repeat(1_000)))[0].1.len(), MOST_FIELDS);
    }

    #[test]
    fn a_quote_that_is_never_closed_takes_its_own_line_alone() {
        let read = |text: &str| {
            let records = records(text).map(|record| (record.line, record.is_open, record.fields));
            records.collect::<Vec<_>>()
        };
        let good = |line| (line, false, fields(&["2", "say \"\"hi\"\""]));
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("1,\"a,b{end}{end}2,\"say \"\"hi\"\"\"{end}\"");
            assert_eq!(
                read(&text)[0],
                (1, false, fields(&["1", &format!("a,b{end}{end}2,say \"\"hi\"\"\"")]))
            );
            let text = format!("1,\"a,b{end}{end}2,say \"\"hi\"\"{end}");
            assert_eq!(read(&text), [(1, true, fields(&["1"])), good(3)], "{text:?}");
            let text = format!("2,say \"\"hi\"\"{end}\"two{end}lines\",\"b{end}");
            let open = (3, true, fields(&[&format!("two{end}lines")]));
            assert_eq!(read(&text), [good(1), open], "the line of the quote");
        }
        assert_eq!(read("\""), [(1, true, vec![])]);
    }

    #[test]
    fn what_stands_between_a_quote_and_the_separator_belongs_to_the_field() {
        assert_eq!(read("\"1\" ,2"), [(1, fields(&["1 ", "2"]))]);
    }

    proptest! {
        #[test]
        fn it_reads_what_another_reader_reads(
            rows in prop::collection::vec(prop::collection::vec("[a-z0-9,;\"\r\n ]{0,6}", 3), 1..8),
        ) {
            let mut written = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always)
                .from_writer(Vec::new());
            // So that the separator is known.
            written.write_record(["a", "b", "c"]).unwrap();
            for row in &rows {
                written.write_record(row).unwrap();
            }
            let text = String::from_utf8(written.into_inner().unwrap()).unwrap();
            let expected = rows.into_iter().filter(|row| row.iter().any(|f| !f.trim().is_empty()));
            let read = records(&text).skip(1).map(|record| record.fields);
            prop_assert_eq!(read.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }

        #[test]
        fn any_text_is_read_to_its_end(text in "[ab,;\t\"\r\n\u{feff}é]{0,40}") {
            let lines = 1 + breaks(&text);
            let mut open = 0;
            for record in records(&text) {
                prop_assert!(record.line <= lines);
                prop_assert!(record.is_open || !record.fields.is_empty());
                open += usize::from(record.is_open);
            }
            prop_assert!(open <= 1);
        }
    }
}

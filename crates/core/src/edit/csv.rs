//! Reading comma-separated values, after RFC 4180, as people's programs write them.

/// One record with the number of the line it begins on, from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub line: usize,
    pub fields: Vec<String>,
}

/// More fields than that are not kept: a file of separators alone must not take far more memory
/// than bytes.
const MOST_FIELDS: usize = 32;

/// Reads record by record; empty lines are none. The separator is the one of comma, semicolon and
/// tab that the first line has most of: where a comma is the decimal sign, Excel writes semicolons,
/// and what is copied from a sheet has tabs.
pub(super) fn records(text: &str) -> impl Iterator<Item = Record> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = separator(text);
    let (mut rest, mut line) = (text, 1);
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (fields, after) = fields(rest, separator);
            let record = Record { line, fields };
            line += breaks(&rest[..rest.len() - after.len()]);
            rest = after;
            if record.fields.iter().any(|field| !field.trim().is_empty()) {
                return Some(record);
            }
        }
        None
    })
}

/// The fields of the record that a text begins with, and the text after its end.
fn fields(mut rest: &str, separator: char) -> (Vec<String>, &str) {
    let mut fields = Vec::new();
    loop {
        let (field, after) = field(rest, separator);
        if fields.len() < MOST_FIELDS {
            fields.push(field);
        }
        let Some(next) = after.strip_prefix(separator) else {
            let ends = ["\r\n", "\r", "\n"];
            let next = ends.into_iter().find_map(|end| after.strip_prefix(end));
            return (fields, next.unwrap_or(after));
        };
        rest = next;
    }
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

/// The field that a text begins with, and the text from its end on.
fn field(text: &str, separator: char) -> (String, &str) {
    let plain = |text: &str| text.find([separator, '\r', '\n']).unwrap_or(text.len());
    let Some(mut quoted) = text.strip_prefix('"') else {
        let (field, rest) = text.split_at(plain(text));
        return (field.to_owned(), rest);
    };
    let mut field = String::new();
    while let Some((before, after)) = quoted.split_once('"') {
        field.push_str(before);
        let Some(more) = after.strip_prefix('"') else {
            // What stands between the quote and the separator belongs to it, as in most readers.
            let (more, rest) = after.split_at(plain(after));
            field.push_str(more);
            return (field, rest);
        };
        field.push('"');
        quoted = more;
    }
    // A quote that is never closed reaches to the end.
    field.push_str(quoted);
    (field, "")
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
    fn a_quote_that_is_never_closed_loses_nothing() {
        assert_eq!(read("1,\"a,b\n2,3"), [(1, fields(&["1", "a,b\n2,3"]))]);
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
            for record in records(&text) {
                prop_assert!(record.line <= lines && !record.fields.is_empty());
            }
        }
    }
}

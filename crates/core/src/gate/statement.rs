//! Which statements of SQL only read.

/// Words that a statement has outside of its quotes if it writes, locks or runs something: Informix
/// makes a table of `SELECT … INTO TEMP t`, and locks what `SELECT … FOR UPDATE` finds. Columns of a
/// cluster's database have no such names.
const NEVER: [&str; 15] = [
    "alter", "call", "create", "delete", "drop", "execute", "grant", "insert", "into", "lock",
    "merge", "nextval", "revoke", "truncate", "update",
];

/// Whether this is one statement, and reads, in whatever way a server parts it into words: one with
/// comments is none, nor one whose quotes could be seen to end elsewhere.
pub(super) fn only_selects(sql: &str) -> bool {
    let Some(words) = words_outside_of_quotes(sql) else { return false };
    // Its first word, with nothing before it.
    let is_first = |word: &&str| sql.trim_start().starts_with(*word);
    words
        .first()
        .filter(|word| is_first(word))
        .is_some_and(|word| word.eq_ignore_ascii_case("select"))
        && !words.iter().any(|word| NEVER.iter().any(|never| word.eq_ignore_ascii_case(never)))
}

/// None where servers could disagree about them.
fn words_outside_of_quotes(sql: &str) -> Option<Vec<&str>> {
    // Not even within quotes: some drivers part statements before they look at those. Nor does
    // everybody let a quote end where a backslash stands before it.
    if [";", "\\'", "\\\""].iter().any(|mark| sql.contains(mark)) {
        return None;
    }
    let mut words = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        if first == '\'' || first == '"' {
            // Where it is doubled, the text goes on as the next one.
            rest = rest[1..].split_once(first)?.1;
            continue;
        }
        let is_comment =
            ["--", "{", "}", "/*", "*/", "#", "\\"].iter().any(|mark| rest.starts_with(mark));
        if is_comment || !(first.is_ascii_graphic() || " \t\r\n".contains(first)) {
            return None;
        }
        // A word may begin right behind a number: `select 1into`.
        let is_number = first.is_ascii_digit();
        let is_word = |c: char| {
            c.is_ascii_digit() || !is_number && (c.is_ascii_alphabetic() || c == '_' || c == '$')
        };
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length.max(1));
        if length > 0 {
            words.push(word);
        }
        rest = after;
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_reads_passes() {
        for sql in [
            "select * from LicenseTotals()",
            "\n SELECT\tname from x where a < 3",
            "select count(*) from device d, enduser as e where d.pkid=e.fkdevice order by 1 desc",
            "select 'x' as into_, \"update\" from updated where note = 'insert into x' and y = 'it''s'",
            "select substring(name from 1 for 3) from numplan for read only",
            "select first 10 skip 20 * from device where description like '50\\_%' union select 1 from x",
            "select name from callforwarddynamic where d > -1 and e = 'é'",
        ] {
            assert!(only_selects(sql), "{sql}");
        }
    }

    #[test]
    fn what_writes_locks_or_reads_in_two_ways_does_not() {
        for sql in [
            "select * from enduser into temp x",
            "select * from enduser INTO\texternal x using (datafiles('DISK:/x'))",
            "select * from enduser where a='x'into raw x",
            "select * from enduser where a=\"x\"Into standard x",
            "select 1into scratch x from y",
            "select * from (select 1 from x)into temp x",
            "select * from enduser for update",
            "select * from enduser FOR UPDATE OF name",
            "select * from table(execute procedure x())",
            "select x.nextval from y",
            "select 1 from x where y in (delete from z)",
            "select 1; delete from enduser",
            "select ';' from x",
            "select 1 -- into temp x",
            "select 1 {into} temp x",
            "select/**/1 in/**/to temp x",
            "select 1 # x",
            "select 'a\\' from x where b = ' into temp x --'",
            "select 'a from x",
            "select \"a from x",
            "select 'a\" into temp x --\"",
            "select 1 from x ｉｎｔｏ temp y",
            "select 1 from x\u{0} into temp y",
            "select 1 from x\u{b}into temp y",
            "'select' into temp x",
            "(select 1)",
            "selection",
            "",
        ] {
            assert!(!only_selects(sql), "{sql}");
        }
    }

    /// The words as the simplest reader has them: it takes quoted texts out, one after the other.
    fn plain_words(sql: &str) -> Vec<String> {
        let mut text = sql.to_owned();
        while let Some(start) = text.find(['\'', '"']) {
            let quote = char::from(text.as_bytes()[start]);
            let end = text[start + 1..].find(quote).map_or(text.len(), |end| start + end + 2);
            text.replace_range(start..end, " ");
        }
        let lower = text.to_ascii_lowercase();
        let words = lower.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$'));
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    proptest! {
        #[test]
        fn no_word_that_writes_stands_outside_of_quotes(
            pieces in proptest::collection::vec(
                prop_oneof![
                    Just("into"), Just("INTO"), Just("for update"), Just("x"), Just(" "), Just("'"), Just("\""),
                    Just("\\"), Just("--"), Just("{"), Just("}"), Just("/*"), Just("*/"), Just("\n"), Just("("),
                    Just(")"), Just("execute"), Just("''"), Just(","), Just("1"), Just("_"), Just("é")
                ],
                0..14,
            )
        ) {
            let sql = format!("select {}", pieces.concat());
            if only_selects(&sql) {
                let words = plain_words(&sql);
                prop_assert!(words.iter().all(|word| !NEVER.contains(&word.as_str())), "{sql}");
                // Where a backslash keeps quotes from ending, they end in the same places.
                prop_assert!(!sql.contains("\\'") && !sql.contains("\\\""), "{sql}");
            }
        }

        #[test]
        fn what_is_quoted_says_nothing(text in "[a-z (){}#*/-]{0,20}") {
            let sql = format!("select a from b where c = '{text}'");
            prop_assert!(only_selects(&sql), "{sql}");
        }
    }
}

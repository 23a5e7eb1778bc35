//! Everything measured, for people.

use std::fmt::Write as _;

use super::judge::MEGA;
use super::report::{Entry, Reply, Report};
use crate::bench::spread::Spread;

pub(super) fn table(report: &Report) -> String {
    let mut text = String::new();
    for reply in &report.replies {
        let title = format!("{}, {:.1} MB", reply.title(), reply.bytes / MEGA);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{title:<30}{:>10}{:>18}{:>8}{:>9}{:>9}{:>9}{:>9}",
            "ms", "least–most", "MB/s", "of text", "again ms", "peak MB", "held MB"
        );
        for entry in report.entries.iter().filter(|entry| entry.reply == reply.name) {
            let _ = writeln!(text, "{}", row(reply, entry));
        }
        text.push('\n');
    }
    text
}

fn row(reply: &Reply, entry: &Entry) -> String {
    let range = entry.ms.least_and_most();
    let range = range.map_or_else(String::new, |(least, most)| format!("{least:.1}–{most:.1}"));
    let megabytes = |spread: Spread| number(spread.median().map(|bytes| bytes / MEGA));
    format!(
        "  {:<28}{:>10}{range:>18}{:>8}{:>9}{:>9}{:>9}{:>9}",
        format!("{} {}", entry.place, entry.contestant),
        number(entry.ms.median()),
        number(reply.speed(entry.ms.median())),
        number(entry.text_ms.median().filter(|ms| *ms > 0.0)),
        number(entry.again_ms.median()),
        megabytes(entry.peak_bytes),
        megabytes(entry.held_bytes),
    )
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_tells_speed_spread_and_what_was_not_measured() {
        let reply = Reply {
            name: "users-10000".to_owned(),
            bytes: 3.2 * MEGA,
            items: 10_000.0,
            name_bytes: 0.0,
        };
        let entry = Entry {
            place: "browser".to_owned(),
            contestant: "DOMParser".to_owned(),
            ms: Spread::of(vec![390.0, 400.0, 431.0]),
            text_ms: Spread::of(vec![4.0]),
            ..Entry::default()
        };
        let row = row(&reply, &entry);
        let cells: Vec<&str> = row.split_whitespace().collect();
        let expected =
            ["browser", "DOMParser", "400.0", "390.0–431.0", "8.0", "4.0", "–", "–", "–"];
        assert_eq!(cells, expected);
    }
}

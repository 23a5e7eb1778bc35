//! What follows from the turns.

use serde_json::{Value, json};

use super::report::{Entry, Reply, Report};
use crate::bench::figures::{Bar, Figure, Outcome, Peer, Unit};

/// Grids that show the same reply.
const GRIDS: &[&str] = &["tanstack", "tabulator"];
/// What no page can do without.
const JSON: &[&str] = &["json"];

/// The least that a million nodes are, and the sizes that bars name.
const MILLION: u64 = 1_000_000;
const HUNDRED_THOUSAND: u64 = 100_000;

const MEGA: f64 = 1e6;

/// One figure beside those it is held against: the best of them counts.
struct Race {
    figure: &'static str,
    words: &'static str,
    unit: Unit,
    peers: &'static [&'static str],
    bar: fn(rows: u64) -> Option<Bar>,
}

impl Race {
    const fn ms(figure: &'static str, words: &'static str, bar: fn(u64) -> Option<Bar>) -> Self {
        Self { figure, words, unit: Unit::Milliseconds, peers: GRIDS, bar }
    }

    const fn megabytes(
        figure: &'static str,
        words: &'static str,
        bar: fn(u64) -> Option<Bar>,
    ) -> Self {
        Self { figure, words, unit: Unit::Megabytes, peers: GRIDS, bar }
    }

    const fn frames(
        figure: &'static str,
        words: &'static str,
        bar: fn(u64) -> Option<Bar>,
    ) -> Self {
        Self { figure, words, unit: Unit::Frames, peers: GRIDS, bar }
    }
}

fn no_bar(_: u64) -> Option<Bar> {
    None
}

/// Twice as fast as the best where it takes long; too quick to notice where it does not.
fn of_a_step(rows: u64) -> Option<Bar> {
    match rows {
        MILLION => Some(Bar::Ratio(2.0)),
        HUNDRED_THOUSAND => Some(Bar::AtMost(60.0)),
        _ => None,
    }
}

const RACES: [Race; 15] = [
    Race::ms("firstRowsAfterByteMs", "first byte to first rows painted", |_| {
        Some(Bar::AtMost(150.0))
    }),
    Race::ms("firstRowsMs", "fetch to first rows painted", no_bar),
    Race {
        figure: "loadedMs",
        words: "whole load, beside fetch().json() alone",
        unit: Unit::Milliseconds,
        peers: JSON,
        bar: |_| Some(Bar::Ratio(1.0)),
    },
    Race::ms("longestTaskMs", "longest task while loading", |_| Some(Bar::AtMost(50.0))),
    Race::ms("expandAllMs", "expand all", of_a_step),
    Race::ms("sortMs", "sort by in use", of_a_step),
    Race::ms("filterMs", "filter by text", of_a_step),
    Race::ms("clearFilterMs", "clear the filter", no_bar),
    // One frame takes 16.7 ms.
    Race::ms("scrollMedianMs", "scroll, median frame", |_| Some(Bar::AtMost(17.0))),
    Race::frames("scrollLongFrames", "scroll, frames over 50 ms of 200", |_| {
        Some(Bar::AtMost(2.0))
    }),
    Race::frames("scrollBlank", "scroll, blank a frame later", no_bar),
    Race::megabytes("memoryAfterLoad", "memory after load", |_| Some(Bar::Ratio(1.0))),
    Race::megabytes("memoryAllExpanded", "memory, all expanded", |_| Some(Bar::Ratio(2.0))),
    // A process has much beside the page, whatever that is: no bar is said of it.
    Race::megabytes("processAfterLoad", "process after load", no_bar),
    Race::megabytes("processAllExpanded", "process, all expanded", no_bar),
];

const MOST_PAGE_BYTES: f64 = 200_000.0;

pub(super) fn outcome(report: &Report) -> Outcome {
    let mut figures: Vec<Figure> = report
        .replies
        .iter()
        .flat_map(|reply| RACES.iter().filter_map(|race| figure(report, reply, race)))
        .collect();
    figures.extend(page_bytes(report));
    Outcome {
        figures,
        details: super::details::table(report),
        measured: measured(report),
        remarks: report.replies.iter().filter_map(|reply| fewer_rows(report, reply)).collect(),
    }
}

/// Who shows fewer rows draws less.
fn fewer_rows(report: &Report, reply: &Reply) -> Option<String> {
    let of = |who: &str| report.median(reply, who, "rowsInSight");
    let seatree = of("seatree")?;
    let (name, rows) = GRIDS
        .iter()
        .filter_map(|&name| Some((name, of(name)?)))
        .find(|(_, rows)| *rows > seatree)?;
    let title = title(reply.rows);
    Some(format!("{title}: Seatree showed {seatree} rows and {name} {rows}: it had less to draw"))
}

/// None where Seatree did not take part.
fn figure(report: &Report, reply: &Reply, race: &Race) -> Option<Figure> {
    let scale = if race.unit == Unit::Megabytes { MEGA } else { 1.0 };
    let of = |who: &str| Some(report.median(reply, who, race.figure)? / scale);
    let peers = race
        .peers
        .iter()
        .filter_map(|&name| Some(Peer { name: name.to_owned(), value: of(name)? }));
    Some(Figure {
        name: format!("{}, {}", title(reply.rows), race.words),
        unit: race.unit,
        seatree: Some(of("seatree")?),
        peer: peers.min_by(|a, b| a.value.total_cmp(&b.value)),
        bar: (race.bar)(reply.rows),
    })
}

fn title(rows: u64) -> String {
    if rows.is_multiple_of(MILLION) {
        format!("{}M nodes", rows / MILLION)
    } else {
        format!("{}k nodes", rows / 1000)
    }
}

/// What must arrive before anything is shown, compressed.
fn page_bytes(report: &Report) -> Option<Figure> {
    let of = |who: &str| report.page_bytes.get(who).copied();
    let peers =
        GRIDS.iter().filter_map(|&name| Some(Peer { name: name.to_owned(), value: of(name)? }));
    Some(Figure {
        name: "page to first paint, brotli".to_owned(),
        unit: Unit::Bytes,
        seatree: Some(of("seatree")?),
        peer: peers.min_by(|a, b| a.value.total_cmp(&b.value)),
        bar: Some(Bar::AtMost(MOST_PAGE_BYTES)),
    })
}

fn measured(report: &Report) -> Value {
    let entry = |entry: &Entry| {
        let figures = entry.figures.iter().map(|(name, spread)| (name.clone(), spread.json()));
        json!({
            "contestant": entry.contestant, "data": entry.reply,
            "figures": figures.collect::<serde_json::Map<_, _>>(),
        })
    };
    json!({
        "browser": report.browser,
        "entries": report.entries.iter().map(entry).collect::<Vec<_>>(),
        "page_bytes": report.page_bytes,
        "loop_ms": report.noise.loop_ms.json(),
        "load": report.noise.load.json(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::bench::spread::Spread;
    use crate::bench::tree::report::Noise;

    fn report(rows: u64, figure: &str, values: &[(&str, f64)]) -> Report {
        let name = format!("tree-{rows}");
        let entry = |&(contestant, value): &(&str, f64)| Entry {
            contestant: contestant.to_owned(),
            reply: name.clone(),
            figures: BTreeMap::from([(figure.to_owned(), Spread::of(vec![value]))]),
        };
        Report {
            browser: String::new(),
            entries: values.iter().map(entry).collect(),
            replies: vec![Reply { name, bytes: 1.0, rows }],
            page_bytes: BTreeMap::new(),
            noise: Noise::default(),
        }
    }

    /// The only figure that the report has.
    fn only(report: &Report) -> Figure {
        let mut figures = outcome(report).figures;
        assert_eq!(figures.len(), 1);
        figures.remove(0)
    }

    #[test]
    fn a_million_nodes_are_held_against_half_the_best_grids_time() {
        for (sort, holds) in [(100.0, true), (101.0, false)] {
            let values = [("seatree", sort), ("tanstack", 200.0), ("tabulator", 300.0)];
            let figure = only(&report(1_000_000, "sortMs", &values));
            assert_eq!(figure.name, "1M nodes, sort by in use");
            assert_eq!(figure.peer.as_ref().map(|peer| peer.name.as_str()), Some("tanstack"));
            assert_eq!(figure.holds(), Some(holds), "{sort}");
        }
    }

    #[test]
    fn a_hundred_thousand_nodes_have_a_limit_whatever_the_grids_take() {
        for (filter, holds) in [(60.0, true), (61.0, false)] {
            let values = [("seatree", filter), ("tabulator", 20.0)];
            let figure = only(&report(100_000, "filterMs", &values));
            assert_eq!(figure.holds(), Some(holds), "{filter}");
        }
        let few = only(&report(10_000, "filterMs", &[("seatree", 900.0)]));
        assert_eq!(few.holds(), None);
    }

    #[test]
    fn a_whole_load_is_held_against_json_alone_and_not_against_grids() {
        let values = [("seatree", 90.0), ("json", 100.0), ("tabulator", 50.0)];
        let figure = only(&report(10_000, "loadedMs", &values));
        assert_eq!((figure.ratio(), figure.holds()), (Some(100.0 / 90.0), Some(true)));
    }

    #[test]
    fn first_rows_tasks_and_frames_have_limits_at_every_size() {
        let limits = [
            ("firstRowsAfterByteMs", 150.0),
            ("longestTaskMs", 50.0),
            ("scrollMedianMs", 17.0),
            ("scrollLongFrames", 2.0),
        ];
        for rows in [10_000, 100_000, 1_000_000] {
            for (figure, most) in limits {
                let holds = |value| only(&report(rows, figure, &[("seatree", value)])).holds();
                assert_eq!(holds(most), Some(true), "{figure}");
                assert_eq!(holds(most + 0.5), Some(false), "{figure}");
            }
        }
    }

    #[test]
    fn memory_is_at_most_the_best_grids_and_half_of_it_when_all_is_open() {
        let holds = |figure, value| {
            let values = [("seatree", value), ("tanstack", 8e6), ("tabulator", 4e6)];
            only(&report(10_000, figure, &values)).holds()
        };
        assert_eq!(holds("memoryAfterLoad", 4e6), Some(true));
        assert_eq!(holds("memoryAfterLoad", 4.1e6), Some(false));
        assert_eq!(holds("memoryAllExpanded", 2e6), Some(true));
        assert_eq!(holds("memoryAllExpanded", 2.1e6), Some(false));
        assert_eq!(holds("processAllExpanded", 99e6), None);
    }

    #[test]
    fn the_page_has_a_limit_of_its_own() {
        let mut report = report(10_000, "left", &[]);
        report.page_bytes =
            BTreeMap::from([("seatree".to_owned(), 199_000.0), ("tabulator".to_owned(), 43_000.0)]);
        let figure = only(&report);
        assert_eq!((figure.seatree, figure.holds()), (Some(199_000.0), Some(true)));
    }

    #[test]
    fn showing_fewer_rows_than_a_grid_is_told() {
        let rows = |seatree| {
            let values = [("seatree", seatree), ("tanstack", 31.0)];
            outcome(&report(10_000, "rowsInSight", &values)).remarks
        };
        assert!(rows(31.0).is_empty());
        assert!(rows(24.0)[0].contains("24 rows and tanstack 31"));
    }

    #[test]
    fn without_seatree_there_is_nothing_to_judge() {
        let report = report(10_000, "sortMs", &[("tanstack", 9.0)]);
        assert!(outcome(&report).figures.is_empty());
    }
}

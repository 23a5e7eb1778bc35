//! What follows from the turns.

use serde_json::{Value, json};

use super::report::{Entry, Reply, Report};
use crate::bench::figures::{Bar, Figure, Outcome, Peer, Unit};

pub(super) const MEGA: f64 = 1e6;

/// A speed and whom it is held against: the best of them counts.
struct Race {
    kind: &'static str,
    place: &'static str,
    peers: &'static [&'static str],
    bar: Option<Bar>,
}

/// A tree for a page is either objects in a list or columns: whoever writes the page chooses the
/// faster.
const IN_JS: &[&str] = &["JSON.parse+objects", "JSON.parse+arena"];

const RACES: [Race; 7] = [
    Race { kind: "tree", place: "browser", peers: IN_JS, bar: Some(Bar::Ratio(1.0)) },
    Race { kind: "tree", place: "native", peers: &["serde_json"], bar: None },
    Race { kind: "users", place: "browser", peers: &["DOMParser"], bar: Some(Bar::Ratio(10.0)) },
    Race { kind: "users", place: "browser", peers: &["fast-xml-parser"], bar: None },
    Race { kind: "users", place: "native", peers: &["lxml"], bar: Some(Bar::Ratio(5.0)) },
    Race { kind: "users", place: "native", peers: &["quick-xml"], bar: None },
    Race { kind: "users", place: "native", peers: &["fast-xml-parser"], bar: None },
];

const MOST_BYTES_PER_NODE: f64 = 100.0;

pub(super) fn outcome(report: &Report) -> Outcome {
    let mut figures = Vec::new();
    for reply in &report.replies {
        for race in RACES.iter().filter(|race| reply.kind() == race.kind) {
            figures.extend(speed(report, reply, race, Text::Counted));
            if race.place == "browser" && race.bar.is_some() {
                figures.extend(speed(report, reply, race, Text::GivenAway));
            }
        }
        figures.extend(peak(report, reply));
        figures.extend(bytes_per_node(report, reply));
    }
    let remarks = report.missing.iter().map(|(who, why)| format!("{who} was not measured: {why}"));
    Outcome {
        figures,
        details: super::details::table(report),
        measured: report.entries.iter().map(measured).collect(),
        remarks: remarks.collect(),
    }
}

impl Reply {
    fn kind(&self) -> &str {
        self.name.split('-').next().unwrap_or_default()
    }

    /// `tree of 100k nodes`.
    pub(super) fn title(&self) -> String {
        let thousands = self.items / 1000.0;
        match self.kind() {
            "tree" => format!("tree of {thousands}k nodes"),
            _ => format!("list of {thousands}k users"),
        }
    }

    /// Megabytes of it a second.
    pub(super) fn speed(&self, ms: Option<f64>) -> Option<f64> {
        ms.filter(|ms| *ms > 0.0).map(|ms| self.bytes / MEGA / (ms / 1000.0))
    }
}

/// Whether peers that need a text have to make it of the bytes.
#[derive(Clone, Copy, PartialEq)]
enum Text {
    Counted,
    /// As if the network gave texts; no bar asks for that.
    GivenAway,
}

/// None where Seatree did not take part.
fn speed(report: &Report, reply: &Reply, race: &Race, text: Text) -> Option<Figure> {
    let speed_of = |who: &str| {
        let entry = report.entry(reply, race.place, who)?;
        let of_text = match text {
            Text::Counted => 0.0,
            Text::GivenAway => entry.text_ms.median().unwrap_or(0.0),
        };
        reply.speed(entry.ms.median().map(|ms| ms - of_text))
    };
    let seatree = speed_of("seatree")?;
    let peers = race
        .peers
        .iter()
        .filter_map(|&name| Some(Peer { name: name.to_owned(), value: speed_of(name)? }));
    let against = match race.peers {
        [one] => *one,
        _ => "JSON.parse and the same tree",
    };
    let (note, bar) = match text {
        Text::Counted => ("", race.bar),
        Text::GivenAway => (" given a text", None),
    };
    Some(Figure {
        name: format!("{}, {}, beside {against}{note}", reply.title(), race.place),
        unit: Unit::MegabytesPerSecond,
        seatree: Some(seatree),
        peer: peers.max_by(|a, b| a.value.total_cmp(&b.value)),
        bar,
    })
}

/// Peak memory in the browser, where all are counted alike.
fn peak(report: &Report, reply: &Reply) -> Option<Figure> {
    let peak_of =
        |who: &str| Some(report.entry(reply, "browser", who)?.peak_bytes.median()? / MEGA);
    let seatree = peak_of("seatree")?;
    let others: &[&str] = if reply.kind() == "tree" { IN_JS } else { &["DOMParser"] };
    let peers = others
        .iter()
        .filter_map(|&name| Some(Peer { name: name.to_owned(), value: peak_of(name)? }));
    Some(Figure {
        name: format!("{}, browser, peak memory", reply.title()),
        unit: Unit::Megabytes,
        seatree: Some(seatree),
        peer: peers.min_by(|a, b| a.value.total_cmp(&b.value)),
        bar: None,
    })
}

/// All that the arena has allocated, but for the letters of names.
fn bytes_per_node(report: &Report, reply: &Reply) -> Option<Figure> {
    if reply.kind() != "tree" {
        return None;
    }
    let held = report.entry(reply, "native", "seatree")?.held_bytes.median()?;
    Some(Figure {
        name: format!("{}, bytes a node apart from its name", reply.title()),
        unit: Unit::Bytes,
        seatree: Some((held - reply.name_bytes) / reply.items),
        peer: None,
        bar: Some(Bar::AtMost(MOST_BYTES_PER_NODE)),
    })
}

fn measured(entry: &Entry) -> Value {
    json!({
        "place": entry.place, "contestant": entry.contestant, "data": entry.reply,
        "ms": entry.ms.json(), "text_ms": entry.text_ms.json(),
        "again_ms": entry.again_ms.json(), "peak_bytes": entry.peak_bytes.json(),
        "held_bytes": entry.held_bytes.json(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::spread::Spread;

    /// Replies of 1 MB; every result holds 110 kB.
    fn report(entries: &[(&str, &str, &str, f64)]) -> Report {
        let reply = |name: &str| Reply {
            name: name.to_owned(),
            bytes: MEGA,
            items: 1000.0,
            name_bytes: 20_000.0,
        };
        let entry = |&(place, reply, contestant, ms): &(&str, &str, &str, f64)| Entry {
            place: place.to_owned(),
            reply: reply.to_owned(),
            contestant: contestant.to_owned(),
            ms: Spread::of(vec![ms]),
            held_bytes: Spread::of(vec![110_000.0]),
            ..Entry::default()
        };
        Report {
            replies: vec![reply("tree-1000"), reply("users-1000")],
            entries: entries.iter().map(entry).collect(),
            missing: vec![("lxml".to_owned(), "there is no python3 on PATH".to_owned())],
        }
    }

    fn found(report: &Report, name: &str) -> Figure {
        let figures = outcome(report).figures;
        figures.into_iter().find(|figure| figure.name.contains(name)).expect("measured")
    }

    #[test]
    fn the_faster_way_in_javascript_is_the_one_to_match() {
        let report = report(&[
            ("browser", "tree-1000", "seatree", 10.0),
            ("browser", "tree-1000", "JSON.parse", 4.0),
            ("browser", "tree-1000", "JSON.parse+objects", 12.0),
            ("browser", "tree-1000", "JSON.parse+arena", 8.0),
        ]);
        let figure = found(&report, "the same tree");
        assert_eq!(figure.peer.as_ref().map(|peer| peer.name.as_str()), Some("JSON.parse+arena"));
        assert_eq!((figure.seatree, figure.ratio()), (Some(100.0), Some(0.8)));
        assert_eq!(figure.holds(), Some(false));
    }

    #[test]
    fn a_text_given_away_makes_peers_faster_and_is_no_bar() {
        let mut report = report(&[
            ("browser", "users-1000", "seatree", 10.0),
            ("browser", "users-1000", "DOMParser", 100.0),
        ]);
        report.entries[1].text_ms = Spread::of(vec![20.0]);
        assert_eq!(found(&report, "DOMParser").ratio(), Some(10.0));
        let given = found(&report, "DOMParser given a text");
        assert_eq!((given.ratio(), given.bar), (Some(8.0), None));
    }

    #[test]
    fn ten_times_dom_parser_holds_and_less_does_not() {
        for (dom_parser, holds) in [(100.0, true), (99.0, false)] {
            let report = report(&[
                ("browser", "users-1000", "seatree", 10.0),
                ("browser", "users-1000", "DOMParser", dom_parser),
            ]);
            assert_eq!(found(&report, "DOMParser").holds(), Some(holds), "{dom_parser}");
        }
    }

    #[test]
    fn without_lxml_its_bar_is_not_measured_and_the_report_says_why() {
        let report = report(&[("native", "users-1000", "seatree", 10.0)]);
        assert_eq!(found(&report, "lxml").holds(), None);
        let text = outcome(&report).to_string();
        assert!(text.contains("lxml was not measured: there is no python3"), "{text}");
    }

    #[test]
    fn names_do_not_count_as_bytes_of_a_node() {
        let report = report(&[("native", "tree-1000", "seatree", 10.0)]);
        let figure = found(&report, "apart from its name");
        assert_eq!((figure.seatree, figure.holds()), (Some(90.0), Some(true)));
    }
}

//! What follows from the turns.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::report::{Case, Report};
use crate::bench::{
    figures::{Bar, Figure, Outcome, Peer, Unit},
    spread::Spread,
};

const SEATREE: &str = "seatree";
const PROXY: &str = "cors-anywhere";
/// The runtime with next to nothing in it: no worker gets above it.
const CEILING: &str = "plain-worker";

const MEGA: f64 = 1e6;
/// Replies that do not fit into what is kept of one.
const LARGE: u64 = 10_000_000;

/// The figures, the bars that the project set itself, and all that was measured.
pub(super) fn outcome(report: &Report) -> Outcome {
    let mut figures = Vec::new();
    for case in report.cases() {
        figures.extend(rates(report, case));
        if case.connections == 1 && case.bytes < LARGE && !case.tls {
            figures.extend(added(report, case));
        }
        if case.bytes >= LARGE {
            figures.push(grown(report, case));
        }
    }
    figures.push(start(report));
    figures.push(bundle(report));
    let missing = figures.iter().filter(|figure| figure.bar.is_some() && figure.holds().is_none());
    let remarks = missing.map(|figure| format!("{} was not measured", figure.name)).collect();
    Outcome { figures, details: table(report), measured: measured(report), remarks }
}

/// Requests a second beside the proxy that people use, and beside the runtime's ceiling.
fn rates(report: &Report, case: Case) -> Vec<Figure> {
    let is_bar = case.bytes == 1_000 && case.connections == 16;
    let beside = |peer: &str, bar: f64| Figure {
        name: format!("requests a second, {}, beside {peer}", words(case)),
        unit: Unit::RequestsPerSecond,
        seatree: report.median(case, SEATREE, "perSecond"),
        peer: report
            .median(case, peer, "perSecond")
            .map(|value| Peer { name: peer.to_owned(), value }),
        bar: is_bar.then_some(Bar::Ratio(bar)),
    };
    vec![beside(PROXY, 1.5), beside(CEILING, 0.75)]
}

/// What the edge adds to a request that nothing else hinders.
fn added(report: &Report, case: Case) -> Option<Figure> {
    let through = report.median(case, SEATREE, "p50Ms")?;
    let direct = report.median(case, "direct", "p50Ms")?;
    Some(Figure {
        name: format!("added to the median, {}", words(case)),
        unit: Unit::Milliseconds,
        seatree: Some((through - direct).max(0.0)),
        peer: report
            .median(case, PROXY, "p50Ms")
            .map(|value| Peer { name: PROXY.to_owned(), value: (value - direct).max(0.0) }),
        bar: (case.bytes == 1_000).then_some(Bar::AtMost(1.0)),
    })
}

/// Memory that comes with long replies: they pass through, so it is that of a few buffers.
fn grown(report: &Report, case: Case) -> Figure {
    let median = |who| report.median(case, who, "grownBytes").map(|bytes| bytes / MEGA);
    Figure {
        name: format!("memory grown, {}", words(case)),
        unit: Unit::Megabytes,
        seatree: median(SEATREE),
        peer: median(PROXY).map(|value| Peer { name: PROXY.to_owned(), value }),
        bar: Some(Bar::AtMost(32.0)),
    }
}

/// From the start of the process to its first answer, beside the runtime's own start.
fn start(report: &Report) -> Figure {
    Figure {
        name: "start to the first answer".to_owned(),
        unit: Unit::Milliseconds,
        seatree: report.start(SEATREE),
        peer: report.start(CEILING).map(|value| Peer { name: CEILING.to_owned(), value }),
        bar: None,
    }
}

/// What there is to upload and to compile with each start.
fn bundle(report: &Report) -> Figure {
    Figure {
        name: "bundle, gzip".to_owned(),
        unit: Unit::Bytes,
        seatree: report.bundle_bytes,
        peer: None,
        bar: Some(Bar::AtMost(MEGA)),
    }
}

fn words(case: Case) -> String {
    let size = if case.bytes >= 1_000_000 {
        format!("{} MB", case.bytes / 1_000_000)
    } else {
        format!("{} kB", case.bytes / 1_000)
    };
    let way = if case.tls { "TLS, " } else { "" };
    format!("{way}{size} over {} connections", case.connections)
}

/// A line a contestant and case.
fn table(report: &Report) -> String {
    let mut text = format!(
        "{:<38}{:<16}{:>26}{:>24}{:>24}{:>18}\n",
        "", "", "requests a second", "p50, ms", "p99, ms", "most memory, MB"
    );
    for case in report.cases() {
        for entry in report.entries.iter().filter(|entry| entry.case == case) {
            let cell = |figure: &str, scale: f64| {
                written(entry.figures.get(figure).copied().unwrap_or_default(), scale)
            };
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{:<38}{:<16}{:>26}{:>24}{:>24}{:>18}",
                words(case),
                entry.contestant,
                cell("perSecond", 1.0),
                cell("p50Ms", 1.0),
                cell("p99Ms", 1.0),
                cell("mostBytes", MEGA),
            );
        }
    }
    for (contestant, spread) in &report.starts {
        let _ = writeln!(text, "{:<38}{contestant:<16}{} ms", "start", written(*spread, 1.0));
    }
    let _ = writeln!(text, "Load of the machine {}", written(report.load, 1.0));
    text
}

fn written(spread: Spread, scale: f64) -> String {
    match (spread.median(), spread.least_and_most()) {
        (Some(median), Some((least, most))) => {
            format!("{:.1} ({:.1}–{:.1})", median / scale, least / scale, most / scale)
        }
        _ => "–".to_owned(),
    }
}

fn measured(report: &Report) -> Value {
    let entries = report.entries.iter().map(|entry| {
        let figures: serde_json::Map<String, Value> =
            entry.figures.iter().map(|(name, spread)| (name.clone(), spread.json())).collect();
        json!({
            "contestant": entry.contestant, "tls": entry.case.tls,
            "connections": entry.case.connections, "bytes": entry.case.bytes, "figures": figures,
        })
    });
    let starts: serde_json::Map<String, Value> =
        report.starts.iter().map(|(name, spread)| (name.clone(), spread.json())).collect();
    json!({
        "entries": entries.collect::<Vec<_>>(), "start_ms": starts,
        "load": report.load.json(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(who: &str, connections: u64, bytes: u64, figures: &Value) -> Value {
        json!({ "contestant": who, "connections": connections, "bytes": bytes, "figures": figures })
    }

    fn held(seatree: f64, proxy: f64, ceiling: f64) -> Vec<(String, Option<bool>)> {
        let rate = |who, rate: f64| entry(who, 16, 1_000, &json!({ "perSecond": [rate] }));
        let entries = [
            rate("seatree", seatree),
            rate("cors-anywhere", proxy),
            rate("plain-worker", ceiling),
            entry("seatree", 1, 1_000, &json!({ "perSecond": [1], "p50Ms": [1.25] })),
            entry("direct", 1, 1_000, &json!({ "p50Ms": [0.5] })),
            entry("seatree", 1, 30_000_000, &json!({ "grownBytes": [40e6] })),
        ];
        let report = json!({ "entries": entries, "bundleBytes": 250_000 });
        let report = Report::parse(&report.to_string()).expect("valid");
        let figures = outcome(&report).figures;
        figures.iter().filter(|f| f.bar.is_some()).map(|f| (f.name.clone(), f.holds())).collect()
    }

    #[test]
    fn bars_are_of_sixteen_connections_added_time_memory_and_bytes() {
        let good = held(3_000.0, 1_500.0, 4_000.0);
        assert_eq!(
            good.iter().map(|(_, holds)| *holds).collect::<Vec<_>>(),
            [Some(true), Some(true), Some(true), Some(false), Some(true)]
        );
        let slow = held(2_000.0, 1_500.0, 4_000.0);
        assert_eq!((slow[1].1, slow[2].1), (Some(false), Some(false)));
    }
}

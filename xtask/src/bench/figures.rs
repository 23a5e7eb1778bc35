//! What a benchmark found, held against what must hold.

use std::fmt;

use serde_json::{Value, json};

/// In what a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// 10⁶ bytes of a reply in a second: more is better. Of all but rates less is.
    MegabytesPerSecond,
    /// More is better, too.
    RequestsPerSecond,
    Megabytes,
    Bytes,
    Milliseconds,
    /// Of those in which something was scrolled.
    Frames,
}

impl Unit {
    fn as_str(self) -> &'static str {
        match self {
            Self::MegabytesPerSecond => "MB/s",
            Self::RequestsPerSecond => "requests/s",
            Self::Megabytes => "MB",
            Self::Bytes => "bytes",
            Self::Milliseconds => "ms",
            Self::Frames => "frames",
        }
    }
}

/// What must hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bar {
    /// Seatree is at least so many times better than the peer.
    Ratio(f64),
    /// Seatree's own figure is at most this.
    AtMost(f64),
}

/// Who did best of those that a figure is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Peer {
    pub(super) name: String,
    pub(super) value: f64,
}

/// One figure beside its best peer's. What was not measured is none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    pub(super) name: String,
    pub(super) unit: Unit,
    pub(super) seatree: Option<f64>,
    pub(super) peer: Option<Peer>,
    pub(super) bar: Option<Bar>,
}

impl Figure {
    /// How many times better Seatree is.
    pub(super) fn ratio(&self) -> Option<f64> {
        let (seatree, peer) = (self.seatree?, self.peer.as_ref()?.value);
        let (better, worse) = match self.unit {
            Unit::MegabytesPerSecond | Unit::RequestsPerSecond => (seatree, peer),
            Unit::Megabytes | Unit::Bytes | Unit::Milliseconds | Unit::Frames => (peer, seatree),
        };
        (worse > 0.0).then(|| better / worse)
    }

    /// None without a bar, or where something was not measured.
    pub(super) fn holds(&self) -> Option<bool> {
        match self.bar? {
            Bar::Ratio(least) => self.ratio().map(|ratio| ratio >= least),
            Bar::AtMost(most) => self.seatree.map(|seatree| seatree <= most),
        }
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "unit": self.unit.as_str(),
            "seatree": self.seatree.map(rounded),
            "best_peer": self.peer.as_ref().map(|peer| rounded(peer.value)),
            "peer": self.peer.as_ref().map(|peer| &peer.name),
            "ratio": self.ratio().map(rounded),
            "bar": self.bar.map(|bar| match bar {
                Bar::Ratio(bar) | Bar::AtMost(bar) => bar,
            }),
            "bar_of": self.bar.map(|bar| match bar {
                Bar::Ratio(_) => "ratio",
                Bar::AtMost(_) => "seatree",
            }),
            "holds": self.holds(),
        })
    }
}

/// The figures of one benchmark, and what else it has to say.
pub(super) struct Outcome {
    pub(super) figures: Vec<Figure>,
    /// Everything measured, for people.
    pub(super) details: String,
    /// The same for programs.
    pub(super) measured: Value,
    /// Why something is missing.
    pub(super) remarks: Vec<String>,
}

impl Outcome {
    pub(super) fn json(&self) -> Value {
        let figures: Vec<Value> = self.figures.iter().map(Figure::json).collect();
        json!({ "figures": figures, "remarks": self.remarks, "measured": self.measured })
    }

    /// The figures whose bar does not hold, in words.
    pub(super) fn missed(&self) -> impl Iterator<Item = String> {
        self.figures.iter().filter(|figure| figure.holds() == Some(false)).map(|figure| {
            let found = match figure.bar {
                Some(Bar::Ratio(_)) => {
                    figure.ratio().map(|ratio| format!("{} times", short(ratio)))
                }
                _ => {
                    figure.seatree.map(|found| format!("{} {}", short(found), figure.unit.as_str()))
                }
            };
            format!("{} ({})", figure.name, found.unwrap_or_default())
        })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.details)?;
        let width = self.figures.iter().map(|figure| figure.name.chars().count()).max();
        let width = width.unwrap_or(0);
        writeln!(
            f,
            "{:<width$}  {:>12}  {:>24}  {:>7}  {:>8}  holds",
            "figure", "seatree", "best peer", "ratio", "bar"
        )?;
        for figure in &self.figures {
            let unit = figure.unit.as_str();
            let value = |value: Option<f64>| {
                value.map_or_else(|| "–".to_owned(), |value| format!("{} {unit}", short(value)))
            };
            let peer = figure.peer.as_ref().map_or_else(
                || "–".to_owned(),
                |peer| format!("{} {}", peer.name, short(peer.value)),
            );
            let ratio =
                figure.ratio().map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
            let bar = match figure.bar {
                None => String::new(),
                Some(Bar::Ratio(bar)) => format!("≥ {bar}"),
                Some(Bar::AtMost(bar)) => format!("≤ {bar}"),
            };
            let holds = match (figure.bar, figure.holds()) {
                (None, _) => "",
                (_, Some(true)) => "yes",
                (_, Some(false)) => "NO",
                (_, None) => "not measured",
            };
            let seatree = value(figure.seatree);
            let name = &figure.name;
            writeln!(
                f,
                "{name:<width$}  {seatree:>12}  {peer:>24}  {ratio:>7}  {bar:>8}  {holds}"
            )?;
        }
        self.remarks.iter().try_for_each(|remark| writeln!(f, "{remark}"))
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn short(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(unit: Unit, seatree: f64, peer: f64, bar: Bar) -> Figure {
        Figure {
            name: "users, browser".to_owned(),
            unit,
            seatree: Some(seatree),
            peer: Some(Peer { name: "DOMParser".to_owned(), value: peer }),
            bar: Some(bar),
        }
    }

    #[test]
    fn more_megabytes_a_second_and_fewer_megabytes_are_better() {
        let faster = figure(Unit::MegabytesPerSecond, 100.0, 10.0, Bar::Ratio(10.0));
        assert_eq!((faster.ratio(), faster.holds()), (Some(10.0), Some(true)));
        let smaller = figure(Unit::Megabytes, 5.0, 20.0, Bar::Ratio(5.0));
        assert_eq!((smaller.ratio(), smaller.holds()), (Some(4.0), Some(false)));
    }

    #[test]
    fn a_limit_needs_no_peer() {
        let mut figure = figure(Unit::Bytes, 101.0, 0.0, Bar::AtMost(100.0));
        figure.peer = None;
        assert_eq!((figure.ratio(), figure.holds()), (None, Some(false)));
        figure.seatree = Some(99.5);
        assert_eq!(figure.holds(), Some(true));
    }

    #[test]
    fn what_was_not_measured_neither_holds_nor_fails() {
        let mut figure = figure(Unit::MegabytesPerSecond, 100.0, 10.0, Bar::Ratio(10.0));
        figure.peer = None;
        assert_eq!(figure.holds(), None);
        let outcome = outcome(figure);
        assert_eq!(outcome.missed().count(), 0);
        let json = &outcome.json()["figures"][0];
        assert_eq!((&json["holds"], &json["best_peer"]), (&Value::Null, &Value::Null));
        assert!(outcome.to_string().contains("not measured"), "{outcome}");
    }

    #[test]
    fn a_missed_bar_is_told_with_how_far_it_was() {
        let outcome = outcome(figure(Unit::MegabytesPerSecond, 80.0, 10.0, Bar::Ratio(10.0)));
        assert_eq!(outcome.missed().collect::<Vec<_>>(), ["users, browser (8.0 times)"]);
        let text = outcome.to_string();
        assert!(text.contains("≥ 10  NO"), "{text}");
    }

    #[test]
    fn the_file_has_the_fields_that_others_read() {
        let outcome = outcome(figure(Unit::MegabytesPerSecond, 123.4567, 10.0, Bar::Ratio(10.0)));
        let expected = json!({
            "name": "users, browser", "unit": "MB/s", "seatree": 123.457, "best_peer": 10.0,
            "peer": "DOMParser", "ratio": 12.346, "bar": 10.0, "bar_of": "ratio", "holds": true,
        });
        assert_eq!(outcome.json()["figures"][0], expected);
    }

    fn outcome(figure: Figure) -> Outcome {
        Outcome {
            figures: vec![figure],
            details: String::new(),
            measured: Value::Null,
            remarks: Vec::new(),
        }
    }
}

//! `bench embed`: from nothing to rows, an element on another page beside Seatree's own page.

use std::{collections::BTreeMap, fs, process::Command};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{
    BenchOptions,
    figures::{Bar, Figure, Outcome, Peer, Unit},
};
use crate::{build, process, project::Project, tools};

/// An element may take a tenth longer than the page.
const BAR: f64 = 1.0 / 1.1;

/// Builds, lets both take turns, and judges.
pub(super) fn run(project: &Project, options: &BenchOptions) -> Result<Outcome> {
    let packages = tools::node_packages(project)?;
    build::sandbox(project)?;
    let bundle = build::edge(project)?;
    let site = build::site(project)?;
    let chromium = tools::chromium(project)?;
    let folder = project.target("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = folder.join("embed.turns.json");
    process::run(
        "From nothing to rows, in turns",
        Command::new("node")
            .arg(project.path("tests/bench/embed.mjs"))
            .arg("--out")
            .arg(&file)
            .args(["--rounds", &options.rounds.to_string()])
            .env("SEATREE_SANDBOX", project.sandbox())
            .env("SEATREE_EDGE_BUNDLE", bundle)
            .env("SEATREE_SITE", site)
            .env("SEATREE_WORKERD", packages.workerd()?)
            .env("SEATREE_CHROMIUM", chromium.browser)
            .current_dir(project.root()),
    )?;
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let measured: Value = serde_json::from_str(&text).context("the turns are not JSON")?;
    let turns: BTreeMap<String, Vec<f64>> =
        serde_json::from_value(measured.clone()).context("the turns are not numbers")?;
    Ok(outcome(&turns, measured))
}

fn outcome(turns: &BTreeMap<String, Vec<f64>>, measured: Value) -> Outcome {
    let median = |who: &str| turns.get(who).and_then(|turns| median(turns));
    let figure = Figure {
        name: "from navigation to rows, as an element".to_owned(),
        unit: Unit::Milliseconds,
        seatree: median("element"),
        peer: median("page").map(|value| Peer { name: "the page itself".to_owned(), value }),
        bar: Some(Bar::Ratio(BAR)),
    };
    Outcome { figures: vec![figure], details: String::new(), measured, remarks: Vec::new() }
}

fn median(turns: &[f64]) -> Option<f64> {
    let mut sorted = turns.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_may_take_a_tenth_longer_than_the_page() {
        let holds = |element: f64| {
            let turns = BTreeMap::from([
                ("element".to_owned(), vec![element, 9_000.0, 0.0]),
                ("page".to_owned(), vec![500.0]),
            ]);
            outcome(&turns, Value::Null).figures[0].holds()
        };
        assert_eq!((holds(540.0), holds(560.0)), (Some(true), Some(false)));
    }
}

//! Writing rows of the tree in short turns.

use leptos::prelude::*;
use seatree_core::export::{Csv, ExportError, Json, Plan, Tsv, Writer};

use super::form::Progress;
use super::format::Format;
use super::outlet::{Failure, Outlet, Written};
use super::source::sources;
use super::spreadsheet;
use super::which::Which;
use crate::app::context::Context;
use crate::platform::clock;
use crate::platform::stop::Stop;

/// Rows written between two looks at the clock.
const ROWS: usize = 64;

/// Writes rows, and saves or copies them. `progress` is told how many are written of how many.
pub(super) async fn run(
    context: Context,
    format: Format,
    which: Which,
    stop: &Stop,
    progress: Progress,
) -> Result<Written, Failure> {
    let filter = context.tree.filter.get_untracked();
    let begun = context.estate.with_untracked(|forest| {
        let sources = sources(context, forest).ok_or(ExportError::Changed)?;
        let plan = Plan::new(&forest.estate, sources);
        Ok::<_, ExportError>((plan, which.rows(forest, &filter), forest.readings()))
    });
    let (plan, rows, readings) = begun?;
    let mut outlet = Outlet::new(format, rows.len())?;
    let scope = which.scope(&filter);
    let mut writer = begin(format, plan, rows.len(), &scope, &mut outlet.out).await?;
    let mut done = 0;
    for some in rows.chunks(ROWS) {
        context.estate.with_untracked(|forest| {
            if forest.readings() != readings {
                return Err(ExportError::Changed);
            }
            some.iter().try_for_each(|&at| {
                let findings = forest.marks(at).into_iter().map(crate::tree::finding_words);
                let findings: Vec<&str> = findings.collect();
                writer.row(&forest.estate, at, &findings, &mut outlet.out)
            })
        })?;
        done += some.len();
        if outlet.breathe(stop).await? {
            progress(done, rows.len());
        }
    }
    let rows = writer.end(&mut outlet.out)?;
    outlet.finish(rows, "licenses").await
}

async fn begin(
    format: Format,
    plan: Plan,
    rows: usize,
    scope: &str,
    out: &mut Vec<u8>,
) -> Result<Box<dyn Writer>, Failure> {
    let now_s = clock::now_s();
    Ok(match format {
        Format::Csv => Box::new(Csv::begin(plan, out)),
        Format::Copied => Box::new(Tsv::begin(plan, out)),
        Format::Json => Box::new(Json::begin(plan, now_s, scope, out)),
        Format::Xlsx => spreadsheet::begin().await?(plan, rows as u64, now_s, scope, out)?,
    })
}

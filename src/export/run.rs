//! Writing rows in short turns.

use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::export::{Csv, ExportError, Json, Plan, Tsv, Writer};

use super::format::Format;
use super::source::sources;
use super::spreadsheet;
use super::which::Which;
use crate::app::context::Context;
use crate::platform::pace::Pace;
use crate::platform::part::Missing;
use crate::platform::save::File;
use crate::platform::stop::Stop;
use crate::platform::{clipboard, clock};

/// Rows written between two looks at the clock.
const ROWS: usize = 64;
/// Bytes that are given to the browser at once.
const PIECE: usize = 1 << 20;
/// More than this would be one text of more than 25 MB or so.
const MOST_COPIED: usize = 100_000;

/// What was written.
pub(super) struct Written {
    pub(super) rows: u64,
    pub(super) bytes: usize,
    /// None for the clipboard.
    pub(super) name: Option<String>,
}

/// Why nothing was written.
#[derive(Clone)]
pub(super) enum Failure {
    /// The person stopped it, or left.
    Stopped,
    Write(ExportError),
    TooMuchToCopy,
    /// The browser let nothing into the clipboard.
    Clipboard,
    /// The browser had no room for the file, or did not take it.
    Browser,
    /// The code for it could not be fetched.
    Missing(Box<UpstreamError>),
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Self::Write(error)
    }
}

impl From<Missing> for Failure {
    fn from(missing: Missing) -> Self {
        Self::Missing(Box::new(missing.into()))
    }
}

/// Writes rows, and saves or copies them. `progress` is told how many are written of how many.
pub(super) async fn run(
    context: Context,
    format: Format,
    which: Which,
    stop: &Stop,
    progress: impl Fn(usize, usize),
) -> Result<Written, Failure> {
    let filter = context.tree.filter.get_untracked();
    let begun = context.estate.with_untracked(|forest| {
        let sources = sources(context, forest).ok_or(ExportError::Changed)?;
        let plan = Plan::new(&forest.estate, sources);
        Ok::<_, ExportError>((plan, which.rows(forest, &filter), forest.readings()))
    });
    let (plan, rows, readings) = begun?;
    if format == Format::Copied && rows.len() > MOST_COPIED {
        return Err(Failure::TooMuchToCopy);
    }
    let mut out = Vec::with_capacity(PIECE + PIECE / 8);
    let mut writer = begin(format, plan, rows.len(), &which.scope(&filter), &mut out).await?;
    let mut file = File::new(format.media_type());
    let mut pace = Pace::begin();
    let mut done = 0;
    for some in rows.chunks(ROWS) {
        context.estate.with_untracked(|forest| {
            if forest.readings() != readings {
                return Err(ExportError::Changed);
            }
            some.iter().try_for_each(|&at| {
                let findings = forest.marks(at).into_iter().map(crate::tree::finding_words);
                writer.row(&forest.estate, at, &findings.collect::<Vec<_>>(), &mut out)
            })
        })?;
        done += some.len();
        if out.len() >= PIECE && format != Format::Copied {
            keep(&mut file, &mut out)?;
            progress(done, rows.len());
        }
        pace.breathe().await;
        if stop.is_stopped() {
            return Err(Failure::Stopped);
        }
    }
    let rows = writer.end(&mut out)?;
    if format == Format::Copied {
        let text = String::from_utf8(out).map_err(|_| Failure::Clipboard)?;
        if !clipboard::write(&text).await {
            return Err(Failure::Clipboard);
        }
        return Ok(Written { rows, bytes: text.len(), name: None });
    }
    keep(&mut file, &mut out)?;
    let bytes = file.bytes();
    let name = ["seatree-licenses-", &clock::today(), ".", format.ending()].concat();
    file.save(&name).map_err(|_| Failure::Browser)?;
    Ok(Written { rows, bytes, name: Some(name) })
}

fn keep(file: &mut File, out: &mut Vec<u8>) -> Result<(), Failure> {
    let kept = file.push(out);
    out.clear();
    if kept { Ok(()) } else { Err(Failure::Browser) }
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

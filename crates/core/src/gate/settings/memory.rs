//! Whether and when snapshots are taken of an upstream.

use super::{SettingsError, fields::Fields};
use crate::snapshot::Plan;

/// A month: who wants fewer wants none.
const LONGEST_EVERY: u64 = 31 * 86_400;
/// Ten years.
const LONGEST_KEEP: u64 = 3_660 * 86_400;
/// As many as are told in one answer, and as a database takes that is looked through as a whole.
const MOST_SNAPSHOTS: u64 = 10_000;

/// Reads the member `memory`; none where it is absent.
pub(super) fn read(
    upstream: &Fields<'_>,
    is_readable: bool,
) -> Result<Option<Plan>, SettingsError> {
    let Some(fields) = upstream.object("memory", &["every_seconds", "keep_seconds"])? else {
        return Ok(None);
    };
    if !is_readable {
        let problem = "needs \"draas\" and \"credentials\", by which the edge reads the licenses";
        return Err(upstream.wrong("memory", problem));
    }
    let usual = Plan::default();
    let every_s = fields.number_within("every_seconds", 1..=LONGEST_EVERY)?;
    let keep_s = fields.number_within("keep_seconds", 1..=LONGEST_KEEP)?;
    let every_s = every_s.unwrap_or(usual.every_s);
    let keep_s = keep_s.unwrap_or(usual.keep_s.min(every_s.saturating_mul(MOST_SNAPSHOTS)));
    if keep_s / every_s > MOST_SNAPSHOTS {
        let problem = format!("would keep more than {MOST_SNAPSHOTS} snapshots");
        return Err(fields.wrong("keep_seconds", &problem));
    }
    Ok(Some(Plan { every_s, keep_s }))
}

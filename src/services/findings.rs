//! What is said of figures and findings, in the list and in the details.

use seatree_core::insight::{Mark, Marks};
use seatree_core::live_platform::ServiceLicense;
use seatree_core::say;
use seatree_core::words::tr;

use crate::platform::numbers::{self, count};

pub(super) fn no_figure() -> &'static str {
    tr("The platform sent no figure")
}

pub(super) fn no_time() -> &'static str {
    tr("The platform sent no time of its last count")
}

/// One finding in words: what it is, and what follows.
pub(super) struct Said {
    pub mark: Mark,
    pub what: String,
    pub then: String,
}

/// What is to be looked at in a service that was read.
pub(super) fn of(license: &ServiceLicense, marks: Marks, age: &str) -> Vec<Said> {
    marks.iter().filter_map(|mark| say(license, mark, age)).collect()
}

fn say(license: &ServiceLicense, mark: Mark, age: &str) -> Option<Said> {
    let (acquired, licensed) =
        (numbers::figure(license.acquired), numbers::figure(license.licensed));
    let available = license.available().get();
    let both = say!("{licensed} licensed, {acquired} acquired.", licensed, acquired);
    let (what, then) = match mark {
        Mark::Over => (
            say!(
                "{count} over what was acquired",
                count = count(available.map_or(0, i64::saturating_neg))
            ),
            [&both, " ", tr("Acquire more, or free licenses by what counts below.")].concat(),
        ),
        Mark::Near => (say!("{count} left", count = count(available.unwrap_or(0))), both),
        Mark::Idle => (
            say!("{acquired} acquired, none licensed", acquired),
            tr("Nobody counts under a factor that is switched on.").to_owned(),
        ),
        Mark::SumOff => (
            tr("The sum does not add up").to_owned(),
            say!(
                "The counted factors make {counted}, the platform sent {licensed}. Both are shown as \
                 they came; ask the vendor which is right.",
                counted = numbers::figure(license.sum_of_factors()),
                licensed
            ),
        ),
        Mark::Stale => (
            say!("Counted {age}", age),
            tr("The platform counts every day. Newer changes are not in these figures.").to_owned(),
        ),
        // It was read.
        Mark::Failed => return None,
    };
    Some(Said { mark, what, then })
}

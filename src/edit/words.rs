//! Changes in words.

use leptos::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::{Held, LimitId, Names, Outcome, Warning};
use seatree_core::estate::{Figure, NodeId, Tree};
use seatree_core::plural;
use seatree_core::say;
use seatree_core::words::tr;
use seatree_core::{Problem, UpstreamError};

use crate::platform::numbers::{UNKNOWN, count, figure};
use crate::tree::meter_name;

/// "+8" or "−3".
pub(super) fn signed(delta: i64) -> String {
    if delta > 0 { format!("+{}", count(delta)) } else { count(delta) }
}

/// By how much a limit changes.
pub(super) fn delta(old: Figure, new: Limit) -> String {
    let delta = old.get().and_then(|old| new.get().checked_sub(old));
    delta.map_or_else(|| UNKNOWN.to_owned(), signed)
}

/// "1 subscription" or "12 subscriptions".
pub(super) fn subscriptions(number: usize) -> String {
    plural!(number, "{n} subscription", "{n} subscriptions")
}

/// "Teams users · 20 → 22", for a row that has no room for columns.
pub(super) fn brief(license: &str, from: Figure, to: Figure) -> AnyView {
    let words = format!("{} · {} → {}", meter_name(license), figure(from), figure(to));
    view! {
        <bdi class="brief" title=words.clone()>
            {words.clone()}
        </bdi>
    }
    .into_any()
}

pub(super) fn name(text: &str) -> String {
    if text.is_empty() { tr("(no name)").to_owned() } else { text.to_owned() }
}

/// "#118 · PACI-Tenant-Test"
pub(super) fn place(id: &LimitId, names: &Names) -> String {
    format!("#{} · {}", id.subscription, name(&names.tenant))
}

/// What a subscription and its tenant are called.
pub(super) fn names(tree: &Tree, node: NodeId) -> Names {
    let tenant = tree.parent(node).map(|tenant| tree.name(tenant).to_owned());
    Names { tenant: tenant.unwrap_or_default(), subscription: tree.name(node).to_owned() }
}

pub(super) fn warning(warning: Warning) -> String {
    match warning {
        Warning::BelowInUse { in_use } => say!("Below the {count} in use", count = count(in_use)),
        Warning::UseUnknown => tr("Nobody counts what is in use").to_owned(),
    }
}

/// What a warning means, in sentences.
pub(super) fn warned(warning: Warning) -> &'static str {
    match warning {
        Warning::BelowInUse { .. } => tr(
            "The platform decides whether it takes a limit below what is in use, and what becomes \
             of the seats beyond it: its vendor does not say.",
        ),
        Warning::UseUnknown => tr(
            "The platform enforces this limit at call time and counts no use: make sure that nobody \
             needs what is taken away.",
        ),
    }
}

/// What is to be said of a node above that is not the sum of its children.
pub(super) fn held(held: &Held) -> String {
    let (holds, below) = (count(held.holds), count(held.below));
    if held.is_exceeded() {
        let after = count(held.below_after);
        say!("Seems to hold {holds}; {after} would be given below", holds, after)
    } else {
        say!("Off before: holds {holds}, {below} given below", holds, below)
    }
}

/// What became of a change, in a few words.
pub(super) fn outcome(outcome: &Outcome, old: Figure) -> String {
    match outcome {
        Outcome::Applied { lost: false, .. } => tr("Applied").to_owned(),
        Outcome::Applied { lost: true, .. } => tr("Applied; its reply was lost").to_owned(),
        Outcome::AlreadySo => tr("Was so already, not sent").to_owned(),
        Outcome::Changed { now } => {
            say!(
                "Changed by somebody else: {before} → {after}",
                before = figure(old),
                after = figure(*now)
            )
        }
        Outcome::HeldBack => tr("Not sent: its other limit was changed").to_owned(),
        Outcome::Unread(_) => tr("Not sent: could not be read").to_owned(),
        Outcome::Refused(error) => refused(error),
        Outcome::Otherwise { now, .. } if *now == old => tr("Not made: still as before").to_owned(),
        Outcome::Otherwise { now, .. } => say!("Sent, but reads {limit} now", limit = figure(*now)),
        Outcome::Unclear(_) => tr("Not known whether it was made").to_owned(),
        Outcome::NotSent => tr("Not sent: stopped").to_owned(),
    }
}

/// What an outcome means and what to do, where that is no error's to say.
pub(super) fn explained(outcome: &Outcome) -> Option<&'static str> {
    Some(match outcome {
        Outcome::Applied { lost: false, .. } => tr("Reading it again shows the new limit."),
        Outcome::Applied { lost: true, .. } => {
            tr("The connection was lost after it was sent; reading it again shows the new limit.")
        }
        Outcome::AlreadySo => tr("Reading it before anything was sent showed the new limit."),
        Outcome::Changed { .. } => tr(
            "It is not what it was when you drafted this, so nothing was sent. Take over what it is \
             now and send again, or take the change out.",
        ),
        Outcome::HeldBack => {
            tr("One request carries all limits of a subscription. Settle its other change first.")
        }
        Outcome::Otherwise { error: None, .. } => tr(
            "The platform accepted the request, and reading it again shows another limit. Ask its \
             operator why before you send it again.",
        ),
        Outcome::NotSent => tr("Send again whenever you like."),
        Outcome::Refused(error) if is_of_the_limit(error) => {
            tr("The platform does not take this limit. Draft another one, or take the change out.")
        }
        _ => return None,
    })
}

/// Why a platform did not take a change, in a few words.
fn refused(error: &UpstreamError) -> String {
    match &error.problem {
        Problem::Rejected { message: said, .. }
        | Problem::NotOpened { said }
        | Problem::EdgeRefused { said } => say!("Refused: {said}", said),
        Problem::TokenRefused { ended: true, .. } => tr("Refused: the token has ended").to_owned(),
        Problem::Forbidden { role: Some(role) } => say!("Refused: needs the role {role}", role),
        _ => tr("Refused").to_owned(),
    }
}

/// Whether a platform understood the request and minds the limit in it: no setting of the
/// connection would mend that.
pub(super) fn is_of_the_limit(error: &UpstreamError) -> bool {
    matches!(error.problem, Problem::Rejected { status: 400..500, .. })
}

/// The error behind an outcome.
pub(super) fn error(outcome: &Outcome) -> Option<&UpstreamError> {
    match outcome {
        Outcome::Unread(error) | Outcome::Refused(error) | Outcome::Unclear(error) => Some(error),
        Outcome::Otherwise { error, .. } => error.as_ref(),
        _ => None,
    }
}

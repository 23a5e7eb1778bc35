//! What is to be looked at in a node, in a sentence, with what to do about it.

use leptos::prelude::*;
use seatree_core::estate::{Meter, NodeRef, Tree};
use seatree_core::insight::{Identity, Mark, NodeFinding};
use seatree_core::say;
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::platform::numbers::count;
use crate::tree::columns::{group, words};
use crate::tree::findings::{class, icon};
use crate::ui::live::live;

/// One finding in words.
#[derive(Clone, PartialEq)]
struct Said {
    mark: Mark,
    what: String,
    then: String,
}

pub(super) fn findings(context: Context, node: NodeRef) -> AnyView {
    let said = Memo::new(move |_| {
        context.estate.with(|forest| {
            let (Some(tree), Some(survey)) =
                (forest.estate.tree(node.tree), forest.survey(node.tree))
            else {
                return Vec::new();
            };
            let findings = survey.findings(tree, node.node);
            findings.into_iter().map(|finding| in_words(tree, node.node, finding)).collect()
        })
    });
    live(move || {
        let said = said.get();
        said.iter().map(notice).collect::<Vec<_>>().into_any()
    })
}

fn notice(said: &Said) -> AnyView {
    view! {
        <div class=format!("details-finding {}", class(said.mark))>
            {icon(said.mark)}
            <div>
                <b>{said.what.clone()}</b>
                <p>{said.then.clone()}</p>
            </div>
        </div>
    }
    .into_any()
}

fn in_words(tree: &Tree, node: u32, finding: NodeFinding) -> Said {
    let mark = finding.mark();
    let meter = |meter| meter_words(tree, meter);
    let (what, then) = match finding {
        NodeFinding::Over { meter: of, assigned, in_use } => {
            let over = in_use.saturating_sub(assigned);
            (
                say!("{count} {meter} over the limit", count = count(over), meter = meter(of)),
                say!(
                    "{used} in use, {assigned} assigned. Raise the limit by {over} or free as many.",
                    used = count(in_use),
                    assigned = count(assigned),
                    over = count(over)
                ),
            )
        }
        NodeFinding::Near { meter: of, assigned, in_use } => (
            say!(
                "{count} left of {meter}",
                count = count(assigned.saturating_sub(in_use)),
                meter = meter(of)
            ),
            say!(
                "{used} in use, {assigned} assigned.",
                used = count(in_use),
                assigned = count(assigned)
            ),
        ),
        NodeFinding::Idle { meter: of, assigned } => (
            say!(
                "{count} {meter} assigned, none in use",
                count = count(assigned),
                meter = meter(of)
            ),
            tr("Seats that nobody uses cost as much as those in use.").to_owned(),
        ),
        NodeFinding::Sum(sum) => {
            let (expected, found) = (count(sum.expected), count(sum.found));
            let rule = match sum.identity {
                Identity::SumOfChildren => {
                    say!(
                        "What stands below makes {expected}, the upstream sent {found}.",
                        expected,
                        found
                    )
                }
                Identity::UsersAndResourceAccounts => say!(
                    "People and resource accounts make {expected}, the upstream sent {found}.",
                    expected,
                    found
                ),
                Identity::SumOfFactors => say!(
                    "The counted factors make {expected}, the upstream sent {found}.",
                    expected,
                    found
                ),
            };
            let then = tr("Both are shown as they came; ask the vendor which is right.");
            (
                say!("{meter}: the sum does not add up", meter = meter(sum.meter)),
                [&rule, " ", then].concat(),
            )
        }
        NodeFinding::Stale => (
            tr("Older than it should be").to_owned(),
            tr("Read the connection again to see whether it still holds.").to_owned(),
        ),
        NodeFinding::Failed => (
            say!("This {kind} could not be read", kind = tree.kind(node).name()),
            tr("See Connections for the reason, then read it again.").to_owned(),
        ),
    };
    Said { mark, what, then }
}

fn meter_words(tree: &Tree, meter: Meter) -> String {
    let key = tree.meters().find(|(known, _)| *known == meter).map_or("", |(_, key)| key);
    match key {
        words::LIVE => tr("Live Platform users").to_owned(),
        key => group(key).to_owned(),
    }
}

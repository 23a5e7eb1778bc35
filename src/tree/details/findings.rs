//! What is to be looked at in a node, in a sentence, with what to do about it.

use leptos::prelude::*;
use seatree_core::estate::{Meter, NodeRef, Tree};
use seatree_core::insight::{Identity, Mark, NodeFinding};

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
            findings.into_iter().map(|finding| say(tree, node.node, finding)).collect()
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

fn say(tree: &Tree, node: u32, finding: NodeFinding) -> Said {
    let mark = finding.mark();
    let meter = |meter| meter_words(tree, meter);
    let (what, then) = match finding {
        NodeFinding::Over { meter: of, assigned, in_use } => {
            let over = in_use.saturating_sub(assigned);
            (
                format!("{} {} over the limit", count(over), meter(of)),
                format!(
                    "{} in use, {} assigned. Raise the limit by {} or free as many.",
                    count(in_use),
                    count(assigned),
                    count(over)
                ),
            )
        }
        NodeFinding::Near { meter: of, assigned, in_use } => (
            format!("{} left of {}", count(assigned.saturating_sub(in_use)), meter(of)),
            format!("{} in use, {} assigned.", count(in_use), count(assigned)),
        ),
        NodeFinding::Idle { meter: of, assigned } => (
            format!("{} {} assigned, none in use", count(assigned), meter(of)),
            "Seats that nobody uses cost as much as those in use.".to_owned(),
        ),
        NodeFinding::Sum(sum) => {
            let rule = match sum.identity {
                Identity::SumOfChildren => "What stands below makes",
                Identity::UsersAndResourceAccounts => "People and resource accounts make",
                Identity::SumOfFactors => "The counted factors make",
            };
            (
                format!("{}: the sum does not add up", meter(sum.meter)),
                format!(
                    "{rule} {}, the upstream sent {}. Both are shown as they came; ask the vendor which is right.",
                    count(sum.expected),
                    count(sum.found)
                ),
            )
        }
        NodeFinding::Stale => (
            "Older than it should be".to_owned(),
            "Read the connection again to see whether it still holds.".to_owned(),
        ),
        NodeFinding::Failed => (
            format!("This {} could not be read", tree.kind(node).word()),
            "See Connections for the reason, then read it again.".to_owned(),
        ),
    };
    Said { mark, what, then }
}

fn meter_words(tree: &Tree, meter: Meter) -> String {
    let key = tree.meters().find(|(known, _)| *known == meter).map_or("", |(_, key)| key);
    match key {
        words::LIVE => "Live Platform users".to_owned(),
        key => group(key).to_owned(),
    }
}

//! What an address of the API names beside the call itself.

use super::super::{Refusal, RefusalKind};
use super::Call;
use crate::api::NodeName;
use crate::draas::Entity;

/// What a query asks for.
#[derive(Default)]
pub(super) struct Query<'a> {
    pub(super) upstream: Option<&'a str>,
    pub(super) within: Option<Entity>,
}

impl<'a> Query<'a> {
    /// Reads `upstream=NAME` and, for what is told of a whole part, `scope=KIND:UUID`.
    pub(super) fn read(query: &'a str, call: Call) -> Result<Self, Refusal> {
        let is_of_a_part = matches!(call, Call::Estate(_) | Call::Findings);
        let mut read = Self::default();
        for part in query.split('&').filter(|_| !query.is_empty()) {
            match part.split_once('=') {
                Some(("upstream", name)) if read.upstream.is_none() => read.upstream = Some(name),
                Some(("scope", name)) if is_of_a_part && read.within.is_none() => {
                    let Some(NodeName::Entity(entity)) = NodeName::parse(name) else {
                        return Err(odd("\"scope\" is KIND:UUID, such as reseller:UUID."));
                    };
                    read.within = Some(entity);
                }
                _ => {
                    return Err(odd(
                        "A query has \"upstream=NAME\", of \"estate\" and \"findings\" also \"scope=KIND:UUID\", each once, and nothing else.",
                    ));
                }
            }
        }
        Ok(read)
    }
}

fn odd(detail: &str) -> Refusal {
    Refusal::new(RefusalKind::UnknownUpstream, detail)
}

/// What is asked of one node by its name.
pub(super) fn named(place: &str) -> Option<Call> {
    if let Some(name) = place.strip_prefix("node/") {
        return NodeName::parse(name).map(Call::Node);
    }
    let name = NodeName::parse(place.strip_prefix("limits/")?)?;
    matches!(name, NodeName::Subscription { .. }).then_some(Call::Licenses(name))
}

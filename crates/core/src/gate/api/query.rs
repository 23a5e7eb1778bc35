//! The query of a request to the API.

use super::Call;
use crate::api::NodeName;
use crate::draas::Entity;
use crate::gate::{Refusal, RefusalKind};
use crate::snapshot::Range;

/// What is called, before its query is looked at.
pub(super) enum Called {
    /// What has no parameters beside the upstream.
    Now(Call),
    /// What is told of all that a token opens, or of a part of it.
    OfAPart(Call),
    Snapshots,
    History,
}

impl Called {
    /// The parameters that it takes.
    pub(super) fn parameters(&self) -> &'static [&'static str] {
        match self {
            Self::Now(_) => &["upstream"],
            Self::OfAPart(_) => &["upstream", "scope"],
            Self::Snapshots => &["upstream", "from", "to"],
            Self::History => &["upstream", "node", "from", "to"],
        }
    }

    pub(super) fn with(self, query: &Query<'_>) -> Result<Call, Refusal> {
        match self {
            Self::Now(call) | Self::OfAPart(call) => Ok(call),
            Self::Snapshots => Ok(Call::Snapshots(range(query)?)),
            Self::History => {
                let node = query.get("node").and_then(NodeName::parse);
                let node = node.ok_or_else(|| {
                    not_understood("\"node\" is to name one, as \"tenant:UUID\" or \"subscription:TENANT-UUID:NUMBER\".")
                })?;
                Ok(Call::History(node, range(query)?))
            }
        }
    }
}

/// Parameters by name, each at most once and as plainly written as they are meant.
pub(super) struct Query<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Query<'a> {
    pub(super) fn of(called: &Called, text: &'a str) -> Result<Self, Refusal> {
        let known = called.parameters();
        let mut parameters: Vec<(&str, &str)> = Vec::new();
        for pair in text.split('&').filter(|_| !text.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if !known.contains(&name) || parameters.iter().any(|(other, _)| *other == name) {
                let known = known.join("\", \"");
                return Err(not_understood(&format!("Only \"{known}\" are read here, each once.")));
            }
            parameters.push((name, value));
        }
        Ok(Self(parameters))
    }

    /// The part of what the token opens that is asked for.
    pub(super) fn within(&self) -> Result<Option<Entity>, Refusal> {
        match self.get("scope").map(NodeName::parse) {
            None => Ok(None),
            Some(Some(NodeName::Entity(entity))) => Ok(Some(entity)),
            Some(_) => Err(not_understood("\"scope\" is KIND:UUID, such as reseller:UUID.")),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }
}

fn range(query: &Query<'_>) -> Result<Range, Refusal> {
    let moment = |name: &str, read: fn(&str) -> Option<u64>, usual: u64| {
        match query.get(name) {
        None => Ok(usual),
        Some(text) => read(text).ok_or_else(|| {
            let detail = format!(
                "\"{name}\" is to be a day, such as 2026-11-27, or a moment, such as 2026-11-27T08:30:00Z."
            );
            not_understood(&detail)
        }),
    }
    };
    let all = Range::default();
    let (from_s, to_s) =
        (moment("from", Range::from, all.from_s)?, moment("to", Range::to, all.to_s)?);
    if from_s > to_s {
        return Err(not_understood("\"from\" is after \"to\"."));
    }
    Ok(Range { from_s, to_s })
}

fn not_understood(detail: &str) -> Refusal {
    Refusal::new(RefusalKind::QueryRefused, detail)
}

/// What is asked of one node by its name.
pub(super) fn named(place: &str) -> Option<Call> {
    if let Some(name) = place.strip_prefix("node/") {
        return NodeName::parse(name).map(Call::Node);
    }
    let name = NodeName::parse(place.strip_prefix("limits/")?)?;
    matches!(name, NodeName::Subscription { .. }).then_some(Call::Licenses(name))
}

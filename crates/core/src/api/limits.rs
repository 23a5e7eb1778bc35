//! New limits that a program asks for.

use std::fmt;

use serde_json::Value;

use super::{Estate, NodeName};
use crate::draas::{Limit, LimitChange, LimitError, LimitKeys};
use crate::estate::Uuid;
use crate::json::parse_strictly;

/// The limits of one subscription to change, checked as the app checks them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLimits {
    pub tenant: Uuid,
    pub id: u64,
    pub change: LimitChange,
    limits: Vec<(String, Limit)>,
    is_below_use_meant: bool,
}

/// Why they are not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitsProblem {
    Form,
    Node,
    Limit {
        key: String,
        error: LimitError,
    },
    /// The platform counts no license of this key.
    Unknown {
        key: String,
    },
    /// Less than is in use, without saying that this is meant.
    BelowUse {
        key: String,
        in_use: i64,
    },
}

impl fmt::Display for LimitsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str(
                "The body is not as described: {\"node\": \"subscription:TENANT:NUMBER\", \"limits\": {\"msTeamsUsers\": 10}}.",
            ),
            Self::Node => f.write_str(
                "Limits are those of subscriptions: name one as \"subscription:TENANT:NUMBER\".",
            ),
            Self::Limit { key, error } => write!(f, "{key}: {error}."),
            Self::Unknown { key } => write!(
                f,
                "{key}: the platform counts no license of this key. Use one of those that the node has, spelled the same."
            ),
            Self::BelowUse { key, in_use } => write!(
                f,
                "{key}: {in_use} are in use, which is more than the new limit. Free some first, or send \"below_use\": true if this is meant."
            ),
        }
    }
}

impl NewLimits {
    /// Reads a request's body.
    ///
    /// # Errors
    /// It is in another form than described, or a limit is none.
    pub fn read(body: &[u8]) -> Result<Self, LimitsProblem> {
        let body = parse_strictly(body).ok_or(LimitsProblem::Form)?;
        let body = body.as_object().ok_or(LimitsProblem::Form)?;
        let known = ["node", "limits", "below_use"];
        if body.keys().any(|name| !known.contains(&name.as_str())) {
            return Err(LimitsProblem::Form);
        }
        let is_below_use_meant = match body.get("below_use") {
            None => false,
            Some(value) => value.as_bool().ok_or(LimitsProblem::Form)?,
        };
        let name = body.get("node").and_then(Value::as_str).ok_or(LimitsProblem::Form)?;
        let Some(NodeName::Subscription { tenant, id }) = NodeName::parse(name) else {
            return Err(LimitsProblem::Node);
        };
        let wanted = body.get("limits").and_then(Value::as_object).ok_or(LimitsProblem::Form)?;
        let limits = wanted.iter().map(|(key, limit)| {
            let wrong = |error| LimitsProblem::Limit { key: crate::error::excerpt(key), error };
            let count = limit.as_i64().ok_or_else(|| wrong(LimitError::NotWhole))?;
            Ok((key.clone(), Limit::new(count).map_err(wrong)?))
        });
        let limits = limits.collect::<Result<Vec<_>, _>>()?;
        let mut each = limits.iter();
        let (key, limit) = each.next().ok_or(LimitsProblem::Form)?;
        let first = LimitChange::of(key, *limit);
        let change = each.fold(first, |change, (key, limit)| change.and(key, *limit));
        Ok(Self { tenant, id, change, limits, is_below_use_meant })
    }

    pub fn name(&self) -> NodeName {
        NodeName::Subscription { tenant: self.tenant, id: self.id }
    }

    /// Holds them against what the platform counts, and what is in use of it.
    ///
    /// # Errors
    /// One is of no license, or is below what is in use, and `below_use` does not say that this is meant.
    pub fn check(&self, estate: &Estate) -> Result<(), LimitsProblem> {
        let tree = estate.members.tree();
        let keys = LimitKeys::of(tree);
        if let Some((key, _)) = self.limits.iter().find(|(key, _)| !keys.know(key)) {
            return Err(LimitsProblem::Unknown { key: crate::error::excerpt(key) });
        }
        let Some(node) = self.name().find(&estate.members) else { return Ok(()) };
        for (key, limit) in &self.limits {
            let in_use =
                tree.find_meter(key).and_then(|meter| tree.reading(node, meter).in_use.get());
            if let Some(in_use) = in_use
                && in_use > limit.get()
                && !self.is_below_use_meant
            {
                let key = crate::error::excerpt(key);
                return Err(LimitsProblem::BelowUse { key, in_use });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::{Figure, Kind, Measure, Meter, Tree};

    const NAME: &str = "subscription:53fd92c7-fbef-44fd-af76-d92334432ac9:2";

    #[test]
    fn limits_are_read_as_described_and_in_no_other_form() {
        let limits = NewLimits::read(
            format!(r#"{{"node":"{NAME}","limits":{{"msTeamsUsers":10,"x":0}}}}"#).as_bytes(),
        );
        let limits = limits.unwrap();
        assert_eq!(
            limits.change,
            LimitChange::teams_users(Limit::new(10).unwrap()).and("x", Limit::new(0).unwrap())
        );
        for body in [
            "",
            "{}",
            "[]",
            r#"{"node":"NAME"}"#,
            r#"{"node":"NAME","limits":{}}"#,
            r#"{"node":"NAME","limits":[1]}"#,
            r#"{"node":"tenant:53fd92c7-fbef-44fd-af76-d92334432ac9","limits":{"a":1}}"#,
            r#"{"node":"NAME","limits":{"a":-1}}"#,
            r#"{"node":"NAME","limits":{"a":1.5}}"#,
            r#"{"node":"NAME","limits":{"a":"1"}}"#,
            r#"{"node":"NAME","limits":{"a":9007199254740992}}"#,
            r#"{"node":"NAME","limits":{"a":1},"force":true}"#,
            r#"{"node":"NAME","limits":{"a":1},"below_use":1}"#,
            r#"{"node":"NAME","limits":{"a":1,"a":2}}"#,
            r#"{"node":"NAME","limits":{"a":1,"A":2}}"#,
            r#"{"node":"NAME","limits":{"a":1},"limits":{"b":1}}"#,
            r#"{"node":"NAME","node":"NAME","limits":{"a":1}}"#,
            r#"["NAME",{"a":1}]"#,
        ] {
            assert!(NewLimits::read(body.replace("NAME", NAME).as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn below_what_is_in_use_only_if_that_is_meant() {
        let mut tree = Tree::new("");
        let tenant = tree.append(0, Kind::Tenant);
        tree.set_uuid(tenant, Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap());
        let subscription = tree.append(tenant, Kind::Subscription);
        tree.set_subscription_id(subscription, 2);
        tree.set_figure(subscription, Meter::TEAMS_USERS, Measure::InUse, Figure::known(5));
        let estate = Estate::of(tree, String::new());
        let check = |rest: &str| {
            let body = format!(r#"{{"node":"{NAME}","limits":{rest}}}"#);
            NewLimits::read(body.as_bytes()).unwrap().check(&estate)
        };
        assert_eq!(check(r#"{"msTeamsUsers":5}"#), Ok(()));
        assert_eq!(check(r#"{"msTeamsUsers":4},"below_use":true"#), Ok(()));
        let problem = check(r#"{"msTeamsUsers":4}"#).unwrap_err();
        assert!(problem.to_string().contains("5 are in use"), "{problem}");
        for key in ["owner", "", "livePlatformUsers", "msteamsusers", "anywhereNowAgents"] {
            let unknown = check(&format!(r#"{{"sipTrunkChannels":5,"{key}":1}}"#));
            assert_eq!(unknown, Err(LimitsProblem::Unknown { key: key.to_owned() }));
        }
        // What is in use of it nobody knows.
        assert_eq!(check(r#"{"sipTrunkChannels":0}"#), Ok(()));
    }
}

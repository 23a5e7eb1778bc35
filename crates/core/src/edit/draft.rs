//! New limits that were not sent yet.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::draas::Limit;
use crate::estate::{Figure, Uuid};

/// Which limit: of one license of one subscription, by the vendor's ids.
///
/// Subscriptions are numbered by platform, so that their tenant belongs to the id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LimitId {
    /// The connection's own id.
    pub connection: String,
    pub tenant: Uuid,
    pub subscription: u64,
    /// The upstream's key, such as `msTeamsUsers`.
    pub meter: String,
}

/// A new limit, and what was there when it was drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub old: Figure,
    pub new: Limit,
    pub names: Names,
}

impl Change {
    /// Whether the limit stays as it is; one that is unknown never does.
    pub fn is_none(&self) -> bool {
        self.old.get() == Some(self.new.get())
    }
}

/// What a subscription was called: a draft has to be understood while its connection is not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub tenant: String,
    pub subscription: String,
}

/// Changes of limits that were not sent yet: ids, names and numbers, no secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    changes: BTreeMap<LimitId, Change>,
}

impl Draft {
    /// Drafts a change in place of a former one. A limit that stays as it is is none.
    pub fn put(&mut self, id: LimitId, change: Change) {
        if change.is_none() {
            self.changes.remove(&id);
        } else {
            self.changes.insert(id, change);
        }
    }

    pub fn remove(&mut self, id: &LimitId) -> Option<Change> {
        self.changes.remove(id)
    }

    /// Takes a change out that was made, unless another was drafted in its place meanwhile.
    pub fn settle(&mut self, id: &LimitId, new: Limit) {
        if self.get(id).is_some_and(|change| change.new == new) {
            self.changes.remove(id);
        }
    }

    /// Takes what somebody else set meanwhile for what is to be changed.
    pub fn take_over(&mut self, id: &LimitId, now: Figure) {
        if let Some(change) = self.changes.remove(id) {
            self.put(id.clone(), Change { old: now, ..change });
        }
    }

    pub fn get(&self, id: &LimitId) -> Option<&Change> {
        self.changes.get(id)
    }

    /// By connection, tenant, subscription and meter.
    pub fn iter(&self) -> impl Iterator<Item = (&LimitId, &Change)> {
        self.changes.iter()
    }

    pub fn len(&self) -> usize {
        self.changes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub fn clear(&mut self) {
        self.changes.clear();
    }

    /// As a browser keeps it.
    pub fn to_json(&self) -> Value {
        let changes = self.iter().map(|(id, change)| {
            json!({
                "connection": id.connection,
                "tenant": id.tenant.to_string(),
                "subscription": id.subscription,
                "meter": id.meter,
                "old": change.old.get(),
                "new": change.new.get(),
                "tenant_name": change.names.tenant,
                "name": change.names.subscription,
            })
        });
        json!({ "version": 1, "changes": changes.collect::<Vec<_>>() })
    }

    /// What a browser kept; changes that make no sense any more are left out.
    pub fn from_json(kept: &Value) -> Self {
        let changes = kept.get("changes").and_then(Value::as_array).into_iter().flatten();
        let mut draft = Self::default();
        for (id, change) in changes.filter_map(read) {
            draft.put(id, change);
        }
        draft
    }
}

fn read(kept: &Value) -> Option<(LimitId, Change)> {
    let text = |key| Some(kept.get(key)?.as_str()?.to_owned());
    let id = LimitId {
        connection: text("connection")?,
        tenant: Uuid::parse(&text("tenant")?)?,
        subscription: kept.get("subscription")?.as_u64()?,
        meter: text("meter")?,
    };
    let change = Change {
        old: Figure::from(kept.get("old")?.as_i64()),
        new: Limit::new(kept.get("new")?.as_i64()?).ok()?,
        names: Names {
            tenant: text("tenant_name").unwrap_or_default(),
            subscription: text("name").unwrap_or_default(),
        },
    };
    Some((id, change))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(subscription: u64) -> LimitId {
        LimitId {
            connection: "netaxis".into(),
            tenant: Uuid::from_u128(7),
            subscription,
            meter: "msTeamsUsers".into(),
        }
    }

    fn change(old: Option<i64>, new: i64) -> Change {
        let names = Names { tenant: "Harbor".into(), subscription: "=1+1".into() };
        Change { old: Figure::from(old), new: Limit::new(new).unwrap(), names }
    }

    #[test]
    fn a_limit_that_stays_is_no_change() {
        let mut draft = Draft::default();
        draft.put(id(1), change(Some(12), 20));
        draft.put(id(2), change(Some(5), 5));
        assert_eq!(draft.len(), 1);
        draft.put(id(1), change(Some(12), 12));
        assert!(draft.is_empty());
        draft.put(id(1), change(None, 0));
        assert_eq!(draft.len(), 1, "unknown is not 0");
    }

    #[test]
    fn what_was_made_goes_but_not_what_was_drafted_meanwhile() {
        let mut draft = Draft::default();
        draft.put(id(1), change(Some(12), 20));
        draft.settle(&id(1), Limit::new(19).unwrap());
        assert_eq!(draft.len(), 1);
        draft.settle(&id(1), Limit::new(20).unwrap());
        assert!(draft.is_empty());
    }

    #[test]
    fn what_somebody_else_set_can_be_taken_over() {
        let mut draft = Draft::default();
        draft.put(id(1), change(Some(12), 20));
        draft.take_over(&id(1), Figure::known(15));
        assert_eq!(draft.get(&id(1)).unwrap().old, Figure::known(15));
        draft.take_over(&id(1), Figure::known(20));
        assert!(draft.is_empty(), "it is as it should be");
    }

    proptest! {
        #[test]
        fn it_comes_back_from_a_browser_as_it_was(
            changes in prop::collection::vec(
                (any::<u64>(), any::<u128>(), "\\PC{0,12}", prop::option::of(0_i64..9), 0_i64..=Limit::MAX),
                0..12,
            ),
        ) {
            let mut draft = Draft::default();
            for (subscription, tenant, text, old, new) in changes {
                let id = LimitId {
                    connection: text.clone(),
                    tenant: Uuid::from_u128(tenant),
                    subscription,
                    meter: text.clone(),
                };
                let names = Names { tenant: text.clone(), subscription: text };
                let new = Limit::new(new).unwrap();
                draft.put(id, Change { old: Figure::from(old), new, names });
            }
            let kept = draft.to_json().to_string();
            prop_assert_eq!(Draft::from_json(&serde_json::from_str(&kept).unwrap()), draft);
        }
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        for kept in [
            json!(null),
            json!({"changes": 5}),
            json!({"changes": [null, {"connection": "a"}, {
                "connection": "a", "tenant": "x", "subscription": 1, "meter": "m", "old": 1, "new": 2,
            }]}),
        ] {
            assert!(Draft::from_json(&kept).is_empty(), "{kept}");
        }
    }
}

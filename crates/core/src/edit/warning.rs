//! What speaks against a new limit. Nothing of it forbids it: the platform decides.

use crate::draas::Limit;
use crate::estate::{Figure, Reading};

/// What speaks against a new limit of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// More is in use than will be allowed. What the platform then does is not documented.
    BelowInUse { in_use: i64 },
    /// It is lowered, and nobody knows how much of it is in use.
    UseUnknown,
}

/// What speaks against a new limit where this is what was read.
pub fn of_limit(reading: &Reading, new: Limit) -> Option<Warning> {
    match reading.in_use.get() {
        Some(in_use) if new.get() < in_use => Some(Warning::BelowInUse { in_use }),
        None if reading.assigned.get().is_none_or(|now| new.get() < now) => {
            Some(Warning::UseUnknown)
        }
        _ => None,
    }
}

/// A node above that does not have what its children have together.
///
/// Where it does, its figure is taken for their sum, which follows them: more below is more above,
/// and nothing is to be said. Where it does not, it may be what the node really holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// What the upstream says the node has.
    pub holds: i64,
    /// What its children have.
    pub below: i64,
    /// What they will have.
    pub below_after: i64,
}

impl Held {
    pub(super) fn of(holds: Figure, below: Figure, below_after: Figure) -> Option<Self> {
        let (holds, below) = (holds.get()?, below.get()?);
        (holds != below).then_some(())?;
        Some(Self { holds, below, below_after: below_after.get()? })
    }

    /// Whether more is given below than the node seems to hold, by this change.
    pub fn is_exceeded(&self) -> bool {
        self.below_after > self.holds && self.below_after > self.below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warns(assigned: Option<i64>, in_use: Option<i64>, new: i64) -> Option<Warning> {
        let reading = Reading {
            assigned: Figure::from(assigned),
            in_use: Figure::from(in_use),
            ..Reading::default()
        };
        of_limit(&reading, Limit::new(new).unwrap())
    }

    #[test]
    fn a_limit_below_what_is_in_use_is_warned_of() {
        assert_eq!(warns(Some(12), Some(15), 14), Some(Warning::BelowInUse { in_use: 15 }));
        assert_eq!(warns(Some(12), Some(15), 15), None);
        assert_eq!(warns(None, Some(15), 14), Some(Warning::BelowInUse { in_use: 15 }));
    }

    #[test]
    fn lowering_what_nobody_counts_is_warned_of_and_raising_it_is_not() {
        assert_eq!(warns(Some(11), None, 10), Some(Warning::UseUnknown));
        assert_eq!(warns(Some(11), None, 12), None);
        assert_eq!(warns(None, None, 12), Some(Warning::UseUnknown));
    }

    #[test]
    fn a_parent_that_is_the_sum_of_its_children_follows_them() {
        let held = |holds: i64, below: i64, after: i64| {
            Held::of(Figure::known(holds), Figure::known(below), Figure::known(after))
        };
        assert_eq!(held(40, 40, 60), None);
        assert!(!held(40, 30, 40).unwrap().is_exceeded());
        assert!(held(40, 30, 41).unwrap().is_exceeded());
        assert!(held(40, 45, 46).unwrap().is_exceeded());
        assert!(!held(40, 45, 44).unwrap().is_exceeded(), "it gets better");
        assert_eq!(Held::of(Figure::UNKNOWN, Figure::known(1), Figure::known(2)), None);
    }
}

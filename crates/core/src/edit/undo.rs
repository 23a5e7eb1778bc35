//! The draft that takes back what was made.

use super::{Change, Draft, LimitId, Logged};
use crate::draas::Limit;
use crate::estate::Figure;

/// A draft that takes changes back, and what cannot be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undo {
    pub draft: Draft,
    /// Limits that were unknown before.
    pub lost: Vec<LimitId>,
}

/// Takes back what was made of these entries, the oldest first: a limit that was changed more than
/// once goes back to what it was before all of them.
pub fn undo<'a>(made: impl IntoIterator<Item = &'a Logged>) -> Undo {
    let mut undo = Undo::default();
    for entry in made.into_iter().filter(|entry| entry.sent.is_made()) {
        if undo.lost.contains(&entry.id) {
            continue;
        }
        let before = entry.from.get().and_then(|from| Limit::new(from).ok());
        let first = undo.draft.remove(&entry.id).map(|change| change.new);
        match first.or(before) {
            Some(new) => {
                let old = Figure::known(entry.to.get());
                let change = Change { old, new, names: entry.names.clone() };
                undo.draft.put(entry.id.clone(), change);
            }
            None => undo.lost.push(entry.id.clone()),
        }
    }
    undo
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Names, Sent};
    use crate::estate::Uuid;

    fn id(subscription: u64) -> LimitId {
        LimitId {
            connection: "netaxis".into(),
            tenant: Uuid::from_u128(1),
            subscription,
            meter: "msTeamsUsers".into(),
        }
    }

    fn logged(subscription: u64, from: Option<i64>, to: i64, sent: Sent) -> Logged {
        Logged {
            at_s: 0,
            who: "demo".into(),
            connection_name: "Netaxis".into(),
            id: id(subscription),
            names: Names::default(),
            from: Figure::from(from),
            to: Limit::new(to).unwrap(),
            sent,
        }
    }

    fn undone(made: &[Logged]) -> Vec<(u64, Option<i64>, i64)> {
        let undo = undo(made);
        let changes = undo.draft.iter();
        changes.map(|(id, c)| (id.subscription, c.old.get(), c.new.get())).collect()
    }

    #[test]
    fn what_was_made_is_taken_back_and_nothing_else() {
        let refused = Sent::Refused { reason: "no".into() };
        let made = [logged(1, Some(12), 20, Sent::Applied), logged(2, Some(5), 9, refused)];
        assert_eq!(undone(&made), [(1, Some(20), 12)]);
    }

    #[test]
    fn a_limit_changed_twice_goes_back_to_the_first() {
        let made = [logged(1, Some(12), 20, Sent::Applied), logged(1, Some(20), 25, Sent::Applied)];
        assert_eq!(undone(&made), [(1, Some(25), 12)]);
        let back = [logged(1, Some(12), 20, Sent::Applied), logged(1, Some(20), 12, Sent::Applied)];
        assert_eq!(undone(&back), []);
    }

    #[test]
    fn a_limit_that_was_unknown_cannot_come_back() {
        let made = [logged(1, None, 20, Sent::Applied), logged(1, Some(20), 25, Sent::Applied)];
        let undo = undo(&made);
        assert!(undo.draft.is_empty());
        assert_eq!(undo.lost, [id(1)]);
    }
}

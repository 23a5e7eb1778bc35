//! An estate that is kept for a while: whom it still serves, and who reads it anew.

use std::rc::Rc;

use super::Estate;
use crate::visitors::Members;

/// An id that is not known is looked for in a newer tree, but not with every request.
const AT_LEAST_MS: u64 = 10_000;
/// For how long nobody reads after a failure.
const PAUSE_MS: u64 = 5_000;
/// When somebody else reads, because whoever began may have been cut off.
const LONGEST_MS: u64 = 120_000;
/// So many times as long as it is good it serves while there is no newer one.
const MEANWHILE: u64 = 2;
/// Changes of limits have it read anew no more often than that.
const BETWEEN_CHANGES_MS: u64 = 5_000;

/// What of an estate is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// With all changes of limits that were made through the edge before it was asked.
    Figures,
    /// Who belongs to whom: no change of limits changes that.
    Members,
}

/// What somebody asks for, from the moment of asking on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// So many changes it has to have.
    changes: u64,
    good_ms: u64,
}

/// What to do for one who asks.
#[derive(Clone, Debug)]
pub enum Next {
    Use(Rc<Estate>),
    /// Read it, and tell [`Kept::came`] or [`Kept::failed`].
    Read,
    /// Somebody else reads, or has just done so: ask again soon.
    Wait,
    /// It could not be read just now.
    Fail,
}

/// The estate of one upstream.
///
/// One reads and the others wait for it, but not longer than they have to: a reading that hangs
/// must not stop everybody whom the former one knows, and changes that go on must not stop those
/// who asked before them.
#[derive(Debug, Default)]
pub struct Kept {
    estate: Option<Rc<Estate>>,
    /// Of how many changes it is known to tell.
    has_changes: u64,
    read_ms: u64,
    /// Until when somebody else leaves it to whoever reads it.
    reading_until_ms: u64,
    /// Until when nobody reads it after a failure.
    failed_until_ms: u64,
    /// Until when nobody reads it because of a change.
    rests_until_ms: u64,
    /// Counts changes of limits.
    changes: u64,
}

impl Kept {
    /// What somebody asks for now, whom an estate of this age serves, in milliseconds.
    pub fn wish(&self, wants: Wants, good_ms: u64) -> Wish {
        let changes = if wants == Wants::Figures { self.changes } else { 0 };
        Wish { changes, good_ms }
    }

    /// What to do for somebody with this wish; a younger estate, if this does not know whom `is_known`
    /// asks for.
    pub fn next(&mut self, wish: Wish, now_ms: u64, is_known: impl Fn(&Members) -> bool) -> Next {
        let Wish { changes, good_ms } = wish;
        let age = now_ms.saturating_sub(self.read_ms);
        let is_young = age < good_ms;
        let has_changes = self.has_changes >= changes;
        let right = self.estate.clone().filter(|_| has_changes);
        let good = right.clone().filter(|_| is_young);
        if let Some(estate) = &good
            && (age < AT_LEAST_MS.min(good_ms) || is_known(estate.members()))
        {
            return Next::Use(Rc::clone(estate));
        }
        let is_meanwhile = age < good_ms.saturating_mul(MEANWHILE);
        let meanwhile = right.filter(|estate| is_meanwhile && is_known(estate.members()));
        if now_ms < self.reading_until_ms {
            return meanwhile.map_or(Next::Wait, Next::Use);
        }
        if now_ms < self.failed_until_ms {
            return good.or(meanwhile).map_or(Next::Fail, Next::Use);
        }
        if is_young && !has_changes {
            if now_ms < self.rests_until_ms {
                return Next::Wait;
            }
            self.rests_until_ms = now_ms + BETWEEN_CHANGES_MS.min(good_ms);
        }
        self.reading_until_ms = now_ms + LONGEST_MS;
        Next::Read
    }

    /// Limits are no longer what was read: who asks for figures from now on waits for others.
    pub fn outdate(&mut self) {
        self.changes += 1;
    }

    /// What a reading that begins now is told by.
    pub fn begin(&self) -> u64 {
        self.changes
    }

    /// A reading came.
    pub fn came(&mut self, begun: u64, estate: &Rc<Estate>, now_ms: u64) {
        self.reading_until_ms = 0;
        // One that took longer than those that began after it comes too late.
        if begun >= self.has_changes {
            self.estate = Some(Rc::clone(estate));
            self.has_changes = begun;
            self.read_ms = now_ms;
        }
    }

    /// None came.
    pub fn failed(&mut self, now_ms: u64) {
        self.reading_until_ms = 0;
        self.failed_until_ms = now_ms + PAUSE_MS;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::estate::Tree;

    const GOOD: u64 = 300_000;
    /// Any time after 1970 that is not its beginning.
    const START: u64 = 1_800_000_000_000;

    fn estate(digest: &str) -> Rc<Estate> {
        Rc::new(Estate::of(Tree::new(""), digest.to_owned()))
    }

    fn kept() -> Kept {
        let mut kept = Kept::default();
        kept.came(kept.begin(), &estate("old"), START);
        kept
    }

    /// In a word, with which estate.
    fn ask(kept: &mut Kept, wants: Wants, age: u64, knows: bool) -> String {
        told(kept.next(kept.wish(wants, GOOD), START + age, |_| knows))
    }

    fn told(next: Next) -> String {
        match next {
            Next::Use(estate) => estate.digest.clone(),
            Next::Read => "read".to_owned(),
            Next::Wait => "wait".to_owned(),
            Next::Fail => "fail".to_owned(),
        }
    }

    #[test]
    fn one_reads_and_the_others_wait_for_the_first_one() {
        let mut kept = Kept::default();
        assert_eq!(ask(&mut kept, Wants::Members, 0, true), "read");
        assert_eq!(ask(&mut kept, Wants::Figures, 1, true), "wait");
        kept.came(kept.begin(), &estate("new"), START + 2);
        assert_eq!(ask(&mut kept, Wants::Figures, 3, true), "new");
    }

    #[test]
    fn a_reading_that_hangs_stops_nobody_whom_the_old_one_knows_for_twice_its_time() {
        for wants in [Wants::Members, Wants::Figures] {
            let mut kept = kept();
            assert_eq!(ask(&mut kept, wants, GOOD, true), "read");
            assert_eq!(ask(&mut kept, wants, GOOD + 1, true), "old");
            assert_eq!(ask(&mut kept, wants, GOOD + 1, false), "wait", "a newer one may know");
            assert_eq!(ask(&mut kept, wants, GOOD + LONGEST_MS, true), "read", "once more");
            assert_eq!(ask(&mut kept, wants, 2 * GOOD - 61_000, true), "old");
            kept.reading_until_ms = START + 3 * GOOD;
            assert_eq!(ask(&mut kept, wants, 2 * GOOD - 1, true), "old");
            assert_eq!(ask(&mut kept, wants, 2 * GOOD, true), "wait");
        }
    }

    #[test]
    fn after_a_failure_the_old_one_serves_until_the_next_try_and_no_longer() {
        let mut kept = kept();
        assert_eq!(ask(&mut kept, Wants::Members, 2 * GOOD - 2, true), "read");
        kept.failed(START + 2 * GOOD - 2);
        assert_eq!(ask(&mut kept, Wants::Members, 2 * GOOD - 1, true), "old");
        assert_eq!(ask(&mut kept, Wants::Members, 2 * GOOD - 1, false), "fail");
        assert_eq!(ask(&mut kept, Wants::Members, 2 * GOOD, true), "fail");
        assert_eq!(ask(&mut kept, Wants::Members, 2 * GOOD + PAUSE_MS, true), "read");
    }

    #[test]
    fn figures_of_before_a_change_serve_nobody_members_do() {
        let mut kept = kept();
        let begun = kept.begin();
        assert_eq!(ask(&mut kept, Wants::Figures, 1, true), "old");
        kept.outdate();
        assert_eq!(ask(&mut kept, Wants::Members, 1, true), "old");
        assert_eq!(ask(&mut kept, Wants::Figures, 1, true), "read");
        assert_eq!(ask(&mut kept, Wants::Figures, 2, true), "wait");
        kept.came(begun, &estate("begun before"), START + 3);
        assert_eq!(ask(&mut kept, Wants::Members, 4, true), "begun before");
        assert_eq!(ask(&mut kept, Wants::Figures, 4, true), "wait");
        let later = BETWEEN_CHANGES_MS + 1;
        assert_eq!(ask(&mut kept, Wants::Figures, later, true), "read");
        kept.came(kept.begin(), &estate("new"), START + later);
        assert_eq!(ask(&mut kept, Wants::Figures, later, true), "new");
        kept.came(begun, &estate("begun before"), START + later + 1);
        assert_eq!(ask(&mut kept, Wants::Figures, later + 1, true), "new", "that one is too late");
    }

    #[test]
    fn changes_that_go_on_have_it_read_every_so_often_and_stop_nobody_who_asked_before() {
        let mut kept = kept();
        let mut wish = None;
        let mut begun = Vec::new();
        for now in (START..START + 60_000).step_by(50) {
            kept.outdate();
            let (since, asked) =
                *wish.get_or_insert_with(|| (now, kept.wish(Wants::Figures, GOOD)));
            assert!(now - since <= BETWEEN_CHANGES_MS + 1_000, "it waits since {since}");
            match kept.next(asked, now, |_| true) {
                Next::Read => begun.push((now, kept.begin())),
                Next::Use(_) => wish = None,
                Next::Wait => {}
                Next::Fail => panic!("nothing failed"),
            }
            // Each takes a second.
            if let Some((at, changes)) = begun.last()
                && now == at + 1_000
            {
                kept.came(*changes, &estate("new"), now);
            }
        }
        assert_eq!(begun.len(), 12);
        assert!(begun.windows(2).all(|two| two[1].0 - two[0].0 >= BETWEEN_CHANGES_MS));
    }

    proptest! {
        #[test]
        fn nobody_gets_one_that_is_too_old_or_lacks_a_change_and_some_reading_begins_for_who_waits(
            good in 1_u64..1_000_000,
            steps in proptest::collection::vec(
                (prop_oneof![0_u64..20_000, 0_u64..200_000], any::<bool>(), any::<bool>(), 0_u8..8),
                1..80,
            ),
        ) {
            let mut kept = Kept::default();
            let (mut now, mut read, mut began) = (START, None, None);
            let mut waits = None;
            for (later, of_members, knows, end) in steps {
                now += later;
                let wants = if of_members { Wants::Members } else { Wants::Figures };
                // Who waits asks again with the same wish.
                let wish = waits.take().unwrap_or_else(|| kept.wish(wants, good));
                match kept.next(wish, now, |_| knows) {
                    Next::Use(estate) => {
                        let (at, begun) = read.expect("one was read");
                        let age: u64 = now - at;
                        prop_assert!(age < good || (knows && age < 2 * good), "{age} of {good}");
                        prop_assert_eq!(estate.digest.parse(), Ok(begun));
                        prop_assert!(begun >= wish.changes);
                    }
                    Next::Read => began = Some((now, kept.begin())),
                    Next::Wait => {
                        let (at, _) = began.expect("somebody reads, or did");
                        prop_assert!(now - at < LONGEST_MS);
                        let is_read = now < kept.reading_until_ms;
                        prop_assert!(is_read || now - at < BETWEEN_CHANGES_MS);
                        waits = Some(wish);
                    }
                    Next::Fail => prop_assert!(now < kept.failed_until_ms),
                }
                match (end, began) {
                    (0, Some((_, begun))) => {
                        if read.is_none_or(|(_, former)| begun >= former) {
                            read = Some((now, begun));
                        }
                        kept.came(begun, &estate(&begun.to_string()), now);
                    }
                    (1, Some(_)) => kept.failed(now),
                    (2, _) => kept.outdate(),
                    _ => {}
                }
            }
        }
    }
}

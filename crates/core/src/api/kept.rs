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

/// What of an estate is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    Figures,
    /// Who belongs to whom: no change of limits changes that.
    Members,
}

/// What to do for one who asks.
#[derive(Clone, Debug)]
pub enum Next {
    Use(Rc<Estate>),
    /// Read it, and tell [`Kept::came`] or [`Kept::failed`].
    Read,
    /// Somebody else reads: ask again soon.
    Wait,
    /// It could not be read just now.
    Fail,
}

/// The estate of one upstream.
///
/// One reads and the others wait for it, but not longer than they have to: a reading that hangs
/// must not stop everybody whom the former one knows.
#[derive(Debug, Default)]
pub struct Kept {
    estate: Option<Rc<Estate>>,
    /// Whether limits in it were changed since.
    is_outdated: bool,
    read_ms: u64,
    /// Until when somebody else leaves it to whoever reads it.
    reading_until_ms: u64,
    /// Until when nobody reads it after a failure.
    failed_until_ms: u64,
    /// Counts what made it old.
    changes: u64,
}

impl Kept {
    /// What to do for somebody whom an estate of this age serves, in milliseconds; a younger one, if
    /// this does not know whom `is_known` asks for.
    pub fn next(
        &mut self,
        wants: Wants,
        good_ms: u64,
        now_ms: u64,
        is_known: impl Fn(&Members) -> bool,
    ) -> Next {
        let age = now_ms.saturating_sub(self.read_ms);
        let is_right = wants == Wants::Members || !self.is_outdated;
        let right = self.estate.clone().filter(|_| is_right);
        let good = right.clone().filter(|_| age < good_ms);
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
        self.reading_until_ms = now_ms + LONGEST_MS;
        Next::Read
    }

    /// Limits are no longer what was read: the next who asks for figures reads anew.
    pub fn outdate(&mut self) {
        self.is_outdated = true;
        // Whoever reads just now may have begun before.
        self.changes += 1;
        self.reading_until_ms = 0;
    }

    /// What a reading that begins now is told by.
    pub fn begin(&self) -> u64 {
        self.changes
    }

    /// A reading came, unless something changed since it began.
    pub fn came(&mut self, begun: u64, estate: &Rc<Estate>, now_ms: u64) {
        if begun == self.changes {
            self.estate = Some(Rc::clone(estate));
            self.is_outdated = false;
            self.read_ms = now_ms;
            self.reading_until_ms = 0;
        }
    }

    /// None came.
    pub fn failed(&mut self, begun: u64, now_ms: u64) {
        if begun == self.changes {
            self.reading_until_ms = 0;
            self.failed_until_ms = now_ms + PAUSE_MS;
        }
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
        match kept.next(wants, GOOD, START + age, |_| knows) {
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
        kept.failed(kept.begin(), START + 2 * GOOD - 2);
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
        assert_eq!(ask(&mut kept, Wants::Figures, 4, true), "wait");
        kept.came(kept.begin(), &estate("new"), START + 5);
        assert_eq!(ask(&mut kept, Wants::Figures, 6, true), "new");
    }

    proptest! {
        #[test]
        fn nobody_gets_one_that_is_older_than_twice_its_time_and_some_reading_begins_for_who_waits(
            good in 1_u64..1_000_000,
            steps in proptest::collection::vec((0_u64..200_000, any::<bool>(), any::<bool>(), 0_u8..8), 1..80),
        ) {
            let mut kept = Kept::default();
            let (mut now, mut read_at, mut began) = (START, None, None);
            for (later, of_members, knows, end) in steps {
                now += later;
                let wants = if of_members { Wants::Members } else { Wants::Figures };
                match kept.next(wants, good, now, |_| knows) {
                    Next::Use(_) => {
                        let age = now - read_at.expect("one was read");
                        prop_assert!(age < good || (knows && age < 2 * good), "{age} of {good}");
                    }
                    Next::Read => began = Some((now, kept.begin())),
                    Next::Wait => {
                        let (since, _) = began.expect("somebody reads");
                        prop_assert!(now - since < LONGEST_MS);
                    }
                    Next::Fail => prop_assert!(now < kept.failed_until_ms),
                }
                match (end, began) {
                    (0, Some((_, begun))) => {
                        if begun == kept.begin() {
                            read_at = Some(now);
                        }
                        kept.came(begun, &estate("x"), now);
                    }
                    (1, Some((_, begun))) => kept.failed(begun, now),
                    (2, _) => kept.outdate(),
                    _ => {}
                }
            }
        }
    }
}

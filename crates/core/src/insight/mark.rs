//! What a person should look at, one bit each.

use super::Band;

/// Something a person should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// More in use than assigned.
    Over,
    /// In use is near the limit.
    Near,
    /// Assigned and not used at all.
    Idle,
    /// Figures that do not add up.
    SumOff,
    /// What is shown may have changed since it was read.
    Stale,
    /// What could not be read.
    Failed,
}

impl Mark {
    pub const ALL: [Self; 6] =
        [Self::Over, Self::Near, Self::Idle, Self::SumOff, Self::Stale, Self::Failed];

    /// From the one that most needs a look.
    const BY_SEVERITY: [Self; 6] =
        [Self::Over, Self::Failed, Self::Near, Self::SumOff, Self::Stale, Self::Idle];

    /// Its name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Near => "near",
            Self::Idle => "idle",
            Self::SumOff => "sums",
            Self::Stale => "stale",
            Self::Failed => "failed",
        }
    }

    /// The one an address names.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.key() == key)
    }

    /// The more severe, the higher the bit: a whole set compares by the worst in it.
    #[inline]
    const fn bit(self) -> u8 {
        match self {
            Self::Idle => 1,
            Self::Stale => 1 << 1,
            Self::SumOff => 1 << 2,
            Self::Near => 1 << 3,
            Self::Failed => 1 << 4,
            Self::Over => 1 << 5,
        }
    }
}

/// A set of marks, in one byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    pub const NONE: Self = Self(0);
    /// What the figures of a tree tell; the others are told from outside.
    pub(super) const OF_FIGURES: Self =
        Self(Mark::Over.bit() | Mark::Near.bit() | Mark::Idle.bit() | Mark::SumOff.bit());

    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[inline]
    pub fn contains(self, mark: Mark) -> bool {
        self.0 & mark.bit() != 0
    }

    #[inline]
    pub fn insert(&mut self, mark: Mark) {
        self.0 |= mark.bit();
    }

    pub fn remove(&mut self, mark: Mark) {
        self.0 &= !mark.bit();
    }

    /// Takes a mark in or out, whichever it is not.
    pub fn toggle(&mut self, mark: Mark) {
        self.0 ^= mark.bit();
    }

    /// Those that are not in the other set.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those of both sets.
    #[inline]
    #[must_use]
    pub fn shared(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// How much this needs a look: the worst mark decides, then the next; 0 without any.
    pub fn severity(self) -> u8 {
        self.0
    }

    /// The marks, the worst first.
    pub fn iter(self) -> impl Iterator<Item = Mark> {
        Mark::BY_SEVERITY.into_iter().filter(move |mark| self.contains(*mark))
    }
}

impl FromIterator<Mark> for Marks {
    fn from_iter<I: IntoIterator<Item = Mark>>(marks: I) -> Self {
        let mut all = Self::NONE;
        marks.into_iter().for_each(|mark| all.insert(mark));
        all
    }
}

impl Band {
    /// What it is to be marked with; none when nothing is amiss.
    pub fn mark(self) -> Option<Mark> {
        match self {
            Self::Idle => Some(Mark::Idle),
            Self::Fine => None,
            Self::Near => Some(Mark::Near),
            Self::Over => Some(Mark::Over),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_listed_from_the_worst_and_compare_by_it() {
        let marks: Marks = [Mark::Idle, Mark::Over, Mark::SumOff].into_iter().collect();
        assert_eq!(marks.iter().collect::<Vec<_>>(), [Mark::Over, Mark::SumOff, Mark::Idle]);
        for pair in Mark::BY_SEVERITY.windows(2) {
            let worse: Marks = [pair[0]].into_iter().collect();
            let all_milder: Marks =
                Mark::BY_SEVERITY.into_iter().skip_while(|mark| *mark != pair[1]).collect();
            assert!(worse.severity() > all_milder.severity(), "{pair:?}");
        }
        assert_eq!(Marks::NONE.severity(), 0);
    }

    #[test]
    fn every_mark_has_a_place_in_both_orders_and_a_key_of_its_own() {
        for mark in Mark::ALL {
            assert!(Mark::BY_SEVERITY.contains(&mark));
            assert_eq!(Mark::from_key(mark.key()), Some(mark));
            let mut marks = Marks::NONE;
            marks.toggle(mark);
            assert!(marks.contains(mark));
            marks.remove(mark);
            assert!(marks.is_empty());
        }
        assert_eq!(Mark::from_key("fine"), None);
    }
}

//! A count that an upstream sent, or did not.

use std::fmt;

/// A count of licenses, seats or channels; unknown where the upstream sent none.
///
/// Eight bytes: the least `i64`, which no count can be, stands for unknown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Figure(i64);

impl Figure {
    pub const UNKNOWN: Self = Self(i64::MIN);

    pub fn known(count: i64) -> Self {
        Self(count)
    }

    pub fn get(self) -> Option<i64> {
        (self.0 != i64::MIN).then_some(self.0)
    }

    pub fn is_known(self) -> bool {
        self.get().is_some()
    }

    /// The sum, unknown as soon as one side is or the sum does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        self.zip(other, i64::checked_add)
    }

    /// The difference, unknown as soon as one side is.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.zip(other, i64::checked_sub)
    }

    fn zip(self, other: Self, combine: fn(i64, i64) -> Option<i64>) -> Self {
        let (Some(left), Some(right)) = (self.get(), other.get()) else {
            return Self::UNKNOWN;
        };
        combine(left, right).map_or(Self::UNKNOWN, Self)
    }
}

impl Default for Figure {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl From<Option<i64>> for Figure {
    fn from(count: Option<i64>) -> Self {
        count.map_or(Self::UNKNOWN, Self)
    }
}

impl fmt::Debug for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.get() {
            Some(count) => write!(f, "{count}"),
            None => f.write_str("unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Figure;

    #[test]
    fn unknown_spreads_through_sums() {
        let five = Figure::known(5);
        assert_eq!(five.plus(Figure::known(3)), Figure::known(8));
        assert_eq!(five.minus(Figure::known(8)), Figure::known(-3));
        assert_eq!(five.plus(Figure::UNKNOWN), Figure::UNKNOWN);
        assert_eq!(Figure::known(i64::MAX).plus(five), Figure::UNKNOWN);
    }
}

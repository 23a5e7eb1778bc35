//! Sums that say what they are the sum of.

use crate::estate::Figure;

/// A sum of the figures that are known, and of how many they are. What is unknown is no 0: the sum is
/// of `counted` figures, while `unknown` ones may add to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Wide enough for all figures that a tree can have.
    known: i128,
    pub counted: usize,
    pub unknown: usize,
}

impl Sum {
    pub fn add(&mut self, figure: Figure) {
        match figure.get() {
            Some(count) => {
                self.known += i128::from(count);
                self.counted += 1;
            }
            None => self.unknown += 1,
        }
    }

    /// The sum of those that are known; unknown when none is, or when it does not fit.
    pub fn figure(&self) -> Figure {
        let known = if self.counted > 0 { i64::try_from(self.known).ok() } else { None };
        Figure::from(known)
    }

    /// Whether no figure is missing in it.
    pub fn is_whole(&self) -> bool {
        self.unknown == 0 && self.figure().is_known()
    }
}

impl FromIterator<Figure> for Sum {
    fn from_iter<I: IntoIterator<Item = Figure>>(figures: I) -> Self {
        let mut sum = Self::default();
        for figure in figures {
            sum.add(figure);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(figures: &[Option<i64>]) -> Sum {
        figures.iter().map(|figure| Figure::from(*figure)).collect()
    }

    #[test]
    fn what_is_unknown_is_counted_and_not_added() {
        let sum = sum(&[Some(2), None, Some(3)]);
        assert_eq!((sum.figure(), sum.counted, sum.unknown), (Figure::known(5), 2, 1));
        assert!(!sum.is_whole());
    }

    #[test]
    fn a_sum_of_nothing_known_or_that_does_not_fit_is_unknown() {
        assert_eq!(sum(&[]).figure(), Figure::UNKNOWN);
        assert_eq!(sum(&[None]).figure(), Figure::UNKNOWN);
        assert_eq!(sum(&[Some(0)]).figure(), Figure::known(0));
        let too_much = sum(&[Some(i64::MAX), Some(1)]);
        assert_eq!((too_much.figure(), too_much.is_whole()), (Figure::UNKNOWN, false));
        let back_again = sum(&[Some(i64::MAX), Some(1), Some(-2)]);
        assert_eq!(back_again.figure(), Figure::known(i64::MAX - 1));
    }
}

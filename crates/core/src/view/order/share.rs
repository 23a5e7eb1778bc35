//! Utilizations, to be compared.

use std::cmp::Ordering;

/// A ratio that no rounding touches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    in_use: i64,
    /// More than 0.
    assigned: i64,
}

impl Share {
    /// None where nothing is assigned.
    pub(super) fn new(in_use: i64, assigned: i64) -> Option<Self> {
        (assigned > 0).then_some(Self { in_use, assigned })
    }

    /// The ratio in 2⁻³², rounded down, as far as that fits.
    pub(super) fn about(self) -> i64 {
        let whole = self.in_use.div_euclid(self.assigned);
        if i32::try_from(whole).is_err() {
            return if whole < 0 { i64::MIN } else { i64::MAX };
        }
        let rest = self.in_use.rem_euclid(self.assigned);
        let small = i32::try_from(self.assigned).is_ok();
        (whole << 32)
            + if small { (rest << 32) / self.assigned } else { fraction(rest, self.assigned) }
    }

    /// Compares without any rounding.
    pub(super) fn exactly(self, other: Self) -> Ordering {
        let left = i128::from(self.in_use) * i128::from(other.assigned);
        left.cmp(&(i128::from(other.in_use) * i128::from(self.assigned)))
    }
}

/// A ratio below 1 in 2⁻³², rounded down, of numbers whose doubles may not fit. Whole numbers of 128
/// bits would do, but bring their division along.
fn fraction(mut rest: i64, of: i64) -> i64 {
    (0..32).fold(0, |bits, _| {
        let lacks = of - rest;
        let bit = rest >= lacks;
        rest = if bit { rest - lacks } else { rest * 2 };
        bits << 1 | i64::from(bit)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share() -> impl Strategy<Value = Share> {
        let count = || prop_oneof![-40_i64..40, any::<i64>(), any::<i32>().prop_map(i64::from)];
        (count(), count())
            .prop_filter_map("nothing assigned", |(in_use, assigned)| Share::new(in_use, assigned))
    }

    proptest! {
        #[test]
        fn an_approximate_share_is_rounded_down(share in share()) {
            let exact = (i128::from(share.in_use) << 32).div_euclid(i128::from(share.assigned));
            let most = i128::from(i64::MAX);
            if exact.abs() < most {
                prop_assert_eq!(i128::from(share.about()), exact);
            } else {
                prop_assert_eq!(share.about() > 0, exact > 0);
            }
        }

        #[test]
        fn shares_differ_only_as_their_approximations_do(a in share(), b in share()) {
            if a.about() != b.about() {
                prop_assert_eq!(a.about().cmp(&b.about()), a.exactly(b));
            }
        }
    }
}

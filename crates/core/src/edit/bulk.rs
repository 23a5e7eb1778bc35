//! The same rule for many limits, and seats that move.

use std::fmt;

use crate::draas::Limit;
use crate::estate::Figure;
use crate::words::tr;

/// How a new limit follows from what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Set(Limit),
    Add(Limit),
    Subtract(Limit),
    /// What is in use, and so many percent of it more, rounded up.
    InUsePlus {
        percent: u32,
    },
}

/// Why a limit is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The upstream sent no limit: there may be none.
    LimitUnknown,
    /// The upstream does not count what is in use.
    UseUnknown,
    BelowZero,
    TooLarge,
    /// It is so already.
    Unchanged,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LimitUnknown => tr("the system sent no limit of this license"),
            Self::UseUnknown => tr("the system does not count what is in use"),
            Self::BelowZero => tr("fewer seats than are taken away"),
            Self::TooLarge => tr("more than any platform counts"),
            Self::Unchanged => tr("it is so already"),
        })
    }
}

impl std::error::Error for Refusal {}

impl Rule {
    /// The new limit of a subscription that has this limit, and this much in use.
    ///
    /// # Errors
    /// Why it has none.
    pub fn limit(self, assigned: Figure, in_use: Figure) -> Result<Limit, Refusal> {
        let assigned = assigned.get().ok_or(Refusal::LimitUnknown)?;
        let new = match self {
            Self::Set(limit) => limit.get().into(),
            Self::Add(more) => i128::from(assigned) + i128::from(more.get()),
            Self::Subtract(less) => i128::from(assigned) - i128::from(less.get()),
            Self::InUsePlus { percent } => {
                with_headroom(in_use.get().ok_or(Refusal::UseUnknown)?, percent)
            }
        };
        let new = limit(new)?;
        if new.get() == assigned { Err(Refusal::Unchanged) } else { Ok(new) }
    }
}

/// The limits of two subscriptions after seats moved from the first to the second: their sum stays.
///
/// # Errors
/// Why they cannot move.
pub fn moved(seats: Limit, from: Figure, to: Figure) -> Result<(Limit, Limit), Refusal> {
    let (from, to) = (from.get(), to.get());
    let (from, to) = from.zip(to).ok_or(Refusal::LimitUnknown)?;
    if seats.get() == 0 {
        return Err(Refusal::Unchanged);
    }
    let seats = i128::from(seats.get());
    Ok((limit(i128::from(from) - seats)?, limit(i128::from(to) + seats)?))
}

/// So many, and so many percent of it more, rounded up: 10 % of 15 are 2.
pub(super) fn with_headroom(in_use: i64, percent: u32) -> i128 {
    let in_use = i128::from(in_use);
    let more = (in_use * i128::from(percent) + 99).div_euclid(100);
    in_use + more.max(0)
}

fn limit(count: i128) -> Result<Limit, Refusal> {
    if count < 0 {
        return Err(Refusal::BelowZero);
    }
    let count = i64::try_from(count).map_err(|_| Refusal::TooLarge)?;
    Limit::new(count).map_err(|_| Refusal::TooLarge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figure() -> impl Strategy<Value = Figure> {
        let count = prop_oneof![0_i64..200, 0_i64..=Limit::MAX, Just(i64::MAX), -9_i64..0];
        prop::option::of(count).prop_map(Figure::from)
    }

    fn some(count: i64) -> Limit {
        Limit::new(count).unwrap()
    }

    #[test]
    fn rules_follow_what_is_there() {
        let limit = |rule: Rule, assigned: i64, in_use: i64| {
            rule.limit(Figure::known(assigned), Figure::known(in_use)).map(Limit::get)
        };
        assert_eq!(limit(Rule::Set(some(20)), 12, 15), Ok(20));
        assert_eq!(limit(Rule::Set(some(12)), 12, 15), Err(Refusal::Unchanged));
        assert_eq!(limit(Rule::Add(some(3)), 12, 15), Ok(15));
        assert_eq!(limit(Rule::Subtract(some(3)), 12, 15), Ok(9));
        assert_eq!(limit(Rule::Subtract(some(13)), 12, 15), Err(Refusal::BelowZero));
        assert_eq!(limit(Rule::InUsePlus { percent: 10 }, 12, 15), Ok(17));
        assert_eq!(limit(Rule::InUsePlus { percent: 10 }, 12, 20), Ok(22));
        assert_eq!(limit(Rule::InUsePlus { percent: 0 }, 12, 7), Ok(7));
        assert_eq!(limit(Rule::Add(some(1)), Limit::MAX, 0), Err(Refusal::TooLarge));
    }

    #[test]
    fn unknown_figures_are_not_computed_with() {
        let unknown = Figure::UNKNOWN;
        for rule in [Rule::Set(some(1)), Rule::Add(some(1)), Rule::InUsePlus { percent: 1 }] {
            assert_eq!(rule.limit(unknown, Figure::known(1)), Err(Refusal::LimitUnknown));
        }
        let headroom = Rule::InUsePlus { percent: 10 };
        assert_eq!(headroom.limit(Figure::known(1), unknown), Err(Refusal::UseUnknown));
        assert_eq!(moved(some(1), unknown, Figure::known(1)), Err(Refusal::LimitUnknown));
    }

    proptest! {
        #[test]
        fn a_move_keeps_the_sum(seats in 0..=Limit::MAX, from in figure(), to in figure()) {
            if let Ok((less, more)) = moved(some(seats), from, to) {
                let before = i128::from(from.get().unwrap()) + i128::from(to.get().unwrap());
                prop_assert_eq!(i128::from(less.get()) + i128::from(more.get()), before);
                prop_assert_eq!(from.get().unwrap() - less.get(), seats);
            }
        }

        #[test]
        fn headroom_is_rounded_up_and_never_below_in_use(in_use in 0_i64..1_000_000, percent in 0_u32..500) {
            let new = with_headroom(in_use, percent);
            let exact = i128::from(in_use) * i128::from(100 + percent);
            prop_assert!(new * 100 >= exact && (new - 1) * 100 < exact);
        }

        #[test]
        fn whatever_figures_come_a_rule_gives_a_limit_or_a_reason(
            assigned in figure(), in_use in figure(), by in 0..=Limit::MAX, percent in any::<u32>(),
        ) {
            let by = some(by);
            for rule in [
                Rule::Set(by), Rule::Add(by), Rule::Subtract(by), Rule::InUsePlus { percent },
            ] {
                if let Ok(new) = rule.limit(assigned, in_use) {
                    prop_assert!(Some(new.get()) != assigned.get());
                }
            }
        }
    }
}

//! How a meter stands against its limit.

use std::cmp::Ordering;

use crate::estate::Reading;

/// Where "near" and "over" begin, in percent of the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    pub near_percent: u32,
    pub over_percent: u32,
}

impl Default for Thresholds {
    /// As the vendors alert on device licenses: a warning at 80 %, critical from 100 %.
    fn default() -> Self {
        Self { near_percent: 80, over_percent: 100 }
    }
}

/// How a meter stands against its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Assigned and not used at all.
    Idle,
    Fine,
    Near,
    Over,
}

/// The band of a reading; none where a figure is unknown, or where neither limit nor use exists.
pub fn band(reading: &Reading, thresholds: Thresholds) -> Option<Band> {
    let (assigned, in_use) = (reading.assigned.get()?, reading.in_use.get()?);
    if assigned <= 0 {
        return (in_use > 0).then_some(Band::Over);
    }
    if in_use == 0 {
        return Some(Band::Idle);
    }
    Some(if to_percent(in_use, assigned, thresholds.over_percent.into()).is_gt() {
        Band::Over
    } else if to_percent(in_use, assigned, thresholds.near_percent.into()).is_ge() {
        Band::Near
    } else {
        Band::Fine
    })
}

/// How in use compares to so many percent of what is assigned, more than 0. In whole numbers: 80 %
/// of 5 is exactly 4, whatever a float says.
#[inline]
pub(crate) fn to_percent(in_use: i64, assigned: i64, percent: i64) -> Ordering {
    // 64 bits hold the products of all usual figures and are faster, 128 bits hold any.
    match (i32::try_from(in_use), i32::try_from(assigned), i32::try_from(percent)) {
        (Ok(in_use), Ok(assigned), Ok(percent)) => {
            (i64::from(in_use) * 100).cmp(&(i64::from(assigned) * i64::from(percent)))
        }
        _ => (i128::from(in_use) * 100).cmp(&(i128::from(assigned) * i128::from(percent))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::Figure;

    fn band_of(assigned: impl Into<Option<i64>>, in_use: impl Into<Option<i64>>) -> Option<Band> {
        let reading = Reading {
            assigned: Figure::from(assigned.into()),
            in_use: Figure::from(in_use.into()),
            ..Reading::default()
        };
        band(&reading, Thresholds::default())
    }

    #[test]
    fn near_begins_at_80_percent_and_over_after_the_limit() {
        assert_eq!(band_of(100, 79), Some(Band::Fine));
        assert_eq!(band_of(5, 4), Some(Band::Near));
        assert_eq!(band_of(100, 100), Some(Band::Near));
        assert_eq!(band_of(100, 101), Some(Band::Over));
    }

    #[test]
    fn seats_nobody_uses_are_idle_and_use_without_a_limit_is_over() {
        assert_eq!(band_of(26, 0), Some(Band::Idle));
        assert_eq!(band_of(0, 3), Some(Band::Over));
        assert_eq!(band_of(0, 0), None);
    }

    #[test]
    fn nothing_is_said_about_unknown_figures() {
        assert_eq!(band_of(None, 3), None);
        assert_eq!(band_of(11, None), None);
    }

    #[test]
    fn the_largest_figures_are_compared_not_wrapped() {
        assert_eq!(band_of(i64::MAX, i64::MAX), Some(Band::Near));
        for figure in [i64::from(i32::MAX), i64::from(i32::MAX) + 2] {
            assert_eq!(band_of(figure, figure), Some(Band::Near));
            assert_eq!(band_of(figure, figure + 1), Some(Band::Over));
            assert_eq!(band_of(figure, figure / 5 * 3), Some(Band::Fine));
        }
    }
}

//! Numbers in files: digits, a point, no grouping, whatever the locale.

use crate::estate::Reading;

/// Appends a whole number.
pub(super) fn push(out: &mut Vec<u8>, number: impl itoa::Integer) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Appends `units` of 10^-`places` with the decimals they need: `9375` of four as `0.9375`.
pub(super) fn push_decimal(out: &mut Vec<u8>, units: i128, places: u32) {
    if units < 0 {
        out.push(b'-');
    }
    let (units, one) = (units.unsigned_abs(), 10_u128.pow(places));
    push(out, units / one);
    let mut rest = units % one;
    if rest > 0 {
        out.push(b'.');
    }
    let mut place = one / 10;
    while rest > 0 {
        out.push(b'0' + u8::try_from(rest / place).unwrap_or_default());
        rest %= place;
        place = (place / 10).max(1);
    }
}

/// In use ÷ assigned in ten-thousandths, halves rounded up; none where
/// [`Reading::utilization`] has none.
pub(super) fn utilization(reading: &Reading) -> Option<i128> {
    let (in_use, assigned) = (reading.in_use.get()?, reading.assigned.get()?);
    let assigned = i128::from(assigned);
    (assigned > 0).then(|| (i128::from(in_use) * 20_000 + assigned).div_euclid(2 * assigned))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::estate::Figure;

    fn text(units: i128, places: u32) -> String {
        let mut out = Vec::new();
        push_decimal(&mut out, units, places);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn decimals_are_written_as_far_as_they_go() {
        assert_eq!(text(9_375, 4), "0.9375");
        assert_eq!(text(10_000, 4), "1");
        assert_eq!(text(12_050, 4), "1.205");
        assert_eq!(text(1, 4), "0.0001");
        assert_eq!(text(-25, 2), "-0.25");
        assert_eq!(text(0, 2), "0");
    }

    proptest! {
        #[test]
        fn decimals_are_the_number_divided(units in -1_000_000_000_i64..1_000_000_000, places in 0_u32..6) {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            let expected = units as f64 / 10_f64.powi(i32::try_from(places).unwrap());
            prop_assert_eq!(text(units.into(), places).parse::<f64>(), Ok(expected));
        }

        #[test]
        fn utilization_is_the_readings_own_to_four_decimals(
            assigned in prop::option::of(-5_i64..100_000),
            in_use in prop::option::of(0_i64..200_000),
        ) {
            let reading = Reading {
                assigned: Figure::from(assigned),
                in_use: Figure::from(in_use),
                ..Reading::default()
            };
            match (utilization(&reading), reading.utilization()) {
                #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
                (Some(share), Some(exact)) => {
                    prop_assert!((share as f64 / 10_000.0 - exact).abs() <= 0.000_050_001);
                }
                (share, exact) => prop_assert_eq!(share.is_some(), exact.is_some()),
            }
        }
    }

    #[test]
    fn the_largest_figures_are_divided_not_wrapped() {
        let reading = Reading {
            assigned: Figure::known(1),
            in_use: Figure::known(i64::MAX),
            ..Reading::default()
        };
        assert_eq!(utilization(&reading), Some(i128::from(i64::MAX) * 10_000));
    }
}

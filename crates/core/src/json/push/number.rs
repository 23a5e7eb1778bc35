//! Numbers as written.

/// Whether a byte can be in a number.
#[inline]
pub(super) fn is_part(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-')
}

/// The number that the digits from `at` on make, and where they end; none for more than 18 digits,
/// and for a zero in front of others.
#[inline]
pub(super) fn whole(bytes: &[u8], at: usize) -> (Option<i64>, usize) {
    let mut end = at;
    let mut value = 0_i64;
    while let Some(byte) = bytes.get(end) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
        end += 1;
    }
    let is_plain = match end - at {
        1 => true,
        2..=18 => bytes[at] != b'0',
        _ => false,
    };
    (is_plain.then_some(value), end)
}

/// Whether this is a number as the standard writes it.
#[inline]
pub(super) fn is_number(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let (whole, rest) = digits(text);
    if whole.is_empty() || (whole.len() > 1 && whole[0] == b'0') {
        return false;
    }
    rest.is_empty() || is_fraction(rest)
}

fn is_fraction(mut rest: &[u8]) -> bool {
    if let Some(fraction) = rest.strip_prefix(b".") {
        let (fraction, after) = digits(fraction);
        if fraction.is_empty() {
            return false;
        }
        rest = after;
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-"));
        let (exponent, after) = digits(exponent.unwrap_or(&rest[1..]));
        if exponent.is_empty() {
            return false;
        }
        rest = after;
    }
    rest.is_empty()
}

/// The digits at the start, and what follows.
#[inline]
fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// The count that a number stands for, whatever its notation: `20`, `20.0`, `2e1`.
///
/// None for what is no whole number, is negative, or does not fit.
pub(crate) fn count(text: &[u8]) -> Option<i64> {
    let (is_negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (whole, rest) = digits(text);
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => digits(rest),
        _ => (&[][..], rest),
    };
    if whole.is_empty() {
        return None;
    }
    let shift = match rest {
        [] => 0,
        [b'e' | b'E', exponent @ ..] => exponent_of(exponent)?,
        _ => return None,
    };
    // Zeros at either end are no digits that count.
    let mut value = 0_u64;
    let mut zeros = 0_u32;
    for digit in whole.iter().chain(fraction) {
        if *digit == b'0' {
            zeros = zeros.saturating_add(1);
            continue;
        }
        if value > 0 {
            value = value.checked_mul(10_u64.checked_pow(zeros)?)?;
        }
        value = value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
        zeros = 0;
    }
    if value == 0 {
        return Some(0);
    }
    let power = i64::from(zeros) + shift - i64::try_from(fraction.len()).ok()?;
    let scale = 10_u64.checked_pow(u32::try_from(power).ok()?)?;
    let value = i64::try_from(value.checked_mul(scale)?).ok()?;
    (!is_negative).then_some(value)
}

/// An exponent; one beyond a million is as good as infinite.
fn exponent_of(text: &[u8]) -> Option<i64> {
    let (is_negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (digits, rest) = digits(text);
    if digits.is_empty() || !rest.is_empty() {
        return None;
    }
    let value = digits
        .iter()
        .fold(0_i64, |value, digit| (value * 10 + i64::from(digit - b'0')).min(1_000_000));
    Some(if is_negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_count_is_found_in_every_notation() {
        for (text, expected) in [
            ("0", Some(0)),
            ("-0.0", Some(0)),
            ("20.00", Some(20)),
            ("2e1", Some(20)),
            ("0.2E+2", Some(20)),
            ("2000e-2", Some(20)),
            ("1.5", None),
            ("15e-1", None),
            ("-3", None),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("123456789012345678901234567890", None),
            ("100000000000000000000000e-20", Some(1_000)),
            ("1e400", None),
            ("0e400", Some(0)),
            ("1e-400", None),
            ("1e99999999999999999999", None),
            ("", None),
            ("-", None),
            ("1e", None),
            ("12x", None),
            ("007", Some(7)),
        ] {
            assert_eq!(count(text.as_bytes()), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_told_as_serde_json_tells_them(text in "-?[0-9]{0,3}(\\.[0-9]{0,2})?([eE][+-]?[0-9]{0,2})?") {
            let told = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            prop_assert_eq!(is_number(text.as_bytes()), told);
        }

        #[test]
        #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
        fn counts_are_those_of_a_float(text in "-?[1-9][0-9]{0,3}(\\.[0-9]{1,3})?([eE][+-]?[0-9])?") {
            let float: f64 = text.parse().unwrap();
            let whole = (float >= 0.0 && float.fract() == 0.0).then_some(float as i64);
            prop_assert_eq!(count(text.as_bytes()), whole);
        }
    }
}

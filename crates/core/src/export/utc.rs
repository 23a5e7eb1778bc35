//! Moments as ISO 8601 writes them.

/// Appends seconds since 1970 as `2026-11-22T20:41:33Z`; nothing for a year that four digits
/// cannot say.
pub(crate) fn push(out: &mut Vec<u8>, unix_s: i64) {
    let (days, second) = (unix_s.div_euclid(86_400), unix_s.rem_euclid(86_400));
    let Some((year, month, day)) = date(days) else { return };
    digits(out, year, 4, b'-');
    digits(out, month, 2, b'-');
    digits(out, day, 2, b'T');
    digits(out, second / 3_600, 2, b':');
    digits(out, second / 60 % 60, 2, b':');
    digits(out, second % 60, 2, b'Z');
}

/// The date, as the Gregorian calendar has it, of a day since 1970-01-01.
///
/// Counted from 1 March of year 0, so that a leap day is the last of its year: 146,097 days are
/// 400 years, and 153 days are any five months from March on.
fn date(days: i64) -> Option<(i64, i64, i64)> {
    let day = days.checked_add(719_468)?;
    let (era, day) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, after) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year + era * 400 + after;
    (0..=9_999).contains(&year).then_some((year, month, day))
}

fn digits(out: &mut Vec<u8>, value: i64, count: u32, after: u8) {
    for place in (0..count).rev() {
        let digit = value / 10_i64.pow(place) % 10;
        out.push(b'0' + u8::try_from(digit).unwrap_or_default());
    }
    out.push(after);
}

#[cfg(test)]
mod tests {
    fn text(unix_s: i64) -> String {
        let mut out = Vec::new();
        super::push(&mut out, unix_s);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn moments_are_written_in_utc() {
        assert_eq!(text(0), "1970-01-01T00:00:00Z");
        assert_eq!(text(-1), "1969-12-31T23:59:59Z");
        assert_eq!(text(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(text(1_795_380_093), "2026-11-22T20:41:33Z");
        assert_eq!(text(4_107_542_400), "2100-03-01T00:00:00Z");
        assert_eq!(text(253_402_300_799), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn each_day_of_400_years_follows_the_one_before() {
        let (mut year, mut month, mut day) = (1970, 1, 1);
        for days in 0..146_097 {
            assert_eq!(super::date(days), Some((year, month, day)));
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = match month {
                2 if leap => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            day += 1;
            if day > length {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
    }

    #[test]
    fn a_year_of_five_digits_is_not_written() {
        for far in [i64::MIN, -62_167_219_201, 253_402_300_800, i64::MAX] {
            assert_eq!(text(far), "");
        }
    }
}

//! The round-trip timestamps of .NET: up to seven digits of a second, with an offset.

/// Seconds since 1970 of `2023-11-06T16:05:06.0202209+00:00`; the fraction is cut off.
///
/// Without an offset it is read as UTC. None for what is no date, and for the year 1, by which
/// .NET says that no time was set.
pub(crate) fn unix_seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let mut date = date.split('-');
    let (year, month, day) =
        (digits(date.next()?, 4)?, digits(date.next()?, 2)?, digits(date.next()?, 2)?);
    if date.next().is_some() || year < 2 || !(1..=12).contains(&month) {
        return None;
    }
    if !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let (clock, offset) = split_offset(time)?;
    Some(days_since_1970(year, month, day) * 86_400 + of_day(clock)? - offset)
}

/// `16:05:06.0202209` as seconds since midnight.
fn of_day(clock: &str) -> Option<i64> {
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2).filter(|&hour| hour < 24)?;
    let minute = digits(parts.next()?, 2).filter(|&minute| minute < 60)?;
    let second = digits(parts.next()?, 2).filter(|&second| second < 60)?;
    parts.next().is_none().then_some(hour * 3_600 + minute * 60 + second)
}

/// The time of day and its offset from UTC in seconds.
fn split_offset(time: &str) -> Option<(&str, i64)> {
    if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some(at) = time.find(['+', '-']) else {
        return Some((time, 0));
    };
    let (clock, offset) = time.split_at(at);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = offset[1..].split_once(':')?;
    let hours = digits(hours, 2).filter(|&hours| hours <= 14)?;
    let minutes = digits(minutes, 2).filter(|&minutes| minutes < 60)?;
    Some((clock, sign * (hours * 3_600 + minutes * 60)))
}

fn digits(text: &str, count: usize) -> Option<i64> {
    let whole = text.len() == count && text.bytes().all(|digit| digit.is_ascii_digit());
    if whole { text.parse().ok() } else { None }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Howard Hinnant's `days_from_civil`: years start in March, so that a leap day ends one.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::unix_seconds;

    #[test]
    fn the_vendors_example_is_read() {
        assert_eq!(unix_seconds("2023-11-06T16:05:06.0202209+00:00"), Some(1_699_286_706));
    }

    #[test]
    fn offsets_and_leap_days_count() {
        assert_eq!(unix_seconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(unix_seconds("1970-01-01T02:00:00.1+02:00"), Some(0));
        assert_eq!(unix_seconds("1969-12-31T18:30:00-05:30"), Some(0));
        assert_eq!(unix_seconds("1970-01-01T00:00:00"), Some(0));
        assert_eq!(unix_seconds("2024-02-29T00:00:00Z"), Some(1_709_164_800));
        assert_eq!(unix_seconds("2024-03-01T00:00:00Z"), Some(1_709_251_200));
    }

    #[test]
    fn what_is_no_time_is_unknown() {
        for text in [
            "",
            "0001-01-01T00:00:00",
            "2023-02-29T00:00:00Z",
            "2023-13-01T00:00:00Z",
            "2023-11-06",
            "2023-11-06T24:00:00Z",
            "2023-11-06T16:05Z",
            "2023-11-06T16:05:06.Z",
            "2023-11-06T16:05:06+0x:00",
            "2/18/2027 8:39:26 AM",
            "2023-11-06T16:05:06+é0:00",
        ] {
            assert_eq!(unix_seconds(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_day_later_is_86400_seconds_later(days in 0i64..40_000) {
            // The inverse of `days_from_civil`, so that the two check each other.
            let civil = |days: i64| {
                let z = days + 719_468;
                let (era, doe) = (z.div_euclid(146_097), z.rem_euclid(146_097));
                let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
                let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
                let mp = (5 * doy + 2) / 153;
                let month = if mp < 10 { mp + 3 } else { mp - 9 };
                let year = yoe + era * 400 + i64::from(month <= 2);
                format!("{year:04}-{month:02}-{:02}T00:00:00Z", doy - (153 * mp + 2) / 5 + 1)
            };
            prop_assert_eq!(unix_seconds(&civil(days)), Some(days * 86_400));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}") {
            let _ = unix_seconds(&text);
        }
    }
}

//! The day of a date as a publisher writes it.

/// A day without its time: the name of a time zone ("EST") does not say which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: u32,
    /// From 1.
    pub month: u32,
    /// From 1.
    pub day: u32,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Day {
    /// Reads the day of a date as Java writes it, "Sun Mar 02 11:10:25 EST 2025": the first name
    /// of a month, the number after it and the year at the end. None for everything else, which is
    /// to be shown as it is.
    ///
    /// ```
    /// use seatree_core::axl::Day;
    ///
    /// let day = Day::parse("Sun Mar 02 11:10:25 EST 2025");
    /// assert_eq!(day, Some(Day { year: 2025, month: 3, day: 2 }));
    /// assert_eq!(Day::parse("03/02/2025"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let month = words.by_ref().find_map(month)?;
        let day = number(words.next()?.trim_end_matches(','), 1..=2)?;
        let year = number(words.last()?, 4..=4)?;
        (1..=31).contains(&day).then_some(Self { year, month, day })
    }
}

fn month(word: &str) -> Option<u32> {
    (1..).zip(MONTHS).find(|(_, name)| word.eq_ignore_ascii_case(name)).map(|(number, _)| number)
}

fn number(word: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let is_number = digits.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { word.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_date_of_java_has_its_day_whatever_its_zone() {
        for text in [
            "Sun Mar 02 11:10:25 EST 2025",
            "  sun MAR 2 11:10:25 GMT+02:00 2025 ",
            "Mar 2, 2025",
            "Sun Mar 02 11:10:25 2025",
        ] {
            assert_eq!(Day::parse(text), Some(Day { year: 2025, month: 3, day: 2 }), "{text}");
        }
    }

    #[test]
    fn what_is_no_such_date_has_no_day() {
        for text in [
            "",
            "Never",
            "Mar",
            "Mar 02",
            "Sun Mar 2025",
            "Mar 00 2025",
            "Mar 32 2025",
            "Mar 02 25",
            "Mär 02 2025",
            "Mar +2 2025",
            "2025-03-02 11:10:25",
            "02.03.2025",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_in_the_order_of_time() {
        let day = |text| Day::parse(text).unwrap();
        assert!(day("Wed Dec 31 23:59:59 CET 2025") < day("Thu Jan 01 00:00:00 CET 2026"));
        assert!(day("Sun Mar 02 11:10:25 EST 2025") < day("Mon Mar 03 11:10:25 EST 2025"));
        assert!(day("Fri Jan 31 11:10:25 EST 2025") < day("Sat Feb 01 11:10:25 EST 2025"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_harm(text in ".{0,60}") {
            if let Some(day) = Day::parse(&text) {
                prop_assert!((1..=12).contains(&day.month) && (1..=31).contains(&day.day));
            }
        }
    }
}

//! Small JSON replies read by path, so that every complaint names its place.
//!
//! Large replies are read while they arrive, as by [`crate::draas::LicensesDecoder`].

mod budget;
mod discreet;
mod fields;
pub mod push;
mod strict;

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::error::{Problem, UpstreamError};
use crate::estate::Figure;
use crate::http::Reply;
use crate::words::later;

pub use budget::of_error;
pub use discreet::{misshapen, parse_without};
pub use fields::{Fields, Unread, note};
pub use strict::parse_strictly;

/// The reply's body as JSON.
///
/// # Errors
/// [`Problem::Malformed`] for a page, a truncated or an empty body;
/// [`Problem::TooLarge`] for one that would take far more memory than
/// bytes.
pub fn parse(doing: &'static str, reply: &Reply) -> Result<Value, UpstreamError> {
    within_budget(doing, reply)?;
    serde_json::from_slice(&reply.body).map_err(|error| unparsed(doing, reply, &error))
}

fn within_budget(doing: &'static str, reply: &Reply) -> Result<(), UpstreamError> {
    if budget::is_within(&reply.body) {
        return Ok(());
    }
    let limit = "it has far more parts than a list of ten thousand".to_owned();
    Err(UpstreamError::new(doing, Problem::TooLarge { limit }).because(format!(
        "status {}, {} bytes",
        reply.status,
        reply.body.len()
    )))
}

fn unparsed(doing: &'static str, reply: &Reply, error: &serde_json::Error) -> UpstreamError {
    let expected =
        if reply.is_html() { later("JSON but a page for people") } else { later("whole JSON") };
    let place = if reply.is_html() || reply.body.is_empty() {
        String::new()
    } else {
        format!("line {}, column {}", error.line(), error.column())
    };
    UpstreamError::malformed(doing, place, expected, reply).because(format!(
        "status {}, {} bytes: {error}",
        reply.status,
        reply.body.len()
    ))
}

/// Whether a page for people came instead of data. JSON is none, whatever its content type says.
pub fn is_page(reply: &Reply) -> bool {
    reply.is_html() && serde_json::from_slice::<IgnoredAny>(&reply.body).is_err()
}

/// What an error reply says as plain text; empty for JSON, also for broken JSON, which is not
/// shown because any of its fields may hold a secret.
pub fn plain_text(reply: &Reply) -> Cow<'_, str> {
    match reply.body.trim_ascii_start().first() {
        Some(b'{' | b'[') => Cow::Borrowed(""),
        _ => reply.text(),
    }
}

/// A count that vendors send as integer, whole float or text; `None` for anything else.
///
/// Missing and `null` are unknown figures, not errors.
pub fn figure(value: Option<&Value>) -> Option<Figure> {
    match value {
        None | Some(Value::Null) => Some(Figure::UNKNOWN),
        Some(Value::Number(number)) => match number.as_i64() {
            Some(count) => known(count),
            // Above, a float no longer tells one count from the next.
            None => figure_of_text(&number.to_string())
                .filter(|figure| figure.get().is_some_and(|n| n.unsigned_abs() < 1 << 53)),
        },
        Some(Value::String(text)) => figure_of_text(text),
        Some(_) => None,
    }
}

/// A count written as text: digits, a sign, a fraction of zeros, an exponent that leaves it whole;
/// empty text is unknown.
pub fn figure_of_text(text: &str) -> Option<Figure> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Figure::UNKNOWN);
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i8>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    if exponent == 0 && fraction.bytes().all(|digit| digit == b'0') {
        return known(whole.parse().ok()?);
    }
    // Exact: the digits as one integer, then the point is moved.
    let mut count: i64 = format!("{whole}{}", fraction.trim_end_matches('0')).parse().ok()?;
    let digits = i32::try_from(fraction.trim_end_matches('0').len()).ok()?;
    let shift = i32::from(exponent) - digits;
    for _ in 0..shift.unsigned_abs() {
        count = match shift {
            _ if count == 0 => 0,
            1.. => count.checked_mul(10)?,
            _ if count % 10 == 0 => count / 10,
            _ => return None,
        };
    }
    known(count)
}

/// The least `i64` is taken by "unknown", and no count.
fn known(count: i64) -> Option<Figure> {
    Some(Figure::known(count)).filter(|figure| figure.is_known())
}

/// A field under any of several spellings: vendors change the case between endpoints.
pub fn field<'a>(object: &'a Value, names: &[&str]) -> Option<&'a Value> {
    let object = object.as_object()?;
    names.iter().find_map(|name| object.get(*name)).or_else(|| {
        let wanted = |key: &str| names.iter().any(|name| name.eq_ignore_ascii_case(key));
        object.iter().find(|(key, _)| wanted(key)).map(|(_, value)| value)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn counts_are_read_as_vendors_write_them() {
        for sent in [json!(20), json!("20"), json!(" 20 "), json!(20.0), json!("20.00")] {
            assert_eq!(figure(Some(&sent)), Some(Figure::known(20)), "{sent}");
        }
        assert_eq!(figure(Some(&json!(-3))), Some(Figure::known(-3)));
        for text in ["2e1", "2.0E+1", "0.2e2", "200e-1", "+20", "20.", "20e0"] {
            assert_eq!(figure_of_text(text), Some(Figure::known(20)), "{text}");
        }
        assert_eq!(figure_of_text("-0.0e99"), Some(Figure::known(0)));
    }

    #[test]
    fn what_was_not_sent_is_unknown_and_never_zero() {
        for sent in [None, Some(json!(null)), Some(json!(""))] {
            assert_eq!(figure(sent.as_ref()), Some(Figure::UNKNOWN), "{sent:?}");
        }
    }

    #[test]
    fn what_is_no_count_is_not_guessed() {
        for sent in [json!(true), json!(1.5), json!("many"), json!([1]), json!({}), json!(1e30)] {
            assert_eq!(figure(Some(&sent)), None, "{sent}");
        }
        for text in ["1e30", "25e-1", "1e", "e1", "1e999", "0x10", "1,000", "1.-0", "--1", "1.5e0"]
        {
            assert_eq!(figure_of_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_count_that_would_be_rounded_or_means_unknown_is_not_taken() {
        let read = |text: &str| figure(Some(&serde_json::from_str(text).unwrap()));
        assert_eq!(read("9007199254740993.0"), None);
        assert_eq!(read("9007199254740993"), Some(Figure::known(9_007_199_254_740_993)));
        assert_eq!(read("18446744073709551615"), None);
        assert_eq!(read("-9223372036854775808"), None);
        assert_eq!(figure_of_text("-9223372036854775808"), None);
    }

    #[test]
    fn fields_are_found_in_either_case() {
        let object = json!({"UmpCustomerGuid": 1});
        assert_eq!(field(&object, &["umpCustomerGuid"]), Some(&json!(1)));
        assert_eq!(field(&object, &["missing"]), None);
    }
}

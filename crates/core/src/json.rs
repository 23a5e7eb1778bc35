//! Small JSON replies read by path, so that every complaint names its place.
//!
//! Large replies have push decoders of their own, such as [`crate::draas::LicensesDecoder`].

pub mod push;

use serde_json::Value;

use crate::error::UpstreamError;
use crate::estate::Figure;
use crate::http::Reply;

/// The reply's body as JSON.
///
/// # Errors
/// [`Problem::Malformed`](crate::Problem::Malformed) for a page, a truncated or an empty body.
pub fn parse(doing: &'static str, reply: &Reply) -> Result<Value, UpstreamError> {
    serde_json::from_slice(&reply.body).map_err(|error| {
        let expected = if reply.is_html() { "JSON but a page for people" } else { "whole JSON" };
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
    })
}

/// A count that vendors send as integer, whole float or text; `None` for anything else.
///
/// Missing and `null` are unknown figures, not errors.
pub fn figure(value: Option<&Value>) -> Option<Figure> {
    match value {
        None | Some(Value::Null) => Some(Figure::UNKNOWN),
        Some(Value::Number(number)) => {
            number.as_i64().map(Figure::known).or_else(|| figure_of_text(&number.to_string()))
        }
        Some(Value::String(text)) => figure_of_text(text),
        Some(_) => None,
    }
}

/// A count written as text: digits, a sign, a fraction of zeros; empty text is unknown.
pub fn figure_of_text(text: &str) -> Option<Figure> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Figure::UNKNOWN);
    }
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    whole.parse().ok().map(Figure::known)
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
    }

    #[test]
    fn fields_are_found_in_either_case() {
        let object = json!({"UmpCustomerGuid": 1});
        assert_eq!(field(&object, &["umpCustomerGuid"]), Some(&json!(1)));
        assert_eq!(field(&object, &["missing"]), None);
    }
}

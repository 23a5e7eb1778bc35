//! JSON that may hold secrets: they are passed over while reading and never held.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{unparsed, within_budget};
use crate::error::{Problem, UpstreamError};
use crate::http::Reply;

/// The reply's body as JSON, without the fields whose name `is_secret`, at any depth.
///
/// # Errors
/// Like [`parse`](super::parse), but the error quotes nothing of the reply unless it is a page.
pub fn parse_without(
    doing: &'static str,
    reply: &Reply,
    is_secret: fn(&str) -> bool,
) -> Result<Value, UpstreamError> {
    within_budget(doing, reply)?;
    let mut source = serde_json::Deserializer::from_slice(&reply.body);
    Discreet(is_secret)
        .deserialize(&mut source)
        .and_then(|value| source.end().map(|()| value))
        .map_err(|error| unquoted(unparsed(doing, reply, &error), reply))
}

/// JSON of another shape than documented, told without quoting it.
pub fn misshapen(
    doing: &'static str,
    place: impl Into<String>,
    expected: &'static str,
    reply: &Reply,
) -> UpstreamError {
    unquoted(UpstreamError::malformed(doing, place, expected, reply), reply)
}

fn unquoted(mut error: UpstreamError, reply: &Reply) -> UpstreamError {
    let is_page = reply.body.trim_ascii_start().starts_with(b"<");
    if let Problem::Malformed { excerpt, .. } = &mut error.problem
        && !is_page
    {
        excerpt.clear();
    }
    error
}

#[derive(Clone, Copy)]
struct Discreet(fn(&str) -> bool);

impl<'de> DeserializeSeed<'de> for Discreet {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Discreet {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut kept = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            kept.push(item);
        }
        Ok(Value::Array(kept))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut kept = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if (self.0)(&name) {
                fields.next_value::<IgnoredAny>()?;
            } else {
                kept.insert(name, fields.next_value_seed(self)?);
            }
        }
        Ok(Value::Object(kept))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: &str) -> Result<Value, UpstreamError> {
        parse_without("testing", &Reply::new(200, body), |name| name == "token")
    }

    #[test]
    fn secrets_are_left_out_at_any_depth_and_the_rest_is_read() {
        let kept = read(
            r#" {"a":[1,-2,2.5,true,null,"x",{"token":{"deep":["s"]},"b":18446744073709551615}],
                 "t\u006fken":"s","tokens":"kept"} "#,
        );
        let expected =
            json!({"a": [1, -2, 2.5, true, null, "x", {"b": u64::MAX}], "tokens": "kept"});
        assert_eq!(kept, Ok(expected));
    }

    #[test]
    fn broken_json_is_told_without_quoting_it() {
        for body in ["", "{\"token\":\"hunter2", "{} hunter2", "hunter2", "{\"x\":\"hunter2\"]"] {
            let error = read(body).unwrap_err();
            assert!(!format!("{error:?} {error} {}", error.details()).contains("hunter2"));
            assert!(error.what().contains("not whole JSON"), "{body}: {error}");
        }
        let page = read("<html><title>Log in</title>").unwrap_err();
        assert!(page.details().contains("Log in"), "{page:?}");
    }

    #[test]
    fn a_bottomless_body_is_an_error() {
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}

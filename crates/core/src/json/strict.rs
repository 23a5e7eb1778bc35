//! JSON that everyone reads alike.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

/// Members of one object. More no request of a program has, and each is held against all others.
const MOST_MEMBERS: usize = 100;

/// Reads a request of which somebody else reads the same bytes: none that has a member twice, of
/// which one reader takes the first and another the last, or in two spellings that some (Go's)
/// take for one.
pub fn parse_strictly(bytes: &[u8]) -> Option<Value> {
    serde_json::from_slice::<Strict>(bytes).ok().map(|Strict(value)| value)
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without a member that stands twice")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(Strict(part)) = parts.next_element()? {
            all.push(part);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if all.len() == MOST_MEMBERS
                || all.keys().any(|other| other.eq_ignore_ascii_case(&name))
            {
                return Err(A::Error::custom("a member stands twice"));
            }
            let Strict(value) = members.next_value()?;
            all.insert(name, value);
        }
        Ok(Value::Object(all))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_member_that_stands_twice_is_refused_wherever_it_is() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"A":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"x":{"a":1,"b":2,"a":3}}"#,
            r#"[0,[{"a":1,"a":1}]]"#,
            "",
            "{",
            r#"{"a":1}x"#,
            r#"{"a":1,}"#,
        ] {
            assert_eq!(parse_strictly(text.as_bytes()), None, "{text}");
        }
        let many: Vec<String> = (0..=MOST_MEMBERS).map(|n| format!("\"m{n}\":1")).collect();
        assert!(parse_strictly(format!("{{{}}}", many[1..].join(",")).as_bytes()).is_some());
        assert_eq!(parse_strictly(format!("{{{}}}", many.join(",")).as_bytes()), None);
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1e9..1e9_f64).prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                proptest::collection::btree_map("[a-z]{1,4}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn all_else_is_read_as_ever(value in value()) {
            let text = value.to_string();
            let usual: Value = serde_json::from_str(&text).expect("JSON");
            prop_assert_eq!(parse_strictly(text.as_bytes()), Some(usual));
        }

        /// Whichever of two members a reader takes, it reads the same.
        #[test]
        fn what_is_taken_has_one_reading(
            names in proptest::collection::vec("[abAB]", 0..5),
            inner in proptest::collection::vec("[xyX]", 0..4),
        ) {
            let object = |names: &[String], value: &dyn Fn(usize) -> String| {
                let members = names.iter().enumerate().map(|(at, name)| format!("\"{name}\":{}", value(at)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            };
            let below = |at: usize| object(&inner, &|number| (at * 10 + number).to_string());
            let text = object(&names, &below);
            let once = |names: &[String]| {
                let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
                (1..lower.len()).all(|at| !lower[..at].contains(&lower[at]))
            };
            let is_plain = once(&names) && (names.is_empty() || once(&inner));
            prop_assert_eq!(parse_strictly(text.as_bytes()).is_some(), is_plain, "{}", text);
            if is_plain {
                prop_assert_eq!(parse_strictly(text.as_bytes()).map(|v| v == json!({})), Some(names.is_empty()));
            }
        }
    }
}

//! How much of a reply is worth building in memory.
//!
//! A value takes far more room built than written: an empty object is two bytes and becomes
//! some hundred, `{"a":1}` a thousand. A reply made to exploit that is refused before it is built.

use serde_json::Value;

use crate::http::Reply;

/// No reply but a list comes near; what is built for an error is thrown away at once.
const MAX_ERROR_BYTES: usize = 256 * 1024;

/// Bytes that an object takes at most with what is made of it, and any other value.
const OBJECT: usize = 1_500;
const VALUE: usize = 110;
/// What may be taken in any case: forty thousand objects, some megabytes as vendors write them.
const ALLOWANCE: usize = 60 * 1024 * 1024;

/// Whether building all of a JSON text takes no more than twice its size, or 60 MiB.
pub(super) fn is_within(body: &[u8]) -> bool {
    // Those within texts are counted, too: the estimate errs on the safe side.
    let (mut objects, mut values) = (0, 0);
    for byte in body {
        match byte {
            b'{' => objects += 1,
            b'[' | b',' => values += 1,
            _ => {}
        }
    }
    objects * OBJECT + values * VALUE <= ALLOWANCE + 2 * body.len()
}

/// The JSON of an error reply; none when it is none, or larger than any error.
pub fn of_error(reply: &Reply) -> Option<Value> {
    if reply.body.len() > MAX_ERROR_BYTES {
        return None;
    }
    serde_json::from_slice(&reply.body).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;
    use crate::json::{parse, parse_without};

    #[test]
    fn ten_thousand_services_fit_and_a_million_empty_ones_do_not() {
        let service =
            r#"{"Id":"1f1d3aff-f77d-319b-7693-3c2221e6af78","ShortName":"contoso","a":1},"#;
        assert!(is_within(service.repeat(10_000).as_bytes()));
        assert!(!is_within("{},".repeat(1_000_000).as_bytes()));
        assert!(!is_within(r#"{"Id":1},"#.repeat(100_000).as_bytes()));
        assert!(!is_within("[],".repeat(5_000_000).as_bytes()));
    }

    #[test]
    fn what_would_take_too_much_is_refused_before_it_is_built() {
        let reply = Reply::new(200, format!("[{}1]", "{},".repeat(1_000_000)));
        for read in [parse("testing", &reply), parse_without("testing", &reply, |_| false)] {
            assert!(matches!(read.unwrap_err().problem, Problem::TooLarge { .. }));
        }
    }

    #[test]
    fn an_endless_error_is_not_read() {
        let error =
            |words: usize| Reply::new(400, format!(r#"{{"error":"{}"}}"#, "x ".repeat(words)));
        assert!(of_error(&error(1_000)).is_some());
        assert!(of_error(&error(1_000_000)).is_none());
    }
}

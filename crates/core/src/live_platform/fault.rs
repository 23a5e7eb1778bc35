//! What a reply other than a success means.

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::error::{Problem, UpstreamError, words};
use crate::http::Reply;
use crate::json;
use crate::words::later;

/// Reads an error reply of a Live Platform.
///
/// The vendor lists status 200 only, so everything else is read by what ASP.NET, its gateways
/// and Microsoft's sign-in are known to send.
pub fn fault(doing: &'static str, reply: &Reply) -> UpstreamError {
    let message = message(reply);
    let problem = match reply.status {
        401 => Problem::SignedOut,
        403 => Problem::Forbidden { role: None },
        429 | 503 => Problem::Throttled {
            retry_after_s: reply.header("retry-after").and_then(|value| value.trim().parse().ok()),
            suggested_rows: None,
        },
        _ if json::is_page(reply) => {
            return UpstreamError::malformed(doing, "", later("JSON but a page for people"), reply);
        }
        404 if is_empty_or_json(reply) => Problem::NothingFound,
        status => Problem::Rejected { status, code: None, message: message.clone() },
    };
    UpstreamError::new(doing, problem).because(format!("status {}: {message}", reply.status))
}

/// A success that holds a message instead of data.
pub(super) fn told(doing: &'static str, status: u16, message: &str) -> UpstreamError {
    let message = words(message);
    let technical = format!("status {status} with a Message: {message}");
    UpstreamError::new(doing, Problem::Rejected { status, code: None, message }).because(technical)
}

/// The upstream's own words: the most telling field of JSON, or plain text.
fn message(reply: &Reply) -> String {
    match json::of_error(reply) {
        Some(Value::String(text)) => words(&text),
        Some(body) => words(said(&body).unwrap_or_default()),
        None if json::is_page(reply) => words(later("a page for people")),
        None => words(&json::plain_text(reply)),
    }
}

fn said(body: &Value) -> Option<&str> {
    ["message", "error_description", "detail", "title", "error"].iter().find_map(|name| {
        let value = json::field(body, &[name])?;
        // Microsoft nests: {"error": {"code", "message"}}.
        let text = value.as_str().or_else(|| json::field(value, &["message"])?.as_str())?;
        (!text.trim().is_empty()).then_some(text)
    })
}

fn is_empty_or_json(reply: &Reply) -> bool {
    reply.body.trim_ascii().is_empty() || serde_json::from_slice::<IgnoredAny>(&reply.body).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(status: u16, body: &str) -> Problem {
        fault("testing", &Reply::new(status, body)).problem
    }

    #[test]
    fn each_status_becomes_what_one_can_act_on() {
        assert_eq!(problem(401, "<html>"), Problem::SignedOut);
        assert_eq!(problem(403, ""), Problem::Forbidden { role: None });
        assert_eq!(problem(404, ""), Problem::NothingFound);
        assert_eq!(problem(404, r#"{"title":"Not Found"}"#), Problem::NothingFound);
        assert!(matches!(problem(404, "<!DOCTYPE html>"), Problem::Malformed { .. }));
        assert!(matches!(problem(404, "no such route"), Problem::Rejected { .. }));
        assert!(matches!(problem(502, "<html>Bad Gateway"), Problem::Malformed { .. }));
    }

    #[test]
    fn a_busy_platform_says_when_to_come_back() {
        let reply = Reply::new(503, "").with_header("Retry-After", "17");
        let expected = Problem::Throttled { retry_after_s: Some(17), suggested_rows: None };
        assert_eq!(fault("testing", &reply).problem, expected);
        let dated = Reply::new(429, "").with_header("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT");
        let expected = Problem::Throttled { retry_after_s: None, suggested_rows: None };
        assert_eq!(fault("testing", &dated).problem, expected);
    }

    #[test]
    fn the_most_telling_words_are_shown() {
        for (body, expected) in [
            (r#"{"Message":"An error has occurred."}"#, "An error has occurred."),
            (r#"{"error":"invalid","error_description":"AADSTS1: no"}"#, "AADSTS1: no."),
            (r#"{"title":"Bad","status":400,"detail":"No such guid"}"#, "No such guid."),
            (r#"{"error":{"code":"x","message":"Expired"}}"#, "Expired."),
            (r#"{"detail":"","title":"Bad Request"}"#, "Bad Request."),
            (r#""bare text""#, "bare text."),
            ("plain text", "plain text."),
            ("", "no reason given."),
        ] {
            let message = expected.to_owned();
            assert_eq!(
                problem(400, body),
                Problem::Rejected { status: 400, code: None, message },
                "{body}"
            );
        }
    }
}

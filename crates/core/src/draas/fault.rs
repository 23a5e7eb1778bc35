//! What a status other than success means.

use serde_json::Value;

use crate::error::{Problem, UpstreamError, words};
use crate::http::Reply;
use crate::json;
use crate::words::later;

/// Reads an error reply. `role` is what the vendor's page asks for.
///
/// Statuses after <https://fusion.docs.netaxis.solutions/provisioning/api/06_licenses.html>; 401
/// is not listed there and means an ended token. 404 means "No license found", not an outage.
pub fn fault(doing: &'static str, role: Option<&'static str>, reply: &Reply) -> UpstreamError {
    let message = message(reply);
    let problem = match reply.status {
        401 => Problem::SignedOut,
        403 => Problem::Forbidden { role },
        // Gateways on the way send a page with these.
        429 | 503 => Problem::throttled(reply),
        _ if json::is_page(reply) => {
            return UpstreamError::malformed(doing, "", later("JSON but a page for people"), reply);
        }
        404 => Problem::NothingFound,
        status => Problem::Rejected { status, code: None, message: message.clone() },
    };
    UpstreamError::new(doing, problem).because(format!("status {}: {message}", reply.status))
}

/// A success that holds an error instead of data.
pub(super) fn said(doing: &'static str, reply: &Reply, body: &Value) -> Option<UpstreamError> {
    let (status, message) = (reply.status, words(error_text(body)?));
    Some(UpstreamError::new(doing, Problem::Rejected { status, code: None, message }))
}

/// The vendor's words: `{"error":"…"}` from the core, `{"error":{"reason":"…"}}` from workflows,
/// or plain text.
fn message(reply: &Reply) -> String {
    match json::of_error(reply) {
        // Of JSON only the words are shown: other fields may hold a secret.
        Some(Value::String(text)) => words(&text),
        Some(body) => words(error_text(&body).unwrap_or_default()),
        None => words(&json::plain_text(reply)),
    }
}

fn error_text(body: &Value) -> Option<&str> {
    let error = json::field(body, &["error", "message"])?;
    error.as_str().or_else(|| json::field(error, &["reason", "message"])?.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_becomes_what_one_can_act_on() {
        let role = Some("groups.instance.licenses.list");
        let problem =
            |status, body: &str| fault("testing", role, &Reply::new(status, body)).problem;
        assert_eq!(problem(401, "{}"), Problem::SignedOut);
        assert_eq!(problem(403, "{}"), Problem::Forbidden { role });
        assert_eq!(problem(404, r#"{"error":"No license found"}"#), Problem::NothingFound);
        assert!(matches!(problem(404, "<html>not found"), Problem::Malformed { .. }));
        let rejected =
            |message: &str| Problem::Rejected { status: 400, code: None, message: message.into() };
        assert_eq!(problem(400, r#"{"error":"bad uuid"}"#), rejected("bad uuid."));
        assert_eq!(problem(400, r#"{"error":{"reason":"no such"}}"#), rejected("no such."));
        assert_eq!(problem(400, "plain words"), rejected("plain words."));
        assert_eq!(problem(400, ""), rejected("no reason given."));
        assert_eq!(problem(400, r#"{"token":"hunter2"}"#), rejected("no reason given."));
        assert_eq!(problem(400, r#"{"token":"hunter2"#), rejected("no reason given."));
        let typed = Reply::new(404, r#"{"error":"No license found"}"#)
            .with_header("content-type", "text/html");
        assert_eq!(fault("testing", role, &typed).problem, Problem::NothingFound);
    }

    #[test]
    fn a_busy_upstream_says_when_to_come_back() {
        let reply = Reply::new(429, "").with_header("Retry-After", "17");
        let page = Reply::new(503, "<html>busy").with_header("Retry-After", " 17 ");
        let expected = Problem::Throttled { retry_after_s: Some(17), suggested_rows: None };
        assert_eq!(fault("testing", None, &reply).problem, expected);
        assert_eq!(fault("testing", None, &page).problem, expected);
    }
}

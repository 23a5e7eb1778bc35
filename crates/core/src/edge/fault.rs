//! What an edge's refusals mean.

use crate::error::{Problem, UpstreamError, words};
use crate::http::Reply;
use crate::json;
use crate::visitors::TokenProblem;
use crate::words::later;

/// A refusal of the edge itself.
pub(crate) struct Refused {
    /// The last part of its type.
    pub(crate) slug: String,
    /// More closely, where it says so.
    reason: String,
    pub(crate) said: String,
}

/// Reads the edge's problem details (RFC 9457). They have a type of its own, so that nobody else's
/// error with the same status is ever taken for one.
pub(crate) fn refused(reply: &Reply) -> Option<Refused> {
    if !reply.header("content-type")?.starts_with("application/problem+json") {
        return None;
    }
    let body = json::of_error(reply)?;
    let slug = body.get("type")?.as_str()?.strip_prefix("urn:seatree:edge:")?;
    let said = body.get("detail").or_else(|| body.get("title")).and_then(|text| text.as_str());
    let reason = body.get("reason").and_then(|text| text.as_str()).unwrap_or_default().to_owned();
    Some(Refused { slug: slug.to_owned(), reason, said: words(said.unwrap_or(slug)) })
}

/// Reads an error reply of the edge's API. What does not speak as an edge is none.
pub fn fault(doing: &'static str, reply: &Reply) -> UpstreamError {
    let Some(Refused { slug, reason, said }) = refused(reply) else {
        return UpstreamError::malformed(doing, "", later("an answer of a Seatree edge"), reply);
    };
    let status = reply.status;
    let problem = match slug.as_str() {
        "token-refused" => {
            Problem::TokenRefused { ended: reason == TokenProblem::Ended.word(), said }
        }
        "permission-refused" | "scope-refused" => Problem::NotOpened { said },
        "rate-limited" | "upstream-busy" => Problem::throttled(reply),
        "upstream-certificate" => Problem::Untrusted { said },
        // Whatever else the edge does not do itself, it did not ask the platform for.
        "not-found" | "unknown-upstream" | "origin-refused" | "method-refused"
        | "sign-in-failed" | "scope-unknown" | "misconfigured" => Problem::EdgeRefused { said },
        _ => Problem::Rejected { status, code: None, message: said },
    };
    UpstreamError::new(doing, problem).because(format!("status {status}, {slug}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::{Refusal, RefusalKind};

    fn of(kind: RefusalKind) -> UpstreamError {
        let refusal = Refusal::new(kind, "Say \"please\"");
        let mut reply = Reply::new(refusal.status(), refusal.body());
        reply.headers = refusal.headers();
        fault("testing", &reply)
    }

    #[test]
    fn every_refusal_is_an_error_in_the_edges_words() {
        use RefusalKind as Kind;
        let said = || "Say \"please\".".to_owned();
        for (kind, problem) in [
            (Kind::TokenRefused, Problem::TokenRefused { ended: false, said: said() }),
            (Kind::PermissionRefused, Problem::NotOpened { said: said() }),
            (Kind::ScopeRefused, Problem::NotOpened { said: said() }),
            (Kind::UnknownUpstream, Problem::EdgeRefused { said: said() }),
            (Kind::SignInFailed, Problem::EdgeRefused { said: said() }),
            (Kind::ScopeUnknown, Problem::EdgeRefused { said: said() }),
            (Kind::Misconfigured, Problem::EdgeRefused { said: said() }),
            (Kind::BelowUse, Problem::Rejected { status: 409, code: None, message: said() }),
            (Kind::UpstreamRefused, Problem::Rejected { status: 502, code: None, message: said() }),
        ] {
            assert_eq!(of(kind).problem, problem, "{kind:?}");
        }
        assert!(matches!(of(Kind::RateLimited).problem, Problem::Throttled { .. }));
        assert!(of(Kind::TokenRefused).wants_sign_in());
    }

    #[test]
    fn a_token_that_has_ended_is_told_from_one_that_was_never_good() {
        let body = |reason| {
            let body = format!(
                r#"{{"type":"urn:seatree:edge:token-refused","detail":"d","reason":"{reason}"}}"#
            );
            Reply::new(401, body).with_header("content-type", "application/problem+json")
        };
        let ended = |reply| match fault("testing", &reply).problem {
            Problem::TokenRefused { ended, .. } => ended,
            other => panic!("{other:?}"),
        };
        assert!(ended(body("ended")));
        assert!(!ended(body("signature")));
    }

    #[test]
    fn it_comes_back_when_the_edge_says() {
        let body =
            r#"{"type":"urn:seatree:edge:rate-limited","title":"T","status":429,"detail":"d"}"#;
        let reply = Reply::new(429, body)
            .with_header("content-type", "application/problem+json")
            .with_header("retry-after", "17");
        let expected = Problem::Throttled { retry_after_s: Some(17), suggested_rows: None };
        assert_eq!(fault("testing", &reply).problem, expected);
    }

    #[test]
    fn what_is_no_edge_is_told_as_such() {
        for (status, body) in [(404, "<html>not found"), (401, "{}"), (500, ""), (200, "[]")] {
            let error = fault("testing", &Reply::new(status, body));
            assert!(matches!(error.problem, Problem::Malformed { .. }), "{status}: {error}");
        }
        let body = r#"{"type":"urn:seatree:edge:token-refused","detail":"d"}"#;
        let foreign = fault("testing", &Reply::new(401, body));
        assert!(matches!(foreign.problem, Problem::Malformed { .. }), "{foreign}");
    }
}

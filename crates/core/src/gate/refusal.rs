//! What the edge says when it does not let something through.

use serde::Serialize;

use super::headers::{self, Header};

/// Why, closed enough for a client to act on; its slug is part of the outward contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    NotFound,
    UnknownUpstream,
    OriginRefused,
    MethodRefused,
    PathRefused,
    BodyTooLarge,
    BodyTooSlow,
    OperationRefused,
    RateLimited,
    UpstreamBusy,
    UpstreamTimeout,
    TokenRefused,
    PermissionRefused,
    ScopeRefused,
    SignInFailed,
    ScopeUnknown,
    LimitsRefused,
    BelowUse,
    UpstreamRefused,
    QueryRefused,
    MemoryOff,
    MemoryFailed,
    RedirectRefused,
    StatusRefused,
    UpstreamUnreachable,
    UpstreamCertificate,
    Misconfigured,
}

impl RefusalKind {
    pub fn slug(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::UnknownUpstream => "unknown-upstream",
            Self::OriginRefused => "origin-refused",
            Self::MethodRefused => "method-refused",
            Self::PathRefused => "path-refused",
            Self::BodyTooLarge => "body-too-large",
            Self::BodyTooSlow => "body-too-slow",
            Self::OperationRefused => "operation-refused",
            Self::RateLimited => "rate-limited",
            Self::UpstreamBusy => "upstream-busy",
            Self::UpstreamTimeout => "upstream-timeout",
            Self::TokenRefused => "token-refused",
            Self::PermissionRefused => "permission-refused",
            Self::ScopeRefused => "scope-refused",
            Self::SignInFailed => "sign-in-failed",
            Self::ScopeUnknown => "scope-unknown",
            Self::LimitsRefused => "limits-refused",
            Self::BelowUse => "below-use",
            Self::UpstreamRefused => "upstream-refused",
            Self::QueryRefused => "query-refused",
            Self::MemoryOff => "memory-off",
            Self::MemoryFailed => "memory-failed",
            Self::RedirectRefused => "redirect-refused",
            Self::StatusRefused => "status-refused",
            Self::UpstreamUnreachable => "upstream-unreachable",
            Self::UpstreamCertificate => "upstream-certificate",
            Self::Misconfigured => "misconfigured",
        }
    }

    pub fn status(self) -> u16 {
        match self {
            Self::QueryRefused => 400,
            Self::NotFound | Self::UnknownUpstream | Self::MemoryOff => 404,
            Self::TokenRefused => 401,
            Self::OriginRefused
            | Self::PathRefused
            | Self::OperationRefused
            | Self::PermissionRefused
            | Self::ScopeRefused => 403,
            Self::MethodRefused => 405,
            Self::BodyTooSlow => 408,
            Self::BodyTooLarge => 413,
            Self::RateLimited | Self::UpstreamBusy => 429,
            Self::RedirectRefused
            | Self::StatusRefused
            | Self::UpstreamUnreachable
            | Self::UpstreamCertificate
            | Self::SignInFailed
            | Self::ScopeUnknown
            | Self::UpstreamRefused => 502,
            Self::LimitsRefused => 422,
            Self::BelowUse => 409,
            Self::UpstreamTimeout => 504,
            Self::Misconfigured => 500,
            Self::MemoryFailed => 503,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::NotFound => "Nothing here",
            Self::UnknownUpstream => "Unknown upstream",
            Self::OriginRefused => "This page may not use the edge",
            Self::MethodRefused => "Method not allowed",
            Self::PathRefused => "Path not allowed",
            Self::BodyTooLarge => "Request too large",
            Self::BodyTooSlow => "Request too slow",
            Self::OperationRefused => "Operation not allowed",
            Self::RateLimited => "Too many requests",
            Self::UpstreamBusy => "The upstream is busy",
            Self::UpstreamTimeout => "The upstream took too long",
            Self::TokenRefused => "The token is not taken",
            Self::PermissionRefused => "Not permitted",
            Self::ScopeRefused => "Outside of what the token opens",
            Self::SignInFailed => "The edge cannot sign in",
            Self::ScopeUnknown => "The edge cannot tell what the token opens",
            Self::LimitsRefused => "No limits",
            Self::BelowUse => "Less than is in use",
            Self::UpstreamRefused => "The platform refuses",
            Self::QueryRefused => "The question is not understood",
            Self::MemoryOff => "No snapshots are kept",
            Self::MemoryFailed => "The snapshots cannot be read",
            Self::RedirectRefused => "The upstream redirects",
            Self::StatusRefused => "The upstream's answer cannot be passed on",
            Self::UpstreamUnreachable => "The upstream cannot be reached",
            Self::UpstreamCertificate => "The upstream's certificate is not trusted",
            Self::Misconfigured => "The edge is not set up correctly",
        }
    }
}

/// A refusal with everything its answer needs: problem details (RFC 9457), never a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub kind: RefusalKind,
    /// What happened and what to do next, in the user's words.
    pub detail: String,
    /// The case more closely, for programs.
    pub(super) reason: Option<&'static str>,
    /// The page that may read it. Only a listed one ever stands here.
    pub(super) origin: Option<String>,
    pub(super) allow: Option<String>,
    /// Seconds after which to ask again.
    pub(super) retry_after: Option<u64>,
}

#[derive(Serialize)]
struct ProblemDetails<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl Refusal {
    /// One that no page may read: what is asked for, or by whom, is not known to be right.
    pub fn new(kind: RefusalKind, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { kind, detail, reason: None, origin: None, allow: None, retry_after: None }
    }

    /// Lets a page of a listed origin read it.
    #[must_use]
    pub(super) fn readable_by(mut self, origin: &str) -> Self {
        self.origin = Some(origin.to_owned());
        self
    }

    /// Says when to ask again.
    #[must_use]
    pub(super) fn after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The configuration holds no such thing, or is none: for the operator to mend.
    pub fn misconfigured(problem: &str) -> Self {
        Self::new(
            RefusalKind::Misconfigured,
            format!(
                "The edge's configuration cannot be used: {problem}. Ask the operator of the edge to correct it."
            ),
        )
    }

    pub fn status(&self) -> u16 {
        self.kind.status()
    }

    pub fn headers(&self) -> Vec<Header> {
        let mut headers = match &self.origin {
            Some(origin) => headers::for_page(origin),
            None => headers::for_nobody(),
        };
        headers.push(("content-type".to_owned(), "application/problem+json".to_owned()));
        if let Some(allow) = &self.allow {
            headers.push(("allow".to_owned(), allow.clone()));
        }
        if let Some(seconds) = self.retry_after {
            headers.push(("retry-after".to_owned(), seconds.to_string()));
        }
        headers
    }

    pub fn body(&self) -> String {
        let details = ProblemDetails {
            r#type: format!("urn:seatree:edge:{}", self.kind.slug()),
            title: self.kind.title(),
            status: self.status(),
            detail: &self.detail,
            reason: self.reason,
        };
        // Strings and a number always serialize; an empty body would still carry the status.
        serde_json::to_string(&details).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_problem_details() {
        let refusal = Refusal::new(RefusalKind::PathRefused, "say \"please\"");
        assert_eq!(
            refusal.body(),
            r#"{"type":"urn:seatree:edge:path-refused","title":"Path not allowed","status":403,"detail":"say \"please\""}"#
        );
    }

    #[test]
    fn only_a_listed_page_may_read_it() {
        let refusal = Refusal::new(RefusalKind::PathRefused, "");
        let allows = |refusal: &Refusal| {
            refusal.headers().into_iter().find(|(name, _)| name == "access-control-allow-origin")
        };
        assert_eq!(allows(&refusal), None);
        let readable = refusal.readable_by("https://a.example");
        assert_eq!(allows(&readable).map(|(_, value)| value).as_deref(), Some("https://a.example"));
    }
}

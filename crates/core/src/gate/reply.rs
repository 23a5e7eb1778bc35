//! What comes back of an upstream's reply.

use super::{
    Gate,
    decision::{Forward, Unread},
    headers::{self, Header},
    refusal::{Refusal, RefusalKind},
};
use crate::{address, error::excerpt};

/// When to come back to an upstream that others keep busy.
pub(super) const BUSY_SECONDS: u64 = 5;
/// It has the number of a redirect, and leads nowhere.
const NOT_MODIFIED: u16 = 304;

/// A reply that may be passed on: its status and body as they are, with these headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    pub headers: Vec<Header>,
}

impl Gate {
    /// Decides about the reply to a forwarded request. Any status of success or error passes, CUCM's
    /// 599 and pages for people included: the client knows how to read them.
    ///
    /// # Errors
    /// A redirect. Following it would carry credentials to wherever it points, and a POST would
    /// arrive as a GET. Or a status that no reply can be given with.
    pub fn relay(
        &self,
        forward: &Forward,
        status: u16,
        header: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Relay, Refusal> {
        if !Self::relays(status) {
            let is_redirect = (300..400).contains(&status) && status != NOT_MODIFIED;
            let refusal = if is_redirect {
                redirect(forward, status, header("location"))
            } else {
                no_answer(forward, status)
            };
            return Err(refusal.readable_by(&forward.origin));
        }
        let mut headers = headers::for_page(&forward.origin);
        for name in headers::TO_CLIENT {
            if let Some(value) = header(name) {
                headers.push((name.to_owned(), value));
            }
        }
        Ok(Relay { headers })
    }

    /// Whether a reply of this status passes, whatever its headers.
    pub const fn relays(status: u16) -> bool {
        matches!(status, 200..=299 | 400..=599)
    }

    /// The answer when the upstream gave none.
    pub fn unreachable(&self, forward: &Forward) -> Refusal {
        failed(
            forward,
            RefusalKind::UpstreamUnreachable,
            "is down, its address in the edge's configuration is wrong, or the network between them does not let the edge through",
        )
    }

    /// The answer when the upstream's certificate is not one the edge trusts.
    pub fn untrusted(&self, forward: &Forward) -> Refusal {
        failed(
            forward,
            RefusalKind::UpstreamCertificate,
            "answers, but the TLS handshake fails, most often because the edge does not trust its certificate: give the edge's operator the authority that signed it, and check that the certificate is valid today and for the configured host name",
        )
    }

    /// The answer when the upstream gave none in time.
    pub fn too_late(&self, forward: &Forward) -> Refusal {
        let detail = format!(
            "\"{}\" did not begin to answer within {} seconds. Ask for less at once, or ask the edge's operator to raise \"time_limit\".",
            forward.upstream, forward.time_limit
        );
        Refusal::new(RefusalKind::UpstreamTimeout, detail).readable_by(&forward.origin)
    }

    /// The answer when others keep the upstream busy for too long.
    pub fn busy(&self, forward: &Forward) -> Refusal {
        let detail = format!(
            "\"{}\" is still working on other long lists, and the edge asks it for {} at a time. Ask again in {BUSY_SECONDS} seconds.",
            forward.upstream,
            forward.at_a_time.unwrap_or_default()
        );
        Refusal::new(RefusalKind::UpstreamBusy, detail)
            .after(BUSY_SECONDS)
            .readable_by(&forward.origin)
    }

    /// The answer when a body that has to be read first does not arrive in time.
    pub fn too_slow(&self, unread: &Unread) -> Refusal {
        let detail = format!(
            "The request's body did not arrive within {} seconds. Send it again over a better line.",
            unread.time_limit
        );
        Refusal::new(RefusalKind::BodyTooSlow, detail).readable_by(unread.origin())
    }

    /// The answer when the upstream does not take the edge's own credentials. Why is for its log.
    pub fn not_signed_in(&self, forward: &Forward) -> Refusal {
        Self::no_sign_in(&forward.upstream).readable_by(&forward.origin)
    }

    pub(super) fn no_sign_in(upstream: &str) -> Refusal {
        let detail = format!(
            "The edge cannot sign in at \"{upstream}\" with the credentials it holds. Ask its operator to look into its log."
        );
        Refusal::new(RefusalKind::SignInFailed, detail)
    }

    /// The answer when it cannot be read who belongs to whom. Why is for the edge's log.
    pub fn unknown_scope(&self, forward: &Forward) -> Refusal {
        Self::no_members(&forward.upstream).readable_by(&forward.origin)
    }

    pub(super) fn no_members(upstream: &str) -> Refusal {
        let detail = format!(
            "The edge could not read from \"{upstream}\" who belongs to whom, so it lets nobody in. Try again soon; if it stays, ask its operator to look into its log."
        );
        Refusal::new(RefusalKind::ScopeUnknown, detail)
    }
}

/// Where the upstream is, its operator knows: others need not learn what stands in a private network.
fn failed(forward: &Forward, kind: RefusalKind, why: &str) -> Refusal {
    let detail = format!("The edge cannot talk to \"{}\". It {why}.", forward.upstream);
    Refusal::new(kind, detail).readable_by(&forward.origin)
}

fn redirect(forward: &Forward, status: u16, location: Option<String>) -> Refusal {
    // Its host only: the rest may hold a token.
    let towards = location
        .filter(|location| location.contains("://"))
        .map(|location| format!(" to {}", host_only(&location)))
        .unwrap_or_default();
    Refusal::new(
        RefusalKind::RedirectRefused,
        format!(
            "\"{}\" answered with a redirect{towards} (status {status}), which the edge never follows. Set the upstream's final address (often https: instead of http:, or another port) in the edge's configuration.",
            forward.upstream
        ),
    )
}

/// Numbers beyond 599 are no statuses of HTTP, those below 200 announce another; 304 refers to a
/// copy that a page behind the edge does not have.
fn no_answer(forward: &Forward, status: u16) -> Refusal {
    Refusal::new(
        RefusalKind::StatusRefused,
        format!(
            "\"{}\" answered with status {status}, which is neither a result nor an error that could be passed on. Ask again; if it stays, ask whoever runs the upstream, or what stands before it, to look into its log.",
            forward.upstream
        ),
    )
}

/// Host and port of an absolute URL, without the user that may stand before them.
fn host_only(location: &str) -> String {
    let origin = address::origin_of(location);
    excerpt(origin.rsplit(['/', '@']).next().unwrap_or(origin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::{Ask, Body, Decision, Settings};

    const PAGE: &str = "https://licenses.example";

    fn forwarded() -> (Gate, Forward) {
        let settings = Settings::parse(
            r#"{"origins":["https://licenses.example"],"upstreams":{
                "cucm":{"address":"https://10.0.0.5:8443","methods":["GET"],"paths":["/axl/"]}}}"#,
        );
        let gate = Gate::new(settings.expect("valid settings"));
        let header = |name: &str| (name == "origin").then(|| PAGE.to_owned());
        let ask = Ask { method: "GET", target: "/to/cucm/axl/", header: &header, body: Body::None };
        let Decision::Forward(forward) = gate.decide(&ask) else { panic!("not forwarded") };
        (gate, forward)
    }

    fn relay(status: u16, headers: &[(&str, &str)]) -> Result<Relay, Refusal> {
        let (gate, forward) = forwarded();
        gate.relay(&forward, status, &|name| {
            headers.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn cucms_own_status_and_html_pass_with_leave_to_read_them() {
        let relay = relay(599, &[("content-type", "text/html"), ("retry-after", "30")]).unwrap();
        let value = |name: &str| {
            relay.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
        };
        assert_eq!(value("content-type"), Some("text/html"));
        assert_eq!(value("retry-after"), Some("30"));
        assert_eq!(value("access-control-allow-origin"), Some(PAGE));
        assert_eq!(value("access-control-expose-headers"), Some("ETag, Retry-After, X-Request-Id"));
        assert_eq!(value("vary"), Some("Origin"));
        assert_eq!(value("cache-control"), Some("no-store"));
    }

    #[test]
    fn nothing_that_speaks_for_the_edge_passes() {
        let relay = relay(
            200,
            &[
                ("set-cookie", "JSESSIONIDSSO=1"),
                ("access-control-allow-origin", "*"),
                ("access-control-allow-credentials", "true"),
                ("transfer-encoding", "chunked"),
                ("strict-transport-security", "max-age=1"),
                ("www-authenticate", "Basic"),
                ("cache-control", "public"),
            ],
        )
        .unwrap();
        let names: Vec<&str> = relay.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert!(!names.contains(&"set-cookie") && !names.contains(&"www-authenticate"));
        assert!(
            !names.contains(&"strict-transport-security") && !names.contains(&"transfer-encoding")
        );
        assert!(!names.contains(&"access-control-allow-credentials"));
        let origins: Vec<_> = relay
            .headers
            .iter()
            .filter(|(name, _)| name == "access-control-allow-origin")
            .collect();
        assert_eq!(origins, [&("access-control-allow-origin".to_owned(), PAGE.to_owned())]);
    }

    #[test]
    fn a_redirect_is_an_error_that_names_its_host_and_no_more() {
        let location = "https://user:hunter2@sso.example:8443/login?token=hunter2";
        let refusal = relay(302, &[("location", location)]).expect_err("a redirect");
        assert_eq!(refusal.kind, RefusalKind::RedirectRefused);
        assert!(refusal.detail.contains("sso.example"), "{}", refusal.detail);
        assert!(!refusal.body().contains("hunter2"));
        let endless = relay(302, &[("location", &format!("://a\n{}", "x".repeat(9_000)))]);
        let detail = endless.expect_err("a redirect").detail;
        assert!(detail.len() < 400 && !detail.contains('\n'), "{detail}");
        for status in [300, 301, 303, 307, 308] {
            let refusal = relay(status, &[]).expect_err("a redirect");
            assert_eq!(refusal.kind, RefusalKind::RedirectRefused, "{status}");
        }
    }

    #[test]
    fn a_status_that_no_reply_can_have_is_an_error_that_a_page_can_read() {
        for status in [0, 100, 101, 199, 304, 600, 999, u16::MAX] {
            let refusal = relay(status, &[]).expect_err("no status");
            assert_eq!((refusal.kind, refusal.status()), (RefusalKind::StatusRefused, 502));
            assert!(refusal.detail.contains(&format!("status {status},")), "{}", refusal.detail);
            assert!(!refusal.detail.contains("redirect"));
            assert!(
                refusal
                    .headers()
                    .contains(&("access-control-allow-origin".to_owned(), PAGE.to_owned()))
            );
        }
        for status in [200, 204, 299, 400, 401, 500, 599] {
            assert!(Gate::relays(status) && relay(status, &[]).is_ok(), "{status}");
        }
    }

    #[test]
    fn failures_name_the_upstream_and_the_next_step() {
        let (gate, forward) = forwarded();
        let untrusted = gate.untrusted(&forward);
        assert_eq!(untrusted.kind, RefusalKind::UpstreamCertificate);
        let unreachable = gate.unreachable(&forward);
        assert_eq!(unreachable.status(), 502);
        for refusal in [untrusted, unreachable] {
            assert!(refusal.detail.contains("\"cucm\""), "{}", refusal.detail);
            assert!(!refusal.detail.contains("10.0.0.5"), "{}", refusal.detail);
        }
    }
}

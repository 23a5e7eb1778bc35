//! What becomes of a request.

use std::collections::BTreeSet;

use super::{
    Gate,
    client::Client,
    headers::{self, Header},
    path,
    refusal::{Refusal, RefusalKind},
    settings::Upstream,
    visit::Visit,
};
use crate::{address, draas::LimitKeys};

/// Seconds a browser may rely on a preflight's answer: long enough to spare most of them, short
/// enough that a corrected configuration works soon.
const PREFLIGHT_SECONDS: &str = "600";

/// Where every cluster has its AXL, and no other upstream has anything.
pub(super) const AXL: &str = "/axl";

/// A request as it arrived.
pub struct Ask<'a> {
    pub method: &'a str,
    /// Path and query exactly as sent.
    pub target: &'a str,
    /// The value of a header; names are asked for in lower case.
    pub header: &'a dyn Fn(&str) -> Option<String>,
    pub body: Body,
}

impl Ask<'_> {
    pub(super) fn is_plain_get(&self) -> bool {
        matches!(self.method, "GET" | "HEAD") && self.body == Body::None
    }
}

/// What is known of a request's body before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    None,
    /// Bytes, as announced.
    Length(u64),
    /// It comes without saying how long it is.
    Unannounced,
}

/// What to do with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Forward(Forward),
    /// Check the visitor's token, then ask [`Gate::admit`].
    Visit(Box<Visit>),
    /// Read the body, then ask [`Gate::read`].
    Read(Unread),
    /// Answer 204 with these.
    Preflight(Vec<Header>),
    Refuse(Refusal),
}

/// A request that may go on if its body is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub(super) forward: Forward,
    /// Seconds in which it has to have arrived.
    pub time_limit: u64,
    pub(super) body: Expected,
}

/// What the body has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// What the upstream's settings say.
    Listed,
    /// Besides, nothing that changes anything.
    Reading,
    /// Anything, of which lists take turns.
    Any,
    /// New limits, for these.
    Limits(LimitKeys),
}

/// A request that may go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forward {
    pub method: String,
    pub url: String,
    /// All that go along; nothing else may be added.
    pub headers: Vec<Header>,
    /// The upstream's name in the configuration, for messages.
    pub upstream: String,
    /// Seconds until the reply has to begin.
    pub time_limit: u64,
    /// Seconds until it has to have ended.
    pub total_limit: u64,
    /// How many such requests the upstream works on at a time; none for any number.
    pub at_a_time: Option<u64>,
    /// What goes in place of the body that came, where what was understood of that is all that may
    /// go on.
    pub body: Option<String>,
    /// The page that will read the reply.
    pub(super) origin: String,
    /// Whom to count it for.
    pub(super) client: Client,
}

impl Unread {
    /// What it would become, to [count](Gate::count) it by.
    pub fn forward(&self) -> &Forward {
        &self.forward
    }

    pub(super) fn origin(&self) -> &str {
        &self.forward.origin
    }
}

impl Forward {
    /// The server it goes to, whatever the upstream is called: what many names lead to is busy for
    /// all of them.
    pub fn server(&self) -> &str {
        let origin = address::origin_of(&self.url);
        let usual = if origin.starts_with("https:") { ":443" } else { ":80" };
        origin.strip_suffix(usual).unwrap_or(origin)
    }
}

impl Gate {
    /// Host and port of the upstream, where it is reached over TLS.
    pub fn tls_endpoint(&self, forward: &Forward) -> Option<(&str, u16)> {
        let origin = self.settings.upstreams.get(&forward.upstream)?.address.origin();
        let authority = origin.strip_prefix("https://")?;
        let host = address::host_of(origin);
        let port =
            authority.get(host.len()..)?.strip_prefix(':').and_then(|port| port.parse().ok());
        Some((host, port.unwrap_or(443)))
    }
}

impl Gate {
    /// Decides about a request to `/to/{upstream}/{path}`.
    pub fn decide(&self, ask: &Ask<'_>) -> Decision {
        match self.judge(ask) {
            Ok(decision) => decision,
            Err(refusal) => Decision::Refuse(refusal),
        }
    }

    fn judge(&self, ask: &Ask<'_>) -> Result<Decision, Refusal> {
        let (name, target) = split(ask.target).ok_or_else(|| {
            Refusal::new(
                RefusalKind::NotFound,
                "The edge answers at /health, at /to/{upstream}/{path} and below /api/v1/. Check the edge's address in the connection.",
            )
        })?;
        let page = self.listed_page(ask)?;
        // From here on the asking page is known: it may read why it is refused.
        self.judge_listed(ask, name, target, page).map_err(|refusal| refusal.readable_by(page))
    }

    /// The headers by which it is decided that a request goes on, and those that go along: without all
    /// others the decision is the same.
    pub fn asked_headers(&self) -> BTreeSet<&str> {
        let upstreams = self.settings.upstreams.values();
        upstreams
            .flat_map(|upstream| upstream.request_headers.iter().map(String::as_str))
            .chain(self.settings.client_header.as_deref())
            .chain(["origin", "content-length"])
            .collect()
    }

    /// The origin of the page that asks.
    pub(super) fn listed_page(&self, ask: &Ask<'_>) -> Result<&str, Refusal> {
        let origin = (ask.header)("origin");
        match origin.as_ref().map(|origin| self.settings.listed(origin)) {
            Some(Some(page)) => Ok(page),
            Some(None) => Err(Refusal::new(
                RefusalKind::OriginRefused,
                "The edge does not list the origin this page comes from. Ask its operator to add it to \"origins\".",
            )),
            None => Err(Refusal::new(
                RefusalKind::OriginRefused,
                "The request names no origin. The edge serves pages of the origins it lists; other programs can ask the upstream directly.",
            )),
        }
    }

    /// Whom a request is counted for. Without a header that the proxy in front sets, all are one:
    /// anything else that a request says of its sender the sender can choose.
    pub(super) fn client(&self, ask: &Ask<'_>) -> Client {
        let header = self.settings.client_header.as_deref();
        let address = header.and_then(|name| (ask.header)(name));
        address.map_or(Client::Anyone, |address| Client::at(&address))
    }

    fn judge_listed(
        &self,
        ask: &Ask<'_>,
        name: &str,
        target: &str,
        origin: &str,
    ) -> Result<Decision, Refusal> {
        let upstream = self.settings.upstreams.get(name).ok_or_else(|| {
            Refusal::new(
                RefusalKind::UnknownUpstream,
                "The edge knows no upstream by the name in the address. Check the connection's upstream name, or ask the edge's operator to add it.",
            )
        })?;
        check_path(upstream, name, target)?;
        if ask.method == "OPTIONS" {
            // A preflight asks for another request: the lists apply to that one.
            let wanted = (ask.header)("access-control-request-method").unwrap_or_default();
            check_method(upstream, name, &wanted)?;
            return Ok(Decision::Preflight(preflight(upstream, origin)));
        }
        check_method(upstream, name, ask.method)?;
        check_body(upstream, ask.body)?;
        // A visitor's token is the edge's to read, not the upstream's.
        let passes = |name: &&String| upstream.credentials.is_none() || *name != "authorization";
        let headers = upstream
            .request_headers
            .iter()
            .filter(passes)
            .filter_map(|name| Some((name.clone(), (ask.header)(name)?)))
            .collect();
        let forward = Forward {
            method: ask.method.to_owned(),
            url: upstream.address.join(target),
            headers,
            upstream: name.to_owned(),
            time_limit: upstream.time_limit,
            total_limit: upstream.total_limit,
            at_a_time: None,
            body: None,
            origin: origin.to_owned(),
            client: self.client(ask),
        };
        if upstream.credentials.is_some() {
            return self
                .visit(upstream, ask, target, forward)
                .map(|visit| Decision::Visit(Box::new(visit)));
        }
        let body = match upstream.operations {
            _ if !upstream.judges_body(ask, target) => return Ok(Decision::Forward(forward)),
            Some(_) => Expected::Listed,
            None => Expected::Any,
        };
        Ok(Decision::Read(Unread { forward, time_limit: upstream.time_limit, body }))
    }
}

/// What all paths to upstreams begin with.
pub(super) const TO: &str = "/to/";

/// The upstream's name, and the path with the query that is asked of it.
pub(super) fn split(target: &str) -> Option<(&str, &str)> {
    let rest = target.strip_prefix(TO)?;
    let end = rest.find(['/', '?'])?;
    rest.get(end..)?.starts_with('/').then(|| rest.split_at(end))
}

pub(super) fn check_path(upstream: &Upstream, name: &str, target: &str) -> Result<(), Refusal> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if !path::is_plain(path) || !path::is_plain_query(query) {
        return Err(Refusal::new(
            RefusalKind::PathRefused,
            "The path holds a part that servers read differently: empty or dot segments, a backslash, a semicolon, an encoded one of these, or an encoded letter beyond ASCII. Write it plainly.",
        ));
    }
    if upstream.paths.iter().any(|prefix| path::lies_within(path, prefix)) {
        Ok(())
    } else {
        Err(Refusal::new(
            RefusalKind::PathRefused,
            format!(
                "The edge does not list this path for \"{name}\". Check the connection's address, or ask the edge's operator to add the path to \"paths\"."
            ),
        ))
    }
}

fn check_method(upstream: &Upstream, name: &str, method: &str) -> Result<(), Refusal> {
    if upstream.methods.iter().any(|allowed| allowed == method) {
        return Ok(());
    }
    let mut refusal = Refusal::new(
        RefusalKind::MethodRefused,
        format!(
            "The edge does not list this method for \"{name}\". Ask its operator to add it to \"methods\" if the upstream shall be used that way."
        ),
    );
    refusal.allow = Some(upstream.methods.join(", "));
    Err(refusal)
}

pub(super) fn check_body(upstream: &Upstream, body: Body) -> Result<(), Refusal> {
    let detail = match body {
        Body::None => return Ok(()),
        Body::Length(length) if length <= upstream.max_body => return Ok(()),
        Body::Length(length) => format!(
            "The request's body has {length} bytes and the edge takes {} at most. Ask for less at once, or ask its operator to raise \"max_body\".",
            upstream.max_body
        ),
        // Streaming and counting would let all but the last byte reach the upstream first.
        Body::Unannounced => {
            "The request does not say how long its body is. Send it with a Content-Length."
                .to_owned()
        }
    };
    Err(Refusal::new(RefusalKind::BodyTooLarge, detail))
}

fn preflight(upstream: &Upstream, origin: &str) -> Vec<Header> {
    let mut headers = headers::for_page(origin);
    let mut add = |name: &str, value: String| headers.push((name.to_owned(), value));
    add("access-control-allow-methods", upstream.methods.join(", "));
    let mut names: Vec<&str> = upstream.request_headers.iter().map(String::as_str).collect();
    // Visitors bring their tokens in it, though it goes no further.
    if upstream.credentials.is_some() && !names.contains(&"authorization") {
        names.push("authorization");
    }
    add("access-control-allow-headers", names.join(", "));
    add("access-control-max-age", PREFLIGHT_SECONDS.to_owned());
    headers
}

#[cfg(test)]
mod tests;

//! What becomes of a request.

use std::fmt;

use serde_json::Value;

use super::{
    Gate,
    headers::{self, Header},
    path,
    rate::Rates,
    refusal::{Refusal, RefusalKind},
    settings::Upstream,
    visit::Visit,
};
use crate::{address, draas::Limit, error::excerpt};

/// Seconds a browser may rely on a preflight's answer: long enough to spare most of them, short
/// enough that a corrected configuration works soon.
const PREFLIGHT_SECONDS: &str = "600";

/// A request as it arrived.
pub struct Ask<'a> {
    pub method: &'a str,
    /// Path and query exactly as sent.
    pub target: &'a str,
    /// The value of a header; names are asked for in lower case.
    pub header: &'a dyn Fn(&str) -> Option<String>,
    pub body: Body,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// What the upstream's settings say.
    Listed,
    /// Besides, nothing that changes anything.
    Reading,
    /// New limits.
    Limits,
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
    /// The page that will read the reply.
    pub(super) origin: String,
    /// Whom to count it for.
    pub(super) client: Client,
}

/// Whom a request is counted for. A visitor's name is nobody's business, so it does not print.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Client(pub(super) String);

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client(…)")
    }
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
    /// Host and port of an upstream that is reached over TLS.
    pub fn tls_endpoint(&self) -> Option<(&str, u16)> {
        let origin = address::origin_of(&self.url);
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

    /// Decides about a request whose body had to be read first.
    ///
    /// # Errors
    /// What it asks for is not listed, or cannot be told for sure.
    pub fn read(&self, unread: Unread, body: &[u8]) -> Result<Forward, Refusal> {
        let mut forward = unread.forward;
        let Some(upstream) = self.settings.upstreams.get(&forward.upstream) else {
            return Err(Refusal::misconfigured("the upstream is gone"));
        };
        let refuse = |detail: String| {
            Err(Refusal::new(RefusalKind::OperationRefused, detail).readable_by(&forward.origin))
        };
        // The announced length was checked already; this is what counts.
        if body.len() as u64 > upstream.max_body {
            let too_large = check_body(upstream, Body::Length(body.len() as u64));
            return too_large.map_err(|r| r.readable_by(&forward.origin)).and(Ok(forward));
        }
        if unread.body == Expected::Limits {
            return match read_limits(body) {
                Ok(()) => Ok(forward),
                Err(objection) => refuse(objection),
            };
        }
        if let Some(operations) = &upstream.operations {
            let header = |wanted: &str| {
                let mut headers = forward.headers.iter();
                headers.find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
            };
            match operations.judge(header("content-type"), header("soapaction"), body) {
                Err(objection) => return refuse(objection),
                Ok(call) if unread.body == Expected::Reading && !call.only_reads() => {
                    return refuse(format!(
                        "Visitors may read, and {} changes something.",
                        excerpt(&call.operation)
                    ));
                }
                Ok(call) => forward.at_a_time = call.is_long().then_some(upstream.lists),
            }
        }
        Ok(forward)
    }

    /// Counts a request that is about to go on.
    ///
    /// # Errors
    /// Its client asks this upstream too often.
    pub fn count(&self, forward: &Forward, rates: &mut Rates, now_ms: u64) -> Result<(), Refusal> {
        self.count_for(&forward.upstream, &forward.client.0, rates, now_ms)
            .map_err(|refusal| refusal.readable_by(&forward.origin))
    }

    /// Counts a visitor, by the name that the issuer has for them.
    pub(super) fn count_visitor(
        &self,
        upstream: &str,
        subject: &str,
        rates: &mut Rates,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        self.count_for(upstream, &format!("visitor {subject}"), rates, now_ms)
    }

    fn count_for(
        &self,
        upstream: &str,
        client: &str,
        rates: &mut Rates,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let rate = self.settings.upstreams.get(upstream).and_then(|u| u.rate);
        let Some(rate) = rate else { return Ok(()) };
        rates.count(rate, upstream, client, now_ms).map_err(|seconds| {
            let detail = format!(
                "The edge takes {} requests in {} seconds for \"{upstream}\". Ask again in {seconds} seconds.",
                rate.requests, rate.seconds
            );
            Refusal::new(RefusalKind::RateLimited, detail).after(seconds)
        })
    }

    fn judge(&self, ask: &Ask<'_>) -> Result<Decision, Refusal> {
        let (name, target) = split(ask.target).ok_or_else(|| {
            Refusal::new(
                RefusalKind::NotFound,
                "The edge answers at /health and at /to/{upstream}/{path}. Check the edge's address in the connection.",
            )
        })?;
        let origin = self.listed_origin(ask)?;
        // From here on the asking page is known: it may read why it is refused.
        self.judge_listed(ask, name, target, &origin)
            .map_err(|refusal| refusal.readable_by(&origin))
    }

    fn listed_origin(&self, ask: &Ask<'_>) -> Result<String, Refusal> {
        match (ask.header)("origin") {
            Some(origin) if self.settings.lists(&origin) => Ok(origin),
            Some(_) => Err(Refusal::new(
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
    fn client(&self, ask: &Ask<'_>) -> String {
        let header = self.settings.client_header.as_deref();
        header.and_then(|name| (ask.header)(name)).unwrap_or_default()
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
            origin: origin.to_owned(),
            client: Client(self.client(ask)),
        };
        // Operations are in bodies. A GET that has one, or a POST that has none, is judged as well.
        let is_plain_get = matches!(ask.method, "GET" | "HEAD") && ask.body == Body::None;
        if upstream.credentials.is_some() {
            return self
                .visit(upstream, ask, target, forward, is_plain_get)
                .map(|visit| Decision::Visit(Box::new(visit)));
        }
        Ok(if upstream.operations.is_some() && !is_plain_get {
            let time_limit = upstream.time_limit;
            Decision::Read(Unread { forward, time_limit, body: Expected::Listed })
        } else {
            Decision::Forward(forward)
        })
    }
}

/// The upstream's name, and the path with the query that is asked of it.
fn split(target: &str) -> Option<(&str, &str)> {
    let rest = target.strip_prefix("/to/")?;
    let end = rest.find(['/', '?'])?;
    rest.get(end..)?.starts_with('/').then(|| rest.split_at(end))
}

fn check_path(upstream: &Upstream, name: &str, target: &str) -> Result<(), Refusal> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if !path::is_plain(path) || !path::is_plain_query(query) {
        return Err(Refusal::new(
            RefusalKind::PathRefused,
            "The path holds a part that servers read differently: empty or dot segments, a backslash, a semicolon, or an encoded one of these. Write it plainly.",
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

fn check_body(upstream: &Upstream, body: Body) -> Result<(), Refusal> {
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

/// New limits as the app sends them: `{"msTeamsUsers": {"assigned": 10}}`, and nothing else.
fn read_limits(body: &[u8]) -> Result<(), String> {
    let no_limits = || {
        "The body is no list of limits, such as {\"msTeamsUsers\": {\"assigned\": 10}}.".to_owned()
    };
    let value: Value = serde_json::from_slice(body).map_err(|_| no_limits())?;
    let limits = value.as_object().filter(|limits| !limits.is_empty()).ok_or_else(no_limits)?;
    for limit in limits.values() {
        let fields = limit.as_object().filter(|fields| fields.len() == 1).ok_or_else(no_limits)?;
        let count = fields.get("assigned").and_then(Value::as_i64).ok_or_else(no_limits)?;
        Limit::new(count).map_err(|error| format!("{error}."))?;
    }
    Ok(())
}

fn preflight(upstream: &Upstream, origin: &str) -> Vec<Header> {
    let mut headers = headers::for_origin(origin);
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

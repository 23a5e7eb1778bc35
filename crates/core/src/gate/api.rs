//! Requests for the edge's own API: who may ask what of it.

mod answers;
mod query;

use query::{Called, Query};

use super::{
    Ask, Gate, Header, Rates, Refusal, RefusalKind,
    client::Client,
    headers, path,
    visit::{not_permitted, outside, token_refused},
};
use crate::api::{Format, NodeName};
use crate::draas::Entity;
use crate::snapshot::Range;
use crate::visitors::{Permission, Presented, Visitor};

const START: &str = "/api/v1/";
/// Limits of one subscription are a few hundred bytes.
const MOST_BODY: u64 = 64 * 1024;

/// What of the API is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Estate(Format),
    Node(NodeName),
    Findings,
    /// New limits of a subscription; its body says which.
    Limits,
    /// A subscription's licenses as the platform tells them now.
    Licenses(NodeName),
    /// What the token permits.
    Token,
    /// The snapshots of a span of time.
    Snapshots(Range),
    /// What a node was in a span of time.
    History(NodeName, Range),
}

/// What to do with a request to the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiDecision {
    /// Answer 204 with these.
    Preflight(Vec<Header>),
    /// Answer with the API's description and these.
    Description(Vec<Header>),
    /// Check the token, then ask [`Gate::admit_to_api`].
    Visit(Box<ApiVisit>),
    Refuse(Refusal),
}

/// A request to the API with a token that is still to be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiVisit {
    pub presented: Presented,
    call: Call,
    pub(super) upstream: String,
    within: Option<Entity>,
    origin: Option<String>,
    /// Whom it is counted for before that token is looked at.
    pub(super) client: Client,
}

impl ApiVisit {
    pub(super) fn readable(&self, refusal: Refusal) -> Refusal {
        readable(refusal, self.origin.clone())
    }
}

/// A request to the API that its token permits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiCall {
    pub call: Call,
    pub visitor: Visitor,
    /// The one whose estate it is.
    pub upstream: String,
    /// The part of what the token opens that is asked for; none for all of it.
    pub within: Option<Entity>,
    origin: Option<String>,
}

impl Gate {
    /// Decides about a request below `/api/v1/`; none for other paths.
    pub fn decide_api(&self, ask: &Ask<'_>) -> Option<ApiDecision> {
        let target = ask.target.strip_prefix(START)?;
        let origin = (ask.header)("origin");
        if origin.as_ref().is_some_and(|origin| self.settings.listed(origin).is_none()) {
            let refusal = Refusal::new(
                RefusalKind::OriginRefused,
                "The edge does not list the origin this page comes from. Ask its operator to add it to \"origins\".",
            );
            return Some(ApiDecision::Refuse(refusal));
        }
        let decision = self.judge_api(ask, target, origin.clone());
        Some(decision.unwrap_or_else(|refusal| ApiDecision::Refuse(readable(refusal, origin))))
    }

    fn judge_api(
        &self,
        ask: &Ask<'_>,
        target: &str,
        origin: Option<String>,
    ) -> Result<ApiDecision, Refusal> {
        let (place, query) = target.split_once('?').unwrap_or((target, ""));
        if !path::is_plain(&format!("/{place}")) || !path::is_plain_query(query) {
            return Err(nothing_here());
        }
        let method = if ask.method == "OPTIONS" {
            (ask.header)("access-control-request-method").unwrap_or_default()
        } else {
            ask.method.to_owned()
        };
        let format = Format::accepted((ask.header)("accept").as_deref());
        let (allowed, called) = match place {
            "openapi.json" => ("GET", None),
            "estate" => ("GET", Some(Called::OfAPart(Call::Estate(format)))),
            "findings" => ("GET", Some(Called::OfAPart(Call::Findings))),
            "limits" => ("PUT", Some(Called::Now(Call::Limits))),
            "token" => ("GET", Some(Called::Now(Call::Token))),
            "snapshots" => ("GET", Some(Called::Snapshots)),
            "history" => ("GET", Some(Called::History)),
            _ => ("GET", Some(Called::Now(query::named(place).ok_or_else(nothing_here)?))),
        };
        if method != allowed {
            let detail = format!("Only {allowed} is answered here.");
            let mut refusal = Refusal::new(RefusalKind::MethodRefused, detail);
            refusal.allow = Some(allowed.to_owned());
            return Err(refusal);
        }
        let mut headers = reply_headers(origin.as_deref());
        if ask.method == "OPTIONS" {
            let mut add =
                |name: &str, value: &str| headers.push((name.to_owned(), value.to_owned()));
            add("access-control-allow-methods", "GET, PUT");
            add(
                "access-control-allow-headers",
                "accept, authorization, content-type, if-none-match",
            );
            add("access-control-max-age", "600");
            return Ok(ApiDecision::Preflight(headers));
        }
        let Some(called) = called else { return Ok(ApiDecision::Description(headers)) };
        if matches!(ask.body, super::Body::Length(length) if length > MOST_BODY)
            || ask.body == super::Body::Unannounced
        {
            let detail = format!("The body has to announce its length, {MOST_BODY} bytes at most.");
            return Err(Refusal::new(RefusalKind::BodyTooLarge, detail));
        }
        let query = Query::of(&called, query)?;
        let upstream = self.platform_of(query.get("upstream"))?;
        let within = query.within()?;
        let call = called.with(&query)?;
        let visitors = self.settings.visitors.as_ref().ok_or_else(nothing_here)?;
        let presented = visitors.present((ask.header)("authorization").as_deref());
        let presented = presented.map_err(token_refused)?;
        let client = self.client(ask);
        let visit = ApiVisit { presented, call, upstream, within, origin, client };
        Ok(ApiDecision::Visit(Box::new(visit)))
    }

    /// Decides about a request to the API, once its token's signature was checked.
    ///
    /// # Errors
    /// The token is not taken, does not permit what is asked, or asks too often.
    pub fn admit_to_api(
        &self,
        visit: ApiVisit,
        is_genuine: bool,
        rates: &mut Rates,
        now_ms: u64,
    ) -> Result<ApiCall, Refusal> {
        let ApiVisit { presented, call, upstream, within, origin, .. } = visit;
        let admit = || {
            let visitor = presented.verified(is_genuine, now_ms / 1_000).map_err(token_refused)?;
            if !visitor.is_for(&upstream) {
                return Err(outside());
            }
            let permission = match call {
                Call::Limits => Some(Permission::WriteLimits),
                Call::Estate(_)
                | Call::Node(_)
                | Call::Findings
                | Call::Licenses(_)
                | Call::Snapshots(_)
                | Call::History(..) => Some(Permission::Read),
                Call::Token => None,
            };
            if let Some(permission) = permission.filter(|permission| !visitor.may(*permission)) {
                return Err(not_permitted(permission.word()));
            }
            let client = Client::visitor(visitor.subject.expose());
            self.count_for(&upstream, &client, rates, now_ms)?;
            Ok(visitor)
        };
        match admit() {
            Ok(visitor) => Ok(ApiCall { call, visitor, upstream, within, origin }),
            Err(refusal) => Err(readable(refusal, origin)),
        }
    }

    /// The platform whose estate is meant: the one that is named, or the only one.
    fn platform_of(&self, named: Option<&str>) -> Result<String, Refusal> {
        let mut platforms = self
            .settings
            .upstreams
            .iter()
            .filter(|(_, upstream)| upstream.platform.is_some() && upstream.credentials.is_some())
            .map(|(name, _)| name);
        let unknown = |detail| Refusal::new(RefusalKind::UnknownUpstream, detail);
        let Some(named) = named else {
            return match (platforms.next(), platforms.next()) {
                (Some(only), None) => Ok(only.clone()),
                (None, _) => Err(unknown(
                    "The edge holds credentials for no DRaaS platform, so it has no estate to tell of.",
                )),
                _ => {
                    Err(unknown("The edge knows several platforms. Name one: \"?upstream=NAME\"."))
                }
            };
        };
        let named = platforms.find(|platform| *platform == named);
        named.cloned().ok_or_else(no_such_platform)
    }
}

impl ApiCall {
    /// What every answer has.
    pub fn headers(&self) -> Vec<Header> {
        reply_headers(self.origin.as_deref())
    }

    pub(super) fn refuse(&self, refusal: Refusal) -> Refusal {
        readable(refusal, self.origin.clone())
    }
}

fn reply_headers(origin: Option<&str>) -> Vec<Header> {
    match origin {
        Some(origin) => headers::for_page(origin),
        None => headers::for_nobody(),
    }
}

fn readable(refusal: Refusal, origin: Option<String>) -> Refusal {
    match origin {
        Some(origin) => refusal.readable_by(&origin),
        None => refusal,
    }
}

fn no_such_platform() -> Refusal {
    Refusal::new(
        RefusalKind::UnknownUpstream,
        "The edge knows no such platform. Name one as \"?upstream=NAME\".",
    )
}

fn nothing_here() -> Refusal {
    Refusal::new(
        RefusalKind::NotFound,
        "There is nothing here. What there is tells /api/v1/openapi.json.",
    )
}

#[cfg(test)]
mod tests;

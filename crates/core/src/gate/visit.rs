//! Requests of visitors: they bring a token, and the edge signs in for them.

use super::{
    Ask, Credentials, Decision, Gate, Refusal, RefusalKind,
    client::Client,
    decision::{Expected, Forward, Unread},
    settings::{Platform, Upstream},
};
use crate::api::{NewLimits, NodeName};
use crate::draas::{
    Detail, Entity, Licenses, LimitKeys, SubscriptionLicenses, UpdateSubscriptionLicenses,
};
use crate::http::Secret;
use crate::visitors::{Asked, Members, Permission, Presented, Scope, TokenProblem, Visitor};

/// A request with a token that is still to be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub presented: Presented,
    forward: Forward,
    /// Whether it has no body that needs reading.
    is_plain_get: bool,
    /// Of a `DRaaS` platform: what it asks for, if visitors may ask that at all.
    asked: Option<Asked>,
}

impl Visit {
    /// What it would become, to [count](Gate::count) it by before its token is looked at; none
    /// where clients are not told apart, since then one without a token would use up the rate of
    /// all who have one.
    pub fn counted(&self) -> Option<&Forward> {
        (self.forward.client != Client::Anyone).then_some(&self.forward)
    }
}

/// A visitor's request that its token permits, if it is about somebody in the scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    visitor: Visitor,
    next: Decision,
    forward: Forward,
    /// Whom it is about, if that has to be looked up.
    asked: Option<Asked>,
}

impl Admitted {
    /// What it would become, to [count](Gate::count) it by.
    pub fn forward(&self) -> &Forward {
        &self.forward
    }

    /// Whether it can be placed without asking the upstream who belongs to whom.
    pub fn is_placed(&self) -> bool {
        self.asked.is_none()
    }

    /// Whether these members know whom it is about; newer ones might.
    pub fn is_known(&self, members: &Members) -> bool {
        self.asked.is_none_or(|asked| members.node(asked).is_some())
    }
}

impl Gate {
    pub(super) fn visit(
        &self,
        upstream: &Upstream,
        ask: &Ask<'_>,
        target: &str,
        forward: Forward,
    ) -> Result<Visit, Refusal> {
        let visitors = self.settings.visitors.as_ref();
        let visitors = visitors.ok_or_else(|| Refusal::misconfigured("there are no visitors"))?;
        let presented = visitors.present((ask.header)("authorization").as_deref());
        let presented = presented.map_err(token_refused)?;
        let site = upstream.platform.as_ref().map(|platform| &platform.site);
        let asked = site.and_then(|site| Asked::read(site, ask.method, target));
        Ok(Visit { presented, forward, is_plain_get: ask.is_plain_get(), asked })
    }

    /// Decides about a visitor's request, once its token's signature was checked.
    ///
    /// # Errors
    /// The token is not taken, or does not permit what is asked.
    pub fn admit(
        &self,
        visit: Box<Visit>,
        is_genuine: bool,
        now_s: u64,
    ) -> Result<Admitted, Refusal> {
        let origin = visit.forward.origin.clone();
        self.admit_unread(*visit, is_genuine, now_s).map_err(|refusal| refusal.readable_by(&origin))
    }

    fn admit_unread(
        &self,
        visit: Visit,
        is_genuine: bool,
        now_s: u64,
    ) -> Result<Admitted, Refusal> {
        let Visit { presented, mut forward, is_plain_get, asked } = visit;
        let visitor = presented.verified(is_genuine, now_s).map_err(token_refused)?;
        let upstream = self.upstream(&forward)?;
        if !visitor.is_for(&forward.upstream) {
            return Err(outside());
        }
        let (permission, expected) = match (&upstream.platform, asked) {
            (Some(_), None) => return Err(outside()),
            (Some(_), Some(asked @ Asked::Limits { .. })) => {
                // For which, the tree tells: see `place`.
                (asked.permission(), Expected::Limits(LimitKeys::default()))
            }
            (Some(_), Some(asked)) => (asked.permission(), Expected::Listed),
            (None, _) => {
                let whole = Scope::Upstream(forward.upstream.clone());
                if !visitor.scopes.contains(&whole) {
                    return Err(outside());
                }
                // Only of AXL is it known which requests with a body read.
                if !is_plain_get && upstream.operations.is_none() {
                    return Err(not_permitted("changing"));
                }
                (Permission::Read, Expected::Reading)
            }
        };
        if !visitor.may(permission) {
            return Err(not_permitted(permission.word()));
        }
        forward.client = Client::visitor(visitor.subject.expose());
        let next = if is_plain_get {
            Decision::Forward(forward.clone())
        } else {
            let (forward, time_limit) = (forward.clone(), upstream.time_limit);
            Decision::Read(Unread { forward, time_limit, body: expected })
        };
        Ok(Admitted { visitor, next, forward, asked })
    }

    /// Decides about a visitor's request by who belongs to whom.
    pub fn place(&self, admitted: Admitted, members: Option<&Members>) -> Decision {
        let Admitted { visitor, mut next, forward, asked } = admitted;
        if let (Decision::Read(Unread { body: Expected::Limits(keys), .. }), Some(all)) =
            (&mut next, members)
        {
            *keys = LimitKeys::of(all.tree());
        }
        let is_inside = asked.is_none_or(|asked| {
            members.is_some_and(|all| all.cover(&visitor.scopes, &forward.upstream, asked))
        });
        if is_inside { next } else { Decision::Refuse(outside().readable_by(&forward.origin)) }
    }

    /// How the edge signs in for this request; none when the page's own credentials go along.
    pub fn credentials(&self, forward: &Forward) -> Option<&Credentials> {
        self.credentials_of(&forward.upstream)
    }

    /// How the edge signs in at this upstream.
    pub fn credentials_of(&self, upstream: &str) -> Option<&Credentials> {
        self.settings.upstreams.get(upstream)?.credentials.as_ref()
    }

    /// The request for who belongs to whom at this upstream, and for how many seconds the answer
    /// is good.
    pub fn members_of(&self, upstream: &str, token: &Secret) -> Option<(Licenses, u64)> {
        let Platform { api, root, tree_seconds, most_nodes, .. } = self.platform(upstream)?;
        let root: Entity = *root;
        let licenses = Licenses::new(api, root, Detail::Tree, token).at_most(*most_nodes);
        Some((licenses, *tree_seconds))
    }

    /// Seconds until a reply of this upstream has to begin, and from then until it has to have ended.
    pub fn limits_of(&self, upstream: &str) -> (u64, u64) {
        let upstream = self.settings.upstreams.get(upstream);
        upstream.map_or((0, 0), |upstream| (upstream.time_limit, upstream.total_limit))
    }

    /// The request that changes limits, once they are known to lie in a visitor's scope.
    pub fn change(
        &self,
        upstream: &str,
        limits: &NewLimits,
        token: &Secret,
    ) -> Option<UpdateSubscriptionLicenses> {
        let api = &self.platform(upstream)?.api;
        let (tenant, id, change) = (limits.tenant, limits.id, limits.change.clone());
        Some(UpdateSubscriptionLicenses::new(api, tenant, id, change, token))
    }

    /// The request for the licenses of a subscription, once it is known to lie in a visitor's scope;
    /// the edge signs it. None for what is no subscription.
    pub fn licenses_of(&self, upstream: &str, name: NodeName) -> Option<SubscriptionLicenses> {
        let NodeName::Subscription { tenant, id } = name else { return None };
        let api = &self.platform(upstream)?.api;
        Some(SubscriptionLicenses::new(api, tenant, id, &Secret::default()))
    }

    pub(super) fn platform(&self, upstream: &str) -> Option<&Platform> {
        self.settings.upstreams.get(upstream)?.platform.as_ref()
    }

    pub(super) fn upstream(&self, forward: &Forward) -> Result<&Upstream, Refusal> {
        let upstream = self.settings.upstreams.get(&forward.upstream);
        upstream.ok_or_else(|| Refusal::misconfigured("the upstream is gone"))
    }
}

pub(super) fn token_refused(problem: TokenProblem) -> Refusal {
    let detail = format!(
        "The edge takes signed tokens of its issuer in \"Authorization: Bearer\", and does not take this one: {problem}. Get a new one from the portal you came from."
    );
    let mut refusal = Refusal::new(RefusalKind::TokenRefused, detail);
    refusal.reason = Some(problem.word());
    refusal
}

pub(super) fn not_permitted(what: &str) -> Refusal {
    let detail = format!(
        "The token does not permit this ({what}). Ask the portal you came from for more rights."
    );
    Refusal::new(RefusalKind::PermissionRefused, detail)
}

/// The same for what is elsewhere and for what is nowhere: neither is the visitor's to know.
pub(super) fn outside() -> Refusal {
    Refusal::new(
        RefusalKind::ScopeRefused,
        "The token opens a part of the licenses, and what is asked for does not lie in it. Ask the portal you came from.",
    )
}

#[cfg(test)]
pub(super) mod tests;

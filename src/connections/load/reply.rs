//! Asks an upstream for one node alone, to show what it says word for word: whole replies are too
//! large to keep.

use std::pin::Pin;

use seatree_core::config::{Connection, Upstream};
use seatree_core::draas::{Entity, Level};
use seatree_core::estate::{Kind, NodeRef, Reading, Tree, Uuid};
use seatree_core::http::{Reply, Request, Secret};
use seatree_core::words::later;
use seatree_core::{Problem, UpstreamError};

use super::{Load, draas, edge, live_platform};
use crate::app::Context;
use crate::connections::session::Session;
use crate::platform::clock;
use crate::platform::stop::Stop;

/// One node takes no longer.
pub(super) const SECONDS: u32 = 60;
const DOING: &str = later("asking for this node alone");

/// What an upstream can be asked for alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A DRaaS group, distributor, reseller or tenant.
    Entity(Entity),
    Subscription {
        tenant: Uuid,
        id: u64,
    },
    /// A Live Platform service.
    Service(Uuid),
}

impl Asked {
    /// None for nodes that have no request of their own, or came without the id it takes.
    pub fn of(tree: &Tree, node: u32) -> Option<Self> {
        match tree.kind(node) {
            Kind::Connection | Kind::LicenseType => None,
            Kind::Service => tree.uuid(node).map(Self::Service),
            Kind::Subscription => {
                let tenant = tree.parent(node).and_then(|tenant| tree.uuid(tenant))?;
                Some(Self::Subscription { tenant, id: tree.subscription_id(node)? })
            }
            kind => {
                let level = Level::ALL.into_iter().find(|level| level.kind() == kind)?;
                Some(Self::Entity(Entity { level, uuid: tree.uuid(node)? }))
            }
        }
    }
}

/// A reply with what is to be known of how it came.
pub struct SourceReply {
    pub method: &'static str,
    /// The upstream's own, without a query.
    pub address: String,
    /// What stands between, where the route is not direct.
    pub through: Option<String>,
    /// Seconds since 1970.
    pub at_s: i64,
    pub reply: Reply,
    /// What was sent to be let in: it is not to be shown, should it come back.
    pub secrets: Vec<Secret>,
    /// The figures in the reply by the upstream's keys, or what is wrong with it.
    pub figures: Result<Vec<(String, Reading)>, UpstreamError>,
}

/// A reply, some time.
pub(super) type Replying<'a> =
    Pin<Box<dyn Future<Output = Result<SourceReply, UpstreamError>> + 'a>>;

impl SourceReply {
    /// `request` as it is without credentials.
    pub(super) fn new(
        connection: &Connection,
        request: &Request,
        secret: Secret,
        reply: Reply,
        figures: Result<Vec<(String, Reading)>, UpstreamError>,
    ) -> Self {
        let hop = connection.route.first_hop(&connection.address);
        let is_direct = hop == connection.address.origin();
        let header = connection.header.as_ref().map(|header| Secret::from(header.value.as_str()));
        Self {
            method: request.method.as_str(),
            address: request.url.split('?').next().unwrap_or_default().to_owned(),
            through: (!is_direct).then(|| hop.to_owned()),
            at_s: clock::now_s(),
            reply,
            secrets: header.into_iter().chain([secret]).collect(),
            figures,
        }
    }
}

/// The figures of a node by the upstream's keys.
pub(super) fn figures(tree: &Tree, node: u32) -> Vec<(String, Reading)> {
    let known = tree.meters().filter(|(meter, _)| tree.has_figures(node, *meter));
    known.map(|(meter, key)| (key.to_owned(), tree.reading(node, meter))).collect()
}

/// Asks for a node alone, until `stop` says otherwise.
///
/// # Errors
/// When no reply came. What the upstream said against it is in the reply.
pub async fn source_reply(
    context: Context,
    node: NodeRef,
    stop: Stop,
) -> Result<SourceReply, UpstreamError> {
    let nothing = || UpstreamError::new(DOING, Problem::NothingFound);
    let (id, asked) = context
        .estate
        .with_untracked(|forest| {
            let tree = forest.estate.tree(node.tree).filter(|tree| tree.contains(node.node))?;
            Some((forest.connection(node.tree)?.to_owned(), Asked::of(tree, node.node)?))
        })
        .ok_or_else(nothing)?;
    let entry = context.connections.find(&id).ok_or_else(nothing)?;
    let session = entry.session();
    let upstream = entry.connection.upstream.clone();
    let load = Load::beside(context, entry, stop);
    match (&upstream, session) {
        (Upstream::Draas { api, .. }, Some(Session::Draas(session))) => {
            let reader = draas::reader().await?;
            (reader.reply)(&load, api, asked, session).await
        }
        (Upstream::LivePlatform { api }, Some(Session::LivePlatform(token))) => {
            let reader = live_platform::reader().await?;
            (reader.reply)(&load, api, asked, &token).await
        }
        (Upstream::Edge { api }, Some(Session::Edge(session))) => {
            let reader = edge::reader().await?;
            (reader.reply)(&load, api, asked, session).await
        }
        _ => Err(UpstreamError::new(DOING, Problem::SignedOut)),
    }
}

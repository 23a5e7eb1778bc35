//! What partners bill nodes under. It is in no license reply: lists have it, and are read when
//! somebody asks.

use std::pin::Pin;

use seatree_core::config::Upstream;
use seatree_core::draas::Level;
use seatree_core::estate::{NodeRef, Tree, Uuid};
use seatree_core::words::later;
use seatree_core::{Problem, UpstreamError};

use super::{Load, draas};
use crate::app::Context;
use crate::connections::session::Session;
use crate::platform::stop::Stop;

const DOING: &str = later("reading the billing ids");

/// The shortest list that a node is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// The entities of a level below one above it; all that the account may see without one.
    Level { of: Uuid, level: Level, below: Option<Uuid> },
    /// The subscriptions of a tenant.
    Subscriptions { of: u64, tenant: Uuid },
}

/// Whether a node is on the list it should be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    Yes,
    No,
}

/// How reading a list ends, some time.
pub(super) type Billing<'a> = Pin<Box<dyn Future<Output = Result<Listed, UpstreamError>> + 'a>>;

impl List {
    /// None for nodes of other upstreams, and for those that came without an id.
    fn of(tree: &Tree, node: u32) -> Option<Self> {
        let kind = tree.kind(node);
        if let Some(of) = tree.subscription_id(node) {
            let tenant = tree.parent(node).and_then(|tenant| tree.uuid(tenant))?;
            return Some(Self::Subscriptions { of, tenant });
        }
        let level = Level::ALL.into_iter().find(|level| level.kind() == kind)?;
        let mut above = std::iter::successors(tree.parent(node), |&above| tree.parent(above));
        let below = above.find_map(|above| tree.uuid(above));
        Some(Self::Level { of: tree.uuid(node)?, level, below })
    }
}

/// Reads the billing ids of a node and of those on the same list, and puts them into the tree.
///
/// # Errors
/// When the list could not be read, or not to its end. What came of it is in the tree.
pub async fn read_billing_ids(
    context: Context,
    node: NodeRef,
    stop: Stop,
) -> Result<Listed, UpstreamError> {
    let nothing = || UpstreamError::new(DOING, Problem::NothingFound);
    let (id, list) = context
        .estate
        .with_untracked(|forest| {
            let tree = forest.estate.tree(node.tree).filter(|tree| tree.contains(node.node))?;
            Some((forest.connection(node.tree)?.to_owned(), List::of(tree, node.node)?))
        })
        .ok_or_else(nothing)?;
    let entry = context.connections.find(&id).ok_or_else(nothing)?;
    let (Some(Session::Draas(session)), Upstream::Draas { api, .. }) =
        (entry.session(), entry.connection.upstream.clone())
    else {
        return Err(UpstreamError::new(DOING, Problem::SignedOut));
    };
    let load = Load::beside(context, entry, stop);
    let reader = draas::reader().await?;
    (reader.billing)(&load, &api, list, session).await
}

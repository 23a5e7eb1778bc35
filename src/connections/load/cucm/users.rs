//! The users and what each requires, page by page, shown while they arrive.

use seatree_core::axl::{self, Again, Criteria, ListLicensedUser, Listing, PageEnd};
use seatree_core::estate::Tree;
use seatree_core::words::later;
use seatree_core::{Operation, Problem, UpstreamError};

use super::{Cluster, Loaded, PAGE_S};
use crate::clusters;
use crate::platform::chance;
use crate::platform::fetch::{self, Way};
use crate::platform::pace::{Pace, pause};

/// A user takes some 320 bytes on the wire and the server stops at 8 MB: far below it, and small
/// enough that the first rows come soon.
pub(super) const ROWS_PER_PAGE: u64 = 1_000;
pub(super) const CUT: &str = later("The list went on past a million rows and was cut there.");
const DOING: &str = later("listing the licensed users");

/// Reads the users from where the listing is.
pub(super) async fn read(
    cluster: &Cluster<'_>,
    mut listing: Listing,
) -> Result<Loaded, UpstreamError> {
    let load = cluster.load;
    let mut loaded = Loaded::default();
    let mut pace = Pace::begin();
    while let Some((skip, first)) = listing.page() {
        match page(cluster, skip, first, &mut pace).await {
            Ok(end) => {
                listing.came(end.rows, end.new);
                loaded.extend(end.complaints);
            }
            Err(Broken { came, error }) => {
                if came > 0 {
                    listing.broke_off(came);
                }
                again(cluster, &mut listing, error).await?;
            }
        }
    }
    if listing.is_cut() {
        loaded.fail(CUT.to_owned());
    }
    settle(cluster, DOING).await?;
    let tree = cluster.grow(DOING, |cluster| {
        let mut tree = Tree::new(&load.entry.connection.name);
        axl::fill(&mut tree, &cluster.list.users);
        tree
    })?;
    load.context.estate.replace(load.id(), tree);
    Ok(loaded)
}

/// Waits where the same page may be asked for once more.
///
/// # Errors
/// The one given, where it may not. Where the list goes on is remembered.
pub(super) async fn again(
    cluster: &Cluster<'_>,
    listing: &mut Listing,
    error: UpstreamError,
) -> Result<(), UpstreamError> {
    match listing.failed(&error, chance::byte()) {
        Again::Now => Ok(()),
        Again::After(time) => {
            pause(&cluster.load.stop, time).await;
            Ok(())
        }
        Again::Never => {
            listing.broke_off(0);
            let load = cluster.load;
            load.context.clusters.cut(load.id(), cluster.reading, listing.clone());
            settle(cluster, DOING).await?;
            Err(error)
        }
    }
}

/// Brings the rows that are shown up to date with all that came, in short turns.
pub(super) async fn settle(
    cluster: &Cluster<'_>,
    doing: &'static str,
) -> Result<(), UpstreamError> {
    cluster.grow(doing, clusters::Cluster::follow_former)?;
    let mut pace = Pace::begin();
    while !cluster.grow(doing, |cluster| cluster.list.go_on())? {
        pace.breathe().await;
    }
    Ok(())
}

/// A page that did not come whole.
struct Broken {
    /// Users that had come.
    came: usize,
    error: UpstreamError,
}

impl From<UpstreamError> for Broken {
    fn from(error: UpstreamError) -> Self {
        Self { came: 0, error }
    }
}

/// One page: the server has 16 MB for all clients together, so never two at once.
async fn page(
    cluster: &Cluster<'_>,
    skip: u64,
    first: u64,
    pace: &mut Pace,
) -> Result<PageEnd, Broken> {
    let Cluster { load, api, credentials, spoken, .. } = cluster;
    let operation =
        ListLicensedUser::new(api, credentials, spoken.schema, Criteria::default(), skip, first);
    let deadline = load.stop.within(PAGE_S);
    let mut arriving = fetch::send(operation.request(), DOING, &load.way, deadline).await?;
    if !arriving.is_success() {
        let reply = arriving.whole().await?;
        let refused = load.way.refusal(DOING, &reply);
        let fault = || operation.decode(&reply).err().unwrap_or_else(gone);
        return Err(refused.unwrap_or_else(fault).into());
    }
    let mut decoder = operation.decoder();
    let mut parts = arriving.parts();
    let broken = loop {
        let part = match arriving.next(&mut parts).await {
            Ok(Some(part)) => part,
            Ok(None) => break None,
            Err(error) => break Some(error),
        };
        let grown = cluster.grow(DOING, |cluster| {
            let list = &mut cluster.list;
            let pushed = decoder.push(&mut list.users, part);
            list.go_on();
            pushed.map(|()| list.users.len())
        });
        match grown.flatten() {
            Ok(listed) => load.progress(listed, None, later("users")),
            Err(error) => break Some(error),
        }
        pace.breathe().await;
    };
    let came = decoder.rows();
    if let Some(error) = broken {
        return Err(Broken { came, error });
    }
    let ended = cluster.grow(DOING, |cluster| decoder.finish(&mut cluster.list.users)).flatten();
    ended.map_err(|error| Broken { came, error })
}

/// The connection was removed meanwhile.
fn gone() -> UpstreamError {
    UpstreamError::new(DOING, Problem::Cancelled)
}

//! The users and what each requires, page by page, shown while they arrive.

use seatree_core::axl::{self, Again, Criteria, ListLicensedUser, Listing, PageEnd};
use seatree_core::estate::Tree;
use seatree_core::{Operation, Problem, UpstreamError};

use super::{Cluster, Loaded, PAGE_S};
use crate::platform::chance;
use crate::platform::fetch::{self, Way};
use crate::platform::pace::{Pace, pause};

/// A user takes some 320 bytes on the wire and the server stops at 8 MB: far below it, and small
/// enough that the first rows come soon.
pub(super) const ROWS_PER_PAGE: u64 = 1_000;
pub(super) const CUT: &str = "The list went on past a million rows and was cut there.";
const DOING: &str = "listing the licensed users";

pub(super) async fn read(cluster: &Cluster<'_>) -> Result<Loaded, UpstreamError> {
    let load = cluster.load;
    let mut loaded = Loaded::default();
    let mut listing = Listing::new(ROWS_PER_PAGE);
    let mut pace = Pace::begin();
    while let Some((skip, first)) = listing.page() {
        match page(cluster, skip, first, &mut pace).await {
            Ok(end) => {
                listing.came(end.rows, end.new);
                loaded.extend(end.complaints);
            }
            Err(error) => again(cluster, &mut listing, error).await?,
        }
    }
    if listing.is_cut() {
        loaded.fail(CUT.to_owned());
    }
    load.context.clusters.with_users(load.id(), |users| {
        let mut tree = Tree::new(&load.entry.connection.name);
        axl::fill(&mut tree, users);
        load.context.estate.replace(load.id(), tree);
    });
    Ok(loaded)
}

/// Waits where the same page may be asked for once more.
///
/// # Errors
/// The one given, where it may not.
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
        Again::Never => Err(error),
    }
}

/// One page: the server has 16 MB for all clients together, so never two at once.
async fn page(
    cluster: &Cluster<'_>,
    skip: u64,
    first: u64,
    pace: &mut Pace,
) -> Result<PageEnd, UpstreamError> {
    let Cluster { load, api, credentials, spoken } = cluster;
    let operation =
        ListLicensedUser::new(api, credentials, spoken.schema, Criteria::default(), skip, first);
    let deadline = load.stop.within(PAGE_S);
    let mut arriving = fetch::send(operation.request(), DOING, &load.way, deadline).await?;
    if !arriving.is_success() {
        let reply = arriving.whole().await?;
        let refused = load.way.refusal(DOING, &reply);
        let fault = || operation.decode(&reply).err().unwrap_or_else(gone);
        return Err(refused.unwrap_or_else(fault));
    }
    let clusters = load.context.clusters;
    let mut decoder = operation.decoder();
    let mut parts = arriving.parts();
    while let Some(part) = arriving.next(&mut parts).await? {
        let grown = clusters.grow(load.id(), |cluster| {
            decoder.push(&mut cluster.users, part).map(|()| cluster.users.len())
        });
        load.progress(grown.ok_or_else(gone)??, None, "users");
        pace.breathe().await;
    }
    clusters.grow(load.id(), |cluster| decoder.finish(&mut cluster.users)).ok_or_else(gone)?
}

/// The connection was removed meanwhile.
fn gone() -> UpstreamError {
    UpstreamError::new(DOING, Problem::Cancelled)
}

//! Totals and users from the cluster's database, where its release has no operation for them.

use seatree_core::UpstreamError;
use seatree_core::axl::sql::{ListResourceUsage, ReadLicenseTotals};
use seatree_core::axl::{self, LicensedUser, Listing, Source};
use seatree_core::estate::Tree;
use seatree_core::words::later;

use super::users::{CUT, ROWS_PER_PAGE, again, settle};
use super::{Cluster, Loaded};

const DOING_TOTALS: &str = later("reading the license totals from the cluster's database");
const DOING_USERS: &str = later("reading the users from the cluster's database");

pub(super) async fn read(cluster: &Cluster<'_>) -> Result<Loaded, UpstreamError> {
    let Cluster { load, api, credentials, spoken, .. } = cluster;
    let operation = ReadLicenseTotals::new(api, credentials, spoken.schema);
    let totals = cluster.run(DOING_TOTALS, &operation).await?;
    let mut tree = Tree::new(&load.entry.connection.name);
    axl::fill_totals(&mut tree, &totals.rows);
    load.context.estate.replace(load.id(), tree);
    cluster.grow(DOING_TOTALS, |cluster| {
        cluster.source = Source::Sql;
        cluster.totals = totals.rows;
    })?;
    let mut loaded = users(cluster, Listing::new(ROWS_PER_PAGE)).await?;
    loaded.extend(totals.complaints);
    Ok(loaded)
}

/// Reads the users from where the listing is.
pub(super) async fn users(
    cluster: &Cluster<'_>,
    mut listing: Listing,
) -> Result<Loaded, UpstreamError> {
    let Cluster { load, api, credentials, spoken, .. } = cluster;
    let mut loaded = Loaded::default();
    while let Some((skip, first)) = listing.page() {
        let operation = ListResourceUsage::new(api, credentials, spoken.schema, None, skip, first);
        match cluster.run(DOING_USERS, &operation).await {
            Ok(page) => {
                let rows = page.rows.len();
                loaded.extend(page.complaints);
                let users = page.rows.into_iter().map(LicensedUser::from);
                let (new, listed) = cluster.grow(DOING_USERS, |cluster| {
                    let list = &mut cluster.list;
                    let new = users.filter(|user| list.users.push(user)).count();
                    list.go_on();
                    (new, list.users.len())
                })?;
                load.progress(listed, None, later("users"));
                listing.came(rows, new);
            }
            Err(error) => again(cluster, &mut listing, error).await?,
        }
    }
    if listing.is_cut() {
        loaded.fail(CUT.to_owned());
    }
    settle(cluster, DOING_USERS).await?;
    Ok(loaded)
}

//! Totals and users from the cluster's database, where its release has no operation for them.

use seatree_core::UpstreamError;
use seatree_core::axl::sql::{ListResourceUsage, ReadLicenseTotals};
use seatree_core::axl::{self, LicensedUser, Listing, Source};
use seatree_core::estate::Tree;

use super::users::{CUT, ROWS_PER_PAGE, again};
use super::{Cluster, Loaded};

const DOING_TOTALS: &str = "reading the license totals from the cluster's database";
const DOING_USERS: &str = "reading the users from the cluster's database";

pub(super) async fn read(cluster: &Cluster<'_>) -> Result<Loaded, UpstreamError> {
    let Cluster { load, api, credentials, spoken } = cluster;
    let mut loaded = Loaded::default();
    let operation = ReadLicenseTotals::new(api, credentials, spoken.schema);
    let totals = cluster.run(DOING_TOTALS, &operation).await?;
    loaded.extend(totals.complaints);
    let mut tree = Tree::new(&load.entry.connection.name);
    axl::fill_totals(&mut tree, &totals.rows);
    load.context.estate.replace(load.id(), tree);
    load.context.clusters.grow(load.id(), |cluster| {
        cluster.source = Source::Sql;
        cluster.totals = totals.rows;
    });
    users(cluster, &mut loaded).await?;
    Ok(loaded)
}

async fn users(cluster: &Cluster<'_>, loaded: &mut Loaded) -> Result<(), UpstreamError> {
    let Cluster { load, api, credentials, spoken } = cluster;
    let mut listing = Listing::new(ROWS_PER_PAGE);
    while let Some((skip, first)) = listing.page() {
        let operation = ListResourceUsage::new(api, credentials, spoken.schema, None, skip, first);
        match cluster.run(DOING_USERS, &operation).await {
            Ok(page) => {
                let rows = page.rows.len();
                loaded.extend(page.complaints);
                let users = page.rows.into_iter().map(LicensedUser::from);
                let listed = load.context.clusters.grow(load.id(), |cluster| {
                    let new = users.filter(|user| cluster.users.push(user)).count();
                    (new, cluster.users.len())
                });
                // None: the connection was removed meanwhile.
                let Some((new, listed)) = listed else { return Ok(()) };
                load.progress(listed, None, "users");
                listing.came(rows, new);
            }
            Err(error) => again(cluster, &mut listing, error).await?,
        }
    }
    if listing.is_cut() {
        loaded.fail(CUT.to_owned());
    }
    Ok(())
}

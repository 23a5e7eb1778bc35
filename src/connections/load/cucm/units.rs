//! Device license units: what the releases before 9.0 count.

use seatree_core::UpstreamError;
use seatree_core::axl::legacy::GetLicenseUnitReport;
use seatree_core::words::later;

use super::{Cluster, Loaded};

const DOING: &str = later("reading the device license units");

pub(super) async fn read(cluster: &Cluster<'_>) -> Result<Loaded, UpstreamError> {
    let Cluster { api, credentials, spoken, .. } = cluster;
    let operation = GetLicenseUnitReport::new(api, credentials, spoken.schema);
    let mut report = cluster.run(DOING, &operation).await?;
    let mut loaded = Loaded::default();
    loaded.extend(std::mem::take(&mut report.complaints));
    cluster.grow(DOING, |cluster| cluster.units = Some(report))?;
    Ok(loaded)
}

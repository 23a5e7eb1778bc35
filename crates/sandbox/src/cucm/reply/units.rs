//! `getLicenseUnitReport`: device license units, as they were before users were licensed.

use super::Surface;
use crate::world::cluster::Cluster;

/// Units of the license file.
const NODES_AUTHORIZED: u32 = 6;
const NODES_USED: u32 = 2;

/// Units that a usual phone takes.
const UNITS_PER_PHONE: u32 = 4;

/// Units of a cluster's phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units {
    pub authorized: u32,
    pub used: u32,
}

impl Units {
    pub fn of(cluster: &Cluster) -> Self {
        let owned: u32 = cluster.users.iter().map(|user| user.devices).sum();
        let unowned = u32::try_from(cluster.devices.len()).unwrap_or_default();
        let used = (owned + unowned) * UNITS_PER_PHONE;
        // License files come in thousands.
        Self { authorized: (used / 1000 + 1) * 1000, used }
    }
}

impl Surface<'_> {
    /// Reply of `getLicenseUnitReport`. From 9.0 on it is accepted and says nothing: units are
    /// kept in the license manager.
    pub fn license_unit_report(&self, cluster: &Cluster) -> String {
        let operation = "getLicenseUnitReport";
        if self.release.licenses_users() {
            return self.response(operation, "<return><licenseUnitReport/></return>");
        }
        let Units { authorized, used } = Units::of(cluster);
        let remaining = authorized - used;
        let nodes_left = NODES_AUTHORIZED - NODES_USED;
        let inner = format!(
            "<return><licenseUnitReport><serverName>cucm-pub</serverName><phoneLicenseFeature>\
             <unitsAuthorized>{authorized}</unitsAuthorized><unitsUsed>{used}</unitsUsed>\
             <unitsRemaining>{remaining}</unitsRemaining><unitsPending>0</unitsPending>\
             <status>true</status></phoneLicenseFeature><ccmNodeLicenseFeature>\
             <unitsAuthorized>{NODES_AUTHORIZED}</unitsAuthorized><unitsUsed>{NODES_USED}\
             </unitsUsed><unitsRemaining>{nodes_left}</unitsRemaining><status>true</status>\
             </ccmNodeLicenseFeature><softwareLicenseVersion><swVersion>8.0</swVersion>\
             <status>true</status></softwareLicenseVersion></licenseUnitReport></return>"
        );
        self.response(operation, &inner)
    }
}

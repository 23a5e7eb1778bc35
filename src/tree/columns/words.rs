//! What meters and their columns are called.

use seatree_core::view::{Column, Shows};

/// The upstream keys of the meters that have a name here.
pub const TEAMS: &str = "msTeamsUsers";
pub const SIP: &str = "sipTrunkChannels";
pub const LIVE: &str = "livePlatformUsers";
pub const REQUIRED: &str = "required";

pub fn is_known(meter: &str) -> bool {
    [TEAMS, SIP, LIVE, REQUIRED].contains(&meter)
}

/// A meter's name; an unknown one is called as its upstream calls it.
pub fn group(meter: &str) -> &str {
    match meter {
        TEAMS => "Teams users",
        SIP => "SIP channels",
        LIVE => "Services",
        REQUIRED => "CUCM",
        other => other,
    }
}

/// A column's name below that of its meter.
pub fn short(column: &Column) -> &'static str {
    match (column.meter_key(), column.shows) {
        (LIVE, Shows::Assigned) => "Acquired",
        (LIVE, Shows::InUse) => "Licensed",
        (REQUIRED, _) => "Required",
        (_, Shows::Assigned) => "Assigned",
        (_, Shows::InUse) => "In use",
        (_, Shows::Available) => "Available",
        (_, Shows::Utilization) => "Utilization",
        (_, Shows::Users) => "People",
        (_, Shows::ResourceAccounts) => "Resource accounts",
    }
}

/// A column's whole name.
pub fn label(column: &Column) -> String {
    let what = match column.shows {
        Shows::Users => "in use by people".to_owned(),
        Shows::ResourceAccounts => "in use by resource accounts".to_owned(),
        // Words of ours: lower case of all letters there are would bring its table along.
        _ => short(column).to_ascii_lowercase(),
    };
    format!("{} {what}", group(column.meter_key()))
}

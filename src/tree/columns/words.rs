//! What meters and their columns are called.

use seatree_core::say;
use seatree_core::view::{Column, Shows};
use seatree_core::words::tr;

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
        TEAMS => tr("Teams users"),
        SIP => tr("SIP channels"),
        LIVE => tr("Services"),
        REQUIRED => "CUCM",
        other => other,
    }
}

/// A column's name below that of its meter.
pub fn short(column: &Column) -> &'static str {
    match (column.meter_key(), column.shows) {
        (LIVE, Shows::Assigned) => tr("Acquired"),
        (LIVE, Shows::InUse) => tr("Licensed"),
        (REQUIRED, _) => tr("Required"),
        (_, Shows::Assigned) => tr("Assigned"),
        (_, Shows::InUse) => tr("In use"),
        (_, Shows::Available) => tr("Available"),
        (_, Shows::Utilization) => tr("Utilization"),
        (_, Shows::Users) => tr("People"),
        (_, Shows::ResourceAccounts) => tr("Resource accounts"),
    }
}

/// What a column shows, within a sentence.
pub fn within(column: &Column) -> &'static str {
    match (column.meter_key(), column.shows) {
        (LIVE, Shows::Assigned) => tr("acquired"),
        (LIVE, Shows::InUse) => tr("licensed"),
        (REQUIRED, _) => tr("required"),
        (_, Shows::Assigned) => tr("assigned"),
        (_, Shows::InUse) => tr("in use"),
        (_, Shows::Available) => tr("available"),
        (_, Shows::Utilization) => tr("utilization"),
        (_, Shows::Users) => tr("in use by people"),
        (_, Shows::ResourceAccounts) => tr("in use by resource accounts"),
    }
}

/// A column's whole name.
pub fn label(column: &Column) -> String {
    say!("{meter} {figure}", meter = group(column.meter_key()), figure = within(column))
}

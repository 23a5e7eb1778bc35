//! What a person should look at: limits passed or near, idle seats, sums that do not add up.

mod band;
mod identities;

pub use band::{Band, Thresholds, band};
pub use identities::{Finding, Identity, check, check_service};

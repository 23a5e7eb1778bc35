//! What a person should look at: limits passed or near, idle seats, sums that do not add up.

mod band;
mod identities;
mod mark;
mod survey;

pub use band::{Band, Thresholds, band};
pub use identities::{Finding, Identity, check, check_service};
pub use mark::{Mark, Marks};
pub use survey::{Counts, NodeFinding, Survey};

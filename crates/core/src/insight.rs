//! What a person should look at: limits passed or near, idle seats, sums that do not add up.

mod band;
mod identities;
mod largest;
mod mark;
mod reach;
mod sum;
mod survey;

pub(crate) use band::to_percent;
pub use band::{Band, Thresholds, band};
pub use identities::{Finding, Identity, check_service, expected_and_found};
pub use largest::{Largest, largest};
pub use mark::{Mark, Marks};
pub use reach::{Reach, Share, reach};
pub use sum::Sum;
pub use survey::{Counts, NodeFinding, Survey};

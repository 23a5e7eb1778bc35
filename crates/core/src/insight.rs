//! What a person should look at: limits passed or near, idle seats, sums that do not add up.

mod band;
mod sums;

pub use band::{Band, Thresholds, band};
pub use sums::{SumFinding, sums};

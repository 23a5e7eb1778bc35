//! Everything loaded so far, as one forest with its visible rows.

mod forest;

pub use forest::EstateStore;

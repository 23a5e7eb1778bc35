//! Everything loaded so far, as one forest with what a person sees and chose of it.

mod arranger;
mod forest;
mod identity;
mod selection;
mod store;
mod survey;
mod view;

pub use forest::Forest;
pub use store::EstateStore;

//! What a person sees of the estate: the visible rows, as one flat list without a DOM.

mod bits;
mod column;
mod expansion;
mod rows;

pub use bits::Bits;
pub use column::{Column, NoColumn, Shows};
pub use rows::Rows;

//! What a person sees of the estate: the visible rows, as one flat list without a DOM.

mod expansion;
mod rows;

pub use rows::Rows;

//! What a person sees of the estate: the visible rows, as one flat list without a DOM.

mod address;
mod bits;
mod column;
mod expansion;
mod filter;
mod fold;
mod layout;
mod narrowing;
mod order;
mod rows;
mod scroll;
mod search;
mod selection;
mod siblings;
mod sort;

pub use address::{Address, NoAddress};
pub use bits::Bits;
pub use column::{Column, NoColumn, Shows};
pub use filter::{Filter, Kinds, Range};
pub(crate) use filter::{decode, encode};
pub use fold::{Needle, compare, folded};
pub use layout::{LEAST_WIDTH, Layout, MOST_WIDTH, Placed, Shift};
pub(crate) use order::name_key;
pub use rows::{Find, LEAF_KINDS, Rows, Severity};
pub use scroll::Scroll;
pub use search::{Search, search};
pub use selection::{Selection, Total, totals};
pub use sort::{Sort, SortBy};

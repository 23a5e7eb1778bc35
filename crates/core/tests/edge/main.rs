//! An edge's API as the page asks it: what the edge writes is what the page reads.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

mod calls;
mod odd;
mod trees;
mod whole;

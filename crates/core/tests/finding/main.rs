//! What is found in a tree against the plainest way to find it.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

mod filter;
mod largest;
mod search;
mod selection;
mod survey;
mod trees;

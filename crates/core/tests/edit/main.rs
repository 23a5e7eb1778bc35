//! Changing limits: what a draft does, where changes come from, and their way to the upstream.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

mod apply;
mod effects;
mod import;
mod reclaim;
mod trees;

//! Changing limits: what a draft does, where changes come from, and their way to the upstream.

mod apply;
mod effects;
mod import;
mod reclaim;
mod trees;

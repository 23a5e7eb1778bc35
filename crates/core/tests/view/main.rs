//! The rows a person sees, against the plainest way to compute them.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

mod any_order;
mod carried;
mod model;
mod readings;
mod stories;
mod world;

//! What `cargo xtask bench` measures of Seatree, and the data it measures with.
//!
//! - [`data`] invents replies in the vendors' shape: the same bytes on every machine.
//! - [`decode`] is Seatree's part, natively and in the browser (`browser`, wasm32 only). The
//!   native program adds other Rust parsers; the rest of the others is in `tests/bench`.
//! - [`Found`] is what each must have read: a figure counts only where it is right.

#[cfg(target_arch = "wasm32")]
mod browser;
pub mod data;
pub mod decode;

/// What a reply held: nodes and the Teams users assigned to all of them, or users and the
/// licenses they use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub items: u64,
    pub sum: i64,
}

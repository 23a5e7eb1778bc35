//! What no upstream should send, for every decoder of `seatree-core`.
//!
//! # Concepts
//! - A [`Target`] is a decoder, or a family of small ones, with the rules it must keep whatever it
//!   is fed: it neither panics nor hangs, holds at most four times its input and 64 MiB
//!   ([`measure`]), says the same however a reply was split, and its errors and complaints are
//!   short, name their place and show no secret ([`check`]).
//! - A [`Mutator`](mutate::Mutator) makes inputs from the vendors' printed replies.
//! - Two **engines** feed them. [`engine`] needs nothing but cargo: input number N of a seed is
//!   always the same one. libFuzzer (the feature `guided`) keeps what reaches new code and goes on
//!   from there; it uses the same mutator beside its own.
//!
//! `cargo xtask fuzz` runs both; `tests/smoke.rs` runs some thousand inputs with every test run.

pub mod check;
pub mod engine;
pub mod measure;
pub mod mutate;
mod pieces;
mod target;
mod targets;

pub use target::{Repeat, Target};

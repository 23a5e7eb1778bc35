//! Seatree: every license seat a partner sells or runs, across three vendors, in one page.
//!
//! The page is a shell over `seatree_core`: it sends the requests that core builds, feeds the
//! replies to core's decoders and shows the estate that comes of it.
//!
//! # Folders
//! - `app`: the page as a whole: header, key figures, the pages and the place in the address bar
//! - `connections`: which upstreams there are, signing in, testing, loading
//! - `estate`: everything loaded, as one forest with its visible rows
//! - `tree`, `services`, `clusters`: one page each
//! - `edit`: changing limits, and the page of changes
//! - `embed`: elements for somebody else's page
//! - `ui`: what the pages share; it takes signals in and gives callbacks out
//! - `platform`: the browser
#![cfg(target_arch = "wasm32")]

mod app;
#[cfg(feature = "bench")]
mod bench;
mod clusters;
mod connections;
mod edit;
mod embed;
mod estate;
mod export;
pub mod platform;
mod services;
mod tree;
mod ui;

pub use app::{Mounted, Options, mount, start};
pub use embed::offer;

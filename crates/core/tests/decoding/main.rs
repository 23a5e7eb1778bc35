//! The push decoders against whole-document references, in every split.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

mod pages;
mod pieces;
mod reference;
mod replies;
mod tree;
mod users;

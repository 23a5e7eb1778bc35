//! `seatree.json`: what a static host sets up without a rebuild, and what the page remembers.
//!
//! [`Settings`] is the file as written, every field still text; [`Connection`] is what passed
//! validation. The editor of the page works on settings too, so that half-typed input has a place
//! and a mistake is told beside its field.

mod connection;
mod file;
mod settings;

pub use connection::{Connection, Upstream};
pub use file::{Config, DemoSignIn, FileError};
pub use settings::{FieldError, Header, HeaderValue, Kind, RouteSettings, RouteStyle, Settings};

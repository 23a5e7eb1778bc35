//! The browser: the only part of the page that touches web-sys.

pub mod chance;
pub mod clipboard;
pub mod clock;
pub mod confirm;
pub mod fetch;
pub mod language;
pub mod leave;
pub mod lock;
pub mod numbers;
pub mod pace;
pub mod part;
pub mod place;
pub mod print;
pub mod resize;
pub mod root;
pub mod save;
pub mod screen;
pub mod seldom;
pub mod stop;
pub mod storage;
pub mod theme;
pub mod upload;
pub mod value;

/// The window; a page always has one.
#[expect(clippy::expect_used, reason = "this code runs in a page, never in a worker")]
pub(crate) fn window() -> web_sys::Window {
    web_sys::window().expect("a page has a window")
}

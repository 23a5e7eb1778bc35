//! The few pictures of the page, drawn in the text's color.

use leptos::prelude::*;

/// A picture without a meaning of its own: what it says stands in text beside it.
fn picture(class: &'static str, view_box: &'static str, path: &'static str) -> AnyView {
    view! {
        <svg class=class viewBox=view_box aria-hidden="true" focusable="false">
            <path d=path></path>
        </svg>
    }
    .into_any()
}

/// Over the limit.
pub fn triangle() -> AnyView {
    picture("icon", "0 0 24 24", "M12 2 1.5 21h21L12 2Zm1 14.5h-2v2h2v-2Zm0-7.5h-2v6h2V9Z")
}

/// Near the limit.
pub fn circle() -> AnyView {
    picture("icon line", "0 0 24 24", "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v6m0 3.5v.5")
}

/// Idle.
pub fn sleep() -> AnyView {
    picture("icon line", "0 0 24 24", "M5 5h6l-6 8h6M14 11h5l-5 7h5")
}

/// Sums that do not add up.
pub fn sum() -> AnyView {
    picture("icon line", "0 0 24 24", "M18 6V4H6l7 8-7 8h12v-2")
}

/// Data that is older than it should be.
pub fn clock() -> AnyView {
    picture("icon line", "0 0 24 24", "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v5l4 2")
}

/// Findings, as the head of their column.
pub fn flag() -> AnyView {
    picture("icon line", "0 0 24 24", "M6 21V4h11l-2 4 2 4H6")
}

/// The direction of a sorted column.
pub fn arrow(is_down: bool) -> AnyView {
    let path = if is_down { "M12 5v14m-5-5 5 5 5-5" } else { "M12 19V5m-5 5 5-5 5 5" };
    picture("icon line", "0 0 24 24", path)
}

pub fn funnel() -> AnyView {
    picture("icon line", "0 0 24 24", "M4 5h16l-6 8v6l-4-2v-4z")
}

/// A panel at the side.
pub fn side() -> AnyView {
    picture("icon line", "0 0 24 24", "M4 5h16v14H4zM14 5v14")
}

/// What is connected.
pub fn plug() -> AnyView {
    picture("icon line plug-icon", "0 0 24 24", "M9 3v5m6-5v5M6 8h12v3a6 6 0 0 1-12 0V8Zm6 9v4")
}

/// Reading again.
pub fn again() -> AnyView {
    picture("icon line", "0 0 24 24", "M20 12a8 8 0 1 1-2.4-5.7L20 8.5M20 4v4.5h-4.5")
}

pub fn lens() -> AnyView {
    picture("icon line", "0 0 24 24", "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm5 12 4 4")
}

pub fn moon() -> AnyView {
    picture("icon", "0 0 24 24", "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z")
}

pub fn check() -> AnyView {
    picture("icon line", "0 0 24 24", "m5 13 4 4L19 7")
}

pub fn cross() -> AnyView {
    picture("icon line", "0 0 24 24", "m6 6 12 12M18 6 6 18")
}

/// The tree of the brand.
pub fn brand() -> AnyView {
    view! {
        <svg class="icon line brand-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M12 21v-6M12 15c-4 0-6-2-6-5M12 15c4 0 6-2 6-5M12 15V8"></path>
            <g class="leaves">
                <circle cx="12" cy="5" r="2.6"></circle>
                <circle cx="6" cy="7.4" r="2.6"></circle>
                <circle cx="18" cy="7.4" r="2.6"></circle>
            </g>
        </svg>
    }
    .into_any()
}

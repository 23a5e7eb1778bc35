//! A share as a bar with its text: the bar never stands alone.

use leptos::prelude::*;
use seatree_core::insight::Band;

use crate::platform::numbers;

/// The class that colors a band.
pub fn band_class(band: Option<Band>) -> &'static str {
    match band {
        Some(Band::Over) => "over",
        Some(Band::Near) => "near",
        Some(Band::Idle) => "idle",
        Some(Band::Fine) | None => "fine",
    }
}

/// The band in words; nothing where there is nothing to say.
pub fn band_words(band: Option<Band>) -> Option<&'static str> {
    match band? {
        Band::Over => Some("over limit"),
        Band::Near => Some("near limit"),
        Band::Idle => Some("idle"),
        Band::Fine => None,
    }
}

/// A bar filled to `share`, and the percentage beside it.
pub fn utilization(share: Option<f64>, band: Option<Band>) -> AnyView {
    let width = format!("{:.1}%", share.unwrap_or(0.0).clamp(0.0, 1.0) * 100.0);
    view! {
        <span class="bar" aria-hidden="true">
            <i class=band_class(band) style:inline-size=width></i>
        </span>
        <span class="num" class:dim=share.is_none()>{numbers::percent(share)}</span>
    }
    .into_any()
}

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

/// A bar filled to `share`; the figures must stand beside it.
pub fn plain(share: f64, band: Option<Band>) -> AnyView {
    view! {
        <span class="bar" aria-hidden="true">
            <i class=band_class(band) style:inline-size=width(share)></i>
        </span>
    }
    .into_any()
}

/// A bar filled to `share`, and the percentage beside it.
pub fn utilization(share: Option<f64>, band: Option<Band>) -> AnyView {
    let bar = share.map_or_else(|| view! { <span></span> }.into_any(), |share| plain(share, band));
    let class = if share.is_none() { "num dim" } else { "num" };
    view! { {bar} <span class=class>{numbers::percent(share)}</span> }.into_any()
}

/// A share of the whole width, cut to what a bar can show.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 1000 after the clamp"
)]
pub fn width(share: f64) -> String {
    let permille = (share.clamp(0.0, 1.0) * 1_000.0).round() as u32;
    format!("{}.{}%", permille / 10, permille % 10)
}

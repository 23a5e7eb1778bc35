//! Factors as a stacked bar: what counts, then what does not.

use leptos::prelude::*;
use seatree_core::estate::Figure;
use seatree_core::live_platform::{Factor, LicenseType, Part, ServiceLicense};
use seatree_core::say;
use seatree_core::words::{said, tr};

use crate::platform::numbers;
use crate::ui::bar::width;

/// The class that draws a factor, in the bar and beside its name.
pub(super) fn class(part: &Part) -> &'static str {
    match (part.factor, part.is_counted()) {
        (_, false) => "factor off",
        (Factor::DirectRouting, _) => "factor direct",
        (Factor::OperatorConnect, _) => "factor operator",
        (Factor::LifeCycle, _) => "factor life-cycle",
        (Factor::UserInterface, _) => "factor user-interface",
        (Factor::ServiceNumbers, _) => "factor service-numbers",
    }
}

/// The factors that concern a service: one of Operator Connect has no Direct Routing, unless the
/// platform says so.
pub(super) fn parts_of(license_type: LicenseType, license: &ServiceLicense) -> Vec<Part> {
    let foreign = match license_type.0 {
        Some(0..=2) => Some(Factor::OperatorConnect),
        Some(3..=5) => Some(Factor::DirectRouting),
        _ => None,
    };
    let concerns =
        |part: &Part| Some(part.factor) != foreign || part.configured != Figure::known(0);
    license.parts().into_iter().filter(concerns).collect()
}

/// A bar of what is configured, the segments with the number of their priority where there is room
/// for it. What it shows must stand beside it in words.
pub(super) fn bar(license: &ServiceLicense, is_numbered: bool) -> AnyView {
    let parts = license.parts();
    let known = |part: &&Part| part.configured.get().is_some_and(|count| count > 0);
    let whole: i64 =
        parts.iter().filter_map(|part| part.configured.get()).fold(0, i64::saturating_add);
    if whole <= 0 {
        return view! { <span class="stack" aria-hidden="true"></span> }.into_any();
    }
    let segment = |part: &Part| {
        #[expect(clippy::cast_precision_loss, reason = "a length on the screen")]
        let share = part.configured.get().unwrap_or(0) as f64 / whole as f64;
        view! {
            <i class=class(part) style:inline-size=width(share)>
                {is_numbered.then(|| part.factor.priority().to_string())}
            </i>
        }
        .into_any()
    };
    let counted = parts.iter().filter(known).filter(|part| part.is_counted());
    let off = parts.iter().filter(known).filter(|part| !part.is_counted());
    let segments: Vec<AnyView> = counted.chain(off).map(segment).collect();
    view! { <span class="stack" aria-hidden="true">{segments}</span> }.into_any()
}

/// What the shades and the hatching of the bars mean, and by which rule a user counts.
pub(super) fn legend() -> AnyView {
    let shades = [
        ("factor direct", "1", tr("Direct Routing or Operator Connect")),
        ("factor life-cycle", "2", said(Factor::LifeCycle.short())),
        ("factor user-interface", "3", said(Factor::UserInterface.short())),
        ("factor service-numbers", "4", said(Factor::ServiceNumbers.short())),
        ("factor off", "", tr("switched off: not counted")),
    ];
    let shades: Vec<AnyView> = shades
        .into_iter()
        .map(|(class, number, words)| {
            view! {
                <span>
                    <i class=format!("swatch {class}") aria-hidden="true">
                        {number}
                    </i>
                    {words}
                </span>
            }
            .into_any()
        })
        .collect();
    view! {
        <p class="services-legend">
            {shades} <span class="dim">{tr("Each user counts once, under the first that applies.")}</span>
        </p>
    }
    .into_any()
}

/// What the bar of a row shows, in words.
pub(super) fn not_counted(license: &ServiceLicense) -> AnyView {
    let not_counted = license.not_counted();
    let (class, words) = match (license.has_factor_off(), not_counted.get()) {
        (false, _) => ("dim", tr("all counted").to_owned()),
        (true, Some(0)) => ("dim", tr("a factor is off").to_owned()),
        (true, _) => ("", say!("{count} not counted", count = numbers::figure(not_counted))),
    };
    view! { <span class=class>{words}</span> }.into_any()
}

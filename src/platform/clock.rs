//! Time, as the browser tells it.

use js_sys::Date;
use seatree_core::{plural, words::tr};
use wasm_bindgen::JsValue;

use super::language::{locale, options};

/// Milliseconds since the page began; only differences mean something.
pub fn elapsed_ms() -> f64 {
    super::window().performance().map_or_else(Date::now, |performance| performance.now())
}

/// Seconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "whole seconds fit for ages")]
pub fn now_s() -> i64 {
    (Date::now() / 1_000.0) as i64
}

/// The year, month and day in the person's own time zone.
pub fn day() -> (u32, u32, u32) {
    let now = Date::new_0();
    (now.get_full_year(), now.get_month() + 1, now.get_date())
}

/// The day in the person's own time zone, as 2026-11-22.
pub fn today() -> String {
    let (year, month, day) = day();
    let two = |number: u32| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    [year.to_string(), two(month), two(day)].join("-")
}

/// The time of day in the user's locale, such as 13:22.
pub fn time_of_day(unix_s: i64) -> String {
    let options = options(&[("hour", "2-digit"), ("minute", "2-digit")]);
    date(unix_s).to_locale_time_string_with_options(&locale(), &options).into()
}

#[expect(clippy::cast_precision_loss, reason = "seconds are far below 2^53")]
fn date(unix_s: i64) -> Date {
    Date::new(&JsValue::from_f64(unix_s as f64 * 1_000.0))
}

/// How long ago, in the largest unit that fits: "4 min", "3 d".
pub fn age(seconds: i64) -> String {
    match seconds {
        ..60 => tr("just now").to_owned(),
        60..3_600 => plural!(seconds / 60, "{n} min ago", "{n} min ago"),
        3_600..172_800 => plural!(seconds / 3_600, "{n} h ago", "{n} h ago"),
        172_800..63_072_000 => plural!(seconds / 86_400, "{n} d ago", "{n} d ago"),
        _ => plural!(seconds / 31_536_000, "{n} year ago", "{n} years ago"),
    }
}

/// Day and time in the user's locale.
pub fn date_and_time(unix_s: i64) -> String {
    let options = options(&[("dateStyle", "short"), ("timeStyle", "short")]);
    date(unix_s).to_locale_string(&locale(), &options).into()
}

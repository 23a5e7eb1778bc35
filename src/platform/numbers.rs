//! Numbers as the user's locale writes them.

use js_sys::{Array, Intl, Object, Reflect};
use seatree_core::estate::Figure;
use wasm_bindgen::JsValue;

/// What stands where an upstream sent no figure.
pub const UNKNOWN: &str = "–";

thread_local! {
    static WHOLE: Intl::NumberFormat = format("decimal");
    static PERCENT: Intl::NumberFormat = format("percent");
}

fn format(style: &str) -> Intl::NumberFormat {
    let options = Object::new();
    for (key, value) in
        [("style", JsValue::from_str(style)), ("maximumFractionDigits", JsValue::from_f64(0.0))]
    {
        let _ = Reflect::set(&options, &JsValue::from_str(key), &value);
    }
    Intl::NumberFormat::new(&Array::new(), &options)
}

/// A count with its grouping and a real minus sign.
#[expect(clippy::cast_precision_loss, reason = "counts above 2^53 do not occur; shown rounded")]
pub fn count(count: i64) -> String {
    let written = WHOLE.with(|format| {
        let number = JsValue::from_f64(count as f64);
        format.format().call1(&JsValue::UNDEFINED, &number).ok()?.as_string()
    });
    written.unwrap_or_else(|| count.to_string()).replace('-', "−")
}

/// How many of something there are.
pub fn whole(number: usize) -> String {
    count(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A figure, or the sign for unknown.
pub fn figure(figure: Figure) -> String {
    figure.get().map_or_else(|| UNKNOWN.to_owned(), count)
}

/// A share as whole percent, or the sign for unknown.
pub fn percent(share: Option<f64>) -> String {
    let Some(share) = share else { return UNKNOWN.to_owned() };
    let written = PERCENT.with(|format| {
        let number = JsValue::from_f64(share);
        format.format().call1(&JsValue::UNDEFINED, &number).ok()?.as_string()
    });
    written.unwrap_or_else(|| UNKNOWN.to_owned())
}

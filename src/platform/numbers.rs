//! Numbers as the user's locale writes them.

use js_sys::{Array, Intl, Object, Reflect};
use seatree_core::estate::Figure;
use wasm_bindgen::JsValue;

/// What stands where an upstream sent no figure.
pub const UNKNOWN: &str = "–";

thread_local! {
    static WHOLE: Intl::NumberFormat = format("decimal");
    static PERCENT: Intl::NumberFormat = format("percent");
    /// What stands between thousands, where the locale writes as most do.
    static GROUP: Option<String> = group();
    /// What follows a percentage, likewise.
    static PERCENT_SIGN: Option<String> = percent_sign();
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

fn ask(format: &'static std::thread::LocalKey<Intl::NumberFormat>, number: f64) -> Option<String> {
    format.with(|format| {
        let number = JsValue::from_f64(number);
        format.format().call1(&JsValue::UNDEFINED, &number).ok()?.as_string()
    })
}

/// Asking the browser for every figure costs more than all else of a row: what the locale does to
/// one number tells what it does to the others.
fn group() -> Option<String> {
    let sample = ask(&WHOLE, 1_234_567_890.0)?;
    let (group, _) = sample.strip_prefix('1')?.split_once("234")?;
    let expected = ["1", "234", "567", "890"].join(group);
    // Not where four digits stand together, or digits are others.
    (sample == expected && ask(&WHOLE, 1_234.0)? == format!("1{group}234"))
        .then(|| group.to_owned())
}

fn percent_sign() -> Option<String> {
    ask(&PERCENT, 0.54)?.strip_prefix("54").map(str::to_owned)
}

/// A count with its grouping and a real minus sign.
#[expect(clippy::cast_precision_loss, reason = "counts above 2^53 do not occur; shown rounded")]
pub fn count(count: i64) -> String {
    let Some(written) = GROUP.with(|group| Some(grouped(count.unsigned_abs(), group.as_deref()?)))
    else {
        let written = ask(&WHOLE, count as f64);
        return written.unwrap_or_else(|| count.to_string()).replace('-', "−");
    };
    if count < 0 { format!("−{written}") } else { written }
}

fn grouped(number: u64, group: &str) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3 * group.len());
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push_str(group);
        }
        written.push(digit);
    }
    written
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
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole percent; what is out of range stays at it"
)]
pub fn percent(share: Option<f64>) -> String {
    let Some(share) = share else { return UNKNOWN.to_owned() };
    let percent = (share * 100.0).round() as i64;
    PERCENT_SIGN.with(|sign| match sign {
        Some(sign) => format!("{}{sign}", count(percent)),
        None => ask(&PERCENT, share).unwrap_or_else(|| UNKNOWN.to_owned()),
    })
}

//! Numbers as the user's locale writes them.

use std::cell::RefCell;

use js_sys::Intl;
use seatree_core::estate::Figure;
use wasm_bindgen::JsValue;

use super::language::{locales, options};

/// What stands where an upstream sent no figure.
pub const UNKNOWN: &str = "–";

/// How the locale writes.
struct Formats {
    whole: Intl::NumberFormat,
    percent: Intl::NumberFormat,
    /// What stands between thousands, where the locale writes as most do.
    group: Option<String>,
    /// What follows a percentage, likewise.
    percent_sign: Option<String>,
}

thread_local! {
    static FORMATS: RefCell<Option<Formats>> = const { RefCell::new(None) };
}

/// The locale is another one from now on.
pub(super) fn forget() {
    FORMATS.set(None);
}

/// Asks how the locale writes something.
fn with<T>(ask: impl FnOnce(&Formats) -> T) -> T {
    FORMATS.with_borrow_mut(|formats| ask(formats.get_or_insert_with(Formats::new)))
}

fn format(style: &str) -> Intl::NumberFormat {
    let options = options(&[("style", style), ("maximumFractionDigits", "0")]);
    Intl::NumberFormat::new(&locales(), &options)
}

fn ask(format: &Intl::NumberFormat, number: f64) -> Option<String> {
    let number = JsValue::from_f64(number);
    format.format().call1(&JsValue::UNDEFINED, &number).ok()?.as_string()
}

impl Formats {
    /// Asking the browser for every figure costs more than all else of a row: what the locale does
    /// to one number tells what it does to the others.
    fn new() -> Self {
        let (whole, percent) = (format("decimal"), format("percent"));
        let group = group(&whole);
        let percent_sign =
            ask(&percent, 0.54).and_then(|sample| sample.strip_prefix("54").map(str::to_owned));
        Self { whole, percent, group, percent_sign }
    }
}

fn group(format: &Intl::NumberFormat) -> Option<String> {
    let sample = ask(format, 1_234_567_890.0)?;
    let (group, _) = sample.strip_prefix('1')?.split_once("234")?;
    let expected = ["1", "234", "567", "890"].join(group);
    // Not where four digits stand together, or digits are others.
    (sample == expected && ask(format, 1_234.0)? == format!("1{group}234"))
        .then(|| group.to_owned())
}

/// A count with its grouping and a real minus sign.
#[expect(clippy::cast_precision_loss, reason = "counts above 2^53 do not occur; shown rounded")]
pub fn count(count: i64) -> String {
    with(|formats| {
        let Some(group) = &formats.group else {
            let written = ask(&formats.whole, count as f64);
            return written.unwrap_or_else(|| count.to_string()).replace('-', "−");
        };
        let written = grouped(count.unsigned_abs(), group);
        if count < 0 { format!("−{written}") } else { written }
    })
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
    let sign = with(|formats| match &formats.percent_sign {
        Some(sign) => Ok(sign.clone()),
        None => Err(ask(&formats.percent, share)),
    });
    match sign {
        Ok(sign) => count(percent) + &sign,
        Err(written) => written.unwrap_or_else(|| UNKNOWN.to_owned()),
    }
}

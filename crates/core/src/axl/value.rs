//! Values as AXL writes them: everything is text, whatever the schema calls it.

use crate::estate::Figure;
use crate::json::figure_of_text;

/// `true`, `false`, `t`, `f`, `1` and `0`; unknown where empty. Complains about all else.
pub(super) fn flag(text: &str, complain: impl FnOnce()) -> Option<bool> {
    let text = text.trim();
    if ["true", "t", "1"].iter().any(|yes| text.eq_ignore_ascii_case(yes)) {
        return Some(true);
    }
    if ["false", "f", "0"].iter().any(|no| text.eq_ignore_ascii_case(no)) {
        return Some(false);
    }
    if !text.is_empty() {
        complain();
    }
    None
}

/// A count; unknown where empty. Complains about all else, also about a negative one.
pub(super) fn count(text: &str, complain: impl FnOnce()) -> Figure {
    let figure = figure_of_text(text).filter(|figure| figure.get().is_none_or(|count| count >= 0));
    figure.unwrap_or_else(|| {
        complain();
        Figure::UNKNOWN
    })
}

/// Text without the blanks that the database pads it with; none where nothing is left.
pub(super) fn words(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

//! A text as it is, with what a filter found in it marked.

use std::ops::Range;

use leptos::prelude::*;

/// The text, whatever is in it, with these parts of it marked.
pub fn marked(text: &str, found: &[Range<usize>]) -> AnyView {
    if found.is_empty() {
        return text.to_owned().into_any();
    }
    let mut parts: Vec<AnyView> = Vec::new();
    let mut from = 0;
    for found in found {
        parts.push(text.get(from..found.start).unwrap_or_default().to_owned().into_any());
        let word = text.get(found.clone()).unwrap_or_default().to_owned();
        parts.push(view! { <mark>{word}</mark> }.into_any());
        from = found.end;
    }
    parts.push(text.get(from..).unwrap_or_default().to_owned().into_any());
    parts.into_any()
}

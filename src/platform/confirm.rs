//! A question before something that cannot be undone.

/// Asks with the browser's own dialog; `false` where it shows none.
pub fn ask(question: &str) -> bool {
    super::window().confirm_with_message(question).unwrap_or(false)
}

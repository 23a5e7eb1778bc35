//! How columns grow: by half, so that little lies idle and the peak stays near the whole.

/// Makes room for one more.
#[inline]
pub(crate) fn push<T>(column: &mut Vec<T>, value: T) {
    if column.len() == column.capacity() {
        column.reserve_exact((column.len() / 2).max(64));
    }
    column.push(value);
}

/// Makes room for a text, then adds it.
#[inline]
pub(crate) fn push_str(texts: &mut String, text: &str) {
    if texts.capacity() - texts.len() < text.len() {
        texts.reserve_exact((texts.len() / 2).max(text.len()).max(1024));
    }
    texts.push_str(text);
}

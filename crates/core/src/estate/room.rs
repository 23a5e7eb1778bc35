//! How columns grow: by half, so that little lies idle and the peak stays near the whole; or at once,
//! where it is known how long they will be.

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

/// Makes room for so many in all; where there is no such room it stays as it is.
pub(crate) fn expect<T>(column: &mut Vec<T>, length: usize) {
    if length > column.capacity() {
        // What cannot be had in advance may still be had little by little.
        let _ = column.try_reserve_exact(length - column.len());
    }
}

/// Makes room for so many bytes in all; where there is no such room it stays as it is.
pub(crate) fn expect_str(texts: &mut String, length: usize) {
    if length > texts.capacity() {
        let _ = texts.try_reserve_exact(length - texts.len());
    }
}

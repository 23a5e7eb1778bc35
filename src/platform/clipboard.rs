//! The clipboard.

use wasm_bindgen_futures::JsFuture;

/// Puts a text there; false where the browser refuses, as on pages without TLS.
pub async fn write(text: &str) -> bool {
    let clipboard = super::window().navigator().clipboard();
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

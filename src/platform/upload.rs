//! Files that a person gives to the page. They are read here and sent nowhere.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlInputElement};

/// The file that was chosen in a field.
pub fn chosen(event: &Event) -> Option<File> {
    let field = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    field.files()?.get(0)
}

/// A file as text, taken for UTF-8; none when it is larger than that, or cannot be read.
#[expect(clippy::cast_precision_loss, reason = "a limit of some megabytes")]
pub async fn text(file: &File, most_bytes: usize) -> Option<String> {
    if file.size() > most_bytes as f64 {
        return None;
    }
    JsFuture::from(file.text()).await.ok()?.as_string()
}

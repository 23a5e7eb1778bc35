//! Moving the focus by script.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Focuses the element with this id, if it is there.
pub fn on_id(id: &str) {
    let element = super::window().document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

//! Values that another script gives, or gets.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A text of an object's; none where there is none.
pub fn text_of(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &JsValue::from_str(name)).ok()?.as_string()
}

/// An object with these members.
pub fn object<const N: usize>(members: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // An object of our own takes it.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
    }
    object.into()
}

/// A count; exact as far as the other side's numbers are.
#[expect(clippy::cast_precision_loss, reason = "counts above 2^53 do not occur")]
pub fn number(count: i64) -> JsValue {
    JsValue::from_f64(count as f64)
}

//! What only one tab of the page does at a time.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Given back when it is dropped, or when the tab is closed.
pub struct Held(Option<Function>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(give_back) = &self.0 {
            let _ = give_back.call0(&JsValue::NULL);
        }
    }
}

/// Takes a lock; none while another tab has it. A browser that knows no locks, as on a page that is
/// not secure, gives each tab its own.
pub async fn take(name: &str) -> Option<Held> {
    let Some((locks, request)) = locks() else { return Some(Held(None)) };
    let mut tell = None;
    let told = Promise::new(&mut |resolve, _| tell = Some(resolve));
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let mut give_back = JsValue::NULL;
        let mut holds = JsValue::UNDEFINED;
        if !lock.is_null() {
            let until = Promise::new(&mut |resolve, _| give_back = resolve.into());
            holds = until.into();
        }
        if let Some(tell) = &tell {
            let _ = tell.call1(&JsValue::NULL, &give_back);
        }
        holds
    });
    let options = Object::new();
    // An object of our own takes it.
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    if request.call3(&locks, &name.into(), &options, &granted).is_err() {
        return Some(Held(None));
    }
    let give_back = JsFuture::from(told).await.ok()?;
    give_back.dyn_into().ok().map(|give_back| Held(Some(give_back)))
}

fn locks() -> Option<(JsValue, Function)> {
    let navigator = super::window().navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?;
    Some((locks, request.dyn_into().ok()?))
}

//! What the scripts beside the page call once the module is there: nothing runs by itself, since
//! somebody else's page may have an element of any name.

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
}

#[cfg(target_arch = "wasm32")]
mod called {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Starts the page, from `boot.js`.
    #[wasm_bindgen]
    pub fn start() {
        seatree::start("app", seatree::Options::default());
    }

    /// Gives what mounts elements, to `embed.js`.
    #[wasm_bindgen]
    pub fn embedding(ready: js_sys::Function) {
        seatree::offer(ready);
    }
}

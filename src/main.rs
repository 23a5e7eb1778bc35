//! Starts the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        console_error_panic_hook::set_once();
        seatree::start("app", seatree::Options::default());
    }
}

//! Long work in short turns, so that the page never freezes.

use std::cell::RefCell;
use std::time::Duration;

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::clock;
use super::stop::Stop;

/// Half a frame: the other half is the browser's.
const TURN_MS: f64 = 8.0;

/// Counts the time of the current turn.
pub struct Pace {
    turn_began: f64,
}

impl Pace {
    /// Begins a turn.
    pub fn begin() -> Self {
        Self { turn_began: clock::elapsed_ms() }
    }

    /// Waits until the browser has nothing better to do, but not for long.
    pub async fn idle() {
        /// A busy page still shows what was found in the end.
        const LONGEST_MS: u32 = 250;
        let options = web_sys::IdleRequestOptions::new();
        options.set_timeout(LONGEST_MS);
        let idle = Promise::new(&mut |resolve, _| {
            let window = super::window();
            if window.request_idle_callback_with_options(&resolve, &options).is_err() {
                // A browser that does not tell takes turns.
                let _ = resolve.call0(&JsValue::NULL);
            }
        });
        // A promise that is only ever resolved cannot fail.
        let _ = JsFuture::from(idle).await;
    }

    /// Lets the browser paint and take input, if this turn has taken long enough.
    pub async fn breathe(&mut self) {
        if clock::elapsed_ms() - self.turn_began >= TURN_MS {
            next_turn().await;
            self.turn_began = clock::elapsed_ms();
        }
    }
}

thread_local! {
    static CHANNEL: RefCell<Option<MessageChannel>> = const { RefCell::new(None) };
}

/// A task of its own, without the 4 ms that nested timers are held back.
async fn next_turn() {
    let turn = Promise::new(&mut |resolve, _| {
        CHANNEL.with_borrow_mut(|channel| {
            if channel.is_none() {
                *channel = MessageChannel::new().ok();
            }
            let Some(channel) = channel else {
                let _ = resolve.call0(&JsValue::NULL);
                return;
            };
            let go_on = Closure::once_into_js(move || {
                let _ = resolve.call0(&JsValue::NULL);
            });
            let once = web_sys::AddEventListenerOptions::new();
            once.set_once(true);
            let listened =
                channel.port1().add_event_listener_with_callback_and_add_event_listener_options(
                    "message",
                    go_on.unchecked_ref(),
                    &once,
                );
            channel.port1().start();
            if listened.is_ok() {
                let _ = channel.port2().post_message(&JsValue::NULL);
            }
        });
    });
    // A promise that is only ever resolved cannot fail.
    let _ = JsFuture::from(turn).await;
}

/// Waits, but no longer than until the person stops it.
pub async fn pause(stop: &Stop, time: Duration) {
    let signal = stop.after(time);
    if signal.aborted() {
        // It would not say so a second time.
        return;
    }
    let ended = Promise::new(&mut |resolve, _| signal.set_onabort(Some(&resolve)));
    // A promise that is only ever resolved cannot fail.
    let _ = JsFuture::from(ended).await;
}

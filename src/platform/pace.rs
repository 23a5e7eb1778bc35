//! Long work in short turns, so that the page never freezes.

use std::cell::RefCell;
use std::time::Duration;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdleDeadline, IdleRequestOptions, MessageChannel};

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

    /// Lets the browser paint and take input, if this turn has taken long enough.
    pub async fn breathe(&mut self) {
        if clock::elapsed_ms() - self.turn_began >= TURN_MS {
            next_turn().await;
            self.turn_began = clock::elapsed_ms();
        }
    }
}

/// Time in which the browser has nothing better to do.
pub struct Idle {
    began: f64,
    /// None where the browser does not tell: then it is turn and turn about.
    deadline: Option<IdleDeadline>,
}

impl Idle {
    /// Waits for it, but not for long: a busy page still gets on.
    pub async fn begin() -> Self {
        const LONGEST_MS: u32 = 250;
        let options = IdleRequestOptions::new();
        options.set_timeout(LONGEST_MS);
        let idle = Promise::new(&mut |resolve, _| {
            let window = super::window();
            if window.request_idle_callback_with_options(&resolve, &options).is_err() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        });
        // A promise that is only ever resolved cannot fail.
        let deadline = JsFuture::from(idle).await.ok().and_then(|idle| idle.dyn_into().ok());
        if deadline.is_none() {
            next_turn().await;
        }
        Self { began: clock::elapsed_ms(), deadline }
    }

    /// Whether there is more of it.
    pub fn goes_on(&self) -> bool {
        let is_free = |deadline: &IdleDeadline| deadline.time_remaining() > 1.0;
        self.deadline.as_ref().is_none_or(is_free) && clock::elapsed_ms() - self.began < TURN_MS
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

/// Waits for the moment before the next paint. While the tab is hidden, there is none.
pub async fn frame() {
    once(&|resolve| super::window().request_animation_frame(resolve)).await;
}

/// Waits, in milliseconds.
pub async fn wait(ms: i32) {
    once(&|resolve| {
        super::window().set_timeout_with_callback_and_timeout_and_arguments_0(resolve, ms)
    })
    .await;
}

/// Waits for a callback that is called once.
async fn once(ask: &dyn Fn(&Function) -> Result<i32, JsValue>) {
    let called = Promise::new(&mut |resolve, _| {
        if ask(&resolve).is_err() {
            // A browser that cannot does not wait.
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    // A promise that is only ever resolved cannot fail.
    let _ = JsFuture::from(called).await;
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

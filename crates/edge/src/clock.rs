//! The time, and what happens once it is over.

use worker::{
    js_sys::{self, Function, Promise, Reflect},
    wasm_bindgen::{JsCast, JsValue},
    wasm_bindgen_futures::JsFuture,
    web_sys::{AbortController, AbortSignal, WorkerGlobalScope},
};

type JsResult<T> = Result<T, JsValue>;

/// Milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number below 2^53, after 1970"
)]
pub(crate) fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

pub(crate) async fn sleep(milliseconds: u64) -> JsResult<()> {
    let promise = Promise::new(&mut |resolve, _| {
        // Only a full heap makes it fail; then nothing else works either.
        let _ = set_timer(&resolve, milliseconds);
    });
    JsFuture::from(promise).await.map(drop)
}

/// What came of this promise; none when it took longer than that.
pub(crate) async fn within(promise: &Promise, seconds: u64) -> JsResult<Option<JsValue>> {
    let late = JsValue::from(js_sys::Object::new());
    let mut timer = None;
    let over = Promise::new(&mut |resolve, _| {
        let resolve = resolve.bind1(&JsValue::NULL, &late);
        timer = set_timer(resolve.unchecked_ref(), seconds * 1_000).ok();
    });
    let first = Promise::race(&js_sys::Array::of2(promise, &over));
    let came = JsFuture::from(first).await;
    if let Some(timer) = timer {
        scope().clear_timeout_with_handle(timer);
    }
    came.map(|value| (value != late).then_some(value))
}

/// Aborts a request once its time is over.
pub(crate) struct Deadline {
    controller: AbortController,
    abort: Function,
    timer: i32,
}

impl Deadline {
    pub(crate) fn start(seconds: u64) -> JsResult<Self> {
        let controller = AbortController::new()?;
        let abort: Function = Reflect::get(&controller, &"abort".into())?.unchecked_into();
        // A function of the platform's own: none of ours has to live as long as the timer.
        let abort = abort.bind0(&controller);
        let timer = set_timer(&abort, seconds * 1_000)?;
        Ok(Self { controller, abort, timer })
    }

    /// Nothing is to be aborted any more.
    pub(crate) fn end(self) {
        scope().clear_timeout_with_handle(self.timer);
    }

    pub(crate) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    pub(crate) fn is_over(&self) -> bool {
        self.signal().aborted()
    }

    /// Gives that much time from now on.
    pub(crate) fn restart(&mut self, seconds: u64) -> JsResult<()> {
        scope().clear_timeout_with_handle(self.timer);
        self.timer = set_timer(&self.abort, seconds * 1_000)?;
        Ok(())
    }
}

fn set_timer(call: &Function, milliseconds: u64) -> JsResult<i32> {
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    scope().set_timeout_with_callback_and_timeout_and_arguments_0(call, milliseconds)
}

fn scope() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}

//! The time, and what happens once it is over.

use worker::{
    js_sys::{self, Function, Promise},
    wasm_bindgen::{JsCast, JsValue},
    wasm_bindgen_futures::JsFuture,
    web_sys::WorkerGlobalScope,
};

use crate::platform;

type JsResult<T> = Result<T, JsValue>;

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> u64 {
    whole(js_sys::Date::now())
}

/// Such milliseconds, as the platform has them.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number below 2^53, after 1970"
)]
pub(crate) fn whole(milliseconds: f64) -> u64 {
    milliseconds as u64
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
pub(crate) struct Deadline(platform::Deadline);

impl Deadline {
    pub(crate) fn start(seconds: u64) -> JsResult<Self> {
        platform::Deadline::new(milliseconds(seconds)).map(Self)
    }

    pub(crate) fn is_over(&self) -> bool {
        self.0.is_over()
    }

    /// Gives that much time from now on.
    pub(crate) fn restart(&mut self, seconds: u64) -> JsResult<()> {
        self.0.restart(milliseconds(seconds))
    }

    /// Gives as much time as it takes.
    pub(crate) fn end(self) {
        self.0.end();
    }

    /// As the platform knows it.
    pub(crate) fn js(&self) -> &platform::Deadline {
        &self.0
    }
}

/// As far as a timer of the platform goes: 24 days.
pub(crate) fn milliseconds(seconds: u64) -> i32 {
    i32::try_from(seconds.saturating_mul(1_000)).unwrap_or(i32::MAX)
}

fn set_timer(call: &Function, milliseconds: u64) -> JsResult<i32> {
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    scope().set_timeout_with_callback_and_timeout_and_arguments_0(call, milliseconds)
}

fn scope() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}

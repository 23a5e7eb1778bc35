//! Stopping work: by the person, or because the time is up.

use std::time::Duration;

use web_sys::{AbortController, AbortSignal};

/// A switch that stops everything started with it.
#[derive(Clone, Debug)]
pub struct Stop {
    controller: AbortController,
}

impl Stop {
    #[expect(clippy::expect_used, reason = "every browser that runs wasm has AbortController")]
    pub fn new() -> Self {
        Self { controller: AbortController::new().expect("AbortController") }
    }

    pub fn stop(&self) {
        self.controller.abort();
    }

    pub fn is_stopped(&self) -> bool {
        self.controller.signal().aborted()
    }

    /// A deadline that also ends when this is stopped.
    pub fn within(&self, seconds: u32) -> Deadline {
        let timer = AbortSignal::timeout_with_u32(seconds.saturating_mul(1_000));
        Deadline { signal: self.or(&timer), stop: self.clone(), timer, seconds }
    }

    /// A signal given after some time, or when this is stopped.
    pub fn after(&self, time: Duration) -> AbortSignal {
        let milliseconds = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        self.or(&AbortSignal::timeout_with_u32(milliseconds))
    }

    fn or(&self, other: &AbortSignal) -> AbortSignal {
        AbortSignal::any(&js_sys::Array::of2(&self.controller.signal(), other))
    }
}

impl Default for Stop {
    fn default() -> Self {
        Self::new()
    }
}

/// How long one request may take, and the switch it obeys.
#[derive(Clone, Debug)]
pub struct Deadline {
    signal: AbortSignal,
    stop: Stop,
    timer: AbortSignal,
    seconds: u32,
}

impl Deadline {
    pub fn signal(&self) -> &AbortSignal {
        &self.signal
    }

    /// Whether the person stopped it.
    pub fn stopped(&self) -> bool {
        self.stop.is_stopped()
    }

    /// The seconds allowed, once they are over.
    pub fn passed(&self) -> Option<u32> {
        self.timer.aborted().then_some(self.seconds)
    }
}

//! What changes faster than anybody can look.

use std::cell::Cell;
use std::rc::Rc;

use leptos::task::spawn_local;

use super::{clock, pace};

/// The least time from one to the next, in milliseconds: at first, and in the long run.
const APART_MS: (f64, f64) = (16.0, 100.0);
/// After so long, in milliseconds, it is the first one again.
const REST_MS: f64 = 1_000.0;

/// Does something in the next frame after it is asked to: then after a longer time, and in the long
/// run ten times a second at most. Cloning it shares it.
#[derive(Clone, Default)]
pub struct Seldom {
    state: Rc<State>,
}

#[derive(Default)]
struct State {
    is_asked: Cell<bool>,
    /// When it was done last, and how long that one waited for.
    done_ms: Cell<Option<f64>>,
    apart_ms: Cell<f64>,
}

impl State {
    /// How long to wait, in milliseconds.
    fn rest_ms(&self) -> f64 {
        let since = self.done_ms.get().map_or(f64::INFINITY, |done| clock::elapsed_ms() - done);
        let (first, last) = APART_MS;
        let longer = (2.0 * self.apart_ms.get()).min(last);
        let apart = if since > REST_MS { first } else { longer };
        self.apart_ms.set(apart);
        apart - since
    }
}

impl Seldom {
    /// Has something done; nothing when something is about to be.
    pub fn ask(&self, then: impl FnOnce() + 'static) {
        let state = self.state.clone();
        if state.is_asked.replace(true) {
            return;
        }
        spawn_local(async move {
            let rest = state.rest_ms();
            if rest > 0.0 {
                #[expect(clippy::cast_possible_truncation, reason = "at most as long as APART_MS")]
                pace::wait(rest.ceil() as i32).await;
            }
            pace::frame().await;
            state.is_asked.set(false);
            state.done_ms.set(Some(clock::elapsed_ms()));
            then();
        });
    }
}

//! Ends a process that does not come to an end by itself.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Far more than the largest input takes on a busy machine.
const LIMIT: Duration = Duration::from_mins(1);

/// Watches over inputs, one at a time.
pub struct Watchdog {
    start: Instant,
    /// Milliseconds from `start` to when the current input was begun; 0 while there is none.
    since: Arc<AtomicU64>,
}

impl Watchdog {
    /// Ends the process, naming `target`, when one input takes longer than a minute.
    pub fn over(target: &'static str) -> Self {
        let start = Instant::now();
        let since = Arc::new(AtomicU64::new(0));
        let watched = Arc::downgrade(&since);
        thread::spawn(move || {
            while let Some(since) = watched.upgrade() {
                let since = since.load(Ordering::Relaxed);
                if since > 0 && start.elapsed() > LIMIT + Duration::from_millis(since) {
                    eprintln!("{target}: an input takes longer than {} s", LIMIT.as_secs());
                    process::abort();
                }
                thread::sleep(Duration::from_millis(500));
            }
        });
        Self { start, since }
    }

    /// Runs what may not come to an end.
    pub fn watch<T>(&self, run: impl FnOnce() -> T) -> T {
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.since.store(now.max(1), Ordering::Relaxed);
        let done = run();
        self.since.store(0, Ordering::Relaxed);
        done
    }
}

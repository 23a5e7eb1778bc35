//! Accounts lock when a password is wrong too often: the core has a threshold and a duration.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Failed logins in a row.
#[derive(Debug)]
pub struct Lockout {
    /// 0 for never.
    threshold: u32,
    duration: Duration,
    failed: HashMap<&'static str, Failures>,
}

#[derive(Debug)]
struct Failures {
    times: u32,
    last: Instant,
}

impl Lockout {
    pub fn new(threshold: u32, seconds: u64) -> Self {
        Self { threshold, duration: Duration::from_secs(seconds), failed: HashMap::new() }
    }

    /// Whether this account is locked. Once the time is over it starts anew.
    pub fn is_locked(&mut self, user: &'static str) -> bool {
        let Some(failures) = self.failed.get(user) else { return false };
        if self.threshold == 0 || failures.times < self.threshold {
            return false;
        }
        if failures.last.elapsed() < self.duration {
            return true;
        }
        self.failed.remove(user);
        false
    }

    pub fn failed(&mut self, user: &'static str) {
        let now = Instant::now();
        let failures = self.failed.entry(user).or_insert(Failures { times: 0, last: now });
        failures.times += 1;
        failures.last = now;
    }

    pub fn succeeded(&mut self, user: &'static str) {
        self.failed.remove(user);
    }
}

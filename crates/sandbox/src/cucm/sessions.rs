//! Single sign-on sessions: each sign-in with a password starts one, and its cookie then
//! stands for the password until it was idle for too long.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, header};

use super::account::Role;

const COOKIE: &str = "JSESSIONIDSSO";

/// More are not kept: clients that never send the cookie start one with every request.
const MOST: usize = 4096;

#[derive(Debug)]
pub struct Sessions {
    idle: Duration,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    started: u64,
    sessions: HashMap<u64, Session>,
}

#[derive(Debug)]
struct Session {
    role: Role,
    used: Instant,
}

impl Sessions {
    pub fn new(idle: Duration) -> Self {
        Self { idle, open: Mutex::default() }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts one and returns its `Set-Cookie`, in Cisco's spelling.
    pub fn start(&self, role: Role, host: &str) -> String {
        let mut open = self.open();
        let now = Instant::now();
        if open.sessions.len() >= MOST {
            open.sessions.retain(|_, session| now.duration_since(session.used) < self.idle);
            if open.sessions.len() >= MOST {
                open.sessions.clear();
            }
        }
        open.started += 1;
        let id = scramble(open.started);
        open.sessions.insert(id, Session { role, used: now });
        format!("{COOKIE}={id:016X}{:016X}; path=/; domain=.{host}; Secure; HttpOnly", !id)
    }

    /// Whose session the request's cookie is. `None` without one; a role that is `None` where
    /// the session has ended.
    pub fn of(&self, headers: &HeaderMap) -> Option<Option<Role>> {
        let sent = headers.get_all(header::COOKIE);
        let value = sent
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))?;
        let id = value.get(..16).and_then(|half| u64::from_str_radix(half, 16).ok());
        Some(id.and_then(|id| self.resume(id)))
    }

    fn resume(&self, id: u64) -> Option<Role> {
        let mut open = self.open();
        let session = open.sessions.get_mut(&id)?;
        let now = Instant::now();
        if now.duration_since(session.used) >= self.idle {
            open.sessions.remove(&id);
            return None;
        }
        session.used = now;
        Some(session.role)
    }

    pub fn expire_all(&self) {
        self.open().sessions.clear();
    }
}

/// Makes neighbors look unlike one another: nothing here is secret.
fn scramble(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
}

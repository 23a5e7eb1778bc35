//! Many changes, a few at a time.

use std::collections::VecDeque;

use super::{Draft, Job};

/// The jobs of a draft on their way. Whoever works takes one, does it, and gives it back.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    waiting: VecDeque<Job>,
    running: usize,
    done: usize,
    of: usize,
    is_stopped: bool,
}

/// How far a batch is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub running: usize,
    pub of: usize,
    pub is_stopped: bool,
}

impl Batch {
    /// Requests to an upstream at the same time: its other users must not notice.
    pub const AT_ONCE: usize = 4;

    pub fn new(draft: &Draft) -> Self {
        let waiting: VecDeque<Job> = Job::all(draft).into();
        let of = waiting.len();
        Self { waiting, of, ..Self::default() }
    }

    /// The next job; none when there is none, or when it was stopped.
    pub fn take(&mut self) -> Option<Job> {
        if self.is_stopped || self.running >= Self::AT_ONCE {
            return None;
        }
        let job = self.waiting.pop_front()?;
        self.running += 1;
        Some(job)
    }

    /// A job is done. Gives those that will not be: where nobody is signed in any more, the others
    /// of that connection are not tried.
    pub fn give(&mut self, job: &Job) -> Vec<Job> {
        self.running = self.running.saturating_sub(1);
        self.done += 1;
        if job.ends_all().is_none() {
            return Vec::new();
        }
        let (ended, waiting): (Vec<Job>, Vec<Job>) =
            self.waiting.drain(..).partition(|other| other.connection == job.connection);
        self.waiting = waiting.into();
        self.end(ended)
    }

    /// Nothing more is begun. Gives the jobs that will not be; those that run go on to their end.
    pub fn stop(&mut self) -> Vec<Job> {
        self.is_stopped = true;
        let ended = self.waiting.drain(..).collect();
        self.end(ended)
    }

    fn end(&mut self, mut ended: Vec<Job>) -> Vec<Job> {
        self.done += ended.len();
        ended.iter_mut().for_each(Job::stop);
        ended
    }

    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    pub fn progress(&self) -> Progress {
        let Self { running, done, of, is_stopped, .. } = *self;
        Progress { done, running, of, is_stopped }
    }
}

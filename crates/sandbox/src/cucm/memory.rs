//! The memory that all replies under way share.
//!
//! Cisco's guide: 16 MB for all concurrent requests together, 8 for one, and beside a large
//! query the others should stay under 2. Both holds if a reply counts twice, for the rows that
//! were read and for the text they became, so that is what is counted here, from when a reply
//! is ready until its last piece has left or its reader has gone.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, Bytes};
use futures_util::stream;

/// What leaves at once.
const PIECE: usize = 64 * 1024;

#[derive(Debug)]
pub struct Memory {
    limit: usize,
    used: AtomicUsize,
}

/// A reply's share, given back when dropped.
#[derive(Debug)]
pub struct Share {
    memory: Arc<Memory>,
    bytes: usize,
}

impl Memory {
    pub fn new(limit: usize) -> Self {
        Self { limit, used: AtomicUsize::new(0) }
    }

    /// Room for a reply of this size; none if the others under way leave too little.
    pub fn share(self: &Arc<Self>, reply: usize) -> Option<Share> {
        let bytes = reply.saturating_mul(2);
        let enough = |used: usize| {
            // What runs alone is not refused: a reply has a limit of its own.
            let whole = used.saturating_add(bytes);
            (used == 0 || whole <= self.limit).then_some(whole)
        };
        let taken = self.used.fetch_update(Ordering::AcqRel, Ordering::Acquire, enough);
        taken.ok().map(|_| Share { memory: Arc::clone(self), bytes })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.memory.used.fetch_sub(self.bytes, Ordering::AcqRel);
    }
}

impl Share {
    /// The body of a reply that holds this share until it has left. Its length is not
    /// announced: Tomcat sends what is larger than its buffer in chunks.
    pub fn body(self, text: String) -> Body {
        let start = (Bytes::from(text), self);
        Body::from_stream(stream::unfold(start, async |(mut left, share)| {
            if left.is_empty() {
                return None;
            }
            let piece = left.split_to(left.len().min(PIECE));
            Some((Ok::<Bytes, Infallible>(piece), (left, share)))
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Memory;

    #[test]
    fn replies_share_the_memory_and_give_it_back() {
        let memory = Arc::new(Memory::new(100));
        let large = memory.share(40).unwrap();
        assert!(memory.share(11).is_none(), "80 and 22 are more than 100");
        let small = memory.share(10).unwrap();
        drop(large);
        assert!(memory.share(40).is_some());
        drop(small);
        assert!(memory.share(500).is_some(), "nothing else is under way");
    }
}

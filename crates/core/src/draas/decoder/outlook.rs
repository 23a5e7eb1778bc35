//! How large a tree becomes, by the length that its reply is said to have.

use super::walk::MAX_NODES;
use crate::estate::Tree;

/// So much of a reply tells how the rest of it will be.
const SAMPLE: u64 = 1 << 20;
/// Then so many times as much is looked at.
const AGAIN: u64 = 16;
/// What is said is believed of so many times what came: who says too much has to send much.
const BELIEVED: u64 = 256;
/// One of so many bytes more than it seems to take, since no reply is the same all through.
const SPARE: u64 = 16;
/// The most that is taken in advance for names.
const MAX_NAMES: u64 = 128 << 20;

/// What a reply is said to hold, against what came of it.
#[derive(Debug)]
pub(super) struct Outlook {
    /// Bytes; 0 where nobody said.
    said: u64,
    /// Bytes after which it is looked at.
    next: u64,
}

impl Outlook {
    pub(super) fn new() -> Self {
        Self { said: 0, next: SAMPLE }
    }

    pub(super) fn expect(&mut self, bytes: u64) {
        self.said = bytes;
    }

    /// Makes room in a tree for what is to come, when it is time to. `own` of the nodes are of the
    /// `read` bytes that came.
    #[inline]
    pub(super) fn look(&mut self, tree: &mut Tree, own: usize, read: u64) {
        if read >= self.next && self.said > read {
            self.make_room(tree, own as u64, read);
        }
    }

    #[cold]
    fn make_room(&mut self, tree: &mut Tree, own: u64, read: u64) {
        self.next = read.saturating_mul(AGAIN);
        let to_come = self.said.min(read.saturating_mul(BELIEVED)) - read;
        let more = (own.saturating_mul(to_come) / read).min(MAX_NODES as u64);
        let there = tree.len() as u64;
        let nodes = (there + more + more / SPARE).min(MAX_NODES as u64);
        // Names are as long as those that came.
        let names = tree.name_bytes() as u64;
        let name_bytes = (names.saturating_mul(nodes) / there.max(1)).min(MAX_NAMES);
        let size = |count| usize::try_from(count).unwrap_or(usize::MAX);
        tree.expect(size(nodes), size(name_bytes));
    }
}

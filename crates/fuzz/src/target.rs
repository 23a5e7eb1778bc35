//! What is fed.

use crate::targets;

/// A decoder, or several that are small, with the rules they keep.
pub struct Target {
    pub name: &'static str,
    /// What it decodes, for people.
    pub decodes: &'static str,
    /// Good inputs, and bad ones worth starting from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// What to insert and exchange.
    pub words: &'static [&'static str],
    /// Inputs made large by saying one thing again and again.
    pub repeats: &'static [Repeat],
    /// Decodes one input. Panics when a rule is broken.
    pub feed: fn(&[u8]),
}

/// An input of any size.
pub struct Repeat {
    pub start: &'static str,
    pub again: &'static str,
    pub end: &'static str,
}

impl Repeat {
    pub const fn new(start: &'static str, again: &'static str, end: &'static str) -> Self {
        Self { start, again, end }
    }

    /// About so many bytes of it.
    pub fn grown_to(&self, bytes: usize) -> Vec<u8> {
        let times = bytes / self.again.len().max(1);
        let mut input = Vec::with_capacity(bytes + self.start.len() + self.end.len());
        input.extend_from_slice(self.start.as_bytes());
        for _ in 0..times {
            input.extend_from_slice(self.again.as_bytes());
        }
        input.extend_from_slice(self.end.as_bytes());
        input
    }
}

impl Target {
    /// Every one, in the order of the contracts.
    pub const ALL: &[Self] = targets::ALL;

    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|target| target.name == name)
    }
}

//! What of a reply could not be read.

use super::xml::Twice;

/// A reply that is wrong throughout needs no hundred thousand complaints.
const MAX: usize = 20;

/// The paths of fields that hold something else than they should; the first twenty.
#[derive(Debug, Default)]
pub(super) struct Complaints(Vec<String>);

impl Complaints {
    pub(super) fn add(&mut self, path: impl FnOnce() -> String) {
        if self.0.len() < MAX {
            self.0.push(path());
        }
    }

    /// The fields of the element at `path` that were there more than once.
    pub(super) fn twice(&mut self, path: impl Fn() -> String, twice: Twice) {
        for name in twice.0 {
            self.add(|| format!("{}.{name}", path()));
        }
    }

    pub(super) fn into_paths(self) -> Vec<String> {
        self.0
    }
}

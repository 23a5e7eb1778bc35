//! Which upstreams the edge remembers.

use super::Gate;
use crate::snapshot::Plan;

impl Gate {
    /// When snapshots are taken of this upstream; none where it is not remembered.
    pub fn memory_of(&self, upstream: &str) -> Option<Plan> {
        self.settings.upstreams.get(upstream)?.memory
    }

    /// The upstreams that are remembered.
    pub fn remembered(&self) -> impl Iterator<Item = &str> {
        let all = self.settings.upstreams.iter();
        all.filter(|(_, upstream)| upstream.memory.is_some()).map(|(name, _)| name.as_str())
    }
}

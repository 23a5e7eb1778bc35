use crate::estate::*;
#[derive(Default)]
pub struct Selection {
    set: std::collections::BTreeSet<NodeRef>,
    anchor: Option<NodeRef>,
}
impl Selection {
    pub fn contains(&self, n: NodeRef) -> bool {
        self.set.contains(&n)
    }
    pub fn len(&self) -> usize {
        self.set.len()
    }
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }
    pub fn only(&mut self, n: NodeRef) {
        self.set.clear();
        self.set.insert(n);
        self.anchor = Some(n)
    }
    pub fn toggle(&mut self, n: NodeRef) {
        if !self.set.remove(&n) {
            self.set.insert(n);
        }
        self.anchor = Some(n)
    }
    pub fn anchor(&self) -> Option<NodeRef> {
        self.anchor
    }
    pub fn extend_to(&mut self, r: impl Iterator<Item = NodeRef>) {
        self.set = r.collect()
    }
    pub fn all(&mut self, r: impl Iterator<Item = NodeRef>) {
        self.set = r.collect()
    }
    pub fn clear(&mut self) {
        self.set.clear()
    }
    pub fn forget(&mut self, _t: u16) {}
    pub fn remove(&mut self, _t: u16) {}
}
pub struct Sum {
    pub known: Figure,
    pub counted: usize,
    pub unknown: usize,
}
impl Copy for Sum {}
impl Clone for Sum {
    fn clone(&self) -> Self {
        *self
    }
}
impl PartialEq for Sum {
    fn eq(&self, o: &Self) -> bool {
        self.known == o.known
    }
}
#[derive(Clone, PartialEq)]
pub struct Total {
    pub meter_key: String,
    pub assigned: Sum,
    pub in_use: Sum,
}
pub fn totals(_e: &Estate, _s: &Selection) -> Vec<Total> {
    Vec::new()
}

//! A filter, prepared for one tree.

use std::ops::Range;

use super::super::{Bits, Needle};
use super::Filter;
use super::range::Bounds;
use super::scan::with_words;
use crate::estate::{NodeId, Tree, Uuid};
use crate::insight::Survey;

pub(super) struct Finder<'a> {
    filter: &'a Filter,
    tree: &'a Tree,
    survey: Option<&'a Survey>,
    bounds: Vec<Bounds>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(filter: &'a Filter, tree: &'a Tree, survey: Option<&'a Survey>) -> Self {
        let ranges = filter.ranges.iter().filter(|range| !range.is_empty());
        Self {
            filter,
            tree,
            survey,
            bounds: ranges.map(|range| Bounds::new(range, tree)).collect(),
        }
    }

    pub(super) fn find(&self, nodes: Range<NodeId>, into: &mut Bits) {
        let needle = Needle::new(&self.filter.text);
        if needle.is_empty() {
            for node in nodes.filter(|&node| self.fits_but_for_text(node)) {
                into.insert(node);
            }
            return;
        }
        let found = |node| {
            if self.fits_but_for_text(node) {
                into.insert(node);
            }
        };
        with_words(self.tree, &needle, nodes.clone(), found);
        let found = |node| {
            if self.fits_but_for_text(node) {
                into.insert(node);
            }
        };
        with_id(self.tree, &self.filter.text, nodes, found);
    }

    /// Whether all but the text is as asked for.
    #[inline]
    fn fits_but_for_text(&self, node: NodeId) -> bool {
        let Filter { kinds, marks, .. } = *self.filter;
        (kinds.is_empty() || kinds.contains(self.tree.kind(node)))
            && (marks.is_empty()
                || self.survey.is_some_and(|survey| !survey.marks(node).shared(marks).is_empty()))
            && self.bounds.iter().all(|bounds| bounds.hold(self.tree, node))
    }
}

/// The nodes whose id is the whole text.
pub(in crate::view) fn with_id(
    tree: &Tree,
    text: &str,
    nodes: Range<NodeId>,
    mut found: impl FnMut(NodeId),
) {
    let text = text.trim();
    if let Some(uuid) = Uuid::parse(text) {
        let has_it = |node: &NodeId| tree.uuid(*node) == Some(uuid);
        nodes.clone().filter(has_it).for_each(&mut found);
    }
    let digits = text.strip_prefix('#').unwrap_or(text);
    // A sign is no digit, although numbers are read with it.
    if digits.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(id) = digits.parse::<u64>()
    {
        let has_it = |node: &NodeId| tree.subscription_id(*node) == Some(id);
        nodes.clone().filter(has_it).for_each(&mut found);
    }
    for (node, id) in tree.billing_ids(nodes) {
        if id.eq_ignore_ascii_case(text) {
            found(node);
        }
    }
}

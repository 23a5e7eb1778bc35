//! Looking for words in many names at once.

use std::ops::Range;

use super::super::Needle;
use crate::estate::{NodeId, Tree};

/// As many nodes as are looked at twice in a row: small enough to be at hand the second time.
const MOST_NODES: NodeId = 1_024;

/// The nodes with every word of a needle in their name.
///
/// Names stand in memory one after the other, mostly in the order of the nodes. So the names of many
/// nodes are gone through as one text, and a node is looked at only where a word may begin.
pub(in crate::view) fn with_words(
    tree: &Tree,
    needle: &Needle,
    nodes: Range<NodeId>,
    mut found: impl FnMut(NodeId),
) {
    // The longest word is in the fewest names.
    let Some(word) = needle.words().iter().max_by_key(|word| word.len()) else { return };
    let is_alone = needle.words().len() == 1;
    let mut nodes = nodes;
    while !nodes.is_empty() {
        let (run, names) = first_run(tree, nodes.clone());
        nodes.start = run.end;
        let Some(text) = tree.all_names().get(..names.end) else { continue };
        let (mut node, mut from) = (run.start, names.start);
        while let Some(start) = word.next_start(text.as_bytes(), from) {
            from = start + 1;
            let Some(end) = word.end_at(text, start) else { continue };
            while tree.name_place(node).end <= start {
                node += 1;
            }
            let name = tree.name_place(node);
            // What begins at the end of a name may go on in the next one.
            if end <= name.end {
                from = name.end;
                if is_alone || needle.is_in(&text[name]) {
                    found(node);
                }
            }
        }
    }
}

/// The first of these nodes whose names follow each other, at least one, and where the names stand.
fn first_run(tree: &Tree, nodes: Range<NodeId>) -> (Range<NodeId>, Range<usize>) {
    let mut names = tree.name_place(nodes.start);
    let mut end = nodes.start + 1;
    let most = nodes.end.min(nodes.start.saturating_add(MOST_NODES));
    while end < most {
        let next = tree.name_place(end);
        if names.is_empty() {
            names = next;
        } else if next.start == names.end {
            names.end = next.end;
        } else if !next.is_empty() {
            break;
        }
        end += 1;
    }
    (nodes.start..end, names)
}

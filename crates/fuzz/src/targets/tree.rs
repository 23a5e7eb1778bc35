//! Trees that were decoded in pieces, whatever from.

use seatree_core::draas::Complaint;
use seatree_core::estate::Tree;
use seatree_core::{Problem, TreeDecoder, UpstreamError};

use crate::check;
use crate::measure::within_memory;
use crate::pieces::ways_to_split;

/// What came of a reply.
pub(super) type Decoded = (Tree, Result<Vec<Complaint>, UpstreamError>);

/// A reply, however it is split: what came of it, which is judged, and the same each time.
pub(super) fn decode_all_ways<D: TreeDecoder>(
    input: &[u8],
    decoder: impl Fn() -> D,
) -> Option<Decoded> {
    let mut first: Option<Decoded> = None;
    for pieces in ways_to_split(input) {
        let decoded = within_memory(input.len(), || decode(decoder(), &pieces));
        match &first {
            None => {
                judge(&decoded);
                first = Some(decoded);
            }
            Some(first) => assert_same(first, &decoded),
        }
    }
    first
}

fn decode(mut decoder: impl TreeDecoder, pieces: &[&[u8]]) -> Decoded {
    let mut tree = Tree::new("");
    for piece in pieces {
        if let Err(error) = decoder.push(&mut tree, piece) {
            return (tree, Err(error));
        }
    }
    let ended = decoder.finish(&mut tree);
    (tree, ended)
}

/// A tree is in order, and what is told of it fit to be told.
fn judge((tree, ended): &Decoded) {
    assert_in_order(tree);
    match ended {
        Ok(complaints) => {
            assert!(complaints.len() <= 1_000, "{} complaints", complaints.len());
            for complaint in complaints {
                check::path(&complaint.place);
            }
        }
        Err(error) => check::error(error),
    }
}

/// A tree is one: each node lies within its parent, and what it holds can be asked for.
fn assert_in_order(tree: &Tree) {
    let nodes = u32::try_from(tree.len()).expect("fewer nodes than numbers");
    assert_eq!(tree.end(0), nodes);
    for node in 1..nodes {
        let parent = tree.parent(node).expect("only the root has none");
        assert!(parent < node && tree.end(node) <= tree.end(parent), "node {node}");
        assert!(tree.depth(node) > 0);
        let _ = (tree.name(node), tree.uuid(node), tree.subscription_id(node));
    }
    assert!(tree.meters().count() <= 1_000);
}

/// However it was split. Only the excerpt may differ: it shows what had arrived by then.
fn assert_same((tree, ended): &Decoded, (other, other_ended): &Decoded) {
    let bare = |ended: &Result<Vec<Complaint>, UpstreamError>| {
        ended.clone().map_err(|mut error| {
            if let Problem::Malformed { excerpt, .. } = &mut error.problem {
                excerpt.clear();
            }
            error
        })
    };
    assert_eq!(bare(ended), bare(other_ended), "another split, another end");
    assert_eq!(tree.len(), other.len(), "another split, other nodes");
    assert!(tree.meters().eq(other.meters()), "another split, other meters");
    for node in (0..).take(tree.len()) {
        let facts = |tree: &Tree| {
            let ids = (tree.uuid(node), tree.subscription_id(node));
            (tree.parent(node), tree.kind(node), tree.depth(node), tree.end(node), ids)
        };
        assert_eq!(facts(tree), facts(other), "another split, another node {node}");
        assert_eq!(tree.name(node), other.name(node), "another split, another name");
        for (meter, key) in tree.meters() {
            assert_eq!(tree.reading(node, meter), other.reading(node, meter), "{key} of {node}");
        }
    }
}

//! The part of an estate that a visitor's scopes open.

use std::rc::Rc;

use serde::Serialize;
use sha1_smol::Sha1;

use super::{Estate, NodeName, findings, node::Node};
use crate::draas::Entity;
use crate::estate::NodeId;
use crate::visitors::Scope;

/// How nodes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One document: `application/json`.
    Json,
    /// A node on each line, and a last line that says that it is the last: `application/x-ndjson`.
    Lines,
}

impl Format {
    /// What an `Accept` header asks for; one document unless lines are named.
    pub fn accepted(accept: Option<&str>) -> Self {
        let mut types = accept.unwrap_or_default().split(',');
        let is_lines =
            |name: &str| name.split(';').next().is_some_and(|n| n.trim() == "application/x-ndjson");
        if types.any(is_lines) { Self::Lines } else { Self::Json }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Lines => "application/x-ndjson",
        }
    }
}

/// What is opened of an estate, written piece by piece.
#[derive(Clone, Debug)]
pub struct View {
    estate: Rc<Estate>,
    /// The opened nodes, none of them within another, in the order of the tree.
    tops: Vec<NodeId>,
    /// Where writing stands: which of the opened, and the node in it.
    at: (usize, NodeId),
    is_begun: bool,
    is_ended: bool,
    written: u64,
}

impl View {
    /// None where the scopes open nothing of this upstream's estate.
    pub fn of(estate: &Rc<Estate>, scopes: &[Scope], upstream: &str) -> Option<Self> {
        let tree = estate.members.tree();
        let mut opened = estate.members.opened(scopes, upstream);
        opened.sort_unstable();
        let mut tops: Vec<NodeId> = Vec::new();
        for node in opened {
            if tops.last().is_none_or(|last| node >= tree.end(*last)) {
                tops.push(node);
            }
        }
        let first = *tops.first()?;
        let estate = Rc::clone(estate);
        let at = (0, first.max(1));
        Some(Self { estate, tops, at, is_begun: false, is_ended: false, written: 0 })
    }

    /// The same for as long as what would be written is.
    pub fn tag(&self, what: &str) -> String {
        let tops: Vec<String> = self.tops.iter().map(ToString::to_string).collect();
        let text = format!("{}\n{what}\n{}", self.estate.digest, tops.join(" "));
        format!("\"{}\"", Sha1::from(text).digest())
    }

    /// The part of it that is an entity with all below; none where that does not lie in it.
    #[must_use]
    pub fn within(self, entity: Entity) -> Option<Self> {
        let top = self.estate.members.place(entity).filter(|node| self.contains(*node))?;
        Some(Self { tops: vec![top], at: (0, top), ..self })
    }

    /// Whether a node lies in what is opened.
    pub fn contains(&self, node: NodeId) -> bool {
        node != 0 && self.estate.members.contains(&self.tops, node)
    }

    /// One node with the names of those below it; none where it is not in what is opened.
    pub fn node(&self, name: NodeName) -> Option<String> {
        #[derive(Serialize)]
        struct Whole<'a> {
            #[serde(flatten)]
            node: Node<'a>,
            children: Vec<String>,
        }

        let node = name.find(&self.estate.members).filter(|node| self.contains(*node))?;
        let tree = self.estate.members.tree();
        let top = self.tops.iter().copied().rfind(|top| *top <= node)?;
        let names = tree.children(node).filter_map(|child| NodeName::of(tree, child));
        let children = names.map(|name| name.to_string()).collect();
        serde_json::to_string(&Whole { node: Node::of(&self.estate, node, top), children }).ok()
    }

    /// Writes up to so many more nodes; false when all is written.
    pub fn write_nodes(&mut self, format: Format, up_to: usize, out: &mut Vec<u8>) -> bool {
        let write = |estate: &Estate, node, top, out: &mut Vec<u8>| {
            push(out, &Node::of(estate, node, top));
            true
        };
        self.write(format, "nodes", up_to, out, write)
    }

    /// Writes the findings of up to so many more nodes; false when all is written.
    pub fn write_findings(&mut self, up_to: usize, out: &mut Vec<u8>) -> bool {
        let write = |estate: &Estate, node, _, out: &mut Vec<u8>| {
            let found = findings::of(estate, node);
            if let Some(found) = &found {
                push(out, found);
            }
            found.is_some()
        };
        self.write(Format::Json, "findings", up_to, out, write)
    }

    fn write(
        &mut self,
        format: Format,
        what: &str,
        up_to: usize,
        out: &mut Vec<u8>,
        each: impl Fn(&Estate, NodeId, NodeId, &mut Vec<u8>) -> bool,
    ) -> bool {
        if self.is_ended {
            return false;
        }
        if !std::mem::replace(&mut self.is_begun, true) && format == Format::Json {
            out.extend(format!("{{\"version\":1,\"{what}\":[").bytes());
        }
        for _ in 0..up_to {
            let Some(&top) = self.tops.get(self.at.0) else {
                self.end(format, out);
                return true;
            };
            if self.at.1 >= self.estate.members.tree().end(top) {
                let next = self.at.0 + 1;
                self.at = (next, self.tops.get(next).copied().unwrap_or_default());
                continue;
            }
            let before = out.len();
            if format == Format::Json {
                out.extend_from_slice(if self.written == 0 { b"\n" } else { b",\n" });
            }
            if each(&self.estate, self.at.1, top, out) {
                self.written += 1;
                if format == Format::Lines {
                    out.push(b'\n');
                }
            } else {
                out.truncate(before);
            }
            self.at.1 += 1;
        }
        true
    }

    /// What says that nothing is missing.
    fn end(&mut self, format: Format, out: &mut Vec<u8>) {
        self.is_ended = true;
        out.extend(match format {
            Format::Json => format!("\n],\"count\":{}}}\n", self.written).into_bytes(),
            Format::Lines => format!("{{\"end\":true,\"count\":{}}}\n", self.written).into_bytes(),
        });
    }
}

fn push(out: &mut Vec<u8>, value: &impl Serialize) {
    // A buffer takes all there is, and texts are always JSON.
    let _ = serde_json::to_writer(out, value);
}

#[cfg(test)]
mod tests;

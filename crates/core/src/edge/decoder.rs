//! An estate's lines turned into nodes while they arrive.

mod line;

use self::line::{Filling, Line};
use super::estate::DOING;
use crate::TreeDecoder;
use crate::draas::Complaint;
use crate::error::{Problem, UpstreamError, excerpt};
use crate::estate::{NodeId, Tree};
use crate::json::push::{Broken, Fault, Push};
use crate::scan::first_of;
use crate::words::later;

/// Two gigabytes: ten times the largest tree a page can show.
const MAX_REPLY: u64 = 2 << 30;
const MAX_NODES: usize = 5_000_000;
/// As deep as a reply of the platform itself may be.
const MAX_LEVELS: usize = 64;
const MAX_COMPLAINTS: usize = 100;

/// Reads `estate` as lines into a [`Tree`], line by line.
///
/// A node is in the tree once its line is whole. Figures that were not sent are unknown; what is
/// odd in a line is complained about, and the rest of it kept. A node of a kind that is not known
/// here is left out with all below it, and complained about. Lines without a last one that counts
/// them were cut off.
pub struct EstateDecoder {
    push: Push,
    line: Line,
    /// Whether anything but blanks came of the line.
    is_begun: bool,
    /// The nodes that the next may stand below, by level.
    open: Vec<NodeId>,
    /// Below this level is what belongs to a node that was left out.
    left_out: Option<usize>,
    /// Lines of nodes, those left out included.
    told: u64,
    /// Which line it is, from 1.
    number: u64,
    /// How many there are, as the last line says.
    ended: Option<u64>,
    read: u64,
    start: Vec<u8>,
    complaints: Vec<Complaint>,
}

impl EstateDecoder {
    pub(super) fn new() -> Self {
        Self {
            push: Push::new(),
            line: Line::default(),
            is_begun: false,
            open: Vec::new(),
            left_out: None,
            told: 0,
            number: 1,
            ended: None,
            read: 0,
            start: Vec::new(),
            complaints: Vec::new(),
        }
    }
}

impl TreeDecoder for EstateDecoder {
    fn push(&mut self, tree: &mut Tree, piece: &[u8]) -> Result<(), UpstreamError> {
        let missing = 256_usize.saturating_sub(self.start.len());
        self.start.extend(piece.iter().take(missing));
        self.read += piece.len() as u64;
        if self.read > MAX_REPLY {
            return Err(too_large("more than 2 GiB".to_owned()));
        }
        let mut rest = piece;
        while !rest.is_empty() {
            let end = first_of(rest, 0, [b'\n']);
            self.feed(tree, &rest[..end])?;
            let Some(after) = rest.get(end + 1..) else { break };
            self.end_line(tree)?;
            self.number += 1;
            rest = after;
        }
        Ok(())
    }

    fn finish(mut self, tree: &mut Tree) -> Result<Vec<Complaint>, UpstreamError> {
        let ended = self.end_line(tree);
        tree.fit();
        ended?;
        match self.ended {
            Some(count) if count == self.told => Ok(self.complaints),
            _ if self.start.is_empty() => Err(self.malformed(later("lines of nodes: it is empty"))),
            _ => Err(self.malformed(later("whole: it was cut off"))),
        }
    }
}

impl EstateDecoder {
    fn feed(&mut self, tree: &mut Tree, part: &[u8]) -> Result<(), UpstreamError> {
        self.is_begun |= !part.trim_ascii().is_empty();
        let fed = self.push.feed(part, &mut Filling { line: &mut self.line, tree });
        fed.map_err(|broken| self.broken(broken))
    }

    fn end_line(&mut self, tree: &mut Tree) -> Result<(), UpstreamError> {
        if self.is_begun {
            let ended = self.push.finish(&mut Filling { line: &mut self.line, tree });
            ended.map_err(|broken| self.broken(broken))?;
            self.take(tree)?;
        }
        self.push = Push::new();
        self.line.clear();
        self.is_begun = false;
        Ok(())
    }

    /// Puts the node of a whole line into the tree.
    fn take(&mut self, tree: &mut Tree) -> Result<(), UpstreamError> {
        if self.ended.is_some() {
            return Err(self.malformed(later("the end, after the line that says so")));
        }
        if self.line.level.is_none()
            && let Some(said) = self.line.error.take()
        {
            return Err(error(Problem::Rejected { status: 200, code: None, message: said }));
        }
        if self.line.is_end {
            // Without a count there is no telling whether all came: as good as cut off.
            self.ended = Some(self.line.count.unwrap_or(u64::MAX));
            return Ok(());
        }
        let Some(level) = self.line.level else {
            return Err(self.malformed(later("a node with its level")));
        };
        self.told += 1;
        if self.left_out.is_some_and(|above| level > above) {
            return Ok(());
        }
        self.left_out = None;
        if level > self.open.len() {
            return Err(self.malformed(later("a node below one that came before")));
        }
        if level >= MAX_LEVELS {
            return Err(too_large(format!("more than {MAX_LEVELS} levels")));
        }
        if tree.len() >= MAX_NODES {
            return Err(too_large(format!("more than {MAX_NODES} nodes")));
        }
        self.open.truncate(level);
        for (field, expected) in self.line.odd.drain(..) {
            note(&mut self.complaints, self.number, field, expected);
        }
        let Some(kind) = self.line.kind else {
            note(
                &mut self.complaints,
                self.number,
                "kind",
                later("a kind of node that is known here"),
            );
            self.left_out = Some(level);
            return Ok(());
        };
        let above = self.open.last().copied().unwrap_or(0);
        let node = tree.append(above, kind);
        if !self.line.put(tree, node) {
            note(
                &mut self.complaints,
                self.number,
                "id",
                later("the id of such a node, below the one above"),
            );
        }
        if !self.line.put_figures(tree, node) {
            note(
                &mut self.complaints,
                self.number,
                "licenses",
                later("licenses that more nodes have"),
            );
        }
        self.open.push(node);
        Ok(())
    }

    fn broken(&self, broken: Broken) -> UpstreamError {
        let is_page = self.start.trim_ascii_start().first() == Some(&b'<');
        match broken.fault {
            _ if is_page => {
                self.unlike(String::new(), later("lines of nodes but a page for people"))
            }
            Fault::Truncated => self.malformed(later("whole: it was cut off")),
            Fault::Syntax => self.malformed("JSON"),
            Fault::TooDeep => too_large("more than 64 levels in a line".to_owned()),
        }
    }

    fn malformed(&self, expected: &'static str) -> UpstreamError {
        self.unlike(format!("line {}", self.number), expected)
    }

    fn unlike(&self, place: String, expected: &'static str) -> UpstreamError {
        let excerpt = excerpt(&String::from_utf8_lossy(&self.start));
        error(Problem::Malformed { place, expected, excerpt })
    }
}

fn note(complaints: &mut Vec<Complaint>, line: u64, field: &str, expected: &'static str) {
    if complaints.len() < MAX_COMPLAINTS {
        complaints.push(Complaint { place: format!("line {line}, {field}"), expected });
    }
}

fn too_large(limit: String) -> UpstreamError {
    error(Problem::TooLarge { limit })
}

fn error(problem: Problem) -> UpstreamError {
    UpstreamError::new(DOING, problem)
}

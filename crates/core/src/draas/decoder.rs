//! A licenses reply turned into nodes while its bytes arrive.

mod key;
mod outlook;
mod walk;

use std::fmt;

use self::outlook::Outlook;
use self::walk::{Filling, MAX_NODES, Walk};
use super::Entity;
use crate::TreeDecoder;
use crate::error::{Problem, UpstreamError, excerpt};
use crate::estate::Tree;
use crate::json::push::{Broken, Fault, Push};
use crate::words::later;

/// Two gigabytes: ten times the largest tree a page can show.
const MAX_REPLY: u64 = 2 << 30;

/// A field that could not be read; the rest of the tree was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Such as `group.resellers[3].tenants[0].msTeamsUsers.assigned`.
    pub place: String,
    pub expected: &'static str,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not {}", self.place, self.expected)
    }
}

/// Reads `…/licenses`, detailed or not, into a [`Tree`], node by node.
///
/// The entity asked for is a node from the start. The vendor sends its totals beside it, not in
/// it: they are lifted onto it. Unknown license keys become meters of their own.
///
/// A count is a whole number that is not negative: as a number in any notation (`20.0`, `2e1`) or
/// as a text. Of a field that is sent twice, the last counts, and it is complained about; so are
/// names that are too long or hold something that is no character, which are kept as far as
/// possible.
pub struct LicensesDecoder {
    entity: Entity,
    push: Push,
    walk: Walk,
    outlook: Outlook,
    start: Vec<u8>,
}

impl LicensesDecoder {
    pub(super) fn new(entity: Entity) -> Self {
        Self {
            entity,
            push: Push::new(),
            walk: Walk::new(entity),
            outlook: Outlook::new(),
            start: Vec::new(),
        }
    }

    /// Takes no more nodes than that, where less than the usual five million have room.
    #[must_use]
    pub fn at_most(mut self, nodes: usize) -> Self {
        self.walk.most = nodes.min(MAX_NODES);
        self
    }

    /// How long the whole reply is said to be, in bytes: the tree then takes its memory at once and
    /// not bit by bit. Only a hint; a wrong one, such as the length of a compressed reply, is as
    /// good as none.
    pub fn expect(&mut self, bytes: u64) {
        self.outlook.expect(bytes);
    }
}

impl TreeDecoder for LicensesDecoder {
    fn push(&mut self, tree: &mut Tree, piece: &[u8]) -> Result<(), UpstreamError> {
        self.keep_start(piece);
        let fed = self.push.feed(piece, &mut Filling { walk: &mut self.walk, tree });
        self.outlook.look(tree, self.walk.own_nodes(tree), self.push.len());
        if self.push.len() > MAX_REPLY {
            return Err(self.too_large("more than 2 GiB".to_owned()));
        }
        self.check(fed)
    }

    fn finish(mut self, tree: &mut Tree) -> Result<Vec<Complaint>, UpstreamError> {
        let ended = self.push.finish(&mut Filling { walk: &mut self.walk, tree });
        tree.fit();
        self.check(ended)?;
        if let Some(message) = self.walk.error_text.take() {
            return Err(self.error(Problem::Rejected { status: 200, code: None, message }));
        }
        if !self.walk.found_licenses {
            return Err(self.malformed(String::new(), later("a license reply")));
        }
        Ok(self.walk.complaints)
    }
}

impl LicensesDecoder {
    fn check(&self, fed: Result<(), Broken>) -> Result<(), UpstreamError> {
        if let Some(limit) = &self.walk.too_large {
            return Err(self.too_large(limit.clone()));
        }
        let Err(broken) = fed else { return Ok(()) };
        let place = format!("byte {}", broken.at_byte);
        // Only what JSON has for blanks, so that the reader got just as far: what came after a
        // fault depends on the pieces.
        let begins = self.start.iter().find(|byte| !b" \t\r\n".contains(byte));
        let page = begins == Some(&b'<');
        Err(match broken.fault {
            _ if page => self.malformed(String::new(), later("JSON but a page for people")),
            Fault::Truncated if self.start.is_empty() => {
                self.malformed(String::new(), later("JSON: it is empty"))
            }
            Fault::Truncated => self.malformed(place, later("whole: it was cut off")),
            Fault::Syntax => self.malformed(place, "JSON"),
            Fault::TooDeep => self.too_large("more than 64 levels".to_owned()),
        })
    }

    fn too_large(&self, limit: String) -> UpstreamError {
        self.error(Problem::TooLarge { limit })
    }

    fn malformed(&self, place: String, expected: &'static str) -> UpstreamError {
        let excerpt = excerpt(&String::from_utf8_lossy(&self.start));
        self.error(Problem::Malformed { place, expected, excerpt })
    }

    fn error(&self, problem: Problem) -> UpstreamError {
        UpstreamError::new(self.entity.level.doing(), problem)
    }

    /// The first bytes, to show what came instead of licenses.
    fn keep_start(&mut self, piece: &[u8]) {
        let missing = 256_usize.saturating_sub(self.start.len());
        self.start.extend(piece.iter().take(missing));
    }
}

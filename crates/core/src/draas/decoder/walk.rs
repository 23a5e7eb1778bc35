//! Where a licenses reply stands, and what its next step means for the tree.

mod values;

use super::Complaint;
use super::key::{self, Key};
use crate::draas::Entity;
use crate::error::excerpt;
use crate::estate::{Kind, Meter, NodeId, Tree};
use crate::json::push::{Clean, Sink, Text, Value};
use crate::words::later;

pub(super) const MAX_NODES: usize = 5_000_000;
/// Beyond so many, a node needs [`BYTES_PER_NODE`] of the reply: real ones have 150 and more, and
/// a small reply of empty ones must not fill the memory.
const FREE_NODES: usize = 100_000;
const BYTES_PER_NODE: u64 = 16;
const MAX_COMPLAINTS: usize = 100;
/// The longest name of an entity.
const MAX_NAME: usize = 1024;
/// The longest name of a field that is kept: unknown licenses are called by theirs.
const MAX_KEY: usize = 64;

const DUPLICATE: &str = "a field sent once";
const COUNT: &str = "a count";
const ENTITY: &str = "an entity";

/// What the parser is inside of.
#[derive(Clone, Copy, Debug)]
enum Frame {
    /// The outermost object: totals beside the entity itself.
    Envelope {
        seen: u32,
    },
    Entity {
        node: NodeId,
        kind: Kind,
        seen: u32,
    },
    Children {
        of: NodeId,
        kind: Kind,
        next: u32,
    },
    License(License),
    /// `{"error": {…}}`.
    Error,
}

#[derive(Clone, Copy, Debug)]
struct License {
    /// None for the entity asked for, which may not be there yet.
    node: Option<NodeId>,
    /// None for an unknown license before its first figure: until then it may be something else.
    meter: Option<Meter>,
    seen: u32,
}

pub(super) struct Walk {
    entity: Entity,
    frames: Vec<Frame>,
    /// Levels that are of no interest, with all they hold.
    skipped: u32,
    key: Key,
    /// The text of [`Key::Other`].
    key_text: String,
    /// The name of the unknown license that is being read.
    license_text: String,
    scratch: String,
    root: Option<NodeId>,
    /// Nodes that were in the tree before this reply.
    before: usize,
    /// Nodes that a tree may have.
    pub(super) most: usize,
    pub(super) found_licenses: bool,
    pub(super) error_text: Option<String>,
    pub(super) too_large: Option<String>,
    pub(super) complaints: Vec<Complaint>,
}

/// The walk with the tree of the piece that is being read.
pub(super) struct Filling<'a> {
    pub(super) walk: &'a mut Walk,
    pub(super) tree: &'a mut Tree,
}

impl Walk {
    pub(super) fn new(entity: Entity) -> Self {
        Self {
            entity,
            frames: Vec::with_capacity(16),
            skipped: 0,
            key: Key::Other,
            key_text: String::new(),
            license_text: String::new(),
            scratch: String::new(),
            root: None,
            before: 0,
            most: MAX_NODES,
            found_licenses: false,
            error_text: None,
            too_large: None,
            complaints: Vec::new(),
        }
    }

    /// How many nodes of a tree are this reply's.
    pub(super) fn own_nodes(&self, tree: &Tree) -> usize {
        self.root.map_or(0, |_| tree.len().saturating_sub(self.before))
    }

    fn key_text(&self) -> &str {
        self.key.text().unwrap_or(&self.key_text)
    }

    /// The entity asked for. Its totals can come before itself, so it exists from either on.
    fn root(&mut self, tree: &mut Tree) -> NodeId {
        *self.root.get_or_insert_with(|| {
            self.before = tree.len();
            let node = tree.append(0, self.entity.level.kind());
            tree.set_uuid(node, self.entity.uuid);
            node
        })
    }

    #[cold]
    fn complain(&mut self, expected: &'static str) {
        if self.complaints.len() < MAX_COMPLAINTS {
            self.complaints.push(Complaint { place: excerpt(&self.place()), expected });
        }
    }

    /// The path to the current field, made of what is known anyway.
    fn place(&self) -> String {
        let mut steps = Vec::with_capacity(self.frames.len());
        for (at, frame) in self.frames.iter().enumerate() {
            match frame {
                Frame::Entity { .. } if at == 1 => steps.push(self.entity.level.word().to_owned()),
                Frame::Children { kind, next, .. } => {
                    steps.push(format!("{}[{}]", key::list(*kind), next.saturating_sub(1)));
                }
                Frame::License(License { meter: Some(Meter::TEAMS_USERS), .. }) => {
                    steps.push("msTeamsUsers".to_owned());
                }
                Frame::License(License { meter: Some(Meter::SIP_CHANNELS), .. }) => {
                    steps.push("sipTrunkChannels".to_owned());
                }
                Frame::License(_) => steps.push(self.license_text.clone()),
                Frame::Entity { .. } | Frame::Envelope { .. } | Frame::Error => {}
            }
        }
        if !matches!(self.frames.last(), Some(Frame::Children { .. })) {
            steps.push(self.key_text().to_owned());
        }
        steps.join(".")
    }

    /// Marks the current field as seen; complains when it was before.
    #[inline]
    fn once(&mut self) {
        let seen = match self.frames.last_mut() {
            Some(Frame::Envelope { seen } | Frame::Entity { seen, .. }) => seen,
            Some(Frame::License(license)) => &mut license.seen,
            _ => return,
        };
        let mask = self.key.mask();
        let is_again = *seen & mask != 0;
        *seen |= mask;
        if is_again {
            self.complain(DUPLICATE);
        }
    }

    /// Begins a value: an item of a list, or that of a field.
    #[inline]
    fn begin_value(&mut self) {
        if let Some(Frame::Children { next, .. }) = self.frames.last_mut() {
            *next = next.saturating_add(1);
        } else {
            self.once();
        }
    }

    /// What an object that opens here is; none for what is of no interest.
    #[inline]
    fn object(&mut self, tree: &mut Tree, at: u64) -> Option<Frame> {
        let Some(frame) = self.frames.last().copied() else {
            return Some(Frame::Envelope { seen: 0 });
        };
        self.begin_value();
        match (frame, self.key) {
            (Frame::Children { of, kind, .. }, _) => {
                if self.is_too_large(tree, at) {
                    return None;
                }
                return Some(Frame::Entity { node: tree.append(of, kind), kind, seen: 0 });
            }
            (Frame::Entity { kind, .. }, Key::Name | Key::Uuid | Key::Id | Key::List(_)) => {
                self.misplaced(kind);
            }
            (Frame::Entity { node, .. }, _) => return Some(self.license(tree, Some(node))),
            (Frame::Envelope { .. }, Key::Error) => return Some(Frame::Error),
            (Frame::Envelope { .. }, key) if key == self.entity_key() => {
                self.found_licenses = true;
                let kind = self.entity.level.kind();
                return Some(Frame::Entity { node: self.root(tree), kind, seen: 0 });
            }
            (Frame::Envelope { .. }, _) => return Some(self.license(tree, None)),
            (Frame::License(_), Key::Measure(_)) => self.complain(COUNT),
            (Frame::License(_) | Frame::Error, _) => {}
        }
        None
    }

    fn array(&mut self) -> Option<Frame> {
        let frame = self.frames.last().copied()?;
        self.begin_value();
        match (frame, self.key) {
            (Frame::Entity { node, .. }, Key::List(kind)) => {
                return Some(Frame::Children { of: node, kind, next: 0 });
            }
            (Frame::Children { .. }, _) => self.complain(ENTITY),
            (Frame::Entity { kind, .. }, _) => self.misplaced(kind),
            (Frame::Envelope { .. }, key) => self.misplaced_total(key),
            (Frame::License(_), Key::Measure(_)) => self.complain(COUNT),
            (Frame::License(_) | Frame::Error, _) => {}
        }
        None
    }

    /// Complains about a field of an entity that holds something of another type.
    #[cold]
    fn misplaced(&mut self, kind: Kind) {
        match self.key {
            Key::Name => self.complain("a name"),
            Key::Uuid if kind != Kind::Subscription => self.complain("a uuid"),
            Key::Id if kind == Kind::Subscription => self.complain("a subscription id"),
            Key::List(_) => self.complain(later("a list")),
            Key::Teams | Key::Sip => self.complain("a license object"),
            _ => {}
        }
    }

    #[cold]
    fn misplaced_total(&mut self, key: Key) {
        if key == self.entity_key() {
            self.complain(ENTITY);
        } else if matches!(key, Key::Teams | Key::Sip) {
            self.complain("a license object");
        }
    }

    fn entity_key(&self) -> Key {
        Key::Entity(self.entity.level.kind())
    }

    fn is_too_large(&mut self, tree: &Tree, at: u64) -> bool {
        let room = u64::try_from(FREE_NODES).unwrap_or(u64::MAX) + at / BYTES_PER_NODE;
        let own = self.own_nodes(tree);
        if tree.len() < self.most && own as u64 <= room {
            return false;
        }
        self.too_large = Some(if tree.len() < self.most {
            format!("{own} nodes in {at} bytes")
        } else {
            format!("more than {} nodes", self.most)
        });
        // Nothing of the rest counts, however it is split.
        self.skipped = u32::MAX;
        true
    }

    #[inline]
    fn license(&mut self, tree: &mut Tree, node: Option<NodeId>) -> Frame {
        let meter = match self.key {
            Key::Teams => Some(Meter::TEAMS_USERS),
            Key::Sip => Some(Meter::SIP_CHANNELS),
            _ => None,
        };
        match meter {
            None => {
                let mut text = std::mem::take(&mut self.license_text);
                text.clear();
                text.push_str(self.key_text());
                self.license_text = text;
            }
            Some(meter) => {
                self.found_licenses = true;
                let at = node.unwrap_or_else(|| self.root(tree));
                // The totals of the entity asked for have two places.
                if self.root == Some(at) && tree.has_figures(at, meter) {
                    self.complain(DUPLICATE);
                }
                return Frame::License(License { node: Some(at), meter: Some(meter), seen: 0 });
            }
        }
        Frame::License(License { node, meter, seen: 0 })
    }
}

impl Sink for Filling<'_> {
    #[inline]
    fn start_object(&mut self, at: u64) {
        if self.walk.skipped == 0
            && let Some(frame) = self.walk.object(self.tree, at)
        {
            self.walk.frames.push(frame);
        } else {
            self.walk.skipped = self.walk.skipped.saturating_add(1);
        }
    }

    #[inline]
    fn end_object(&mut self) {
        self.end();
    }

    fn start_array(&mut self) {
        if self.walk.skipped == 0
            && let Some(frame) = self.walk.array()
        {
            self.walk.frames.push(frame);
        } else {
            self.walk.skipped = self.walk.skipped.saturating_add(1);
        }
    }

    fn end_array(&mut self) {
        self.end();
    }

    #[inline]
    fn name(&mut self, name: Text<'_>) {
        let walk = &mut *self.walk;
        if walk.skipped > 0 {
            return;
        }
        walk.key = name.plain().map_or(Key::Other, Key::of);
        if walk.key == Key::Other {
            walk.other_name(name);
        }
    }

    #[inline]
    fn value(&mut self, value: Value<'_>) {
        if self.walk.skipped == 0 {
            self.walk.value(self.tree, value);
        }
    }
}

impl Filling<'_> {
    #[inline]
    fn end(&mut self) {
        let walk = &mut *self.walk;
        match walk.skipped {
            0 => {
                walk.frames.pop();
            }
            u32::MAX => {}
            _ => walk.skipped -= 1,
        }
    }
}

impl Walk {
    #[cold]
    fn other_name(&mut self, name: Text<'_>) {
        let clean = name.read(MAX_KEY, &mut self.key_text);
        // A known name may be written with escapes.
        self.key = Key::of(self.key_text.as_bytes());
        if clean == Clean::Cut {
            self.key = Key::Other;
            self.key_text.push('…');
        }
    }
}

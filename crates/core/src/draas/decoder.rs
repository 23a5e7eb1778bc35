//! A licenses reply turned into nodes while its bytes arrive.

mod place;

use place::Place;

use super::Entity;
use crate::error::{Problem, UpstreamError, excerpt, words};
use crate::estate::{Figure, Kind, Measure, Meter, NodeId, Tree, Uuid};
use crate::json;
use crate::json::push::{Event, Fault, Push};

/// A vendor's tree is 11 objects and arrays deep; anything far beyond is not one.
const MAX_DEPTH: usize = 64;
const MAX_NODES: usize = 5_000_000;
const MAX_COMPLAINTS: usize = 100;

/// A field that could not be read; the rest of the tree was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Such as `group.resellers[3].tenants[0].msTeamsUsers.assigned`.
    pub place: String,
    pub expected: &'static str,
}

/// What the parser is inside of.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Frame {
    /// The outermost object: totals beside the entity itself.
    Envelope,
    Entity {
        node: NodeId,
    },
    Children {
        of: NodeId,
        kind: Kind,
    },
    Meter {
        node: NodeId,
        meter: Meter,
    },
    /// Something of no interest, with all it holds.
    Skipped,
}

/// Reads `…/licenses`, detailed or not, into a [`Tree`], node by node.
///
/// The entity asked for is a node from the start. The vendor sends its totals beside it, not in
/// it: they are lifted onto it. Unknown license keys become meters of their own.
pub struct LicensesDecoder {
    entity: Entity,
    push: Push,
    walk: Walk,
    start: Vec<u8>,
}

/// Where the decoder stands; apart from the parser, so that both can be borrowed.
struct Walk {
    frames: Vec<Frame>,
    place: Place,
    root: Option<NodeId>,
    found_licenses: bool,
    error_text: Option<String>,
    too_many: bool,
    complaints: Vec<Complaint>,
}

impl LicensesDecoder {
    pub(super) fn new(entity: Entity) -> Self {
        Self {
            entity,
            push: Push::new(MAX_DEPTH),
            walk: Walk {
                frames: Vec::with_capacity(16),
                place: Place::default(),
                root: None,
                found_licenses: false,
                error_text: None,
                too_many: false,
                complaints: Vec::new(),
            },
            start: Vec::new(),
        }
    }

    /// Reads one more piece of the reply.
    ///
    /// # Errors
    /// When the reply is no JSON or too large. What was read before stays in the tree.
    pub fn push(&mut self, tree: &mut Tree, piece: &[u8]) -> Result<(), UpstreamError> {
        self.keep_start(piece);
        let (entity, walk) = (self.entity, &mut self.walk);
        let fed = self.push.feed(piece, |event| walk.step(entity, tree, event));
        self.check(fed)
    }

    /// Ends the reply and gives what could not be read.
    ///
    /// # Errors
    /// When the reply stopped early or held no licenses.
    pub fn finish(mut self, tree: &mut Tree) -> Result<Vec<Complaint>, UpstreamError> {
        let (entity, walk) = (self.entity, &mut self.walk);
        let ended = self.push.finish(|event| walk.step(entity, tree, event));
        self.check(ended)?;
        if let Some(message) = self.walk.error_text.take() {
            return Err(self.error(Problem::Rejected { status: 200, code: None, message }));
        }
        if !self.walk.found_licenses {
            return Err(self.malformed(String::new(), "a license reply"));
        }
        Ok(self.walk.complaints)
    }

    fn check(&self, fed: Result<(), json::push::Broken>) -> Result<(), UpstreamError> {
        if self.walk.too_many {
            let limit = format!("more than {MAX_NODES} nodes");
            return Err(self.error(Problem::TooLarge { limit }));
        }
        let Err(broken) = fed else { return Ok(()) };
        let place = format!("byte {}", broken.at_byte);
        let page = self.start.trim_ascii_start().starts_with(b"<");
        Err(match broken.fault {
            _ if page => self.malformed(String::new(), "JSON but a page for people"),
            Fault::Truncated if self.start.is_empty() => {
                self.malformed(String::new(), "JSON: it is empty")
            }
            Fault::Truncated => self.malformed(place, "whole: it was cut off"),
            Fault::Syntax => self.malformed(place, "JSON"),
        })
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

impl Walk {
    fn step(&mut self, entity: Entity, tree: &mut Tree, event: Event<'_>) {
        match event {
            Event::Name(name) => self.place.name(name),
            Event::StartObject => {
                self.place.next_item();
                let frame = self.object(entity, tree);
                self.enter(frame, place::Container::Object);
            }
            Event::StartArray => {
                self.place.next_item();
                let frame = self.array();
                self.enter(frame, place::Container::Array);
            }
            Event::EndObject | Event::EndArray => {
                self.frames.pop();
                self.place.leave();
            }
            Event::Text(text) => {
                self.place.next_item();
                self.value(tree, Value::Text(text));
            }
            Event::Number(text) => {
                self.place.next_item();
                self.value(tree, Value::Number(text));
            }
            Event::Null => {
                self.place.next_item();
                self.value(tree, Value::Null);
            }
            Event::Bool(_) => {
                self.place.next_item();
                self.value(tree, Value::Bool);
            }
        }
    }

    fn enter(&mut self, frame: Frame, container: place::Container) {
        self.frames.push(frame);
        self.place.enter(container);
    }

    /// What an object that opens here is.
    fn object(&mut self, entity: Entity, tree: &mut Tree) -> Frame {
        let Some(frame) = self.frames.last().copied() else { return Frame::Envelope };
        match frame {
            Frame::Envelope => {
                let key = self.place.key();
                if key == "error" {
                    return Frame::Skipped;
                }
                let is_entity = key == entity.level.word();
                let root = self.root(entity, tree);
                if is_entity {
                    self.found_licenses = true;
                    return Frame::Entity { node: root };
                }
                self.meter(tree, root)
            }
            Frame::Entity { node } => self.meter(tree, node),
            Frame::Children { of, kind } => {
                if tree.len() >= MAX_NODES {
                    self.too_many = true;
                    return Frame::Skipped;
                }
                Frame::Entity { node: tree.append(of, kind) }
            }
            Frame::Meter { .. } | Frame::Skipped => Frame::Skipped,
        }
    }

    fn array(&mut self) -> Frame {
        let Some(Frame::Entity { node }) = self.frames.last().copied() else {
            return Frame::Skipped;
        };
        let kind = match self.place.key() {
            "distributors" => Kind::Distributor,
            "resellers" => Kind::Reseller,
            "tenants" => Kind::Tenant,
            "subscriptions" => Kind::Subscription,
            _ => return Frame::Skipped,
        };
        Frame::Children { of: node, kind }
    }

    /// The entity asked for. Its totals can come before itself, so it exists from either on.
    fn root(&mut self, entity: Entity, tree: &mut Tree) -> NodeId {
        *self.root.get_or_insert_with(|| {
            let node = tree.append(0, entity.level.kind());
            tree.set_uuid(node, entity.uuid);
            node
        })
    }

    fn meter(&mut self, tree: &mut Tree, node: NodeId) -> Frame {
        let Some(meter) = tree.meter(self.place.key()) else {
            self.complain("a known license: too many kinds");
            return Frame::Skipped;
        };
        self.found_licenses = true;
        Frame::Meter { node, meter }
    }

    fn value(&mut self, tree: &mut Tree, value: Value<'_>) {
        match (self.frames.last().copied(), value) {
            (Some(Frame::Envelope), Value::Text(text)) if self.place.key() == "error" => {
                self.error_text = Some(words(text));
            }
            (Some(Frame::Entity { node }), value) => self.entity_field(tree, node, value),
            (Some(Frame::Meter { node, meter }), value) => {
                let measure = match self.place.key() {
                    "assigned" => Measure::Assigned,
                    "inUse" => Measure::InUse,
                    "inUseMsUsers" => Measure::Users,
                    "inUseMsResourceAccount" => Measure::ResourceAccounts,
                    _ => return,
                };
                match value.figure() {
                    Some(figure) => tree.set_figure(node, meter, measure, figure),
                    None => self.complain("a count"),
                }
            }
            _ => {}
        }
    }

    fn entity_field(&mut self, tree: &mut Tree, node: NodeId, value: Value<'_>) {
        match (self.place.key(), value) {
            ("name", Value::Text(name)) => tree.set_name(node, name),
            ("name", value) if !matches!(value, Value::Null) => self.complain("a name"),
            ("uuid", value) if tree.kind(node) != Kind::Subscription => {
                match value.text().and_then(Uuid::parse) {
                    Some(uuid) => tree.set_uuid(node, uuid),
                    None => self.complain("a uuid"),
                }
            }
            ("id", value) if tree.kind(node) == Kind::Subscription => {
                match value.figure().and_then(Figure::get).and_then(|id| u64::try_from(id).ok()) {
                    Some(id) => tree.set_subscription_id(node, id),
                    None => self.complain("a subscription id"),
                }
            }
            (_, Value::Null) => {}
            ("distributors" | "resellers" | "tenants" | "subscriptions", _) => {
                self.complain("a list");
            }
            ("msTeamsUsers" | "sipTrunkChannels", _) => self.complain("a license object"),
            _ => {}
        }
    }

    fn complain(&mut self, expected: &'static str) {
        if self.complaints.len() < MAX_COMPLAINTS {
            let place = excerpt(&self.place.to_string());
            self.complaints.push(Complaint { place, expected });
        }
    }
}

/// A value without a structure of its own.
#[derive(Clone, Copy)]
enum Value<'a> {
    Text(&'a str),
    Number(&'a str),
    Bool,
    Null,
}

impl<'a> Value<'a> {
    fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            Self::Bool | Self::Null => None,
        }
    }

    fn figure(self) -> Option<Figure> {
        match self {
            Self::Null => Some(Figure::UNKNOWN),
            Self::Text(text) | Self::Number(text) => json::figure_of_text(text),
            Self::Bool => None,
        }
    }
}

//! One line: a node, or the end.

use crate::api::NodeName;
use crate::error::words;
use crate::estate::{Figure, Kind, Measure, Meter, NodeId, Tree};
use crate::json::push::{Clean, Sink, Text, Value, count};

/// The longest name of an entity.
const MAX_NAME: usize = 1024;
/// The longest key of a license, and of whatever else is no name.
const MAX_WORD: usize = 64;
/// A line that is all wrong says so with fewer.
const MAX_ODD: usize = 10;

/// What the parser is inside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Outside,
    Line,
    Licenses,
    License,
    /// So many levels of what is of no interest here, and where it stands.
    Skipped {
        levels: u32,
        within: Within,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Outside,
    Line,
    Licenses,
    License,
}

/// The fields of a node by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Id,
    Level,
    Kind,
    Name,
    Licenses,
    End,
    Count,
    /// Instead of a node: problem details.
    Detail,
    Measure(Measure),
    Other,
}

/// A line in the course of arriving.
pub(super) struct Line {
    at: At,
    field: Field,
    /// The key of the license that is being read.
    license: String,
    scratch: String,
    id: Option<NodeName>,
    name: String,
    figures: Vec<(Meter, Measure, Figure)>,
    pub(super) level: Option<usize>,
    pub(super) kind: Option<Kind>,
    pub(super) is_end: bool,
    pub(super) count: Option<u64>,
    pub(super) error: Option<String>,
    /// Fields that hold something else than they should.
    pub(super) odd: Vec<(&'static str, &'static str)>,
}

/// The line with the tree that its licenses are of.
pub(super) struct Filling<'a> {
    pub(super) line: &'a mut Line,
    pub(super) tree: &'a mut Tree,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            at: At::Outside,
            field: Field::Other,
            license: String::new(),
            scratch: String::new(),
            id: None,
            name: String::new(),
            figures: Vec::new(),
            level: None,
            kind: None,
            is_end: false,
            count: None,
            error: None,
            odd: Vec::new(),
        }
    }
}

impl Line {
    /// For the next line, in the same memory.
    pub(super) fn clear(&mut self) {
        (self.at, self.field) = (At::Outside, Field::Other);
        (self.id, self.level, self.kind, self.count, self.error) = (None, None, None, None, None);
        self.is_end = false;
        self.name.clear();
        self.figures.clear();
        self.odd.clear();
    }

    /// Names a node of the tree; false for an id that is not one of such a node, or of another
    /// place: limits are changed by it.
    pub(super) fn put(&self, tree: &mut Tree, node: NodeId) -> bool {
        if !self.name.is_empty() {
            tree.set_name(node, &self.name);
        }
        match self.id {
            None => true,
            Some(NodeName::Entity(entity)) if entity.level.kind() == tree.kind(node) => {
                tree.set_uuid(node, entity.uuid);
                true
            }
            Some(NodeName::Subscription { tenant, id })
                if tree.kind(node) == Kind::Subscription
                    && tree.parent(node).and_then(|above| tree.uuid(above)) == Some(tenant) =>
            {
                tree.set_subscription_id(node, id);
                true
            }
            Some(_) => false,
        }
    }

    /// Gives a node its figures; false where some could not be kept.
    pub(super) fn put_figures(&self, tree: &mut Tree, node: NodeId) -> bool {
        let mut are_kept = true;
        for (meter, measure, figure) in &self.figures {
            are_kept &= tree.set_figure(node, *meter, *measure, *figure);
        }
        are_kept
    }

    fn odd(&mut self, field: &'static str, expected: &'static str) {
        if self.odd.len() < MAX_ODD {
            self.odd.push((field, expected));
        }
    }

    /// Whether an array or object is read.
    fn open(&mut self, is_object: bool) {
        self.at = match self.at {
            At::Outside if is_object => At::Line,
            At::Line if self.field == Field::Licenses && is_object => At::Licenses,
            At::Licenses if is_object => At::License,
            At::Skipped { levels, within } => {
                At::Skipped { levels: levels.saturating_add(1), within }
            }
            At::Outside => At::Skipped { levels: 1, within: Within::Outside },
            At::Line => {
                self.misplaced();
                At::Skipped { levels: 1, within: Within::Line }
            }
            At::Licenses => {
                self.odd("licenses", "figures by license");
                At::Skipped { levels: 1, within: Within::Licenses }
            }
            At::License => {
                if matches!(self.field, Field::Measure(_)) {
                    self.odd("licenses", "counts");
                }
                At::Skipped { levels: 1, within: Within::License }
            }
        };
    }

    fn close(&mut self) {
        self.at = match self.at {
            At::Skipped { levels: 1, within } => match within {
                Within::Outside => At::Outside,
                Within::Line => At::Line,
                Within::Licenses => At::Licenses,
                Within::License => At::License,
            },
            At::Skipped { levels, within } => At::Skipped { levels: levels - 1, within },
            At::License => At::Licenses,
            At::Licenses => At::Line,
            At::Line | At::Outside => At::Outside,
        };
    }

    /// Complains about a field of the node that holds something of another type.
    #[cold]
    fn misplaced(&mut self) {
        match self.field {
            Field::Id => self.odd("id", "an id"),
            Field::Level => self.odd("level", "a level"),
            Field::Name => self.odd("name", "a name"),
            Field::Licenses => self.odd("licenses", "figures by license"),
            Field::Kind
            | Field::End
            | Field::Count
            | Field::Detail
            | Field::Measure(_)
            | Field::Other => {}
        }
    }

    fn value(&mut self, tree: &mut Tree, value: Value<'_>) {
        match (self.at, self.field, value) {
            (At::Skipped { .. } | At::Outside, ..) | (_, _, Value::Null) => {}
            (At::License, Field::Measure(measure), value) => match counted(value) {
                Some(figure) => self.figure(tree, measure, figure),
                None => self.odd("licenses", "counts"),
            },
            (At::License, ..) => {}
            (At::Licenses, ..) => self.odd("licenses", "figures by license"),
            (At::Line, Field::Id, Value::Text(text)) => {
                text.read(2 * MAX_WORD, &mut self.scratch);
                self.id = NodeName::parse(&self.scratch);
                if self.id.is_none() {
                    self.odd("id", "an id");
                }
            }
            (At::Line, Field::Kind, Value::Text(text)) => {
                text.read(MAX_WORD, &mut self.scratch);
                let of = |kind: &Kind| kind.word() == self.scratch;
                self.kind = KINDS.into_iter().find(of);
            }
            (At::Line, Field::Name, Value::Text(text)) => {
                match text.read(MAX_NAME, &mut self.name) {
                    Clean::Yes => {}
                    Clean::Repaired => self.odd("name", "a name of whole characters"),
                    Clean::Cut => self.odd("name", "a name of at most 1,024 bytes"),
                }
            }
            (At::Line, Field::Level, Value::Whole(level)) => {
                self.level = usize::try_from(level).ok();
            }
            (At::Line, Field::Count, Value::Whole(count)) => {
                self.count = u64::try_from(count).ok();
            }
            (At::Line, Field::End, Value::Bool) => self.is_end = true,
            (At::Line, Field::Detail, Value::Text(text)) => {
                text.read(MAX_NAME, &mut self.scratch);
                self.error = Some(words(&self.scratch));
            }
            (At::Line, ..) => self.misplaced(),
        }
    }

    #[inline]
    fn figure(&mut self, tree: &mut Tree, measure: Measure, figure: Figure) {
        // An unknown license is one as soon as it has a figure.
        let meter = if figure.is_known() {
            tree.meter(&self.license)
        } else {
            tree.find_meter(&self.license)
        };
        match meter {
            Some(meter) => self.figures.push((meter, measure, figure)),
            None if figure.is_known() => self.odd("licenses", "fewer kinds of licenses"),
            None => {}
        }
    }
}

/// What an edge tells of.
const KINDS: [Kind; 5] =
    [Kind::Group, Kind::Distributor, Kind::Reseller, Kind::Tenant, Kind::Subscription];

/// What a value says as a count; none for what is none.
#[inline]
fn counted(value: Value<'_>) -> Option<Figure> {
    match value {
        Value::Whole(count) => Some(Figure::known(count)),
        Value::Number(digits) => count(digits).map(Figure::known),
        Value::Null | Value::Bool | Value::Text(_) => None,
    }
}

fn field(name: &str, at: At) -> Field {
    match (at, name) {
        (At::Line, "id") => Field::Id,
        (At::Line, "level") => Field::Level,
        (At::Line, "kind") => Field::Kind,
        (At::Line, "name") => Field::Name,
        (At::Line, "licenses") => Field::Licenses,
        (At::Line, "end") => Field::End,
        (At::Line, "count") => Field::Count,
        (At::Line, "detail") => Field::Detail,
        (At::License, "assigned") => Field::Measure(Measure::Assigned),
        (At::License, "in_use") => Field::Measure(Measure::InUse),
        (At::License, "users") => Field::Measure(Measure::Users),
        (At::License, "resource_accounts") => Field::Measure(Measure::ResourceAccounts),
        _ => Field::Other,
    }
}

impl Sink for Filling<'_> {
    fn start_object(&mut self, _at: u64) {
        self.line.open(true);
    }

    fn end_object(&mut self) {
        self.line.close();
    }

    fn start_array(&mut self) {
        self.line.open(false);
    }

    fn end_array(&mut self) {
        self.line.close();
    }

    fn name(&mut self, name: Text<'_>) {
        let line = &mut *self.line;
        match line.at {
            At::Skipped { .. } | At::Outside => {}
            At::Licenses => {
                if name.read(MAX_WORD, &mut line.license) == Clean::Cut {
                    line.license.push('…');
                }
            }
            At::Line | At::License => {
                let plain = name.plain().and_then(|plain| std::str::from_utf8(plain).ok());
                line.field = if let Some(plain) = plain {
                    field(plain, line.at)
                } else {
                    name.read(MAX_WORD, &mut line.scratch);
                    field(&line.scratch, line.at)
                };
            }
        }
    }

    fn value(&mut self, value: Value<'_>) {
        self.line.value(self.tree, value);
    }
}

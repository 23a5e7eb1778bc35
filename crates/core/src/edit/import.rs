//! New limits from a file: checked line by line before anything is drafted.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::csv::{Record, records};
use super::place::{limit, limit_id};
use super::{Change, Draft, LimitId, Names};
use crate::draas::{Limit, LimitError};
use crate::estate::{Kind, NodeId, Tree, Uuid};
use crate::words::{number, tr};
use crate::{plural, say};

/// More lines than that are no list of limits.
pub const MOST_LINES: usize = 100_000;

/// What is wrong with a line; its text says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineError {
    /// A quote on it is never closed.
    OpenQuote,
    /// Fewer than three fields.
    TooFew,
    NoSubscription(String),
    NoTenant(String),
    NoMeter,
    Limit(LimitError),
    /// No subscription of this id was read.
    NotFound {
        subscription: u64,
    },
    /// Several tenants have a subscription of this id.
    Ambiguous {
        subscription: u64,
        tenants: usize,
    },
    /// Several connections have this tenant.
    Twice {
        connections: usize,
    },
    /// The subscription has no such license; those it has.
    NotThere {
        meter: String,
        has: Vec<String>,
    },
    /// A line before sets it already.
    Again {
        line: usize,
    },
    TooMany,
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenQuote => {
                f.write_str(tr("A quotation mark is not closed: add the missing one, or remove it"))
            }
            Self::TooFew => f.write_str(
                tr("Needs three fields: subscription id, license, new limit. The tenant's UUID may \
                 follow"),
            ),
            Self::NoSubscription(text) => {
                f.write_str(&say!(
                    "\"{text}\" is no subscription id: enter its number, such as 118",
                    text = short(text)
                ))
            }
            Self::NoTenant(text) => f.write_str(&say!("\"{text}\" is no UUID of a tenant", text = short(text))),
            Self::NoMeter => f.write_str(tr("The license is missing: enter msTeamsUsers, for example")),
            Self::Limit(error) => error.fmt(f),
            Self::NotFound { subscription } => f.write_str(&say!(
                "Subscription {subscription} is not among those read: check the number, or read its \
                 connection first",
                subscription = subscription.to_string()
            )),
            Self::Ambiguous { subscription, tenants } => f.write_str(&plural!(
                *tenants,
                "{n} tenant has a subscription {subscription}: add the tenant's UUID as fourth field",
                "{n} tenants have a subscription {subscription}: add the tenant's UUID as fourth field",
                subscription = subscription.to_string()
            )),
            Self::Twice { connections } => f.write_str(&plural!(
                *connections,
                "{n} connection has this subscription: remove all but one of them",
                "{n} connections have this subscription: remove all but one of them"
            )),
            Self::NotThere { meter, has } => {
                f.write_str(&say!(
                    "The subscription has no license \"{license}\", only {others}",
                    license = short(meter),
                    others = short(&has.join(", "))
                ))
            }
            Self::Again { line } => {
                f.write_str(&say!("Line {line} sets this limit already", line = line.to_string()))
            }
            Self::TooMany => f.write_str(&say!(
                "More than {most} lines: split the file",
                most = number(MOST_LINES)
            )),
        }
    }
}

impl std::error::Error for LineError {}

/// What a line asks for, found in what was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1, as an editor counts.
    pub number: usize,
    pub id: LimitId,
    /// It may leave the limit as it is: then it is no change.
    pub change: Change,
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    pub lines: Vec<Line>,
    /// The lines that cannot be used.
    pub errors: Vec<(usize, LineError)>,
}

/// What the lines of a file do to a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// To be put into the draft; those that take one out of it too.
    pub changes: Vec<(LimitId, Change)>,
    /// Lines with another limit than there is.
    pub changing: usize,
    /// Lines with the limit that there is.
    pub same: usize,
    /// Drafted changes in whose place another one comes.
    pub replaced: usize,
    /// Drafted changes that go: their limits are to stay as they are.
    pub taken_out: usize,
}

impl Import {
    /// What the lines do to a draft, which is not changed by that.
    pub fn plan(&self, draft: &Draft) -> Plan {
        let mut plan = Plan::default();
        for Line { id, change, .. } in &self.lines {
            let drafted = draft.get(id);
            if change.is_none() {
                plan.same += 1;
                plan.taken_out += usize::from(drafted.is_some());
            } else {
                plan.changing += 1;
                plan.replaced += usize::from(drafted.is_some_and(|it| it.new != change.new));
            }
            if !change.is_none() || drafted.is_some() {
                plan.changes.push((id.clone(), change.clone()));
            }
        }
        plan
    }
}

/// Reads `subscription id, license, new limit` and perhaps the tenant's UUID, line by line: with
/// commas, semicolons or tabs, with or without headings, in any order where headings say it.
///
/// Subscriptions are found in the trees of the DRaaS connections, given by their ids. A license is
/// named by its upstream key or as the page calls it.
pub fn import<'a>(text: &str, trees: impl IntoIterator<Item = (&'a str, &'a Tree)>) -> Import {
    // One more for the headings, one to see that there are too many.
    let mut records: Vec<Record> = records(text).take(MOST_LINES + 2).collect();
    let mut import = Import::default();
    if let Some(beyond) = records.get(MOST_LINES + 1) {
        import.errors.push((beyond.line, LineError::TooMany));
        return import;
    }
    let order = records.first().filter(|first| !first.is_open).and_then(Order::of_headings);
    if order.is_some() {
        records.remove(0);
    }
    let order = order.unwrap_or(Order::USUAL);
    let mut found: Vec<(usize, Asked)> = Vec::new();
    for record in &records {
        match Asked::read(record, &order) {
            Ok(asked) => found.push((record.line, asked)),
            Err(error) => import.errors.push((record.line, error)),
        }
    }
    let trees: Vec<(&str, &Tree)> = trees.into_iter().collect();
    let wanted = found.iter().map(|(_, asked)| asked.subscription).collect();
    let places = index(&trees, &wanted);
    let mut set: HashMap<LimitId, usize> = HashMap::new();
    for (number, asked) in found {
        let found = asked.find(&trees, &places).and_then(|(id, change)| {
            let again = |&line| Err(LineError::Again { line });
            set.get(&id).map_or(Ok((id, change)), again)
        });
        match found {
            Ok((id, change)) => {
                set.insert(id.clone(), number);
                import.lines.push(Line { number, id, change });
            }
            Err(error) => import.errors.push((number, error)),
        }
    }
    import.errors.sort_by_key(|(line, _)| *line);
    import
}

/// Which field is which.
struct Order {
    subscription: usize,
    meter: usize,
    limit: usize,
    tenant: Option<usize>,
}

impl Order {
    const USUAL: Self = Self { subscription: 0, meter: 1, limit: 2, tenant: Some(3) };

    /// None where the first line is no line of headings: all of its fields but one are words, and
    /// the limit is none.
    fn of_headings(first: &Record) -> Option<Self> {
        let place = |names: &[&str]| {
            first.fields.iter().position(|field| {
                let field = field.trim().to_lowercase();
                names.contains(&field.as_str())
            })
        };
        Some(Self {
            subscription: place(&["subscription id", "subscription", "subscription_id", "id"])?,
            meter: place(&["license", "meter", "licence", "license type"])?,
            limit: place(&["new limit", "limit", "new_limit", "new", "assigned"])?,
            tenant: place(&["tenant", "tenant uuid", "tenant_uuid", "tenant id"]),
        })
    }
}

/// What a line asks for.
struct Asked {
    subscription: u64,
    tenant: Option<Uuid>,
    meter: String,
    new: Limit,
}

impl Asked {
    fn read(record: &Record, order: &Order) -> Result<Self, LineError> {
        if record.is_open {
            return Err(LineError::OpenQuote);
        }
        let field = |place: usize| record.fields.get(place).map(|field| field.trim());
        let (Some(id), Some(meter), Some(limit)) =
            (field(order.subscription), field(order.meter), field(order.limit))
        else {
            return Err(LineError::TooFew);
        };
        let digits = id.strip_prefix('#').unwrap_or(id);
        let subscription = digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse().ok())
            .flatten()
            .ok_or_else(|| LineError::NoSubscription(id.to_owned()))?;
        if meter.is_empty() {
            return Err(LineError::NoMeter);
        }
        let tenant = match order.tenant.and_then(field).filter(|text| !text.is_empty()) {
            Some(text) => {
                Some(Uuid::parse(text).ok_or_else(|| LineError::NoTenant(text.to_owned()))?)
            }
            None => None,
        };
        let new = Limit::parse(limit).map_err(LineError::Limit)?;
        Ok(Self { subscription, tenant, meter: meter.to_owned(), new })
    }

    fn find(
        &self,
        trees: &[(&str, &Tree)],
        places: &Places,
    ) -> Result<(LimitId, Change), LineError> {
        let subscription = self.subscription;
        let all = places.get(&subscription).map(Vec::as_slice).unwrap_or_default();
        let mut tenants = HashSet::new();
        let mut here = all.iter().filter(|place| self.tenant.is_none_or(|t| t == place.tenant));
        let first = here.next().ok_or(LineError::NotFound { subscription })?;
        let others: Vec<&Found> = here.collect();
        tenants.extend(others.iter().chain([&first]).map(|place| place.tenant));
        if tenants.len() > 1 {
            return Err(LineError::Ambiguous { subscription, tenants: tenants.len() });
        }
        if !others.is_empty() {
            return Err(LineError::Twice { connections: others.len() + 1 });
        }
        let (connection, tree) = trees[first.tree];
        let key = self.key(tree, first.node)?;
        let id = limit_id(connection, tree, first.node, &key)
            .ok_or(LineError::NotFound { subscription })?;
        let names = Names {
            tenant: tree.parent(first.node).map(|t| tree.name(t).to_owned()).unwrap_or_default(),
            subscription: tree.name(first.node).to_owned(),
        };
        let old = limit(tree, first.node, &key);
        Ok((id, Change { old, new: self.new, names }))
    }

    /// The upstream's key of the license, as the subscription has it.
    fn key(&self, tree: &Tree, node: NodeId) -> Result<String, LineError> {
        let asked = self.meter.to_lowercase();
        let called = match asked.as_str() {
            "teams users" | "teams" => "msteamsusers",
            "sip channels" | "sip trunk channels" | "sip" => "siptrunkchannels",
            other => other,
        };
        let here = || tree.meters().filter(|(meter, _)| tree.has_figures(node, *meter));
        let found = here().find(|(_, key)| key.to_lowercase() == called);
        found.map(|(_, key)| key.to_owned()).ok_or_else(|| LineError::NotThere {
            meter: self.meter.clone(),
            has: here().map(|(_, key)| key.to_owned()).collect(),
        })
    }
}

struct Found {
    tree: usize,
    node: NodeId,
    tenant: Uuid,
}

/// Subscriptions by their number.
type Places = HashMap<u64, Vec<Found>>;

fn index(trees: &[(&str, &Tree)], wanted: &HashSet<u64>) -> Places {
    let mut places = Places::new();
    for (number, (_, tree)) in trees.iter().enumerate() {
        for node in (0..tree.end(0)).filter(|&node| tree.kind(node) == Kind::Subscription) {
            let id = tree.subscription_id(node).filter(|id| wanted.contains(id));
            let tenant = tree.parent(node).and_then(|tenant| tree.uuid(tenant));
            if let Some((id, tenant)) = id.zip(tenant) {
                places.entry(id).or_default().push(Found { tree: number, node, tenant });
            }
        }
    }
    places
}

fn short(text: &str) -> String {
    crate::error::excerpt(text)
}

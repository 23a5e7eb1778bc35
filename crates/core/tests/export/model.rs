//! An estate as plain lists, and the table that its export must be.

use proptest::prelude::*;
use proptest::sample::Index;
use seatree_core::address::Address;
use seatree_core::config;
use seatree_core::estate::{Estate, Figure, Kind, NodeId, NodeRef, Reading, Tree, Uuid};
use seatree_core::export::{Extent, Source};

pub const KEYS: [&str; 5] =
    ["msTeamsUsers", "sipTrunkChannels", "livePlatformUsers", "required", "=agents"];
const KINDS: [Kind; 7] = [
    Kind::Group,
    Kind::Distributor,
    Kind::Reseller,
    Kind::Tenant,
    Kind::Subscription,
    Kind::Service,
    Kind::LicenseType,
];
const LEVELS: [Kind; 5] =
    [Kind::Connection, Kind::Group, Kind::Distributor, Kind::Reseller, Kind::Tenant];

/// Assigned, in use, users, resource accounts.
pub type Figures = [Option<i64>; 4];

#[derive(Clone, Debug)]
pub struct Node {
    /// How many levels to climb from the last node to its parent.
    pub climb: u8,
    pub kind: Kind,
    pub name: String,
    pub id: Option<u64>,
    pub billing_id: String,
    pub figures: [Figures; KEYS.len()],
    pub findings: Vec<&'static str>,
}

#[derive(Clone, Debug)]
pub struct Connection {
    pub name: String,
    pub read_at_s: Option<i64>,
    pub nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
pub struct Model {
    pub connections: Vec<Connection>,
}

/// What a cell must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Empty,
    Text(String),
    Count(i64),
    /// In use and assigned.
    Share(i64, i64),
    Time(i64),
}

impl Model {
    pub fn estate(&self) -> Estate {
        let mut estate = Estate::new();
        for connection in &self.connections {
            let mut tree = Tree::new(&connection.name);
            for (index, node) in connection.nodes.iter().enumerate() {
                let parent = NodeId::try_from(connection.parent(index + 1).unwrap()).unwrap();
                let at = tree.append(parent, node.kind);
                tree.set_name(at, &node.name);
                tree.set_billing_id(at, &node.billing_id);
                match (node.kind, node.id) {
                    (Kind::Subscription, Some(id)) => tree.set_subscription_id(at, id),
                    (_, Some(id)) => tree.set_uuid(at, Uuid::from_u128(id.into())),
                    (_, None) => {}
                }
                for (key, figures) in KEYS.iter().zip(node.figures) {
                    let meter = tree.meter(key).unwrap();
                    let [assigned, in_use, users, resource_accounts] = figures.map(Figure::from);
                    let reading = Reading { assigned, in_use, users, resource_accounts };
                    tree.set_reading(at, meter, reading);
                }
            }
            estate.add(tree);
        }
        estate
    }

    pub fn sources(&self) -> Vec<Source> {
        let source = |connection: &Connection| Source {
            name: connection.name.clone(),
            kind: config::Kind::Draas,
            address: Address::parse("https://prov.example.net/api").unwrap(),
            read_at_s: connection.read_at_s,
            extent: Extent::Partial,
        };
        self.connections.iter().map(source).collect()
    }

    pub fn rows(&self) -> Vec<NodeRef> {
        let tree = |(index, connection): (u16, &Connection)| {
            (0..).take(connection.nodes.len() + 1).map(move |node| NodeRef { tree: index, node })
        };
        (0..).zip(&self.connections).flat_map(tree).collect()
    }

    pub fn findings(&self, at: NodeRef) -> Vec<&'static str> {
        self.node(at).map(|node| node.findings.clone()).unwrap_or_default()
    }

    /// None for a connection.
    pub fn node(&self, at: NodeRef) -> Option<&Node> {
        let nodes = &self.connections[usize::from(at.tree)].nodes;
        Some(&nodes[(at.node as usize).checked_sub(1)?])
    }

    pub fn name(&self, at: NodeRef) -> &str {
        let connection = &self.connections[usize::from(at.tree)];
        self.node(at).map_or(&connection.name, |node| &node.name)
    }

    pub fn kind(&self, at: NodeRef) -> Kind {
        self.node(at).map_or(Kind::Connection, |node| node.kind)
    }

    /// The nearest node of a kind, from a node upwards.
    pub fn nearest(&self, at: NodeRef, kind: Kind) -> Option<NodeRef> {
        if self.kind(at) == kind {
            return Some(at);
        }
        let connection = &self.connections[usize::from(at.tree)];
        let above = connection.parent(at.node as usize)?;
        self.nearest(NodeRef { node: NodeId::try_from(above).unwrap(), ..at }, kind)
    }

    /// Whether any node of any connection has this figure.
    pub fn occurs(&self, key: usize, measure: usize) -> bool {
        let mut nodes = self.connections.iter().flat_map(|connection| &connection.nodes);
        nodes.any(|node| node.figures[key][measure].is_some())
    }

    /// Whether any node of one connection has an assigned and any has an in use.
    fn occur_together(&self, key: usize) -> bool {
        let has = |connection: &Connection, measure: usize| {
            connection.nodes.iter().any(|node| node.figures[key][measure].is_some())
        };
        self.connections.iter().any(|connection| has(connection, 0) && has(connection, 1))
    }

    /// Headings and cells of some rows.
    pub fn table(&self, rows: &[NodeRef]) -> (Vec<String>, Vec<Vec<Value>>) {
        let mut table: Vec<(String, Vec<Value>)> = Vec::new();
        let mut column = |title: &str, cell: &dyn Fn(NodeRef) -> Value| {
            table.push((title.to_owned(), rows.iter().map(|&at| cell(at)).collect()));
        };
        for (title, level) in
            ["Connection", "Group", "Distributor", "Reseller", "Tenant"].into_iter().zip(LEVELS)
        {
            column(title, &|at| {
                let node = self.nearest(at, level);
                node.map_or(Value::Empty, |node| Value::Text(self.name(node).to_owned()))
            });
        }
        column("Name", &|at| Value::Text(self.name(at).to_owned()));
        column("Kind", &|at| Value::Text(self.kind(at).word().to_owned()));
        column("Id", &|at| self.id(at).map_or(Value::Empty, Value::Text));
        column("Billing id", &|at| match self.node(at) {
            Some(node) if !node.billing_id.is_empty() => Value::Text(node.billing_id.clone()),
            _ => Value::Empty,
        });
        for key in 0..KEYS.len() {
            for (what, title) in titles(key).into_iter().enumerate() {
                let occurs = match what {
                    0 | 1 => self.occurs(key, what),
                    2 | 3 => self.occur_together(key),
                    _ => self.occurs(key, what - 2),
                };
                if occurs {
                    column(&title, &|at| self.figure(at, key, what));
                }
            }
        }
        column("Findings", &|at| match self.findings(at) {
            none if none.is_empty() => Value::Empty,
            some => Value::Text(some.join("; ")),
        });
        column("Source", &|_| Value::Text("DRaaS".to_owned()));
        column("Source address", &|_| Value::Text("https://prov.example.net/api".to_owned()));
        column("Read at (UTC)", &|at| {
            self.connections[usize::from(at.tree)].read_at_s.map_or(Value::Empty, Value::Time)
        });
        column("Source state", &|_| Value::Text("partly read".to_owned()));
        let (titles, columns): (Vec<_>, Vec<_>) = table.into_iter().unzip();
        let row = |index: usize| columns.iter().map(|column| column[index].clone()).collect();
        (titles, (0..rows.len()).map(row).collect())
    }

    pub fn id(&self, at: NodeRef) -> Option<String> {
        let node = self.node(at)?;
        match node.kind {
            Kind::Subscription => node.id.map(|id| id.to_string()),
            _ => node.id.filter(|id| *id != 0).map(|id| Uuid::from_u128(id.into()).to_string()),
        }
    }

    /// What a column of a license holds, in the order of [`titles`].
    pub fn figure(&self, at: NodeRef, key: usize, what: usize) -> Value {
        let Some(node) = self.node(at) else { return Value::Empty };
        let [assigned, in_use, users, resource_accounts] = node.figures[key];
        let count = |figure: Option<i64>| figure.map_or(Value::Empty, Value::Count);
        match what {
            0 => count(assigned),
            1 => count(in_use),
            2 => count(assigned.zip(in_use).and_then(|(a, u)| a.checked_sub(u))),
            3 => match assigned.zip(in_use) {
                Some((assigned, in_use)) if assigned > 0 => Value::Share(in_use, assigned),
                _ => Value::Empty,
            },
            4 => count(users),
            _ => count(resource_accounts),
        }
    }
}

impl Connection {
    /// The parent of a node, counted from the connection at 0.
    fn parent(&self, at: usize) -> Option<usize> {
        let mut parent = at.checked_sub(1)?;
        for _ in 0..self.nodes[at - 1].climb {
            parent = self.parent(parent).unwrap_or(0);
        }
        Some(parent)
    }
}

/// Assigned, in use, available, utilization, users, resource accounts.
fn titles(key: usize) -> [String; 6] {
    let of = ["Teams users", "SIP channels", "Live Platform users", "required", "=agents"][key];
    let whats = [
        "assigned",
        "in use",
        "available",
        "utilization (%)",
        "in use by users",
        "in use by resource accounts",
    ];
    whats.map(|what| match (key, what) {
        (2, "assigned") => "Live Platform users acquired".to_owned(),
        (2, "in use") => "Live Platform users licensed".to_owned(),
        (3, "in use") => "CUCM licenses required".to_owned(),
        _ => format!("{of} {what}"),
    })
}

/// Names as tenants may give them.
pub fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "",
            "Harbor",
            "Zürich, \"West\"",
            "<img src=x onerror=alert(1)>",
            "=HYPERLINK(\"https://evil.example\",\"x\")",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\u{ff1d}1",
            "\u{202e}gnp.exe",
            " \u{feff}=1",
            "two\r\nlines",
            "cr\ralone",
            "a tab\tand ]]> &amp; &#0;",
            "nul\0bell\u{7}escape\u{1b}\u{7f}",
            "\u{fffe}\u{ffff}",
            "_x000D_ _x0041_",
            "'quoted'",
            "\"",
            "🎉👩‍👩‍👧",
            "  spaces  ",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
        "[\\x00-\\x7f]{0,12}",
        Just("x".repeat(10_000)),
        Just("€".repeat(21_000)),
    ]
}

fn figure() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![
        3 => Just(None),
        4 => (0_i64..200).prop_map(Some),
        1 => prop::sample::select(vec![-3, i64::from(i32::MIN), i64::MAX]).prop_map(Some),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    let findings = prop::sample::subsequence(vec!["over limit", "sums do not add up"], 0..=2);
    // Few nodes have figures of all licenses: some must not occur at all.
    let figures = (any::<Index>(), prop::array::uniform4(figure())).prop_map(|(key, figures)| {
        let mut all = [[None; 4]; KEYS.len()];
        all[key.index(KEYS.len())] = figures;
        all
    });
    let id = prop::option::of(0_u64..1_000);
    let billing_id = prop_oneof![4 => Just(String::new()), 1 => name()];
    (0_u8..4, prop::sample::select(KINDS.to_vec()), name(), id, billing_id, figures, findings)
        .prop_map(|(climb, kind, name, id, billing_id, figures, findings)| Node {
            climb,
            kind,
            name,
            id,
            billing_id,
            figures,
            findings,
        })
}

pub fn model() -> impl Strategy<Value = Model> {
    let read_at_s = prop::option::of(0_i64..4_000_000_000);
    let connection = (name(), read_at_s, prop::collection::vec(node(), 0..12))
        .prop_map(|(name, read_at_s, nodes)| Connection { name, read_at_s, nodes });
    prop::collection::vec(connection, 0..4).prop_map(|connections| Model { connections })
}

/// Some of a model's rows, perhaps in another order and more than once.
pub fn pick(model: &Model, picked: Option<&[Index]>) -> Vec<NodeRef> {
    let rows = model.rows();
    match picked {
        Some(picked) if !rows.is_empty() => {
            picked.iter().map(|index| rows[index.index(rows.len())]).collect()
        }
        _ => rows,
    }
}

//! A DRaaS group with `detailed=true`, as the vendor prints it: keys in alphabetical order, the
//! group's own totals beside it, five levels.

use super::{Reply, random::Random};
use crate::Found;

const FAMILIES: [&str; 12] = [
    "Aerts",
    "Bauer",
    "Brüggemann",
    "De Smet",
    "González",
    "Hendriks",
    "Jørgensen",
    "Lefèvre",
    "O'Sullivan",
    "Schäfer",
    "Van den Berg",
    "Whitfield",
];
/// The first as Go's encoder writes an ampersand.
const TRADES: [(&str, &str); 8] = [
    ("\\u0026 Sons", "& Sons"),
    ("Apotheken GmbH", "Apotheken GmbH"),
    ("Bakkerijen NV", "Bakkerijen NV"),
    ("Engineering Ltd", "Engineering Ltd"),
    ("Hotels AG", "Hotels AG"),
    ("Logistik B.V.", "Logistik B.V."),
    ("Medical", "Medical"),
    ("Textiles SARL", "Textiles SARL"),
];
const PRODUCTS: [&str; 6] = [
    "Contact Center",
    "Direct Routing",
    "Operator Connect",
    "Reception Desk",
    "SIP Trunk",
    "Teams Calling",
];
const CITIES: [&str; 8] =
    ["Antwerp", "Basel", "Eindhoven", "Köln", "Liège", "Malmö", "Porto", "Zürich"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Group,
    Distributor,
    Reseller,
    Tenant,
    Subscription,
}

#[derive(Clone, Copy, Default)]
struct Licenses {
    assigned: u32,
    users: u32,
    resource_accounts: u32,
    channels: u32,
}

/// An entity, in tree order.
struct Node {
    level: Level,
    parent: usize,
    /// The place after its subtree.
    end: usize,
    licenses: Licenses,
}

pub(super) fn reply(size: u32) -> Reply {
    let mut random = Random::new(u64::from(size));
    let nodes = nodes(size as usize, &mut random);
    let sum = nodes.iter().map(|node| i64::from(node.licenses.assigned)).sum();
    let truth = Found { items: nodes.len() as u64, sum };
    let mut writer = Writer { nodes, random, out: Vec::new(), name_bytes: 0 };
    writer.put("{\"group\":");
    writer.entity(0);
    writer.put(",");
    writer.licenses(0);
    writer.put("}");
    Reply { body: writer.out, truth, name_bytes: writer.name_bytes }
}

/// Exactly `size` entities; each holds what its children hold together.
fn nodes(size: usize, random: &mut Random) -> Vec<Node> {
    let mut maker = Maker { size, nodes: Vec::with_capacity(size), random };
    let group = maker.open(Level::Group, 0);
    while maker.has_room() {
        maker.distributor(group);
    }
    let mut nodes = maker.nodes;
    for at in (0..nodes.len()).rev() {
        let end = nodes[at].end.max(at + 1);
        nodes[at].end = end;
        let (parent, licenses) = (nodes[at].parent, nodes[at].licenses);
        if parent < at {
            let above = &mut nodes[parent];
            above.end = above.end.max(end);
            above.licenses.assigned += licenses.assigned;
            above.licenses.users += licenses.users;
            above.licenses.resource_accounts += licenses.resource_accounts;
            above.licenses.channels += licenses.channels;
        }
    }
    nodes
}

struct Maker<'a> {
    size: usize,
    nodes: Vec<Node>,
    random: &'a mut Random,
}

impl Maker<'_> {
    fn has_room(&self) -> bool {
        self.nodes.len() < self.size
    }

    fn open(&mut self, level: Level, parent: usize) -> usize {
        self.nodes.push(Node { level, parent, end: 0, licenses: Licenses::default() });
        self.nodes.len() - 1
    }

    fn distributor(&mut self, group: usize) {
        let distributor = self.open(Level::Distributor, group);
        for _ in 0..15 + self.random.below(20) {
            if self.has_room() {
                self.reseller(distributor);
            }
        }
        // Some tenants have no reseller.
        for _ in 0..3 {
            self.tenant(distributor);
        }
    }

    fn reseller(&mut self, distributor: usize) {
        let reseller = self.open(Level::Reseller, distributor);
        for _ in 0..8 + self.random.below(24) {
            self.tenant(reseller);
        }
    }

    fn tenant(&mut self, parent: usize) {
        if !self.has_room() {
            return;
        }
        let tenant = self.open(Level::Tenant, parent);
        for _ in 0..self.random.pick(&[0, 1, 1, 2, 2, 3, 4, 6]) {
            if self.has_room() {
                let subscription = self.open(Level::Subscription, tenant);
                self.nodes[subscription].licenses = licenses(self.random);
            }
        }
    }
}

fn licenses(random: &mut Random) -> Licenses {
    let assigned = random.pick(&[0, 5, 10, 25, 25, 50, 75, 100, 250]);
    // A few use more than they were given.
    let users = random.below(assigned + assigned / 20 + 1);
    Licenses {
        assigned,
        users,
        resource_accounts: random.below(assigned / 10 + 1),
        channels: random.pick(&[0, 0, 2, 4, 10, 30]),
    }
}

struct Writer {
    nodes: Vec<Node>,
    random: Random,
    out: Vec<u8>,
    name_bytes: usize,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn entity(&mut self, at: usize) {
        match self.nodes[at].level {
            Level::Group => {
                self.list("{\"distributors\"", at, Level::Distributor);
                self.name(",", at);
                self.list(",\"resellers\"", at, Level::Reseller);
                self.list(",\"tenants\"", at, Level::Tenant);
                self.uuid();
            }
            Level::Distributor => {
                self.put("{");
                self.licenses_with_name(at, |writer| {
                    writer.list(",\"resellers\"", at, Level::Reseller);
                });
                self.list(",\"tenants\"", at, Level::Tenant);
                self.uuid();
            }
            Level::Reseller => {
                self.put("{");
                self.licenses_with_name(at, |_| {});
                self.list(",\"tenants\"", at, Level::Tenant);
                self.uuid();
            }
            Level::Tenant => {
                self.put("{");
                self.licenses_with_name(at, |_| {});
                self.list(",\"subscriptions\"", at, Level::Subscription);
                self.uuid();
            }
            Level::Subscription => {
                let id = at * 3 + 2;
                self.put(&format!("{{\"id\":{id},"));
                self.licenses_with_name(at, |_| {});
            }
        }
        self.put("}");
    }

    fn list(&mut self, key: &str, of: usize, level: Level) {
        self.put(key);
        self.put(":[");
        let (mut child, mut first) = (of + 1, true);
        while child < self.nodes[of].end {
            if self.nodes[child].level == level {
                if !first {
                    self.put(",");
                }
                first = false;
                self.entity(child);
            }
            child = self.nodes[child].end;
        }
        self.put("]");
    }

    /// Both meters, as they stand beside a group: without its name between them.
    fn licenses(&mut self, at: usize) {
        self.teams(at);
        self.channels(at);
    }

    fn licenses_with_name(&mut self, at: usize, between: impl FnOnce(&mut Self)) {
        self.teams(at);
        self.name(",", at);
        between(self);
        self.channels(at);
    }

    fn teams(&mut self, at: usize) {
        let Licenses { assigned, users, resource_accounts, .. } = self.nodes[at].licenses;
        let in_use = users + resource_accounts;
        self.put(&format!(
            "\"msTeamsUsers\":{{\"assigned\":{assigned},\"inUse\":{in_use},\
             \"inUseMsResourceAccount\":{resource_accounts},\"inUseMsUsers\":{users}}}"
        ));
    }

    fn channels(&mut self, at: usize) {
        let channels = self.nodes[at].licenses.channels;
        self.put(&format!(",\"sipTrunkChannels\":{{\"assigned\":{channels}}}"));
    }

    fn name(&mut self, before: &str, at: usize) {
        let random = &mut self.random;
        let (written, meant) = match self.nodes[at].level {
            Level::Group => ("Meridian Voice Group".to_owned(), None),
            Level::Distributor => (format!("Distribution {} {at}", random.pick(&CITIES)), None),
            Level::Reseller => (format!("{} Telecom {at}", random.pick(&FAMILIES)), None),
            Level::Tenant => {
                let (family, (written, meant)) = (random.pick(&FAMILIES), random.pick(&TRADES));
                (format!("{family} {written}"), Some(format!("{family} {meant}")))
            }
            Level::Subscription => {
                (format!("{} {}", random.pick(&PRODUCTS), random.pick(&CITIES)), None)
            }
        };
        self.name_bytes += meant.as_ref().unwrap_or(&written).len();
        self.put(before);
        self.put(&format!("\"name\":\"{written}\""));
    }

    fn uuid(&mut self) {
        let uuid = self.random.uuid();
        self.put(&format!(",\"uuid\":\"{uuid}\""));
    }
}

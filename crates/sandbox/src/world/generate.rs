//! Invents a DRaaS tree of exactly the size asked for.

use super::names::{AWKWARD, Names};
use super::random::{Random, Stream};
use super::tree::{EmptyLists, Entity, Index, Key, Level, Licenses, Tree, UnknownLicense};

/// Where in the count of tenants the awkward names stand, from the third on.
const AWKWARD_EVERY: usize = 4;

/// A tree of `size` entities; from 6 on it has every level.
pub fn tree(seed: u64, size: u32) -> Tree {
    let mut maker = Maker {
        random: Random::new(seed, Stream::Tree),
        names: Names::new(),
        tree: Tree::default(),
        size: size.max(1) as usize,
        tenants: 0,
        subscriptions: 0,
    };
    maker.run();
    maker.tree
}

/// Gives every second subscription of the first half of the tree a license that no manual
/// names. The rest of the tree stays as it is.
pub fn add_unknown_license(tree: &mut Tree, seed: u64) {
    let mut random = Random::new(seed, Stream::UnknownLicense);
    let subscription = |index: &Index| tree.get(*index).level == Level::Subscription;
    let all: Vec<Index> = (0..tree.len()).filter(subscription).collect();
    for index in all.iter().take(all.len().div_ceil(2)).step_by(2) {
        let assigned = random.between(1, 40);
        let in_use = random.between(0, assigned);
        let license = UnknownLicense { assigned: assigned.into(), in_use: in_use.into() };
        tree.add_unknown_license(*index, license);
    }
}

struct Maker {
    random: Random,
    names: Names,
    tree: Tree,
    size: usize,
    tenants: usize,
    subscriptions: u32,
}

impl Maker {
    fn left(&self) -> usize {
        self.size.saturating_sub(self.tree.len())
    }

    fn run(&mut self) {
        let name = self.names.group(&mut self.random);
        let group = self.entity(Level::Group, name, None);
        let (distributors, resellers) = self.skeleton(group);

        // The first tenant hangs at the full depth, so that there always is a deep one.
        let deepest = resellers.first().or(distributors.first()).copied().unwrap_or(group);
        if self.left() > 0 {
            self.tenant(deepest);
        }
        while self.left() > 0 {
            let parent = self.parent(group, &distributors, &resellers);
            self.tenant(parent);
        }
        self.tree.add_up();
    }

    /// Distributors and resellers: about one in 45 entities.
    fn skeleton(&mut self, group: Index) -> (Vec<Index>, Vec<Index>) {
        let (mut distributors, mut resellers) = (Vec::new(), Vec::new());
        if self.size < 6 {
            return (distributors, resellers);
        }
        for _ in 0..(self.size / 250).clamp(1, 40) {
            let name = self.names.distributor(&mut self.random);
            distributors.push(self.entity(Level::Distributor, name, Some(group)));
        }
        for number in 0..(self.size / 45).max(1) {
            // The last of several distributors stays without resellers and without tenants.
            let owners = distributors.len() - usize::from(distributors.len() > 2);
            let direct = number > 0 && self.random.chance(8);
            let owner = if number == 0 { 0 } else { self.random.below(owners) };
            let parent = if direct { group } else { distributors[owner] };
            let name = self.names.reseller(&mut self.random);
            resellers.push(self.entity(Level::Reseller, name, Some(parent)));
        }
        if distributors.len() > 2 {
            distributors.pop();
        }
        (distributors, resellers)
    }

    /// Few sell much and many sell little; now and then there is no reseller between.
    fn parent(&mut self, group: Index, distributors: &[Index], resellers: &[Index]) -> Index {
        match self.random.below(100) {
            0..2 => group,
            2..10 if !distributors.is_empty() => self.random.pick(distributors),
            _ if !resellers.is_empty() => {
                let reach = 1 + self.random.below(resellers.len());
                self.random.pick(&resellers[..reach])
            }
            _ => group,
        }
    }

    fn tenant(&mut self, parent: Index) {
        let number = self.tenants;
        self.tenants += 1;
        let awkward = AWKWARD.get(number / AWKWARD_EVERY).filter(|_| number % AWKWARD_EVERY == 2);
        let name = match awkward {
            Some(name) => (*name).to_owned(),
            None => self.names.company(&mut self.random),
        };
        let tenant = self.entity(Level::Tenant, name, Some(parent));
        let wanted = match number {
            0 => 2,
            5 => 0,
            _ => self.random.pick(&[0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6]),
        };
        for _ in 0..wanted.min(self.left()) {
            self.subscription(tenant);
        }
    }

    fn subscription(&mut self, tenant: Index) {
        let number = self.subscriptions;
        self.subscriptions += 1;
        let licenses = self.licenses(number);
        let name = Names::subscription(&mut self.random);
        let index = self.tree.push(Entity {
            level: Level::Subscription,
            name,
            key: Key::Id(u64::from(number) * 3 + 2),
            parent: Some(tenant),
            children: Vec::new(),
            licenses,
            empty_lists: EmptyLists::Written,
        });
        debug_assert!(index < self.size, "never more than asked for");
    }

    /// Usual, over limit, near limit, idle, without Teams: in this order first, so that even
    /// a small tree has each, then as chance has it.
    fn licenses(&mut self, number: u32) -> Licenses {
        let random = &mut self.random;
        let limit = random.pick(&[5, 10, 12, 20, 25, 25, 40, 50, 50, 75, 100, 150, 250, 500]);
        let assigned = if random.chance(30) { limit + random.between(0, limit) } else { limit };
        let kind = if number < 5 { number as usize * 20 + 10 } else { random.below(100) };
        // Percent of all subscriptions; the first five land in one range each.
        let (assigned, in_use) = match (number < 5, kind) {
            (true, 30) | (false, 0..3) => {
                (assigned, assigned + random.between(1, assigned / 5 + 1))
            }
            (true, 50) | (false, 3..11) => (assigned, assigned - random.between(0, assigned / 10)),
            (true, 70) | (false, 11..22) => (assigned, 0),
            (true, 90) | (false, 22..30) => (0, 0),
            _ => (assigned, assigned * random.between(20, 85) / 100),
        };
        let accounts = in_use * random.between(0, 12) / 100;
        let sip = if random.chance(40) { 0 } else { random.pick(&[2, 4, 8, 10, 16, 30, 60, 120]) };
        Licenses {
            teams_assigned: u64::from(assigned),
            teams_users: u64::from(in_use - accounts),
            teams_resource_accounts: u64::from(accounts),
            sip_assigned: sip,
        }
    }

    fn entity(&mut self, level: Level, name: String, parent: Option<Index>) -> Index {
        let empty_lists =
            if self.random.chance(10) { EmptyLists::LeftOut } else { EmptyLists::Written };
        let key = Key::Uuid(self.random.uuid());
        let children = Vec::new();
        let licenses = Licenses::default();
        self.tree.push(Entity { level, name, key, parent, children, licenses, empty_lists })
    }
}

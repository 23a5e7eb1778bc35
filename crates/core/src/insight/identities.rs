//! Rules that the figures of a reply follow, and those that do not. They are shown, never repaired.
//!
//! In every example of the vendors a parent holds the sum of its children, in use is users plus
//! resource accounts, and the licensed of a service are the sum of its counted factors. No vendor
//! promises any of it, so a difference is a warning.

use super::Sum;
use crate::estate::{Figure, Kind, Measure, Meter, NodeId, Tree};
use crate::live_platform::ServiceLicense;

/// A rule that figures should follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// A parent has what its children have together.
    SumOfChildren,
    /// In use are people and resource accounts.
    UsersAndResourceAccounts,
    /// Currently licensed are the factors that count.
    SumOfFactors,
}

impl Identity {
    pub const ALL: [Self; 3] =
        [Self::SumOfChildren, Self::UsersAndResourceAccounts, Self::SumOfFactors];

    /// Its name for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::SumOfChildren => "sum-of-children",
            Self::UsersAndResourceAccounts => "users-and-resource-accounts",
            Self::SumOfFactors => "sum-of-factors",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|identity| identity.word() == word)
    }
}

/// Figures that do not follow a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    pub node: NodeId,
    pub meter: Meter,
    /// The figure that should have been another.
    pub measure: Measure,
    pub identity: Identity,
    /// What the other figures make.
    pub expected: i64,
    /// What was sent.
    pub found: i64,
}

/// What of one meter does not follow its rule at a node. Nothing is said where a figure is unknown.
pub(super) fn check_node(tree: &Tree, node: NodeId, meter: Meter) -> [Option<Finding>; 3] {
    [
        (Measure::InUse, Identity::UsersAndResourceAccounts),
        (Measure::Assigned, Identity::SumOfChildren),
        (Measure::InUse, Identity::SumOfChildren),
    ]
    .map(|(measure, identity)| {
        let (expected, found) = expected_and_found(tree, node, meter, measure, identity)?;
        (expected != found).then_some(Finding { node, meter, measure, identity, expected, found })
    })
}

/// What a figure of a tree should be by a rule, and what it is; none where that cannot be told.
pub fn expected_and_found(
    tree: &Tree,
    node: NodeId,
    meter: Meter,
    measure: Measure,
    identity: Identity,
) -> Option<(i64, i64)> {
    let found = tree.figure(node, meter, measure).get()?;
    let expected = match identity {
        Identity::UsersAndResourceAccounts => {
            let users = tree.figure(node, meter, Measure::Users);
            users.plus(tree.figure(node, meter, Measure::ResourceAccounts))
        }
        Identity::SumOfChildren => {
            if !tree.has_children(node) || tree.kind(node) == Kind::Connection {
                return None;
            }
            let figures = tree.children(node).map(|child| tree.figure(child, meter, measure));
            let sum: Sum = figures.collect();
            if sum.is_whole() { sum.figure() } else { Figure::UNKNOWN }
        }
        // They are not in the tree: see `check_service`.
        Identity::SumOfFactors => Figure::UNKNOWN,
    };
    Some((expected.get()?, found))
}

/// Whether the licensed of a service, at its node, are what its factors make.
pub fn check_service(node: NodeId, license: &ServiceLicense) -> Option<Finding> {
    let (expected, found) = (license.sum_of_factors().get()?, license.licensed.get()?);
    (expected != found).then_some(Finding {
        node,
        meter: Meter::LIVE_USERS,
        measure: Measure::InUse,
        identity: Identity::SumOfFactors,
        expected,
        found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live_platform::Factors;

    fn check(tree: &Tree) -> impl Iterator<Item = Finding> {
        let nodes = 0..tree.end(0);
        let meters = tree.used_meters().collect::<Vec<_>>().into_iter();
        let at = move |node| meters.clone().flat_map(move |meter| check_node(tree, node, meter));
        nodes.flat_map(at).flatten()
    }

    fn tree(parent: i64, children: [Option<i64>; 2]) -> Tree {
        let mut tree = Tree::new("Netaxis");
        let tenant = tree.append(0, Kind::Tenant);
        tree.set_figure(tenant, Meter::TEAMS_USERS, Measure::Assigned, Figure::known(parent));
        for assigned in children {
            let child = tree.append(tenant, Kind::Subscription);
            let figure = Figure::from(assigned);
            tree.set_figure(child, Meter::TEAMS_USERS, Measure::Assigned, figure);
        }
        tree
    }

    #[test]
    fn a_parent_that_is_not_its_childrens_sum_is_named_with_both_figures() {
        assert_eq!(check(&tree(92, [Some(59), Some(33)])).next(), None);
        let found: Vec<Finding> = check(&tree(92, [Some(59), Some(30)])).collect();
        let expected = Finding {
            node: 1,
            meter: Meter::TEAMS_USERS,
            measure: Measure::Assigned,
            identity: Identity::SumOfChildren,
            expected: 89,
            found: 92,
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn nothing_is_claimed_about_a_sum_with_an_unknown_part() {
        assert_eq!(check(&tree(92, [Some(59), None])).next(), None);
    }

    #[test]
    fn in_use_is_people_plus_resource_accounts() {
        let mut tree = tree(1, [None, None]);
        for (measure, count) in
            [(Measure::InUse, 5), (Measure::Users, 2), (Measure::ResourceAccounts, 2)]
        {
            tree.set_figure(3, Meter::TEAMS_USERS, measure, Figure::known(count));
        }
        let found: Vec<Finding> = check(&tree).collect();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].node, found[0].expected, found[0].found), (3, 4, 5));
        assert_eq!(found[0].identity, Identity::UsersAndResourceAccounts);
    }

    #[test]
    fn the_licensed_of_a_service_are_its_factors() {
        let mut license = ServiceLicense {
            licensed: Figure::known(7),
            factors: Factors {
                direct_routing: Figure::known(2),
                operator_connect: Figure::known(2),
                life_cycle: Figure::known(1),
                user_interface: Figure::known(1),
                service_numbers: Figure::known(1),
            },
            ..ServiceLicense::default()
        };
        assert_eq!(check_service(1, &license), None);
        license.licensed = Figure::known(8);
        let found = check_service(1, &license).unwrap();
        assert_eq!((found.expected, found.found, found.identity), (7, 8, Identity::SumOfFactors));
        license.factors.user_interface = Figure::UNKNOWN;
        assert_eq!(check_service(1, &license), None);
    }
}

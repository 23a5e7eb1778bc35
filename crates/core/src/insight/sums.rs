//! Sums that should hold and do not. They are shown, never repaired.
//!
//! In every example of the vendor a parent holds the sum of its children, and in use is users plus
//! resource accounts. The vendor promises neither, so a difference is a warning.

use crate::estate::{Figure, Kind, Measure, Meter, NodeId, Tree};

/// One sum that does not add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SumFinding {
    pub node: NodeId,
    pub meter: Meter,
    /// The figure that should have been the sum.
    pub measure: Measure,
    pub sent: i64,
    pub sum: i64,
}

/// Compares every node below the connection with its children and its own parts. One pass.
pub fn sums(tree: &Tree) -> Vec<SumFinding> {
    let mut findings = Vec::new();
    let meters: Vec<Meter> = tree.meters().map(|(meter, _)| meter).collect();
    for node in (1..).take(tree.len().saturating_sub(1)) {
        for &meter in &meters {
            let reading = tree.reading(node, meter);
            let mut compare = |measure, sent: Figure, sum: Figure| {
                if let (Some(sent), Some(sum)) = (sent.get(), sum.get())
                    && sent != sum
                {
                    findings.push(SumFinding { node, meter, measure, sent, sum });
                }
            };
            compare(Measure::InUse, reading.in_use, reading.users.plus(reading.resource_accounts));
            if tree.has_children(node) && tree.kind(node) != Kind::Connection {
                for measure in [Measure::Assigned, Measure::InUse] {
                    let of_children = tree
                        .children(node)
                        .map(|child| tree.figure(child, meter, measure))
                        .fold(Figure::known(0), Figure::plus);
                    compare(measure, tree.figure(node, meter, measure), of_children);
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(sums(&tree(92, [Some(59), Some(33)])), []);
        assert_eq!(
            sums(&tree(92, [Some(59), Some(30)])),
            [SumFinding {
                node: 1,
                meter: Meter::TEAMS_USERS,
                measure: Measure::Assigned,
                sent: 92,
                sum: 89
            }]
        );
    }

    #[test]
    fn nothing_is_claimed_about_a_sum_with_an_unknown_part() {
        assert_eq!(sums(&tree(92, [Some(59), None])), []);
    }

    #[test]
    fn in_use_is_people_plus_resource_accounts() {
        let mut tree = tree(1, [None, None]);
        for (measure, count) in
            [(Measure::InUse, 5), (Measure::Users, 2), (Measure::ResourceAccounts, 2)]
        {
            tree.set_figure(3, Meter::TEAMS_USERS, measure, Figure::known(count));
        }
        let found = sums(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].node, found[0].sent, found[0].sum), (3, 5, 4));
    }
}

//! What a draft does to the sums above, held against adding everything up anew.

use proptest::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::{Planned, effects};
use seatree_core::estate::{Figure, Kind, Measure, Meter, NodeId, Tree};

use crate::trees::{assigned, known, sprouts, subscriptions, sum_up, tree};

/// Some of the subscriptions with new limits.
fn planned(tree: &Tree, wishes: &[(prop::sample::Index, i64)]) -> Vec<Planned> {
    let all = subscriptions(tree);
    let mut planned: Vec<Planned> = Vec::new();
    for (index, new) in wishes {
        let node = *index.get(&all);
        if planned.iter().all(|other| other.node != node) {
            planned.push(Planned {
                node,
                meter: Meter::TEAMS_USERS,
                new: Limit::new(*new).unwrap(),
            });
        }
    }
    planned
}

fn changed(mut tree: Tree, planned: &[Planned]) -> Tree {
    for change in planned {
        let new = Figure::known(change.new.get());
        tree.set_figure(change.node, change.meter, Measure::Assigned, new);
    }
    tree
}

fn wishes() -> impl Strategy<Value = Vec<(prop::sample::Index, i64)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0_i64..60), 1..12)
}

fn is_above(tree: &Tree, node: NodeId, below: NodeId) -> bool {
    node < below && below < tree.end(node)
}

proptest! {
    #[test]
    fn every_sum_above_is_what_adding_up_anew_gives(sprouts in known(), wishes in wishes()) {
        let before = tree(&sprouts);
        let planned = planned(&before, &wishes);
        let mut after = changed(tree(&sprouts), &planned);
        sum_up(&mut after);
        let effects = effects(&before, &planned);
        for effect in effects.iter().filter(|effect| effect.node != 0) {
            prop_assert_eq!(effect.now, assigned(&before, effect.node));
            prop_assert_eq!(effect.after, assigned(&after, effect.node));
            prop_assert_eq!(effect.held, None, "sums that add up follow");
        }
        let above = (0..before.end(0)).filter(|&node| {
            planned.iter().any(|change| is_above(&before, node, change.node))
        });
        let told: Vec<NodeId> = effects.iter().map(|effect| effect.node).collect();
        prop_assert_eq!(told, above.collect::<Vec<_>>(), "every node above, each once");
        let whole = after.children(0).fold(Figure::known(0), |sum, n| sum.plus(assigned(&after, n)));
        prop_assert_eq!(effects[0].after, whole, "a connection is what stands below it");
    }

    #[test]
    fn what_is_unknown_stays_unknown(sprouts in sprouts(), wishes in wishes()) {
        let before = tree(&sprouts);
        let planned = planned(&before, &wishes);
        for effect in effects(&before, &planned) {
            let unknown_below = (effect.node..before.end(effect.node)).any(|node| {
                before.kind(node) == Kind::Subscription && !assigned(&before, node).is_known()
            });
            prop_assert_eq!(effect.after.is_known(), !unknown_below);
        }
    }

    #[test]
    fn a_sum_that_was_off_stays_off_by_as_much_and_is_told(
        sprouts in known(), wishes in wishes(), off in 1_i64..9, at in any::<prop::sample::Index>(),
    ) {
        let mut before = tree(&sprouts);
        let tenants: Vec<NodeId> =
            (0..before.end(0)).filter(|&node| before.kind(node) == Kind::Tenant).collect();
        let tenant = *at.get(&tenants);
        let holds = assigned(&before, tenant).get().unwrap() + off;
        before.set_figure(tenant, Meter::TEAMS_USERS, Measure::Assigned, Figure::known(holds));
        let planned = planned(&before, &wishes);
        let mut after = changed(tree(&sprouts), &planned);
        sum_up(&mut after);
        for effect in effects(&before, &planned).iter().filter(|effect| effect.node == tenant) {
            let below_after = assigned(&after, tenant).get().unwrap();
            prop_assert_eq!(effect.after, Figure::known(below_after + off));
            let held = effect.held.unwrap();
            prop_assert_eq!((held.holds, held.below, held.below_after), (holds, holds - off, below_after));
            prop_assert_eq!(held.is_exceeded(), below_after > holds);
        }
    }
}

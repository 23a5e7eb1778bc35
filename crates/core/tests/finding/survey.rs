//! A survey in turns is a survey at once.

use proptest::prelude::*;
use seatree_core::estate::{Figure, Kind, Measure, Meter, NodeId, Tree};
use seatree_core::insight::{
    Band, Finding, Identity, Mark, Marks, NodeFinding, Survey, Thresholds, band,
};

use super::trees::{grow, nodes, sprouts, tree};

fn thresholds() -> impl Strategy<Value = Thresholds> {
    let both = prop::sample::select(vec![(80, 100), (0, 0), (50, 90), (100, 200)]);
    both.prop_map(|(near_percent, over_percent)| Thresholds { near_percent, over_percent })
}

/// The figures of a meter of a node that do not add up.
fn off(tree: &Tree, node: NodeId, meter: Meter) -> Vec<Finding> {
    let figure = |node, measure| tree.figure(node, meter, measure).get().map(i128::from);
    let finding = |measure, identity, parts: Vec<Option<i128>>| {
        let parts: Option<Vec<i128>> = parts.into_iter().collect();
        let (sum, found) = (parts?.into_iter().sum::<i128>(), figure(node, measure)?);
        // What no figure can be is unknown, the least number among it.
        let expected = i64::try_from(sum).ok().filter(|sum| *sum != i64::MIN)?;
        let found = i64::try_from(found).unwrap();
        (expected != found).then_some(Finding { node, meter, measure, identity, expected, found })
    };
    let both = [Measure::Users, Measure::ResourceAccounts].map(|measure| figure(node, measure));
    let mut all = vec![finding(Measure::InUse, Identity::UsersAndResourceAccounts, both.to_vec())];
    let children: Vec<NodeId> = nodes(tree).filter(|at| tree.parent(*at) == Some(node)).collect();
    if !children.is_empty() {
        for measure in [Measure::Assigned, Measure::InUse] {
            let parts = children.iter().map(|&child| figure(child, measure)).collect();
            all.push(finding(measure, Identity::SumOfChildren, parts));
        }
    }
    all.into_iter().flatten().collect()
}

/// All that do not add up, in the order of their nodes.
fn check(tree: &Tree) -> Vec<Finding> {
    let at = |node| tree.meters().flat_map(move |(meter, _)| off(tree, node, meter));
    nodes(tree).skip(1).flat_map(at).collect()
}

/// What the figures of a node tell.
fn expected(tree: &Tree, node: NodeId, thresholds: Thresholds) -> Marks {
    let mut marks = Marks::NONE;
    if node == 0 {
        return marks;
    }
    for (meter, _) in tree.meters() {
        match band(&tree.reading(node, meter), thresholds) {
            Some(Band::Over) => marks.insert(Mark::Over),
            Some(Band::Near) => marks.insert(Mark::Near),
            Some(Band::Idle) => marks.insert(Mark::Idle),
            Some(Band::Fine) | None => {}
        }
    }
    if check(tree).iter().any(|finding| finding.node == node) {
        marks.insert(Mark::SumOff);
    }
    marks
}

fn assert_whole(survey: &Survey, tree: &Tree, thresholds: Thresholds) {
    for node in nodes(tree) {
        assert_eq!(survey.marks(node), expected(tree, node, thresholds), "{node}");
        let found: Marks = survey.findings(tree, node).iter().map(NodeFinding::mark).collect();
        assert_eq!(found, survey.marks(node), "{node}");
    }
    for mark in Mark::ALL {
        let count = nodes(tree).filter(|&node| survey.marks(node).contains(mark)).count();
        assert_eq!(survey.counts().of(mark), count, "{mark:?}");
    }
    assert_eq!(survey.sums().copied().collect::<Vec<_>>(), check(tree));
}

proptest! {
    #[test]
    fn a_survey_in_any_turns_finds_what_one_look_at_all_finds(
        sprouts in sprouts(40),
        turns in prop::collection::vec((0_usize..8, 0_usize..9), 0..20),
        first in thresholds(),
        last in thresholds(),
    ) {
        let (mut tree, mut survey) = (Tree::new("Netaxis"), Survey::new());
        let mut rest = &sprouts[..];
        for (come, looks) in turns {
            let (now, later) = rest.split_at(come.min(rest.len()));
            grow(&mut tree, now);
            rest = later;
            if survey.go_on(&tree, first, looks) {
                for node in nodes(&tree).filter(|&node| tree.is_closed(node)) {
                    prop_assert_eq!(survey.marks(node), expected(&tree, node, first));
                }
            }
        }
        grow(&mut tree, rest);
        survey.complete();
        while !survey.go_on(&tree, first, 3) {}
        assert_whole(&survey, &tree, first);
        while !survey.go_on(&tree, last, 5) {}
        assert_whole(&survey, &tree, last);
    }

    #[test]
    fn figures_that_change_are_looked_at_again(
        sprouts in sprouts(20),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_i64..9), 1..6),
        budget in 1_usize..20,
    ) {
        let (mut tree, mut survey) = (tree(&sprouts), Survey::new());
        let usual = Thresholds::default();
        survey.complete();
        survey.go_on(&tree, usual, budget);
        for (at, count) in changes {
            let node = NodeId::try_from(at.index(tree.len())).unwrap();
            if node > 0 {
                tree.set_figure(node, Meter::TEAMS_USERS, Measure::InUse, Figure::known(count));
                survey.look_again(&tree, node);
            }
            survey.go_on(&tree, usual, 1);
        }
        while !survey.go_on(&tree, usual, budget) {}
        assert_whole(&survey, &tree, usual);
    }
}

#[test]
fn what_is_told_from_outside_stays_whatever_the_thresholds() {
    let mut tree = Tree::new("Live Platform");
    let service = tree.append(0, Kind::Service);
    let mut survey = Survey::new();
    survey.complete();
    survey.mark(service, Mark::Failed);
    survey.mark(0, Mark::Stale);
    let off = Finding {
        node: service,
        meter: Meter::LIVE_USERS,
        measure: Measure::InUse,
        identity: Identity::SumOfFactors,
        expected: 7,
        found: 8,
    };
    survey.add(off);
    for near_percent in [80, 50] {
        while !survey.go_on(&tree, Thresholds { near_percent, over_percent: 100 }, 1) {}
        assert_eq!(
            survey.findings(&tree, service),
            [NodeFinding::Failed, NodeFinding::Sum(off)],
            "{near_percent}"
        );
        let counts = Mark::ALL.map(|mark| survey.counts().of(mark));
        assert_eq!(counts, [0, 0, 0, 1, 1, 1]);
    }

    survey.unmark(service, Mark::Failed);
    survey.look_again(&tree, service);
    while !survey.go_on(&tree, Thresholds { near_percent: 50, over_percent: 100 }, 1) {}
    assert_eq!(survey.findings(&tree, service), []);
    assert!(survey.marks(0).contains(Mark::Stale));
}

//! A filter in bulk finds what a look at each node finds.

use proptest::prelude::*;
use seatree_core::estate::{Kind, NodeId, Tree, Uuid};
use seatree_core::insight::{Mark, Survey, Thresholds};
use seatree_core::view::{Bits, Column, Filter, Range, Shows, folded};

use super::trees::{name, nodes, sprouts, tree, uuid};

fn filter() -> impl Strategy<Value = Filter> {
    let ids = (3_u8..8).prop_map(|id| uuid(id).to_string().to_uppercase());
    let numbers = prop::sample::select(vec!["5", "#5", " #7 ", "+5", "c-9", "C-11", "#"]);
    let text = prop_oneof![
        3 => Just(String::new()),
        3 => "[abé ]{0,3}",
        1 => name(),
        1 => ids,
        1 => numbers.prop_map(str::to_owned),
    ];
    let end = || prop::option::of(prop_oneof![4 => -2_i64..10, 1 => 0_i64..300, 1 => any::<i64>()]);
    let meter = prop::sample::select(vec!["msTeamsUsers", "agents", "nowhere"]);
    let range = (meter, 0..Shows::ALL.len(), end(), end());
    let range = range.prop_map(|(meter, shows, least, most)| Range {
        column: Column::new(meter, Shows::ALL[shows]),
        least,
        most,
    });
    let some_of = |ranges| prop::collection::vec(ranges, 0..3);
    let kinds = prop::sample::subsequence(Kind::ALL.to_vec(), 0..3);
    let marks = prop::sample::subsequence(Mark::ALL.to_vec(), 0..3);
    (
        text,
        prop_oneof![Just(Vec::new()), kinds],
        prop_oneof![Just(Vec::new()), marks],
        some_of(range),
    )
        .prop_map(|(text, kinds, marks, ranges)| Filter {
            text,
            kinds: kinds.into_iter().collect(),
            marks: marks.into_iter().collect(),
            ranges,
        })
}

fn text_matches(tree: &Tree, node: NodeId, text: &str) -> bool {
    let plain = |text: &str| folded(text).collect::<String>();
    let name = plain(tree.name(node));
    let whole = text.trim();
    let number = whole.strip_prefix('#').unwrap_or(whole);
    let number = number.chars().all(|c| c.is_ascii_digit()).then(|| number.parse().ok()).flatten();
    text.split_whitespace().all(|word| name.contains(&plain(word)))
        || Uuid::parse(whole).is_some_and(|uuid| tree.uuid(node) == Some(uuid))
        || number.is_some_and(|id: u64| tree.subscription_id(node) == Some(id))
        || tree.billing_id(node).is_some_and(|id| id.eq_ignore_ascii_case(whole))
}

fn in_range(tree: &Tree, node: NodeId, range: &Range) -> bool {
    let (least, most) = (range.least.map(i128::from), range.most.map(i128::from));
    if least.is_none() && most.is_none() {
        return true;
    }
    let Some(meter) = range.column.meter(tree) else { return false };
    let reading = tree.reading(node, meter);
    // As a fraction: so much of so much.
    let (count, unit) = if range.column.shows == Shows::Utilization {
        match (reading.in_use.get(), reading.assigned.get()) {
            (Some(in_use), Some(assigned)) if assigned > 0 => (i128::from(in_use) * 100, assigned),
            _ => return false,
        }
    } else {
        match range.column.figure(tree, node).get() {
            Some(count) => (i128::from(count), 1),
            None => return false,
        }
    };
    let unit = i128::from(unit);
    least.is_none_or(|least| least * unit <= count) && most.is_none_or(|most| count <= most * unit)
}

fn matches(tree: &Tree, survey: &Survey, node: NodeId, filter: &Filter) -> bool {
    let marks = survey.marks(node);
    text_matches(tree, node, &filter.text)
        && (filter.kinds.is_empty() || filter.kinds.contains(tree.kind(node)))
        && (filter.marks.is_empty() || filter.marks.iter().any(|mark| marks.contains(mark)))
        && filter.ranges.iter().all(|range| in_range(tree, node, range))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_filter_finds_in_any_parts_what_matches(
        sprouts in sprouts(30),
        filter in filter(),
        middle in any::<prop::sample::Index>(),
    ) {
        let tree = tree(&sprouts);
        let mut survey = Survey::new();
        survey.complete();
        survey.mark(0, Mark::Stale);
        while !survey.go_on(&tree, Thresholds::default(), 100) {}
        let middle = NodeId::try_from(middle.index(tree.len())).unwrap();
        let mut found = Bits::new();
        filter.find(&tree, Some(&survey), 0..middle, &mut found);
        filter.find(&tree, Some(&survey), middle..NodeId::MAX, &mut found);

        let expected: Vec<NodeId> =
            nodes(&tree).filter(|&node| matches(&tree, &survey, node, &filter)).collect();
        prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected);
        if filter.is_empty() {
            prop_assert_eq!(found.count(), tree.len());
        }
    }
}

#[test]
fn without_a_survey_nothing_is_marked() {
    let mut tree = Tree::new("Netaxis");
    tree.append(0, Kind::Tenant);
    let filter = Filter { marks: Mark::ALL.into_iter().collect(), ..Filter::default() };
    let mut found = Bits::new();
    filter.find(&tree, None, 0..2, &mut found);
    assert!(found.is_empty());
    assert!(filter.depends_on_figures() && !filter.is_empty());
}

#[test]
fn a_filter_of_blanks_or_ranges_without_ends_is_none() {
    let range = Range { column: Column::new("agents", Shows::InUse), least: None, most: None };
    let filter = Filter { text: " \u{200b} ".to_owned(), ranges: vec![range], ..Filter::default() };
    assert!(filter.is_empty() && !filter.depends_on_figures());
}

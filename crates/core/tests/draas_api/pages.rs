use proptest::prelude::*;
use seatree_core::draas::{ListedSubscription, Page, Pager, Query};

const DOING: &str = "listing the subscriptions of the tenant";

fn page(ids: impl IntoIterator<Item = u64>, next: Option<&str>) -> Page<ListedSubscription> {
    let item = |id| ListedSubscription { id: Some(id), ..ListedSubscription::default() };
    Page {
        items: ids.into_iter().map(item).collect(),
        next: next.map(str::to_owned),
        ..Page::default()
    }
}

fn ids(items: &[ListedSubscription]) -> Vec<u64> {
    items.iter().filter_map(|item| item.id).collect()
}

#[test]
fn pages_are_followed_to_the_last_with_the_same_question() {
    let query = Query { search: "dev".into(), ..Query::all() };
    let mut pager = Pager::new(query.clone());
    assert_eq!(pager.next(), Some(query.clone()));
    assert_eq!(ids(&pager.take(DOING, page([1, 2], Some("b")))), [1, 2]);
    assert_eq!(pager.next(), Some(Query { next: Some("b".into()), ..query }));
    assert_eq!(ids(&pager.take(DOING, page([3], None))), [3]);
    assert_eq!(pager.next(), None);
    assert_eq!(pager.trouble(), None);
}

#[test]
fn what_comes_again_is_taken_once() {
    let mut pager = Pager::new(Query::all());
    pager.take(DOING, page([1, 2], Some("b")));
    assert_eq!(ids(&pager.take(DOING, page([2, 3, 3], None))), [3]);
}

#[test]
fn a_repeated_token_ends_the_list_and_is_told() {
    let mut pager = Pager::new(Query::all());
    pager.take(DOING, page([1], Some("b")));
    pager.take(DOING, page([2], Some("c")));
    assert_eq!(ids(&pager.take(DOING, page([3], Some("b")))), [3], "what came is good");
    assert_eq!(pager.next(), None);
    let trouble = pager.trouble().unwrap().what();
    assert!(trouble.contains("not sent before at next"), "{trouble}");
}

#[test]
fn an_empty_page_now_and_then_is_passed_over() {
    let mut pager = Pager::new(Query::all());
    pager.take(DOING, page([1], Some("b")));
    pager.take(DOING, page([], Some("c")));
    pager.take(DOING, page([], Some("d")));
    assert_eq!(ids(&pager.take(DOING, page([2], None))), [2]);
    assert_eq!(pager.trouble(), None);
}

proptest! {
    #[test]
    fn no_platform_keeps_it_going_for_ever(
        pages in proptest::collection::vec(
            (proptest::collection::vec(0_u64..12, 0..4), proptest::option::weighted(0.95, 0_u8..40)),
            1..20,
        ),
    ) {
        // The platform's answers, again and again.
        let mut pager = Pager::new(Query::all());
        let mut seen = Vec::new();
        let mut asked = 0;
        for (listed, next) in pages.iter().cycle() {
            if pager.next().is_none() {
                break;
            }
            asked += 1;
            prop_assert!(asked <= 41, "more pages than there are tokens");
            let next = next.map(|token| token.to_string());
            seen.extend(ids(&pager.take(DOING, page(listed.iter().copied(), next.as_deref()))));
        }
        let mut distinct = seen.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), seen.len());
    }

    #[test]
    fn ever_new_tokens_without_anything_new_end_too(empty in any::<bool>()) {
        let mut pager = Pager::new(Query::all());
        let mut asked = 0;
        while pager.next().is_some() {
            asked += 1;
            prop_assert!(asked < 10);
            let listed = (!empty).then_some(1);
            pager.take(DOING, page(listed, Some(&asked.to_string())));
        }
        prop_assert!(pager.trouble().is_some());
    }
}

//! Limits from files: every line is checked before anything is drafted.

use proptest::prelude::*;
use seatree_core::draas::LimitError;
use seatree_core::edit::Draft;
use seatree_core::edit::import::{LineError, import};
use seatree_core::estate::{Figure, Kind, Measure, Meter, Tree, Uuid};

const ONE: &str = "00000000-0000-0000-0000-000000000001";
const TWO: &str = "00000000-0000-0000-0000-000000000002";

/// Two tenants: 118 (12 Teams users, 11 channels) and 7 in the first, 7 (3) in the second.
fn tree() -> Tree {
    let mut tree = Tree::new("Netaxis");
    for (tenant, subscriptions) in [(1, &[(118, 12), (7, 5)][..]), (2, &[(7, 3)])] {
        let node = tree.append(0, Kind::Tenant);
        tree.set_uuid(node, Uuid::from_u128(tenant));
        for &(id, assigned) in subscriptions {
            let node = tree.append(node, Kind::Subscription);
            tree.set_subscription_id(node, id);
            tree.set_figure(node, Meter::TEAMS_USERS, Measure::Assigned, Figure::known(assigned));
            if id == 118 {
                tree.set_figure(node, Meter::SIP_CHANNELS, Measure::Assigned, Figure::known(11));
            }
        }
    }
    tree
}

/// `(line, tenant, subscription, meter, old, new)`
type Read = (usize, u128, u64, String, Option<i64>, i64);

fn read(text: &str) -> (Vec<Read>, Vec<(usize, LineError)>) {
    let tree = tree();
    let import = import(text, [("netaxis", &tree)]);
    let lines = import.lines.into_iter().map(|line| {
        let (id, change) = (line.id, line.change);
        let (old, new) = (change.old.get(), change.new.get());
        (line.number, id.tenant.as_u128(), id.subscription, id.meter, old, new)
    });
    (lines.collect(), import.errors)
}

fn teams(line: usize, tenant: u128, id: u64, old: i64, new: i64) -> Read {
    (line, tenant, id, "msTeamsUsers".into(), Some(old), new)
}

#[test]
fn lines_become_changes_with_what_is_there_now() {
    let expected = (
        vec![teams(1, 1, 118, 12, 20), (2, 1, 118, "sipTrunkChannels".into(), Some(11), 0)],
        vec![],
    );
    assert_eq!(read("118,msTeamsUsers,20\n118,sipTrunkChannels,0\n"), expected);
    assert_eq!(read("\u{feff}118;Teams users;20\r\n#118; SIP channels ;0\r\n"), expected);
    assert_eq!(read("\"118\"\tMSTEAMSUSERS\t20\n118\tsip\t0"), expected);
}

#[test]
fn headings_say_which_field_is_which() {
    let text = format!("Tenant UUID,New limit,License,Subscription id\n{TWO},9,msTeamsUsers,7\n");
    assert_eq!(read(&text), (vec![teams(2, 2, 7, 3, 9)], vec![]));
    assert_eq!(read("subscription id,meter,new limit\n"), (vec![], vec![]));
}

#[test]
fn each_bad_line_is_told_by_its_number_and_the_others_are_read() {
    let text = format!(
        "subscription id,license,new limit,tenant\n118,msTeamsUsers,20\n119,msTeamsUsers,1\n\n\
         7,msTeamsUsers,4\n7,msTeamsUsers,4,{ONE}\n7,msTeamsUsers,4,{TWO}\n118,msTeamsUsers,21\n\
         abc,msTeamsUsers,1\n118,agents,1\n118,msTeamsUsers,-1\n118,sip,2.5\n118,sip,\n118,\n\
         118,,4\n7,msTeamsUsers,4,x\n"
    );
    let (lines, errors) = read(&text);
    let expected = [teams(2, 1, 118, 12, 20), teams(6, 1, 7, 5, 4), teams(7, 2, 7, 3, 4)];
    assert_eq!(lines, expected);
    let has = vec!["msTeamsUsers".to_owned(), "sipTrunkChannels".to_owned()];
    let expected = vec![
        (3, LineError::NotFound { subscription: 119 }),
        (5, LineError::Ambiguous { subscription: 7, tenants: 2 }),
        (8, LineError::Again { line: 2 }),
        (9, LineError::NoSubscription("abc".into())),
        (10, LineError::NotThere { meter: "agents".into(), has }),
        (11, LineError::Limit(LimitError::Negative)),
        (12, LineError::Limit(LimitError::NotWhole)),
        (13, LineError::Limit(LimitError::Missing)),
        (14, LineError::TooFew),
        (15, LineError::NoMeter),
        (16, LineError::NoTenant("x".into())),
    ];
    assert_eq!(errors, expected);
    for (_, error) in errors {
        assert!(error.to_string().len() > 15, "{error}");
    }
}

#[test]
fn an_open_quote_costs_its_own_line_alone() {
    let text = "118,\"msTeamsUsers,25\n118,sip,20\n7,msTeamsUsers,4,".to_owned() + TWO + "\n";
    let expected = vec![(2, 1, 118, "sipTrunkChannels".into(), Some(11), 20), teams(3, 2, 7, 3, 4)];
    assert_eq!(read(&text), (expected, vec![(1, LineError::OpenQuote)]));
    let headings = "subscription id,license,\"new limit\n118,msTeamsUsers,20";
    let expected = (vec![teams(2, 1, 118, 12, 20)], vec![(1, LineError::OpenQuote)]);
    assert_eq!(read(headings), expected);
}

#[test]
fn a_limit_that_is_to_stay_takes_its_change_out_of_the_draft() {
    let tree = tree();
    let plan = |text: &str, draft: &Draft| {
        let import = import(text, [("netaxis", &tree)]);
        assert_eq!(import.errors, []);
        import.plan(draft)
    };
    let put = |draft: &mut Draft, text: &str| {
        let plan = plan(text, draft);
        for (id, change) in plan.changes.clone() {
            draft.put(id, change);
        }
        (plan.changing, plan.same, plan.replaced, plan.taken_out)
    };
    let mut draft = Draft::default();
    assert_eq!(put(&mut draft, "118,msTeamsUsers,22\n118,sip,11"), (1, 1, 0, 0));
    assert_eq!(plan("118,sip,11", &draft).changes, [], "nothing is drafted of it");
    assert_eq!(put(&mut draft, "118,msTeamsUsers,22"), (1, 0, 0, 0), "it is drafted so already");
    assert_eq!(put(&mut draft, "118,msTeamsUsers,23\n118,sip,4"), (2, 0, 1, 0));
    assert_eq!(put(&mut draft, "118,msTeamsUsers,12\n118,sip,5"), (1, 1, 1, 1));
    let left: Vec<(&str, i64)> =
        draft.iter().map(|(id, change)| (id.meter.as_str(), change.new.get())).collect();
    assert_eq!(left, [("sipTrunkChannels", 5)]);
}

#[test]
fn a_subscription_of_two_connections_is_told_from_none() {
    let (one, other) = (tree(), tree());
    let import = import("118,msTeamsUsers,20", [("a", &one), ("b", &other)]);
    assert_eq!(import.errors, [(1, LineError::Twice { connections: 2 })]);
}

#[test]
fn a_file_of_another_kind_is_told_in_a_few_words() {
    let (lines, errors) = read(&"<html><body>\u{202e}".repeat(3_000));
    assert_eq!((lines.len(), errors.len()), (0, 1));
    let long = read(&format!("{},msTeamsUsers,1", "9".repeat(9_000))).1;
    assert!(long[0].1.to_string().chars().count() < 250, "{}", long[0].1);
}

proptest! {
    #[test]
    fn every_line_is_read_or_told(
        lines in prop::collection::vec(
            ("([0-9]{0,3}|abc)", "(msTeamsUsers|sip|x|)", "[0-9-]{0,3}", "(\n|\r\n|\r)"), 0..9,
        ),
    ) {
        let text: String =
            lines.iter().flat_map(|(id, meter, new, end)| [id, ",", meter, ",", new, end]).collect();
        let filled = lines.iter().filter(|(id, meter, new, _)| !(id.is_empty() && meter.is_empty() && new.is_empty()));
        let (read, errors) = read(&text);
        prop_assert_eq!(read.len() + errors.len(), filled.count());
    }

    #[test]
    fn any_text_is_checked_without_a_panic(text in "\\PC{0,80}") {
        read(&text);
    }
}

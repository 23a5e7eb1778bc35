use seatree_core::draas::{
    Api, Detail, Entities, Entity, Level, Licenses, Limit, LimitChange, ListedEntity, LocalUser,
    Login, Logout, Pager, Query, Refresh, SecondFactorCode, Session, SignIn, Step,
    SubscriptionLicenses, Tokens, Trust, UpdateSubscriptionLicenses, join_entities,
};
use seatree_core::error::SecondFactor;
use seatree_core::estate::{Figure, Kind, Measure, Meter, NodeId, Tree, Uuid};
use seatree_core::http::Secret;
use seatree_core::{Operation, Problem};

use super::{run, send};
use crate::harness::{Running, sandbox};

const PASSWORD: &str = "sandbox-demo";

fn api(running: &Running) -> Api {
    Api::new(&running.draas(""), "draas", "draas_v1").unwrap()
}

fn begin(running: &Running, user: &str) -> SignIn {
    run(running, &Login::new(&api(running), user, &Secret::from(PASSWORD))).unwrap()
}

fn sign_in(running: &Running, user: &str) -> Tokens {
    match begin(running, user) {
        SignIn::Done(tokens) => tokens,
        SignIn::SecondFactor { by, .. } => panic!("{user} is asked for a code by {by:?}"),
    }
}

fn group(running: &Running) -> Entity {
    let uuid = Uuid::parse(&running.truth().draas.group.uuid).unwrap();
    Entity { level: Level::Group, uuid }
}

fn tree(running: &Running, entity: Entity, token: &Secret) -> Tree {
    let operation = Licenses::new(&api(running), entity, Detail::Tree, token);
    let (tree, complaints) = run(running, &operation).unwrap();
    assert_eq!(complaints, []);
    tree
}

#[test]
fn the_tree_of_the_group_is_the_truth() {
    let running = sandbox(&["--size", "600"]);
    let token = sign_in(&running, "demo").access;
    let tree = tree(&running, group(&running), &token);
    let truth = &running.truth().draas;
    assert_eq!(tree.len() - 1, truth.nodes);
    let teams = tree.reading(1, Meter::TEAMS_USERS);
    let counts = [teams.assigned, teams.in_use, teams.users, teams.resource_accounts];
    let sent = [
        truth.teams.assigned,
        truth.teams.in_use,
        truth.teams.users,
        truth.teams.resource_accounts,
    ];
    assert_eq!(counts, sent.map(|count| Figure::known(count.cast_signed())));
    let sip = tree.figure(1, Meter::SIP_CHANNELS, Measure::Assigned);
    assert_eq!(sip, Figure::known(truth.sip.assigned.cast_signed()));
}

#[test]
fn a_code_that_was_mistyped_can_be_entered_again() {
    let running = sandbox(&[]);
    for (user, expected, code) in [
        ("demo-2fa", SecondFactor::Totp, "123456"),
        ("demo-email", SecondFactor::Email, "654321"),
        ("demo-2fa-unnamed", SecondFactor::Unknown, "654321"),
    ] {
        let SignIn::SecondFactor { by, payload } = begin(&running, user) else {
            panic!("{user} is not asked for a code");
        };
        assert_eq!(by, expected, "{user}");
        let enter = |code: &str| {
            let api = api(&running);
            run(&running, &SecondFactorCode::new(&api, by, &payload, code, Trust::Once))
        };
        let wrong = enter("000000").unwrap_err();
        assert!(matches!(wrong.problem, Problem::WrongCode { .. }), "{user}: {wrong:?}");
        let tokens = enter(code).unwrap();
        let who = run(&running, &LocalUser::new(&api(&running), &tokens.access)).unwrap();
        assert_eq!(who.username, user);
    }
}

#[test]
fn requests_that_meet_an_expired_token_together_renew_it_once() {
    let running = sandbox(&[]);
    let api = api(&running);
    let mut session = Session::new(&api, sign_in(&running, "demo"));
    let mut tickets = [session.ticket().unwrap(), session.ticket().unwrap()];
    running.post(&running.draas("/_sandbox/expire-tokens"), &[], "");
    let ask = |token: &Secret| {
        send(&running, &Licenses::new(&api, group(&running), Detail::Totals, token).request())
    };
    for ticket in &tickets {
        assert_eq!(ask(ticket.token()).status, 401);
    }
    let [one, two] = &mut tickets;
    let Step::Renew(renewal) = session.refused(one) else { panic!("nobody renews") };
    assert!(matches!(session.refused(two), Step::Wait));
    session.renewed(renewal.number, run(&running, &renewal.refresh));
    for ticket in [one, two] {
        assert!(matches!(session.refused(ticket), Step::Send));
        assert_eq!(ask(ticket.token()).status, 200);
    }
}

#[test]
fn after_signing_out_a_session_cannot_be_renewed() {
    let running = sandbox(&[]);
    let (api, tokens) = (api(&running), sign_in(&running, "demo"));
    run(&running, &Logout::new(&api, &tokens).unwrap()).unwrap();
    let refused = run(&running, &Refresh::new(&api, &tokens.refresh.unwrap())).unwrap_err();
    assert_eq!(refused.problem, Problem::SignedOut);
}

#[test]
fn each_account_finds_out_what_it_administers_and_reads_it() {
    let running = sandbox(&["--size", "600"]);
    for (user, levels) in [
        ("demo", &[Level::Group][..]),
        ("demo-distributor", &[Level::Distributor]),
        ("demo-reseller", &[Level::Reseller]),
        ("demo-tenant", &[Level::Tenant]),
        ("demo-several", &[Level::Distributor, Level::Reseller, Level::Tenant]),
        ("demo-nobody", &[]),
    ] {
        let token = sign_in(&running, user).access;
        let who = run(&running, &LocalUser::new(&api(&running), &token)).unwrap();
        let entities = who.entities();
        assert_eq!(entities.iter().map(|e| e.level).collect::<Vec<_>>(), levels, "{user}");
        for entity in entities {
            assert!(!tree(&running, entity, &token).is_empty(), "{user} {entity:?}");
        }
    }
}

#[test]
fn what_an_account_does_not_administer_it_may_not_read() {
    let running = sandbox(&["--size", "600"]);
    let token = sign_in(&running, "demo-reseller").access;
    let whole = Licenses::new(&api(&running), group(&running), Detail::Tree, &token);
    let error = run(&running, &whole).unwrap_err();
    let role = Some("groups.instance.licenses.list");
    assert_eq!(error.problem, Problem::Forbidden { role });
}

/// Every page of a list.
fn list(running: &Running, level: Level, query: Query, token: &Secret) -> Vec<ListedEntity> {
    let mut pager = Pager::new(query);
    let mut items = Vec::new();
    while let Some(query) = pager.next() {
        let page = run(running, &Entities::new(&api(running), level, &query, token)).unwrap();
        items.extend(pager.take("listing", page));
    }
    assert_eq!(pager.trouble(), None);
    items
}

#[test]
fn the_lists_hold_every_entity_of_the_tree_and_what_it_is_billed_under() {
    let running = sandbox(&["--size", "600"]);
    let token = sign_in(&running, "demo").access;
    let mut tree = tree(&running, group(&running), &token);
    let page = Query { page_size: Some(7), ..Query::all() };
    let mut billed = 0;
    for (level, kind) in [
        (Level::Distributor, Kind::Distributor),
        (Level::Reseller, Kind::Reseller),
        (Level::Tenant, Kind::Tenant),
    ] {
        let items = list(&running, level, page.clone(), &token);
        let nodes = (0..tree.len()).filter(|&n| tree.kind(id(n)) == kind).count();
        assert_eq!(items.len(), nodes, "{level:?}");
        let join = join_entities(&mut tree, &items);
        assert_eq!((join.not_found, join.contradictory), (0, 0), "{level:?}");
        billed += join.matched;
    }
    let joined = (0..tree.len()).filter(|&n| tree.billing_id(id(n)).is_some()).count();
    assert_eq!(joined, billed);
    assert!(billed > 0);
}

fn id(node: usize) -> NodeId {
    NodeId::try_from(node).unwrap()
}

#[test]
fn a_limit_that_was_changed_is_read_back_and_the_other_meter_stays() {
    let running = sandbox(&["--size", "600"]);
    let token = sign_in(&running, "demo").access;
    let sample = running.truth().draas.samples.subscription.as_ref().unwrap();
    let tenant = Uuid::parse(&sample.tenant_uuid).unwrap();
    let read = || {
        let operation = SubscriptionLicenses::new(&api(&running), tenant, sample.id, &token);
        run(&running, &operation).unwrap()
    };
    let before = read();
    let change = LimitChange::teams_users(Limit::new(77).unwrap());
    let update = UpdateSubscriptionLicenses::new(&api(&running), tenant, sample.id, change, &token);
    let said = run(&running, &update).unwrap();
    let after = read();
    assert_eq!(said, after);
    assert_eq!(after.reading("msTeamsUsers").assigned, Figure::known(77));
    assert_eq!(after.reading("sipTrunkChannels"), before.reading("sipTrunkChannels"));
}

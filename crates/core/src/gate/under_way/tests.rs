use proptest::prelude::*;

use super::*;
use crate::gate::{Ask, Body, Decision, Settings};

const MOST: Most = Most { client: 2, all: 5 };
const LONGEST: u64 = 60_000;

fn client(number: u8) -> Client {
    if number == 0 { Client::Anyone } else { Client::V4([10, 0, 0, number]) }
}

#[test]
fn so_many_of_one_client_and_so_many_of_all() {
    let mut under_way = UnderWay::default();
    let mut enter = |upstream, number| under_way.enter(MOST, upstream, &client(number), 0, LONGEST);
    let first = enter(0, 1).unwrap();
    assert!(enter(0, 1).is_ok());
    assert_eq!(enter(0, 1), Err(Full::Client));
    assert!(enter(0, 2).is_ok() && enter(0, 2).is_ok());
    assert!(enter(0, 3).is_ok());
    assert_eq!(enter(0, 4), Err(Full::All));
    assert!(enter(1, 1).is_ok(), "another upstream");
    under_way.leave(first);
    under_way.leave(first);
    let mut enter = |number| under_way.enter(MOST, 0, &client(number), 0, LONGEST);
    assert!(enter(1).is_ok(), "one was given back");
    assert_eq!(enter(1), Err(Full::All), "and not two");
}

#[test]
fn who_is_not_told_apart_shares_what_there_is_for_all() {
    let mut under_way = UnderWay::default();
    let mut enter = |number| under_way.enter(MOST, 0, &client(number), 0, LONGEST);
    for _ in 0..5 {
        assert!(enter(0).is_ok());
    }
    assert_eq!((enter(0), enter(1)), (Err(Full::All), Err(Full::All)));
}

#[test]
fn who_went_away_gives_the_place_back_and_who_takes_longer_keeps_it() {
    let mut under_way = UnderWay::default();
    let places: Vec<Place> =
        (1..=5).map(|n| under_way.enter(MOST, 0, &client(n), 0, LONGEST).unwrap()).collect();
    under_way.lasts(places[0], 1_000, 600);
    let mut enter = |now| under_way.enter(MOST, 0, &client(9), now, LONGEST);
    assert_eq!(enter(LONGEST - 1), Err(Full::All));
    assert!(enter(LONGEST + LOOK_AGAIN_MS).is_ok());
    assert_eq!(under_way.held.len(), 2, "the one that lasts, and the new one");
    under_way.forget(1_000 + 600_000 + SPARE_MS);
    assert!(under_way.held.is_empty() && under_way.upstreams[0].clients.is_empty());
}

#[test]
fn endless_requests_that_nobody_ends_take_no_endless_memory() {
    let mut under_way = UnderWay::default();
    let most = Most::USUAL;
    for n in 0..200_000_u32 {
        // Twenty a millisecond, for ten seconds; each of another client.
        let now = u64::from(n) / 20;
        let _ = under_way.enter(most, 0, &Client::V4(n.to_be_bytes()), now, 2_000);
    }
    let held = under_way.held.len();
    assert!(held <= 1_000, "{held}");
    let busy = &under_way.upstreams[0];
    assert_eq!((busy.all, busy.clients.len()), (held as u64, held));
}

fn gate() -> Gate {
    let settings = Settings::parse(
        r#"{"origins":["https://licenses.example"],"client_header":"x-real-ip","upstreams":{
            "cucm":{"address":"https://10.0.0.5:8443","methods":["GET"],"paths":["/axl/"],
                "under_way":{"client":1,"all":2}},
            "live":{"address":"https://live.example","methods":["GET"],"paths":["/"]}}}"#,
    );
    Gate::new(settings.expect("valid settings"))
}

fn forward(gate: &Gate, target: &str, client: &str) -> Forward {
    let header = |name: &str| match name {
        "origin" => Some("https://licenses.example".to_owned()),
        "x-real-ip" => Some(client.to_owned()),
        "authorization" => Some("Basic canary".to_owned()),
        _ => None,
    };
    match gate.decide(&Ask { method: "GET", target, header: &header, body: Body::None }) {
        Decision::Forward(forward) => forward,
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_would_be_one_more_is_told_to_come_back() {
    let (gate, mut under_way) = (gate(), UnderWay::default());
    let mut enter = |client: &str| {
        let forward = forward(&gate, "/to/cucm/axl/", client);
        gate.enter(&forward, &mut under_way, 0)
    };
    assert!(enter("10.0.0.1").is_ok());
    let refusal = enter("10.0.0.1").expect_err("one more");
    assert_eq!((refusal.kind, refusal.status()), (RefusalKind::UpstreamBusy, 429));
    assert!(refusal.detail.starts_with("1 requests of yours to \"cucm\""), "{}", refusal.detail);
    let headers = refusal.headers();
    assert!(headers.contains(&("retry-after".to_owned(), "5".to_owned())));
    assert!(headers.iter().any(|(name, _)| name == "access-control-allow-origin"));
    assert!(enter("10.0.0.2").is_ok());
    let refusal = enter("10.0.0.3").expect_err("one more");
    assert!(refusal.detail.starts_with("2 requests to \"cucm\""), "{}", refusal.detail);
    let live = forward(&gate, "/to/live/x", "10.0.0.3");
    assert!(gate.enter(&live, &mut under_way, 0).is_ok());
    let told = gate.tell_under_way(&mut under_way, 0);
    for line in [
        "seatree_edge_under_way{upstream=\"cucm\"} 2",
        "seatree_edge_under_way{upstream=\"live\"} 1",
    ] {
        assert!(told.lines().any(|other| other == line), "{told}");
    }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Enter {
        upstream: usize,
        client: u8,
    },
    /// The place at this position of those that were given, whether it is held or not.
    Leave(usize),
    Lasts(usize, u64),
    Later(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0_usize..3, 0_u8..5).prop_map(|(upstream, client)| Step::Enter { upstream, client }),
        3 => (0_usize..40).prop_map(Step::Leave),
        1 => (0_usize..40, 0_u64..200).prop_map(|(at, seconds)| Step::Lasts(at, seconds)),
        2 => (0_u64..50_000).prop_map(Step::Later),
    ]
}

proptest! {
    #[test]
    fn it_counts_as_a_list_of_all_who_are_under_way_does(
        steps in proptest::collection::vec(step(), 1..200),
    ) {
        let mut under_way = UnderWay::default();
        // Place, upstream, client, until when.
        let mut model: Vec<(Place, usize, u8, u64)> = Vec::new();
        let (mut given, mut now) = (Vec::new(), 1_000_000);
        for step in steps {
            match step {
                Step::Enter { upstream, client: number } => {
                    // Looked at as often as the model, which needs no pause.
                    under_way.forget(now);
                    model.retain(|(_, _, _, until)| *until > now);
                    let of_all = model.iter().filter(|one| one.1 == upstream).count() as u64;
                    let own = |one: &&(Place, usize, u8, u64)| (one.1, one.2) == (upstream, number);
                    let of_own = model.iter().filter(own).count() as u64;
                    let entered = under_way.enter(MOST, upstream, &client(number), now, LONGEST);
                    if of_all >= MOST.all {
                        prop_assert_eq!(entered, Err(Full::All));
                    } else if number != 0 && of_own >= MOST.client {
                        prop_assert_eq!(entered, Err(Full::Client));
                    } else {
                        let place = entered.expect("there is room");
                        prop_assert!(!given.contains(&place));
                        given.push(place);
                        model.push((place, upstream, number, now + LONGEST));
                    }
                }
                Step::Leave(at) => if let Some(place) = given.get(at) {
                    under_way.leave(*place);
                    model.retain(|one| one.0 != *place);
                },
                Step::Lasts(at, seconds) => if let Some(place) = given.get(at) {
                    under_way.forget(now);
                    model.retain(|one| one.3 > now);
                    under_way.lasts(*place, now, seconds);
                    for one in model.iter_mut().filter(|one| one.0 == *place) {
                        one.3 = now + seconds * 1_000 + SPARE_MS;
                    }
                },
                Step::Later(later) => now += later,
            }
            prop_assert!(under_way.held.len() >= model.iter().filter(|one| one.3 > now).count());
        }
        under_way.forget(u64::MAX);
        prop_assert!(under_way.held.is_empty());
        prop_assert!(under_way.upstreams.iter().all(|busy| busy.all == 0 && busy.clients.is_empty()));
    }
}

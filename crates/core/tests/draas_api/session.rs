use proptest::prelude::*;
use seatree_core::draas::{Renewal, Session, Step, Ticket, Tokens};
use seatree_core::http::Secret;
use seatree_core::{Problem, UpstreamError};

use crate::api;

fn tokens(generation: u32) -> Tokens {
    Tokens {
        access: Secret::from(format!("a{generation}")),
        refresh: Some(Secret::from(format!("r{generation}"))),
    }
}

fn session() -> Session {
    Session::new(&api(), tokens(0))
}

fn error(problem: Problem) -> UpstreamError {
    UpstreamError::new("renewing the session", problem)
}

fn unreachable() -> UpstreamError {
    error(Problem::Unreachable { origin: "https://prov.example.net".into() })
}

fn renewal(step: Step) -> Renewal {
    match step {
        Step::Renew(renewal) => renewal,
        other => panic!("{other:?}"),
    }
}

/// Three requests that all got 401: the first renews, the others wait.
fn three_refused(session: &mut Session) -> (Renewal, [Ticket; 3]) {
    let mut tickets = [(); 3].map(|()| session.ticket().unwrap());
    let renewal = renewal(session.refused(&mut tickets[0]));
    for ticket in &mut tickets[1..] {
        assert!(matches!(session.refused(ticket), Step::Wait));
    }
    assert!(session.is_renewing());
    (renewal, tickets)
}

#[test]
fn one_renewal_serves_all_who_were_refused() {
    let mut session = session();
    let (renewal, mut tickets) = three_refused(&mut session);
    session.renewed(renewal.number, Ok(tokens(1)));
    for ticket in &mut tickets {
        assert!(matches!(session.refused(ticket), Step::Send));
        assert_eq!(ticket.token(), &Secret::from("a1"));
    }
    assert!(!session.is_renewing());
}

#[test]
fn a_late_refusal_of_the_old_token_renews_nothing() {
    let mut session = session();
    let mut late = session.ticket().unwrap();
    let (renewal, _) = three_refused(&mut session);
    session.renewed(renewal.number, Ok(tokens(1)));
    assert!(matches!(session.refused(&mut late), Step::Send));
    assert_eq!(late.token(), &Secret::from("a1"));
}

#[test]
fn a_request_is_sent_twice_at_most() {
    let mut session = session();
    let (renewal, mut tickets) = three_refused(&mut session);
    session.renewed(renewal.number, Ok(tokens(1)));
    assert!(matches!(session.refused(&mut tickets[0]), Step::Send));
    let Step::Failed(error) = session.refused(&mut tickets[0]) else { panic!("sent again") };
    assert_eq!(error.problem, Problem::SignedOut);
    assert!(!session.is_signed_out(), "what is refused one request may serve the next");
}

#[test]
fn a_refused_renewal_signs_everyone_out() {
    let mut session = session();
    let (renewal, mut tickets) = three_refused(&mut session);
    session.renewed(renewal.number, Err(error(Problem::SignedOut)));
    for ticket in &mut tickets {
        assert!(matches!(session.refused(ticket), Step::SignedOut));
    }
    assert!(session.ticket().is_none());
    assert!(!format!("{session:?}").contains("r0"));
}

#[test]
fn a_renewal_that_fails_otherwise_fails_those_who_waited_and_not_the_next() {
    let mut session = session();
    let (first, mut tickets) = three_refused(&mut session);
    session.renewed(first.number, Err(unreachable()));
    for ticket in &mut tickets {
        let Step::Failed(error) = session.refused(ticket) else { panic!("tried again") };
        assert!(matches!(error.problem, Problem::Unreachable { .. }));
    }
    let mut next = session.ticket().unwrap();
    let second = renewal(session.refused(&mut next));
    session.renewed(second.number, Ok(tokens(1)));
    assert!(matches!(session.refused(&mut next), Step::Send));
}

#[test]
fn a_stopped_renewal_stops_its_request_and_another_takes_it_up() {
    let mut session = session();
    let (first, [mut stopped, mut next, mut last]) = three_refused(&mut session);
    session.renewed(first.number, Err(error(Problem::Cancelled)));
    let Step::Failed(cancelled) = session.refused(&mut stopped) else { panic!("went on") };
    assert_eq!(cancelled.problem, Problem::Cancelled);
    let second = renewal(session.refused(&mut next));
    assert!(matches!(session.refused(&mut last), Step::Wait));
    session.renewed(second.number, Ok(tokens(1)));
    assert!(matches!(session.refused(&mut last), Step::Send));
}

#[test]
fn what_comes_after_signing_out_or_in_again_is_ignored() {
    let mut session = session();
    let (renewal, [mut ticket, ..]) = three_refused(&mut session);
    assert!(session.sign_out().is_some());
    session.renewed(renewal.number, Ok(tokens(1)));
    assert!(session.is_signed_out());
    assert!(session.sign_out().is_none(), "once is enough");

    session.replace(tokens(7));
    session.renewed(renewal.number, Err(error(Problem::SignedOut)));
    assert!(matches!(session.refused(&mut ticket), Step::Send));
    assert_eq!(ticket.token(), &Secret::from("a7"));
}

#[test]
fn a_refused_machine_token_was_revoked() {
    let mut session = Session::new(&api(), Tokens::machine(Secret::from("m")));
    let mut ticket = session.ticket().unwrap();
    assert!(matches!(session.refused(&mut ticket), Step::SignedOut));
    assert!(session.is_signed_out());
}

#[test]
fn no_secret_prints() {
    let mut session = session();
    let (renewal, tickets) = three_refused(&mut session);
    let printed = format!("{session:?} {renewal:?} {tickets:?}");
    assert!(!printed.contains("a0") && !printed.contains("r0"), "{printed}");
}

/// One request as its caller drives it.
struct Caller {
    ticket: Ticket,
    sent: u32,
    at: At,
}

#[derive(Debug)]
enum At {
    Sent,
    Waits,
    Renews(Renewal),
    Done,
}

/// A platform that takes one access token only, and the callers that it serves.
struct World {
    session: Session,
    good: u32,
    renewals: u32,
    callers: Vec<Caller>,
}

impl World {
    fn step(&mut self, who: usize, outcome: u8) {
        let who = who % self.callers.len();
        let accepted = Secret::from(format!("a{}", self.good));
        let caller = &mut self.callers[who];
        let next = match &caller.at {
            At::Done => return,
            At::Sent if caller.ticket.token() == &accepted => {
                caller.at = At::Done;
                return;
            }
            At::Sent | At::Waits => self.session.refused(&mut caller.ticket),
            At::Renews(renewal) => {
                let result = match outcome {
                    0 => Err(unreachable()),
                    1 => Err(error(Problem::Cancelled)),
                    2 => Err(error(Problem::SignedOut)),
                    // The platform's clock goes on: what was renewed may have ended already.
                    3 => {
                        self.good += 2;
                        Ok(tokens(self.good - 1))
                    }
                    _ => {
                        self.good += 1;
                        Ok(tokens(self.good))
                    }
                };
                self.session.renewed(renewal.number, result);
                self.renewals += 1;
                self.session.refused(&mut caller.ticket)
            }
        };
        caller.at = match next {
            Step::Send => {
                caller.sent += 1;
                At::Sent
            }
            Step::Renew(renewal) => At::Renews(renewal),
            Step::Wait => At::Waits,
            Step::Failed(_) | Step::SignedOut => At::Done,
        };
    }
}

proptest! {
    #[test]
    fn whatever_happens_in_whichever_order(
        callers in 1_usize..6,
        steps in proptest::collection::vec((0_usize..6, 0_u8..8), 0..60),
    ) {
        let session = session();
        let callers = (0..callers)
            .map(|_| Caller { ticket: session.ticket().unwrap(), sent: 1, at: At::Sent })
            .collect();
        // The token that all begin with has just ended.
        let mut world = World { session, good: 1, renewals: 0, callers };
        for (who, outcome) in steps {
            world.step(who, outcome);
            let renewing =
                world.callers.iter().filter(|caller| matches!(caller.at, At::Renews(_))).count();
            prop_assert!(renewing <= 1, "two renewals at once");
            prop_assert_eq!(world.session.is_renewing(), renewing == 1);
            prop_assert!(world.callers.iter().all(|caller| caller.sent <= 2));
        }
        // From here on all goes well: everyone comes to an end.
        let before = world.renewals;
        for _ in 0..10 {
            (0..world.callers.len()).for_each(|who| world.step(who, 9));
        }
        prop_assert!(world.callers.iter().all(|caller| matches!(caller.at, At::Done)));
        prop_assert!(world.renewals - before <= 2, "one on its way, one more at most");
    }
}

//! The way of a change, against an upstream on which everything goes wrong.

use proptest::prelude::*;
use seatree_core::draas::{Limit, LimitChange, SubscriptionMeters};
use seatree_core::edit::{
    Action, Batch, Change, Draft, Ended, Job, LimitId, Names, Outcome, Progress, Wanted,
};
use seatree_core::estate::{Figure, Reading, Uuid};
use seatree_core::{Problem, UpstreamError};

const TEAMS: &str = "msTeamsUsers";
const SIP: &str = "sipTrunkChannels";

fn limit(count: i64) -> Limit {
    Limit::new(count).unwrap()
}

fn wanted(meter: &str, old: i64, new: i64) -> Wanted {
    Wanted { meter: meter.into(), old: Figure::known(old), new: limit(new) }
}

fn meters(teams: i64, sip: i64) -> SubscriptionMeters {
    let reading = |assigned| Reading { assigned: Figure::known(assigned), ..Reading::default() };
    let meters = vec![(TEAMS.to_owned(), reading(teams)), (SIP.to_owned(), reading(sip))];
    SubscriptionMeters { meters, ..SubscriptionMeters::default() }
}

fn error(problem: Problem) -> UpstreamError {
    UpstreamError::new("changing the licenses of the subscription", problem)
}

fn unreachable() -> UpstreamError {
    error(Problem::Unreachable { origin: "https://prov.example.net".into() })
}

fn job(limits: Vec<Wanted>) -> Job {
    Job::new("netaxis", Uuid::from_u128(1), 118, limits)
}

fn outcomes(job: &Job) -> Vec<Outcome> {
    job.outcomes().map(|(_, _, outcome)| outcome.clone()).collect()
}

/// A job that has been read and whose change was handed out.
fn sent(limits: Vec<Wanted>, teams: i64, sip: i64) -> Job {
    let mut job = job(limits);
    job.read(Ok(meters(teams, sip)));
    assert!(matches!(job.go_on(), Action::Put(_)));
    job
}

#[test]
fn a_change_is_read_sent_once_and_read_again() {
    let mut job = job(vec![wanted(TEAMS, 12, 20), wanted(SIP, 11, 9)]);
    assert_eq!(job.go_on(), Action::Read);
    assert_eq!(job.go_on(), Action::Read, "as long as nothing was told");
    job.read(Ok(meters(12, 11)));
    let both = LimitChange::of(TEAMS, limit(20)).and(SIP, limit(9));
    assert_eq!(job.go_on(), Action::Put(both), "both in one request");
    assert_eq!(job.go_on(), Action::Read, "it was handed out already");
    job.sent(Ok(meters(20, 9)));
    assert_eq!(job.go_on(), Action::Read);
    job.read(Ok(meters(20, 9)));
    assert_eq!(job.go_on(), Action::Done);
    let applied = |old| Outcome::Applied { from: Figure::known(old), lost: false };
    assert_eq!(outcomes(&job), [applied(12), applied(11)]);
    assert_eq!(job.last_read(), Some(&meters(20, 9)));
}

#[test]
fn what_somebody_else_changed_stops_the_whole_subscription() {
    let mut job = job(vec![wanted(TEAMS, 12, 20), wanted(SIP, 11, 9)]);
    job.read(Ok(meters(15, 11)));
    assert_eq!(job.go_on(), Action::Done);
    let changed = Outcome::Changed { now: Figure::known(15) };
    assert_eq!(outcomes(&job), [changed, Outcome::HeldBack]);
}

#[test]
fn a_figure_that_is_gone_or_new_was_changed_too() {
    let mut gone = job(vec![wanted(TEAMS, 12, 20)]);
    gone.read(Ok(SubscriptionMeters::default()));
    assert_eq!(outcomes(&gone), [Outcome::Changed { now: Figure::UNKNOWN }]);
    let unknown = Wanted { meter: TEAMS.into(), old: Figure::UNKNOWN, new: limit(20) };
    let mut new = job(vec![unknown]);
    new.read(Ok(meters(0, 0)));
    assert_eq!(outcomes(&new), [Outcome::Changed { now: Figure::known(0) }], "unknown is not 0");
}

#[test]
fn what_is_so_already_is_not_sent() {
    let mut job = job(vec![wanted(TEAMS, 12, 20), wanted(SIP, 11, 9)]);
    job.read(Ok(meters(20, 11)));
    assert_eq!(job.go_on(), Action::Put(LimitChange::of(SIP, limit(9))));
    job.sent(Ok(meters(20, 9)));
    job.read(Ok(meters(20, 9)));
    let applied = Outcome::Applied { from: Figure::known(11), lost: false };
    assert_eq!(outcomes(&job), [Outcome::AlreadySo, applied]);
}

#[test]
fn a_refusal_ends_it_with_its_reason() {
    let role = Some("tenants.instance.subscriptions.licenses.update");
    for problem in [
        Problem::Forbidden { role },
        Problem::Rejected { status: 400, code: None, message: "at most 10.".into() },
        Problem::SignedOut,
        Problem::NothingFound,
        Problem::TokenRefused { ended: true, said: "it has ended.".into() },
        Problem::NotOpened { said: "it lies elsewhere.".into() },
        Problem::EdgeRefused { said: "it cannot sign in.".into() },
    ] {
        let mut job = sent(vec![wanted(TEAMS, 12, 20)], 12, 11);
        job.sent(Err(error(problem.clone())));
        assert_eq!(job.go_on(), Action::Done);
        assert_eq!(outcomes(&job), [Outcome::Refused(error(problem))]);
    }
}

#[test]
fn after_a_lost_reply_reading_decides() {
    let lost = || {
        let mut job = sent(vec![wanted(TEAMS, 12, 20)], 12, 11);
        job.sent(Err(unreachable()));
        assert_eq!(job.go_on(), Action::Read, "never sent again");
        job
    };
    let mut made = lost();
    made.read(Ok(meters(20, 11)));
    assert_eq!(outcomes(&made), [Outcome::Applied { from: Figure::known(12), lost: true }]);

    let mut not_made = lost();
    not_made.read(Ok(meters(12, 11)));
    let otherwise =
        |now| Outcome::Otherwise { now: Figure::known(now), error: Some(unreachable()) };
    assert_eq!(outcomes(&not_made), [otherwise(12)]);

    let mut unclear = lost();
    unclear.read(Err(unreachable()));
    assert_eq!(outcomes(&unclear), [Outcome::Unclear(unreachable())]);
}

#[test]
fn an_answer_that_says_nothing_is_no_refusal() {
    for problem in [
        Problem::Rejected { status: 500, code: None, message: "oops.".into() },
        Problem::Rejected { status: 200, code: None, message: "maintenance.".into() },
        Problem::Throttled { retry_after_s: None, suggested_rows: None },
        Problem::TimedOut { seconds: 60 },
        Problem::Cancelled,
        Problem::ProxyRefused { said: "bad gateway.".into() },
    ] {
        let mut job = sent(vec![wanted(TEAMS, 12, 20)], 12, 11);
        job.sent(Err(error(problem.clone())));
        assert_eq!(job.go_on(), Action::Read, "{problem:?}");
    }
}

#[test]
fn a_platform_that_takes_another_limit_is_told() {
    let mut job = sent(vec![wanted(TEAMS, 12, 20)], 12, 11);
    job.sent(Ok(meters(20, 11)));
    job.read(Ok(meters(18, 11)));
    assert_eq!(outcomes(&job), [Outcome::Otherwise { now: Figure::known(18), error: None }]);
}

#[test]
fn stopping_lets_what_is_out_come_to_its_end() {
    let mut waiting = job(vec![wanted(TEAMS, 12, 20)]);
    waiting.stop();
    assert_eq!((waiting.go_on(), outcomes(&waiting)), (Action::Done, vec![Outcome::NotSent]));

    let mut ready = job(vec![wanted(TEAMS, 12, 20)]);
    ready.read(Ok(meters(12, 11)));
    ready.stop();
    assert_eq!((ready.go_on(), outcomes(&ready)), (Action::Done, vec![Outcome::NotSent]));

    let mut out = sent(vec![wanted(TEAMS, 12, 20)], 12, 11);
    out.stop();
    assert!(out.is_under_way());
    out.sent(Ok(meters(20, 11)));
    out.read(Ok(meters(20, 11)));
    assert_eq!(outcomes(&out)[0].ended(), Ended::Settled);
}

fn draft(subscriptions: u64) -> Draft {
    let mut draft = Draft::default();
    for subscription in 0..subscriptions {
        for meter in [TEAMS, SIP] {
            let id = LimitId {
                connection: if subscription % 2 == 0 { "a" } else { "b" }.into(),
                tenant: Uuid::from_u128(1),
                subscription,
                meter: meter.into(),
            };
            let names = Names::default();
            draft.put(id, Change { old: Figure::known(12), new: limit(20), names });
        }
    }
    draft
}

#[test]
fn a_batch_begins_a_few_at_a_time_and_nothing_after_a_stop() {
    let mut batch = Batch::new(&draft(9));
    let mut running: Vec<Job> = std::iter::from_fn(|| batch.take()).collect();
    assert_eq!(running.len(), Batch::AT_ONCE);
    assert_eq!(running[0].ids().count(), 2, "one request for a subscription");
    let mut done = running.pop().unwrap();
    done.read(Err(unreachable()));
    assert!(batch.give(&done).is_empty());
    assert!(batch.take().is_some() && batch.take().is_none());
    assert_eq!(batch.stop().len(), 4);
    assert_eq!(batch.give(&done).len(), 0);
    assert!(batch.take().is_none());
    assert_eq!(batch.progress(), Progress { done: 6, running: 3, of: 9, is_stopped: true });
}

#[test]
fn who_is_signed_out_is_not_asked_for_the_rest() {
    let mut batch = Batch::new(&draft(9));
    let mut first = batch.take().unwrap();
    first.read(Err(error(Problem::SignedOut)));
    let ended = batch.give(&first);
    assert_eq!(ended.len(), 4);
    assert!(ended.iter().all(|job| job.connection == first.connection && job.is_done()));
    assert_eq!(batch.take().unwrap().connection, "b");
}

/// What happens to one request.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Fine,
    /// It never arrives.
    LostThere,
    /// It is done, and nobody hears of it.
    LostBack,
    Refused,
    /// Somebody else sets another limit first.
    Overtaken(i64),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::Fine),
        1 => Just(Fate::LostThere),
        1 => Just(Fate::LostBack),
        1 => Just(Fate::Refused),
        1 => (0_i64..30).prop_map(Fate::Overtaken),
    ]
}

/// A subscription at its platform.
struct Upstream {
    teams: i64,
    /// Changes that were made, by us and by others.
    ours: usize,
    others: usize,
    sent: usize,
}

impl Upstream {
    fn meet(&mut self, fate: Fate) {
        if let Fate::Overtaken(teams) = fate {
            (self.teams, self.others) = (teams, self.others + 1);
        }
    }

    fn get(&mut self, fate: Fate) -> Result<SubscriptionMeters, UpstreamError> {
        self.meet(fate);
        match fate {
            Fate::LostThere | Fate::LostBack => Err(unreachable()),
            Fate::Refused => Err(error(Problem::Forbidden { role: None })),
            Fate::Fine | Fate::Overtaken(_) => Ok(meters(self.teams, 0)),
        }
    }

    fn put(
        &mut self,
        change: &LimitChange,
        fate: Fate,
    ) -> Result<SubscriptionMeters, UpstreamError> {
        self.sent += 1;
        self.meet(fate);
        match fate {
            Fate::LostThere => return Err(unreachable()),
            Fate::Refused => return Err(error(Problem::Forbidden { role: None })),
            _ => {}
        }
        self.ours += 1;
        self.teams = change.limits().next().unwrap().1.get();
        if matches!(fate, Fate::LostBack) { Err(unreachable()) } else { Ok(meters(self.teams, 0)) }
    }
}

fn run(job: &mut Job, upstream: &mut Upstream, fates: &mut impl Iterator<Item = Fate>) {
    loop {
        let mut fate = || fates.next().unwrap_or(Fate::Fine);
        match job.go_on() {
            Action::Read => job.read(upstream.get(fate())),
            Action::Put(change) => job.sent(upstream.put(&change, fate())),
            Action::Done => return,
        }
    }
}

proptest! {
    #[test]
    fn whatever_goes_wrong_a_change_is_sent_once_and_told_truly(
        old in 0_i64..30, new in 0_i64..30, there in 0_i64..30,
        fates in prop::collection::vec(fate(), 0..8),
    ) {
        prop_assume!(old != new);
        let mut upstream = Upstream { teams: there, ours: 0, others: 0, sent: 0 };
        let mut job = job(vec![wanted(TEAMS, old, new)]);
        run(&mut job, &mut upstream, &mut fates.into_iter());
        let outcome = &outcomes(&job)[0];
        prop_assert!(upstream.sent <= 1);
        prop_assert_eq!(outcome.was_sent(), upstream.sent == 1);
        prop_assert!(upstream.sent == 0 || there == old || upstream.others > 0, "compared first");
        match outcome {
            Outcome::Applied { .. } | Outcome::AlreadySo => prop_assert_eq!(upstream.teams, new),
            Outcome::Otherwise { now, .. } => prop_assert_eq!(now.get(), Some(upstream.teams)),
            Outcome::Unclear(_) => {}
            _ => prop_assert_eq!(upstream.ours, 0, "it says that nothing was made"),
        }
    }

    #[test]
    fn a_failed_change_can_be_tried_again_until_it_is_made_and_is_made_once(
        fates in prop::collection::vec(
            prop_oneof![Just(Fate::Fine), Just(Fate::LostThere), Just(Fate::LostBack), Just(Fate::Refused)],
            0..12,
        ),
    ) {
        let mut upstream = Upstream { teams: 12, ours: 0, others: 0, sent: 0 };
        let mut fates = fates.into_iter();
        let mut draft = Draft::default();
        let id = LimitId {
            connection: "a".into(), tenant: Uuid::from_u128(1), subscription: 1, meter: TEAMS.into(),
        };
        let change = Change { old: Figure::known(12), new: limit(20), names: Names::default() };
        draft.put(id, change);
        for _ in 0..20 {
            for mut job in Job::all(&draft) {
                run(&mut job, &mut upstream, &mut fates);
                for (id, wanted, outcome) in job.outcomes() {
                    if outcome.ended() == Ended::Settled {
                        draft.settle(&id, wanted.new);
                    }
                }
            }
        }
        prop_assert!(draft.is_empty());
        prop_assert_eq!((upstream.teams, upstream.ours), (20, 1));
    }
}

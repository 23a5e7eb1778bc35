//! The change of one subscription on its way: never sent twice, never taken for made unseen.

use super::{Draft, LimitId};
use crate::draas::{Limit, LimitChange, SubscriptionMeters};
use crate::error::{Problem, UpstreamError};
use crate::estate::{Figure, Uuid};

/// All drafted limits of one subscription: they travel in one request.
///
/// A job is a state machine without a clock or a network. Its caller does what [`Job::go_on`] says
/// and reports it: reads the licenses, sends the change, reads them again. What was there before
/// is compared with what the draft was made of; what is there after, with what was sent. The
/// change is handed out once. Whatever becomes of its reply, reading decides.
#[derive(Clone, Debug)]
pub struct Job {
    pub connection: String,
    pub tenant: Uuid,
    pub subscription: u64,
    limits: Vec<(Wanted, Option<Outcome>)>,
    step: Step,
    read: Option<SubscriptionMeters>,
}

/// One limit to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub meter: String,
    /// As it was when the change was drafted.
    pub old: Figure,
    pub new: Limit,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read the subscription's licenses and tell by [`Job::read`].
    Read,
    /// Send this and tell by [`Job::sent`]. It is said once.
    Put(LimitChange),
    Done,
}

#[derive(Clone, Debug)]
enum Step {
    First,
    Ready(LimitChange),
    /// The change was handed out; none knows yet what became of it.
    Sent,
    /// It was answered, or its answer was lost.
    Again(Option<UpstreamError>),
    Done,
}

/// What became of one limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Reading again shows the new limit; `lost` where the reply to the change did not come.
    Applied { from: Figure, lost: bool },
    /// It was so before anything was sent.
    AlreadySo,
    /// Somebody else changed it since it was drafted: nothing was sent.
    Changed { now: Figure },
    /// Nothing was sent, because another limit of this subscription was changed by somebody else.
    HeldBack,
    /// What is there now could not be read: nothing was sent.
    Unread(UpstreamError),
    /// The upstream did not take it.
    Refused(UpstreamError),
    /// It was sent, and reading again shows another limit; with the error that came instead of a
    /// reply.
    Otherwise { now: Figure, error: Option<UpstreamError> },
    /// It was sent, and what is there now could not be read.
    Unclear(UpstreamError),
    /// Stopped before its turn.
    NotSent,
}

/// How an outcome leaves the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The limit is as wanted: the change leaves the draft.
    Settled,
    /// It stays in the draft.
    Open,
}

impl Outcome {
    pub fn ended(&self) -> Ended {
        match self {
            Self::Applied { .. } | Self::AlreadySo => Ended::Settled,
            _ => Ended::Open,
        }
    }

    /// Whether the change left for the upstream.
    pub fn was_sent(&self) -> bool {
        matches!(
            self,
            Self::Applied { .. } | Self::Refused(_) | Self::Otherwise { .. } | Self::Unclear(_)
        )
    }
}

impl Job {
    /// A job without limits has nothing to do.
    pub fn new(connection: &str, tenant: Uuid, subscription: u64, limits: Vec<Wanted>) -> Self {
        let limits: Vec<_> = limits.into_iter().map(|wanted| (wanted, None)).collect();
        let step = if limits.is_empty() { Step::Done } else { Step::First };
        let connection = connection.to_owned();
        Self { connection, tenant, subscription, limits, step, read: None }
    }

    /// The jobs of a draft: one for each subscription.
    pub fn all(draft: &Draft) -> Vec<Self> {
        let mut jobs: Vec<Self> = Vec::new();
        // A draft is in the order of its subscriptions.
        for (id, change) in draft.iter() {
            let wanted = Wanted { meter: id.meter.clone(), old: change.old, new: change.new };
            match jobs.last_mut().filter(|job| job.is_of(id)) {
                Some(job) => job.limits.push((wanted, None)),
                None => {
                    jobs.push(Self::new(&id.connection, id.tenant, id.subscription, vec![wanted]));
                }
            }
        }
        jobs
    }

    fn is_of(&self, id: &LimitId) -> bool {
        self.connection == id.connection
            && self.tenant == id.tenant
            && self.subscription == id.subscription
    }

    /// What to do next. The change itself is said once: who asks again without having told what
    /// became of it is told to read.
    pub fn go_on(&mut self) -> Action {
        match std::mem::replace(&mut self.step, Step::Done) {
            Step::First => {
                self.step = Step::First;
                Action::Read
            }
            Step::Ready(change) => {
                self.step = Step::Sent;
                Action::Put(change)
            }
            step @ (Step::Sent | Step::Again(_)) => {
                self.step = step;
                Action::Read
            }
            Step::Done => Action::Done,
        }
    }

    /// The licenses were read, or could not be.
    pub fn read(&mut self, told: Result<SubscriptionMeters, UpstreamError>) {
        let step = std::mem::replace(&mut self.step, Step::Done);
        match (step, told) {
            (Step::First, Ok(now)) => self.compare(now),
            (Step::First, Err(error)) => self.end(|_| Outcome::Unread(error.clone())),
            (Step::Sent, told) => self.judge(None, told),
            (Step::Again(lost), told) => self.judge(lost.as_ref(), told),
            (step @ (Step::Ready(_) | Step::Done), _) => self.step = step,
        }
    }

    /// The change was answered, or its answer was lost.
    pub fn sent(&mut self, told: Result<SubscriptionMeters, UpstreamError>) {
        if !matches!(self.step, Step::Sent) {
            return;
        }
        self.step = match told {
            Ok(_) => Step::Again(None),
            Err(error) if is_refusal(&error) => {
                self.end(|_| Outcome::Refused(error.clone()));
                return;
            }
            Err(error) => Step::Again(Some(error)),
        };
    }

    /// The change did not leave: its carrier was stopped before it did.
    pub fn held_back(&mut self) {
        if matches!(self.step, Step::Sent) {
            self.end(|_| Outcome::NotSent);
        }
    }

    /// Nothing is sent any more. What was handed out is out: it is still to be read again.
    pub fn stop(&mut self) {
        if matches!(self.step, Step::First | Step::Ready(_)) {
            self.step = Step::Done;
            self.end(|_| Outcome::NotSent);
        }
    }

    pub fn is_done(&self) -> bool {
        matches!(self.step, Step::Done)
    }

    /// Whether the change was handed out.
    pub fn is_under_way(&self) -> bool {
        matches!(self.step, Step::Sent | Step::Again(_))
    }

    /// The limits with what became of them; none before the job is done.
    pub fn outcomes(&self) -> impl Iterator<Item = (LimitId, &Wanted, &Outcome)> {
        let is_done = self.is_done();
        let done = self.limits.iter().filter(move |_| is_done);
        done.filter_map(|(wanted, outcome)| Some((self.id(wanted), wanted, outcome.as_ref()?)))
    }

    /// The limits of this job as they are wanted.
    pub fn wanted(&self) -> impl Iterator<Item = (LimitId, &Wanted)> {
        self.limits.iter().map(|(wanted, _)| (self.id(wanted), wanted))
    }

    /// The limits of this job.
    pub fn ids(&self) -> impl Iterator<Item = LimitId> {
        self.limits.iter().map(|(wanted, _)| self.id(wanted))
    }

    /// What was read last.
    pub fn last_read(&self) -> Option<&SubscriptionMeters> {
        self.read.as_ref()
    }

    /// Whether the upstream's other subscriptions would fare alike.
    pub fn ends_all(&self) -> Option<&UpstreamError> {
        self.limits.iter().find_map(|(_, outcome)| match outcome {
            Some(Outcome::Unread(e) | Outcome::Refused(e) | Outcome::Unclear(e))
                if e.wants_sign_in() =>
            {
                Some(e)
            }
            _ => None,
        })
    }

    fn id(&self, wanted: &Wanted) -> LimitId {
        LimitId {
            connection: self.connection.clone(),
            tenant: self.tenant,
            subscription: self.subscription,
            meter: wanted.meter.clone(),
        }
    }

    /// Compares what is there before anything is sent.
    fn compare(&mut self, now: SubscriptionMeters) {
        let mut change: Option<LimitChange> = None;
        let mut is_changed = false;
        for (wanted, outcome) in &mut self.limits {
            let figure = now.reading(&wanted.meter).assigned;
            if figure.get() == Some(wanted.new.get()) {
                *outcome = Some(Outcome::AlreadySo);
            } else if figure == wanted.old {
                change = Some(match change.take() {
                    Some(change) => change.and(&wanted.meter, wanted.new),
                    None => LimitChange::of(&wanted.meter, wanted.new),
                });
            } else {
                *outcome = Some(Outcome::Changed { now: figure });
                is_changed = true;
            }
        }
        self.read = Some(now);
        self.step = match change {
            Some(change) if !is_changed => Step::Ready(change),
            _ => {
                self.end(|_| Outcome::HeldBack);
                Step::Done
            }
        };
    }

    /// Compares what is there after the change was sent.
    fn judge(
        &mut self,
        lost: Option<&UpstreamError>,
        told: Result<SubscriptionMeters, UpstreamError>,
    ) {
        match told {
            Ok(now) => {
                self.end(|wanted| {
                    let figure = now.reading(&wanted.meter).assigned;
                    if figure.get() == Some(wanted.new.get()) {
                        Outcome::Applied { from: wanted.old, lost: lost.is_some() }
                    } else {
                        Outcome::Otherwise { now: figure, error: lost.cloned() }
                    }
                });
                self.read = Some(now);
            }
            Err(error) => self.end(|_| Outcome::Unclear(error.clone())),
        }
    }

    /// Ends all limits that have not ended.
    fn end(&mut self, outcome: impl Fn(&Wanted) -> Outcome) {
        for (wanted, ended) in &mut self.limits {
            ended.get_or_insert_with(|| outcome(wanted));
        }
        self.step = Step::Done;
    }
}

/// Whether the upstream itself says that it did not do it. After anything else it may have.
fn is_refusal(error: &UpstreamError) -> bool {
    match &error.problem {
        Problem::SignedOut
        | Problem::TokenRefused { .. }
        | Problem::NotOpened { .. }
        | Problem::EdgeRefused { .. }
        | Problem::Forbidden { .. }
        | Problem::NothingFound => true,
        Problem::Rejected { status, .. } => (400..500).contains(status),
        _ => false,
    }
}

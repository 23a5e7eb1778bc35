//! The object that keeps the snapshots of one upstream: it rings when one is due, and tells of them.

use std::cell::Cell;

use seatree_core::{
    address,
    gate::Gate,
    snapshot::{
        About, Access, Account, History, Key, Opened, Plan, Question, Range, Standing, Taking,
    },
};
use worker::{
    DurableObject, Env, Request, Response, Result, ScheduledTime, State, durable_object,
    js_sys::{Date, Number},
    wasm_bindgen,
    wasm_bindgen_futures::JsFuture,
};

use super::{INSIDE, OUTSIDE, UNKNOWN, store::Store, taking};
use crate::{
    answer, clock, journal,
    members::Unread,
    settings,
    webhooks::{self, Outbox},
};

/// After trouble with the configuration or the database.
const LOOK_AGAIN_MS: u64 = 600_000;

/// One for each upstream that is remembered, named as it.
#[durable_object(alarm)]
pub struct Memory {
    state: State,
    env: Env,
    taking: Cell<Option<Taking>>,
}

impl DurableObject for Memory {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, taking: Cell::new(None) }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let path = address::path_of(&request.inner().url()).to_owned();
        let text = JsFuture::from(request.inner().text()?).await?.as_string();
        let question = text.and_then(|text| Question::read(&text)).ok_or("no question")?;
        let gate = settings::gate(&self.env).map_err(ToString::to_string)?;
        let plan = gate.memory_of(&question.upstream).ok_or("it is not remembered")?;
        let store = Store::open(self.state.storage().sql())?;
        if store.upstream()?.is_none() {
            store.set_upstream(&question.upstream)?;
        }
        let outbox = self.outbox(gate)?;
        if let Some(outbox) = &outbox
            && let Some(text) = webhooks::tell(gate, outbox, &question.upstream, &path)?
        {
            self.resume(&store, Some(outbox), plan).await?;
            return told(&text, Access::Inside);
        }
        let standing = self.resume(&store, outbox.as_ref(), plan).await?;
        match question.about {
            About::Nothing => told("", Access::Inside),
            About::Snapshots => self.snapshots(&store, plan, standing, &question),
            About::History(key) => history(&store, key, question.range, &question.opened),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        if let Err(error) = self.ring().await {
            let upstream = self.state.id().name().unwrap_or_default();
            journal::fault(&upstream, "memory", &error);
            self.ring_at(clock::now_ms() + LOOK_AGAIN_MS).await?;
        }
        told("", Access::Inside)
    }
}

impl Memory {
    /// The alarm rings. Where it is not to be remembered any more, for the last time.
    async fn ring(&self) -> Result<()> {
        let store = Store::open(self.state.storage().sql())?;
        let Some(upstream) = store.upstream()? else { return Ok(()) };
        let gate = settings::gate(&self.env).map_err(ToString::to_string)?;
        match gate.memory_of(&upstream) {
            Some(plan) => self.turn(gate, &upstream, &store, plan).await,
            None => Ok(()),
        }
    }

    /// What is to be told to others; none where nobody is told.
    fn outbox(&self, gate: &Gate) -> Result<Option<Outbox>> {
        gate.webhooks().map(|_| Outbox::open(self.state.storage().sql())).transpose()
    }

    /// Takes a snapshot if one is due, delivers what waits, and sets the alarm for what is due next.
    async fn turn(
        &self,
        gate: &'static Gate,
        upstream: &str,
        store: &Store,
        plan: Plan,
    ) -> Result<()> {
        let now_ms = clock::now_ms();
        let outbox = self.outbox(gate)?;
        let standing = store.standing()?.unwrap_or_else(|| Standing::new(now_ms));
        let mut next = plan.resumed(standing, now_ms);
        if standing.is_due(now_ms) {
            // Should the edge be stopped meanwhile, this is how it stands.
            store.set_trying(now_ms / 1_000)?;
            store.set_standing(plan.tried(standing, now_ms))?;
            let taken = taking::take(gate, upstream, store, outbox.as_ref(), &self.taking).await;
            self.taking.set(None);
            match taken {
                Ok(_) => next = plan.taken(standing, clock::now_ms()),
                Err(Unread { trouble, why }) => {
                    journal::no_snapshot(upstream, &why);
                    store.set_failure(now_ms / 1_000, trouble)?;
                    if let Some(outbox) = &outbox {
                        webhooks::failed(gate, upstream, outbox, trouble);
                    }
                    next = plan.tried(standing, clock::now_ms());
                }
            }
            if let Some(first) = plan.first_kept(&store.moments()?, clock::now_ms() / 1_000) {
                store.prune(first)?;
            }
        }
        store.set_standing(next)?;
        let mut ring_ms = next.due_ms;
        if let Some(outbox) = &outbox {
            ring_ms = match webhooks::run(gate, upstream, outbox).await {
                Ok(()) => next_ring(next, Some(outbox))?,
                // What is not delivered yet is no reason to miss a snapshot.
                Err(error) => {
                    journal::fault(upstream, "webhooks", &error);
                    ring_ms.min(clock::now_ms() + LOOK_AGAIN_MS)
                }
            };
        }
        self.ring_at(ring_ms).await
    }

    /// Sees to it that the alarm rings when the next one is due.
    async fn resume(&self, store: &Store, outbox: Option<&Outbox>, plan: Plan) -> Result<Standing> {
        let now_ms = clock::now_ms();
        let before = store.standing()?;
        let standing = plan.resumed(before.unwrap_or_else(|| Standing::new(now_ms)), now_ms);
        if before != Some(standing) {
            store.set_standing(standing)?;
        }
        let due_ms = next_ring(standing, outbox)?;
        let alarm_ms = self.state.storage().get_alarm().await?;
        let rings = alarm_ms.and_then(|ms| u64::try_from(ms).ok()).is_some_and(|ms| ms <= due_ms);
        // One that is being taken sets the alarm itself.
        if self.taking.get().is_none() && !rings {
            self.ring_at(due_ms).await?;
        }
        Ok(standing)
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are below 2^53")]
    async fn ring_at(&self, at_ms: u64) -> Result<()> {
        let date = Date::new(&Number::from(at_ms as f64));
        self.state.storage().set_alarm(ScheduledTime::new(date)).await
    }

    fn snapshots(
        &self,
        store: &Store,
        plan: Plan,
        standing: Standing,
        question: &Question,
    ) -> Result<Response> {
        let opened = &question.opened;
        let is_taken = self.taking.get();
        let account = Account {
            plan,
            moments: &store.moments()?,
            due_s: standing.due_ms.div_ceil(1_000),
            taking: is_taken,
            failure: store.failure(is_taken.is_some())?,
            bytes: store.bytes(),
        };
        let text = account.json(question.range, opened);
        let mut is_known = opened.is_whole();
        for top in opened.tops() {
            is_known = is_known || store.knows(top)?;
        }
        told(&text, if is_known { Access::Inside } else { Access::Unknown })
    }
}

/// When there is something to do next.
fn next_ring(standing: Standing, outbox: Option<&Outbox>) -> Result<u64> {
    let events_ms = outbox.map(Outbox::next_ms).transpose()?.flatten();
    Ok(events_ms.map_or(standing.due_ms, |events_ms| events_ms.min(standing.due_ms)))
}

fn history(store: &Store, key: Key, range: Range, opened: &Opened) -> Result<Response> {
    let moments = store.moments()?;
    let mut history = History::of(key);
    while let Some(wanted) = history.wants() {
        history.add(wanted, store.versions(&wanted)?);
    }
    let access = history.access(&moments, opened);
    told(&history.json(key, &moments, range, opened), access)
}

fn told(text: &str, access: Access) -> Result<Response> {
    let (status, text) = match access {
        Access::Inside => (INSIDE, text),
        Access::Unknown => (UNKNOWN, text),
        Access::Outside => (OUTSIDE, ""),
    };
    Ok(answer::text(status, &[], text)?.response.into())
}

//! How many requests are under way at a time.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{ApiCall, Forward, Gate, Refusal, RefusalKind, client::Client, reply::BUSY_SECONDS};

/// How often those whose time is over are looked for.
const LOOK_AGAIN_MS: u64 = 1_000;
/// What a request may need beside the time limits of its body and its reply: a turn, a sign-in.
const SPARE_MS: u64 = 30_000;

/// So many may be under way to an upstream at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// Of one client, where clients are told apart.
    pub(super) client: u64,
    pub(super) all: u64,
}

impl Most {
    /// A browser keeps a hundred at most, and reading takes six; several people may have one address.
    /// A thousand that wait take some 150 MB.
    pub(super) const USUAL: Self = Self { client: 200, all: 1_000 };
}

/// The number of a request that is under way.
pub type Place = u32;

/// Who is under way.
///
/// A request may be cut off before its place is given back, so each ends by itself after a time.
#[derive(Debug, Default)]
pub struct UnderWay {
    last: Place,
    held: BTreeMap<Place, Held>,
    /// By the number of the upstream.
    upstreams: Vec<Busy>,
    look_again_ms: u64,
}

#[derive(Debug)]
struct Held {
    upstream: usize,
    client: Client,
    until_ms: u64,
}

#[derive(Debug, Default)]
struct Busy {
    all: u64,
    /// Those who are told apart.
    clients: BTreeMap<Client, u64>,
}

/// What there is no more room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Full {
    Client,
    All,
}

impl UnderWay {
    fn enter(
        &mut self,
        most: Most,
        upstream: usize,
        client: &Client,
        now_ms: u64,
        longest_ms: u64,
    ) -> Result<Place, Full> {
        if now_ms >= self.look_again_ms {
            self.forget(now_ms);
        }
        if self.upstreams.len() <= upstream {
            self.upstreams.resize_with(upstream + 1, Busy::default);
        }
        let busy = &mut self.upstreams[upstream];
        if busy.all >= most.all {
            return Err(Full::All);
        }
        if *client != Client::Anyone {
            match busy.clients.get_mut(client) {
                Some(count) if *count >= most.client => return Err(Full::Client),
                Some(count) => *count += 1,
                None => {
                    busy.clients.insert(client.clone(), 1);
                }
            }
        }
        busy.all += 1;
        // Nothing is under way for as long as it takes to count to the end.
        self.last = self.last.wrapping_add(1);
        let until_ms = now_ms.saturating_add(longest_ms);
        self.held.insert(self.last, Held { upstream, client: client.clone(), until_ms });
        Ok(self.last)
    }

    /// Gives a place back; once more does no harm.
    pub fn leave(&mut self, place: Place) {
        if let Some(held) = self.held.remove(&place) {
            give_back(&mut self.upstreams, &held);
        }
    }

    /// A place is held for so many seconds from now on, at most.
    pub fn lasts(&mut self, place: Place, now_ms: u64, seconds: u64) {
        if let Some(held) = self.held.get_mut(&place) {
            held.until_ms = now_ms.saturating_add(longest_reply_ms(seconds));
        }
    }

    /// Gives back the places whose time is over.
    fn forget(&mut self, now_ms: u64) {
        let Self { held, upstreams, .. } = self;
        held.retain(|_, held| {
            let stays = held.until_ms > now_ms;
            if !stays {
                give_back(upstreams, held);
            }
            stays
        });
        self.look_again_ms = now_ms.saturating_add(LOOK_AGAIN_MS);
    }
}

fn give_back(upstreams: &mut [Busy], held: &Held) {
    let Some(busy) = upstreams.get_mut(held.upstream) else { return };
    busy.all = busy.all.saturating_sub(1);
    match busy.clients.get_mut(&held.client) {
        Some(count) if *count > 1 => *count -= 1,
        Some(_) => {
            busy.clients.remove(&held.client);
        }
        None => {}
    }
}

impl Gate {
    /// Takes a place for a request that is about to go on.
    ///
    /// # Errors
    /// Too many are under way already.
    pub fn enter(
        &self,
        forward: &Forward,
        under_way: &mut UnderWay,
        now_ms: u64,
    ) -> Result<Place, Refusal> {
        self.enter_for(&forward.upstream, &forward.client, under_way, now_ms)
            .map_err(|refusal| refusal.readable_by(&forward.origin))
    }

    /// The same for a request to the API, by the visitor.
    ///
    /// # Errors
    /// Too many are under way already.
    pub fn enter_call(
        &self,
        call: &ApiCall,
        under_way: &mut UnderWay,
        now_ms: u64,
    ) -> Result<Place, Refusal> {
        let visitor = Client::visitor(call.visitor.subject.expose());
        self.enter_for(&call.upstream, &visitor, under_way, now_ms)
            .map_err(|refusal| call.refuse(refusal))
    }

    pub(super) fn enter_for(
        &self,
        upstream: &str,
        client: &Client,
        under_way: &mut UnderWay,
        now_ms: u64,
    ) -> Result<Place, Refusal> {
        let settings = self.settings.upstreams.get(upstream);
        let settings = settings.ok_or_else(|| Refusal::misconfigured("the upstream is gone"))?;
        let (most, longest_ms) = (settings.under_way, longest_ms(settings.time_limit));
        let entered = under_way.enter(most, settings.number, client, now_ms, longest_ms);
        entered.map_err(|full| {
            let (whose, many) = match full {
                Full::Client => ("of yours ", most.client),
                Full::All => ("", most.all),
            };
            let detail = format!(
                "{many} requests {whose}to \"{upstream}\" are under way, and the edge takes no more of them at a time. Ask again in {BUSY_SECONDS} seconds."
            );
            Refusal::new(RefusalKind::UpstreamBusy, detail).after(BUSY_SECONDS)
        })
    }

    /// How many are under way to each upstream, in the text format of Prometheus.
    pub fn tell_under_way(&self, under_way: &mut UnderWay, now_ms: u64) -> String {
        under_way.forget(now_ms);
        let mut out = String::from(
            "# HELP seatree_edge_under_way Requests that are under way.\n# TYPE seatree_edge_under_way gauge\n",
        );
        for (name, upstream) in &self.settings.upstreams {
            let busy = under_way.upstreams.get(upstream.number).map_or(0, |busy| busy.all);
            // Writing to a String cannot fail.
            let _ = writeln!(out, "seatree_edge_under_way{{upstream=\"{name}\"}} {busy}");
        }
        out
    }
}

/// Milliseconds after which the reply to a request would have been too late long ago: its body and its
/// reply may take as long, each.
pub(super) fn longest_ms(time_limit: u64) -> u64 {
    time_limit.saturating_mul(2_000).saturating_add(SPARE_MS)
}

/// The same of a reply that has begun.
pub(super) fn longest_reply_ms(total_limit: u64) -> u64 {
    total_limit.saturating_mul(1_000).saturating_add(SPARE_MS)
}

#[cfg(test)]
mod tests;

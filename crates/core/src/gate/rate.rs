//! How often one client may ask one upstream.

use std::collections::BTreeMap;

use super::{ApiVisit, Forward, Gate, Refusal, RefusalKind, client::Client};

/// So many clients of an upstream are told apart. Those who come when all places are taken share one
/// with their network, and at last with all others.
const MAX_CLIENTS: usize = 10_000;
/// Places that only networks take.
const MAX_NETWORKS: usize = 2_000;
/// Places that are free again are looked for this often, when there is none: looking takes as long
/// as some hundred requests.
const LOOK_AGAIN: u64 = 1_000_000;
const MICROSECONDS: u64 = 1_000_000;

/// So many requests at once, and so many again in that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub(super) requests: u64,
    pub(super) seconds: u64,
}

impl Rate {
    /// Where an upstream has none of its own, for each client that can be told from others. No page
    /// comes near: the largest platform is read with six requests at a time. A program that tries
    /// tokens or passwords gets to so many.
    pub(super) const USUAL: Self = Self { requests: 6_000, seconds: 60 };

    /// Microseconds from one request to the next when they come evenly.
    fn interval(self) -> u64 {
        (self.seconds * MICROSECONDS / self.requests.max(1)).max(1)
    }
}

/// Who has asked how often of late.
#[derive(Debug, Default)]
pub struct Rates {
    upstreams: BTreeMap<String, Askers>,
}

/// One number for each client: when it would have asked last, had it asked evenly (the generic cell
/// rate algorithm).
#[derive(Clone, Debug, Default)]
struct Askers {
    due: BTreeMap<Client, u64>,
    /// Until when nobody looks for free places.
    full_until: u64,
}

impl Rates {
    /// Counts one request of this client.
    ///
    /// # Errors
    /// It asked too often: the seconds after which it may ask again.
    pub(super) fn count(
        &mut self,
        rate: Rate,
        upstream: &str,
        client: &Client,
        now_ms: u64,
    ) -> Result<(), u64> {
        let now = now_ms.saturating_mul(1_000);
        match self.upstreams.get_mut(upstream) {
            Some(askers) => askers.count(rate, client, now),
            None => self.upstreams.entry(upstream.to_owned()).or_default().count(rate, client, now),
        }
    }
}

impl Askers {
    fn count(&mut self, rate: Rate, client: &Client, now: u64) -> Result<(), u64> {
        if let Some(due) = self.due.get_mut(client) {
            return step(rate, due, now);
        }
        if self.has_room(MAX_CLIENTS, now) {
            return step(rate, self.due.entry(client.clone()).or_default(), now);
        }
        let network = client.wider();
        let is_room =
            self.due.contains_key(&network) || self.due.len() < MAX_CLIENTS + MAX_NETWORKS;
        let place = if is_room { network } else { Client::Anyone };
        step(rate, self.due.entry(place).or_default(), now)
    }

    fn has_room(&mut self, most: usize, now: u64) -> bool {
        if self.due.len() >= most && now >= self.full_until {
            // Whose time has come is as one who never asked.
            self.due.retain(|_, due| *due > now);
            self.full_until = now.saturating_add(LOOK_AGAIN);
        }
        self.due.len() < most
    }
}

/// Counts one that came now in its place.
fn step(rate: Rate, due: &mut u64, now: u64) -> Result<(), u64> {
    let from = (*due).max(now);
    let ahead = rate.interval().saturating_mul(rate.requests.saturating_sub(1));
    let early = (from - now).saturating_sub(ahead);
    if early > 0 {
        return Err(early.div_ceil(MICROSECONDS));
    }
    *due = from.saturating_add(rate.interval());
    Ok(())
}

impl Gate {
    /// Counts a request that is about to go on.
    ///
    /// # Errors
    /// Its client asks this upstream too often.
    pub fn count(&self, forward: &Forward, rates: &mut Rates, now_ms: u64) -> Result<(), Refusal> {
        self.count_for(&forward.upstream, &forward.client, rates, now_ms)
            .map_err(|refusal| refusal.readable_by(&forward.origin))
    }

    /// Counts a request to the API before its token is looked at, so that forged ones end; not where
    /// clients are not told apart, since then one without a token would use up the rate of all who
    /// have one.
    ///
    /// # Errors
    /// Its client asks too often.
    pub fn count_call(
        &self,
        visit: &ApiVisit,
        rates: &mut Rates,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        match &visit.client {
            Client::Anyone => Ok(()),
            client => self
                .count_for(&visit.upstream, client, rates, now_ms)
                .map_err(|refusal| visit.readable(refusal)),
        }
    }

    pub(super) fn count_for(
        &self,
        upstream: &str,
        client: &Client,
        rates: &mut Rates,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let Some(settings) = self.settings.upstreams.get(upstream) else { return Ok(()) };
        let rate = match settings.rate {
            Some(rate) => rate,
            // One of them would use it up for all.
            None if *client == Client::Anyone => return Ok(()),
            None => Rate::USUAL,
        };
        rates.count(rate, upstream, client, now_ms).map_err(|seconds| {
            let detail = format!(
                "The edge takes {} requests in {} seconds for \"{upstream}\". Ask again in {seconds} seconds.",
                rate.requests, rate.seconds
            );
            Refusal::new(RefusalKind::RateLimited, detail).after(seconds)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use proptest::prelude::*;

    use super::*;

    const RATE: Rate = Rate { requests: 3, seconds: 6 };

    fn client(number: u32) -> Client {
        Client::V4(number.to_be_bytes())
    }

    #[test]
    fn so_many_at_once_and_then_one_by_one() {
        let mut rates = Rates::default();
        let mut ask = |now_ms| rates.count(RATE, "cucm", &client(1), now_ms);
        assert_eq!([ask(0), ask(0), ask(0)], [Ok(()); 3]);
        assert_eq!(ask(0), Err(2));
        assert_eq!(ask(1_001), Err(1));
        assert_eq!(ask(2_000), Ok(()));
        assert_eq!(ask(2_000), Err(2));
        assert_eq!([ask(60_000), ask(60_000), ask(60_000)], [Ok(()); 3]);
        assert_eq!(ask(60_000), Err(2));
    }

    #[test]
    fn clients_and_upstreams_are_counted_apart() {
        let mut rates = Rates::default();
        for _ in 0..3 {
            assert_eq!(rates.count(RATE, "cucm", &client(1), 0), Ok(()));
        }
        assert!(rates.count(RATE, "cucm", &client(1), 0).is_err());
        assert_eq!(rates.count(RATE, "cucm", &client(2), 0), Ok(()));
        assert_eq!(rates.count(RATE, "live", &client(1), 0), Ok(()));
    }

    #[test]
    fn visitors_are_told_apart_however_long_their_names_are() {
        let mut rates = Rates::default();
        let long = |end: &str| Client::visitor(&format!("{}{end}", "x".repeat(199)));
        for _ in 0..3 {
            assert_eq!(rates.count(RATE, "draas", &long("a"), 0), Ok(()));
        }
        assert!(rates.count(RATE, "draas", &long("a"), 0).is_err());
        assert_eq!(rates.count(RATE, "draas", &long("b"), 0), Ok(()));
        assert_eq!(rates.count(RATE, "draas", &Client::Anyone, 0), Ok(()));
    }

    #[test]
    fn endless_new_clients_take_no_endless_memory_and_share_a_place_with_their_network() {
        let mut rates = Rates::default();
        let mut passed = 0;
        // An organization's /48, out of which somebody takes one network after the other.
        for n in 0..MAX_CLIENTS + 1_000 {
            let address = Ipv6Addr::from((0x2001_0db8_0001 << 80) | ((n as u128) << 64) | 1);
            let client = Client::at(&address.to_string());
            passed += usize::from(rates.count(RATE, "cucm", &client, 0).is_ok());
        }
        let places = |rates: &Rates| rates.upstreams["cucm"].due.len();
        assert_eq!((passed, places(&rates)), (MAX_CLIENTS + 3, MAX_CLIENTS + 1));
        // It shuts nobody out: neither another network, nor who was there before, nor another upstream.
        let elsewhere = Client::at("2001:db8:2::1");
        assert_eq!(rates.count(RATE, "cucm", &elsewhere, 0), Ok(()));
        assert_eq!(rates.count(RATE, "cucm", &client(7), 0), Ok(()));
        assert_eq!(rates.count(RATE, "cucm", &Client::at("2001:db8:1::1"), 0), Ok(()));
        assert_eq!(rates.count(RATE, "live", &elsewhere, 0), Ok(()));
        for n in 0..2 * (MAX_CLIENTS as u128) {
            let address = Ipv6Addr::from((0x2002 << 112) | (n << 80));
            let _ = rates.count(RATE, "cucm", &Client::at(&address.to_string()), 0);
        }
        assert!(places(&rates) <= MAX_CLIENTS + MAX_NETWORKS + 1);
        // Once the first have been quiet for long enough, there is room again.
        assert_eq!(rates.count(RATE, "cucm", &client(8), 10_000), Ok(()));
        assert!(places(&rates) < 10);
    }

    #[test]
    fn free_places_are_not_looked_for_with_each_request() {
        let mut rates = Rates::default();
        for n in 0..u32::try_from(MAX_CLIENTS).unwrap() {
            assert_eq!(rates.count(RATE, "cucm", &client(n), u64::from(n) / 5_000), Ok(()));
        }
        // All are looked at once, and only those of the beginning are through.
        let new = |n: u32| client(0x0b00_0000 + n);
        assert_eq!(rates.count(RATE, "cucm", &new(0), 2_000), Ok(()));
        let askers = rates.upstreams.get_mut("cucm").unwrap();
        assert_eq!(askers.due.len(), MAX_CLIENTS / 2 + 1);
        for n in 1..=u32::try_from(MAX_CLIENTS / 2).unwrap() {
            assert_eq!(askers.count(RATE, &new(n), 2_001_000), Ok(()));
        }
        // The rest is due as well, but nobody looks again before it is time to.
        assert_eq!(askers.due.len(), MAX_CLIENTS + 1);
        assert_eq!(askers.count(RATE, &new(9_999), 3_000_000), Ok(()));
        assert!(askers.due.len() < MAX_CLIENTS);
    }

    proptest! {
        #[test]
        fn never_more_than_the_rate_in_any_window(
            requests in 1_u64..20,
            seconds in 1_u64..20,
            mut times in proptest::collection::vec(0_u64..60_000, 1..200),
        ) {
            times.sort_unstable();
            let rate = Rate { requests, seconds };
            let mut rates = Rates::default();
            let mut passed = Vec::new();
            for now in times {
                match rates.count(rate, "u", &client(1), now) {
                    Ok(()) => passed.push(now),
                    // Who waits as long as was said gets through.
                    Err(wait) => {
                        let mut later = Rates { upstreams: rates.upstreams.clone() };
                        let then = now + wait * 1_000;
                        prop_assert_eq!(later.count(rate, "u", &client(1), then), Ok(()));
                    }
                }
            }
            for (at, start) in passed.iter().enumerate() {
                let window = seconds * 1_000;
                let within = passed[at..].iter().filter(|time| **time < start + window).count();
                // The burst, and what became due again meanwhile.
                prop_assert!(within as u64 <= 2 * requests, "{within} in {seconds} s");
            }
        }

        #[test]
        fn whoever_asks_within_the_rate_is_never_held_up_by_others(
            others in proptest::collection::vec((any::<u32>(), 0_u64..5_000), 1..300),
        ) {
            let mut rates = Rates::default();
            let mut now = 0;
            for (other, later) in others {
                now += later;
                let _ = rates.count(RATE, "u", &client(other), now);
                // Two seconds apart.
                if now / 2_000 > (now - later) / 2_000 {
                    let own = Client::visitor("own");
                    prop_assert_eq!(rates.count(RATE, "u", &own, now), Ok(()));
                }
            }
        }
    }
}

//! How often one client may ask one upstream.

use std::collections::BTreeMap;

use super::{Forward, Gate, Refusal, RefusalKind};

/// So many clients are told apart; those who come when all places are taken share one.
const MAX_CLIENTS: usize = 10_000;
/// No address or subject is longer; what is, cannot fill the memory either.
const MAX_CLIENT_BYTES: usize = 100;
const MICROSECONDS: u64 = 1_000_000;

/// So many requests at once, and so many again in that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub(super) requests: u64,
    pub(super) seconds: u64,
}

impl Rate {
    /// Microseconds from one request to the next when they come evenly.
    fn interval(self) -> u64 {
        (self.seconds * MICROSECONDS / self.requests.max(1)).max(1)
    }
}

/// Who has asked how often of late. One number for each client: when it would have asked last, had
/// it asked evenly (the generic cell rate algorithm).
#[derive(Debug, Default)]
pub struct Rates {
    due: BTreeMap<(String, String), u64>,
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
        client: &str,
        now_ms: u64,
    ) -> Result<(), u64> {
        let now = now_ms.saturating_mul(1_000);
        let key = self.place(upstream, client, now);
        let due = self.due.get(&key).copied().unwrap_or(now).max(now);
        let ahead = rate.interval().saturating_mul(rate.requests.saturating_sub(1));
        let early = (due - now).saturating_sub(ahead);
        if early > 0 {
            return Err(early.div_ceil(MICROSECONDS));
        }
        self.due.insert(key, due.saturating_add(rate.interval()));
        Ok(())
    }

    /// Where a client is counted.
    fn place(&mut self, upstream: &str, client: &str, now: u64) -> (String, String) {
        let shared = || (upstream.to_owned(), String::new());
        if client.len() > MAX_CLIENT_BYTES {
            return shared();
        }
        let key = (upstream.to_owned(), client.to_owned());
        if self.due.len() < MAX_CLIENTS || self.due.contains_key(&key) {
            return key;
        }
        // Whose time has come is as one who never asked.
        self.due.retain(|_, due| *due > now);
        if self.due.len() < MAX_CLIENTS { key } else { shared() }
    }
}

impl Gate {
    /// Counts a request that is about to go on.
    ///
    /// # Errors
    /// Its client asks this upstream too often.
    pub fn count(&self, forward: &Forward, rates: &mut Rates, now_ms: u64) -> Result<(), Refusal> {
        self.count_for(&forward.upstream, &forward.client.0, rates, now_ms)
            .map_err(|refusal| refusal.readable_by(&forward.origin))
    }

    /// Counts a visitor, by the name that the issuer has for them.
    pub(super) fn count_visitor(
        &self,
        upstream: &str,
        subject: &str,
        rates: &mut Rates,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        self.count_for(upstream, &format!("visitor {subject}"), rates, now_ms)
    }

    fn count_for(
        &self,
        upstream: &str,
        client: &str,
        rates: &mut Rates,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let rate = self.settings.upstreams.get(upstream).and_then(|u| u.rate);
        let Some(rate) = rate else { return Ok(()) };
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
    use proptest::prelude::*;

    use super::*;

    const RATE: Rate = Rate { requests: 3, seconds: 6 };

    #[test]
    fn so_many_at_once_then_evenly() {
        let mut rates = Rates::default();
        let mut ask = |now_ms| rates.count(RATE, "cucm", "10.0.0.1", now_ms);
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
            assert_eq!(rates.count(RATE, "cucm", "a", 0), Ok(()));
        }
        assert!(rates.count(RATE, "cucm", "a", 0).is_err());
        assert_eq!(rates.count(RATE, "cucm", "b", 0), Ok(()));
        assert_eq!(rates.count(RATE, "live", "a", 0), Ok(()));
    }

    #[test]
    fn endless_new_clients_take_no_endless_memory_and_share_a_place() {
        let mut rates = Rates::default();
        let mut passed = 0;
        for n in 0..MAX_CLIENTS + 1_000 {
            passed += usize::from(rates.count(RATE, "cucm", &format!("client-{n}"), 0).is_ok());
        }
        assert!(rates.due.len() <= MAX_CLIENTS + 1);
        assert!(passed <= MAX_CLIENTS + 3, "{passed}");
        // Once the first have been quiet for long enough, there is room again.
        assert_eq!(rates.count(RATE, "cucm", "late", 10_000), Ok(()));
        assert!(rates.due.len() < 10);
        let long = "x".repeat(1_000);
        assert_eq!(rates.count(RATE, "cucm", &long, 10_000), Ok(()));
        assert!(rates.due.keys().all(|(_, client)| client.len() <= MAX_CLIENT_BYTES));
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
                match rates.count(rate, "u", "c", now) {
                    Ok(()) => passed.push(now),
                    // Who waits as long as was said gets through.
                    Err(wait) => {
                        let mut later = Rates { due: rates.due.clone() };
                        prop_assert_eq!(later.count(rate, "u", "c", now + wait * 1_000), Ok(()));
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
    }
}

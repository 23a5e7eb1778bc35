//! Requests that go on as they came, by their heads alone. Most do, and need no copy of anything.

use super::{
    Ask, Body, Forward, Gate, Place, Rates, Refusal, UnderWay,
    client::Client,
    decision::{self, AXL, TO},
    path,
    settings::Upstream,
    under_way,
};

/// A request that goes on as it came: [`Gate::decide`] would have it [forwarded](Self::forward), to the
/// address and with the headers that its [way](Gate::ways) says. It holds nothing that came with it but
/// whom to count it for.
#[derive(Clone, Debug)]
pub struct Passed<'a> {
    upstream: &'a Upstream,
    name: &'a str,
    method: &'a str,
    page: &'a str,
    client: Client,
}

/// How such requests go on to one upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way<'a> {
    /// What takes the place of so many bytes of the asked path.
    pub address: &'a str,
    pub replaced: usize,
    /// The headers that go along where they came, and nothing else.
    pub headers: &'a [String],
    /// Seconds until the reply has to begin.
    pub time_limit: u64,
}

impl Gate {
    /// Whether a request goes on as it came, by its head alone; none for any other, of which
    /// [`Gate::decide`] says what becomes.
    pub fn pass(&self, ask: &Ask<'_>) -> Option<Passed<'_>> {
        let (name, target) = decision::split(ask.target)?;
        let page = self.listed_page(ask).ok()?;
        let (name, upstream) = self.settings.upstreams.get_key_value(name)?;
        let method = upstream.methods.iter().find(|listed| *listed == ask.method)?;
        let is_judged_further = ask.method == "OPTIONS"
            || upstream.credentials.is_some()
            || upstream.judges_body(ask, target);
        if is_judged_further {
            return None;
        }
        decision::check_path(upstream, name, target).ok()?;
        decision::check_body(upstream, ask.body).ok()?;
        Some(Passed { upstream, name, method, page, client: self.client(ask) })
    }

    /// The ways to all upstreams, each in [its place](Passed::way).
    pub fn ways(&self) -> Vec<Way<'_>> {
        let mut upstreams: Vec<_> = self.settings.upstreams.iter().collect();
        upstreams.sort_by_key(|(_, upstream)| upstream.number);
        let ways = upstreams.into_iter().map(|(name, upstream)| Way {
            address: upstream.address.as_str(),
            replaced: TO.len() + name.len(),
            headers: &upstream.request_headers,
            time_limit: upstream.time_limit,
        });
        ways.collect()
    }
}

impl<'a> Passed<'a> {
    /// The place of its way among all.
    pub fn way(&self) -> usize {
        self.upstream.number
    }

    /// The upstream's name in the configuration.
    pub fn upstream(&self) -> &'a str {
        self.name
    }

    pub fn method(&self) -> &'a str {
        self.method
    }

    /// Seconds until the reply has to have ended.
    pub fn total_limit(&self) -> u64 {
        self.upstream.total_limit
    }

    /// Milliseconds after which its reply would have been too late long ago: whoever asked went away,
    /// and with them what would have told so.
    pub fn longest_ms(&self) -> u64 {
        under_way::longest_ms(self.upstream.time_limit)
    }

    /// The same for the end of a reply that has begun.
    pub fn longest_reply_ms(&self) -> u64 {
        under_way::longest_reply_ms(self.upstream.total_limit)
    }

    /// Takes a place among those that are under way.
    ///
    /// # Errors
    /// There is none.
    pub fn enter(
        &self,
        gate: &Gate,
        under_way: &mut UnderWay,
        now_ms: u64,
    ) -> Result<Place, Refusal> {
        gate.enter_for(self.name, &self.client, under_way, now_ms)
    }

    /// Counts it.
    ///
    /// # Errors
    /// Its client has asked too often.
    pub fn count(&self, gate: &Gate, rates: &mut Rates, now_ms: u64) -> Result<(), Refusal> {
        gate.count_for(self.name, &self.client, rates, now_ms)
    }

    /// As it is once it was sent, to say what became of it: without its address and its headers.
    pub fn forward(&self) -> Forward {
        Forward {
            method: self.method.to_owned(),
            url: String::new(),
            headers: Vec::new(),
            upstream: self.name.to_owned(),
            time_limit: self.upstream.time_limit,
            total_limit: self.upstream.total_limit,
            at_a_time: None,
            body: None,
            origin: self.page.to_owned(),
            client: self.client.clone(),
        }
    }
}

impl Upstream {
    /// Whether the body of such a request says if it goes on. Operations are in bodies: a GET that has
    /// one, or a POST that has none, is judged as well.
    pub(super) fn judges_body(&self, ask: &Ask<'_>, target: &str) -> bool {
        let may_name_operation = self.operations.is_some() && !ask.is_plain_get();
        may_name_operation || (ask.body != Body::None && path::lies_within(target, AXL))
    }
}

#[cfg(test)]
mod tests;

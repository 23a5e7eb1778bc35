//! Who may keep a server busy, one after the other.

use std::collections::{BTreeMap, VecDeque};

/// A place in the queue.
pub type Ticket = u64;

/// Who waits asks again sooner than this, or has gone away.
const FORGOTTEN_MS: u64 = 3_000;
/// More than that do not wait for one server.
const MAX_WAITING: usize = 100;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Go on, and give the turn back with [`Turns::end`].
    Now(Ticket),
    /// Ask again with this ticket, sooner than a second from now.
    Wait(Ticket),
    /// Too many wait already.
    Full,
}

/// The turns at all servers: at each a few at a time, in the order they came.
///
/// Whoever has a turn may be cut off before giving it back, so a turn ends by itself after a time
/// that is given along, unless it is [kept](Turns::keep).
#[derive(Debug, Default)]
pub struct Turns {
    last: Ticket,
    servers: BTreeMap<String, Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    /// With the time until which it is held at most.
    running: Vec<(Ticket, u64)>,
    /// With the time it asked last.
    waiting: VecDeque<(Ticket, u64)>,
}

impl Turns {
    /// Asks for a turn: for the first time without a ticket, then with the one that was given.
    pub fn ask(
        &mut self,
        server: &str,
        at_a_time: u64,
        ticket: Option<Ticket>,
        now_ms: u64,
        held_ms: u64,
    ) -> Turn {
        let queue = self.servers.entry(server.to_owned()).or_default();
        queue.running.retain(|(_, until)| *until > now_ms);
        let waits = |asked: u64| now_ms.saturating_sub(asked) < FORGOTTEN_MS;
        queue.waiting.retain(|(waiting, asked)| Some(*waiting) == ticket || waits(*asked));

        let known =
            ticket.and_then(|t| queue.waiting.iter().position(|(waiting, _)| *waiting == t));
        let at = match known {
            Some(at) => at,
            None if queue.waiting.len() >= MAX_WAITING => return Turn::Full,
            None => {
                self.last += 1;
                queue.waiting.push_back((self.last, now_ms));
                queue.waiting.len() - 1
            }
        };
        let free = usize::try_from(at_a_time).unwrap_or(usize::MAX);
        let free = free.saturating_sub(queue.running.len());
        let ticket = queue.waiting[at].0;
        if at < free {
            queue.waiting.remove(at);
            queue.running.push((ticket, now_ms.saturating_add(held_ms)));
            return Turn::Now(ticket);
        }
        queue.waiting[at].1 = now_ms;
        Turn::Wait(ticket)
    }

    /// Keeps a turn until then: whoever has it is still there.
    pub fn keep(&mut self, server: &str, ticket: Ticket, until_ms: u64) {
        let queue = self.servers.get_mut(server);
        let mut running = queue.into_iter().flat_map(|queue| &mut queue.running);
        if let Some((_, until)) = running.find(|(running, _)| *running == ticket) {
            *until = until_ms;
        }
    }

    /// Gives a turn back, or a place in the queue.
    pub fn end(&mut self, server: &str, ticket: Ticket) {
        if let Some(queue) = self.servers.get_mut(server) {
            queue.running.retain(|(running, _)| *running != ticket);
            queue.waiting.retain(|(waiting, _)| *waiting != ticket);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HELD: u64 = 60_000;

    #[test]
    fn one_at_a_time_in_the_order_they_came() {
        let mut turns = Turns::default();
        let mut ask = |ticket, now| turns.ask("cucm", 1, ticket, now, HELD);
        assert_eq!(ask(None, 0), Turn::Now(1));
        assert_eq!(ask(None, 0), Turn::Wait(2));
        assert_eq!(ask(None, 1), Turn::Wait(3));
        assert_eq!(ask(Some(3), 100), Turn::Wait(3));
        turns.end("cucm", 1);
        let mut ask = |ticket, now| turns.ask("cucm", 1, ticket, now, HELD);
        assert_eq!(ask(Some(3), 101), Turn::Wait(3), "2 was first");
        assert_eq!(ask(Some(2), 102), Turn::Now(2));
        assert_eq!(turns.ask("other", 1, None, 102, HELD), Turn::Now(4), "another server");
    }

    #[test]
    fn who_went_away_holds_nobody_up() {
        let mut turns = Turns::default();
        let mut ask = |ticket, now| turns.ask("cucm", 1, ticket, now, HELD);
        assert_eq!(ask(None, 0), Turn::Now(1));
        assert_eq!(ask(None, 0), Turn::Wait(2));
        assert_eq!(ask(None, 0), Turn::Wait(3));
        for now in (0..HELD).step_by(1_000) {
            assert_eq!(ask(Some(3), now), Turn::Wait(3));
        }
        assert_eq!(ask(Some(3), HELD), Turn::Now(3), "1 never gave back, 2 never came back");
    }

    #[test]
    fn a_turn_is_held_for_as_long_as_it_is_kept() {
        let mut turns = Turns::default();
        assert_eq!(turns.ask("cucm", 1, None, 0, HELD), Turn::Now(1));
        turns.keep("cucm", 1, 2 * HELD);
        turns.keep("cucm", 7, 9 * HELD);
        turns.keep("other", 1, 9 * HELD);
        assert_eq!(turns.ask("cucm", 1, None, 2 * HELD - 1, HELD), Turn::Wait(2));
        assert_eq!(turns.ask("cucm", 1, Some(2), 2 * HELD, HELD), Turn::Now(2));
        // It ended: what comes late does not take it back.
        turns.keep("cucm", 1, 9 * HELD);
        assert_eq!(turns.ask("cucm", 2, None, 2 * HELD, HELD), Turn::Now(3));
    }

    #[test]
    fn a_long_queue_takes_nobody_in() {
        let mut turns = Turns::default();
        let mut full = 0;
        for _ in 0..200 {
            full += usize::from(turns.ask("cucm", 1, None, 0, HELD) == Turn::Full);
        }
        assert_eq!(full, 200 - 1 - MAX_WAITING);
    }

    #[test]
    fn a_made_up_ticket_is_worth_nothing() {
        let mut turns = Turns::default();
        assert_eq!(turns.ask("cucm", 1, None, 0, HELD), Turn::Now(1));
        assert_eq!(turns.ask("cucm", 1, Some(1), 0, HELD), Turn::Wait(2));
        assert_eq!(turns.ask("cucm", 1, Some(77), 0, HELD), Turn::Wait(3));
    }

    proptest! {
        #[test]
        fn never_more_than_so_many_at_a_time_and_nobody_waits_for_ever(
            at_a_time in 1_u64..4,
            steps in proptest::collection::vec((0_usize..6, 0_u64..500, any::<bool>()), 1..150),
        ) {
            let mut turns = Turns::default();
            let mut tickets: [Option<Ticket>; 6] = [None; 6];
            let mut running: Vec<(usize, Ticket)> = Vec::new();
            let mut now = 0;
            for (who, later, ends) in steps {
                now += later;
                if let Some(at) = running.iter().position(|(other, _)| *other == who) {
                    if ends {
                        turns.end("u", running.remove(at).1);
                    }
                    continue;
                }
                match turns.ask("u", at_a_time, tickets[who], now, u64::MAX) {
                    Turn::Now(ticket) => {
                        tickets[who] = None;
                        running.push((who, ticket));
                    }
                    Turn::Wait(ticket) => tickets[who] = Some(ticket),
                    Turn::Full => prop_assert!(false, "six wait"),
                }
                prop_assert!(running.len() as u64 <= at_a_time);
            }
            for (_, ticket) in running {
                turns.end("u", ticket);
            }
            prop_assert!(matches!(turns.ask("u", at_a_time, None, now + FORGOTTEN_MS, 1), Turn::Now(_)));
        }
    }
}

use proptest::prelude::*;

use super::*;

const PATIENCE: Patience = Patience { attempts: 15, first_pause_s: 5 };
const DAY_MS: u64 = 24 * 3_600_000;

fn reply(status: u16) -> Heard<'static> {
    Heard::Reply { status, retry_after: None }
}

fn pause_s(attempts: u32, heard: Heard<'_>) -> u64 {
    match PATIENCE.verdict(heard, attempts, 0, 0, 0) {
        Verdict::Again { at_ms } => at_ms / 1_000,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_usual_pauses_last_for_two_days_and_a_half() {
    let pauses: Vec<u64> = (1..15).map(|attempts| pause_s(attempts, Heard::Nothing)).collect();
    assert_eq!(pauses[..8], [5, 20, 80, 320, 1_280, 5_120, 20_480, 21_600]);
    let hours = pauses.iter().sum::<u64>() / 3_600;
    assert!((48..72).contains(&hours), "{hours} hours");
}

#[test]
fn what_a_reply_means() {
    let verdict = |status| PATIENCE.verdict(reply(status), 1, 0, 0, 0);
    for status in [200, 201, 202, 204, 299] {
        assert_eq!(verdict(status), Verdict::Delivered, "{status}");
    }
    for status in [400, 405, 410, 413, 415, 422, 501] {
        assert_eq!(verdict(status), Verdict::GiveUp, "{status}");
    }
    for status in [301, 302, 308, 401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504, 599] {
        assert_eq!(verdict(status), Verdict::Again { at_ms: 5_000 }, "{status}");
    }
}

#[test]
fn who_asks_for_more_time_gets_it_up_to_a_day() {
    let asks = |after| pause_s(1, Heard::Reply { status: 503, retry_after: Some(after) });
    assert_eq!((asks("120"), asks(" 7 "), asks("3")), (120, 7, 5));
    assert_eq!(asks("999999999"), 24 * 3_600);
    for odd in ["", "-1", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999999999999999999"] {
        assert_eq!(asks(odd), 5, "{odd}");
    }
}

#[test]
fn after_the_last_attempt_or_three_days_it_is_given_up() {
    assert_eq!(PATIENCE.verdict(Heard::Nothing, 15, 0, 0, 0), Verdict::GiveUp);
    let late = |now_ms| PATIENCE.verdict(Heard::Nothing, 2, 0, now_ms, 0);
    assert!(matches!(late(3 * DAY_MS - 1), Verdict::Again { .. }));
    assert_eq!(late(3 * DAY_MS), Verdict::GiveUp);
    // Delivered is delivered, however late.
    assert_eq!(PATIENCE.verdict(reply(200), 15, 0, 9 * DAY_MS, 0), Verdict::Delivered);
}

proptest! {
    #[test]
    fn pauses_grow_and_stay_within_bounds(
        first_pause_s in 1_u64..3_600,
        attempts in 1_u32..50,
        chance: u8,
        now_ms in 0_u64..DAY_MS,
    ) {
        let patience = Patience { attempts: 50, first_pause_s };
        let at = |attempts, chance| match patience.verdict(Heard::Nothing, attempts, 0, now_ms, chance) {
            Verdict::Again { at_ms } => at_ms - now_ms,
            other => panic!("{other:?}"),
        };
        let (base, spread) = (at(attempts, 0), at(attempts, chance));
        prop_assert!(base >= first_pause_s * 1_000 && base <= LONGEST_PAUSE_MS);
        prop_assert!(spread >= base && spread <= base + base / 4);
        if attempts < 49 {
            prop_assert!(at(attempts + 1, 0) >= base);
        }
        prop_assert_eq!(patience.rest_ms(Heard::Nothing, attempts, chance), spread);
    }

    #[test]
    fn nothing_is_tried_for_ever(
        replies in prop::collection::vec((100_u16..600, prop::option::of(0_u64..200_000)), 1..400),
        attempts in 1_u32..50,
    ) {
        let patience = Patience { attempts, first_pause_s: 1 };
        let (mut now_ms, mut tried) = (0, 0);
        for (status, after) in replies.iter().cycle().take(1_000) {
            tried += 1;
            let after = after.map(|seconds| seconds.to_string());
            let heard = Heard::Reply { status: *status, retry_after: after.as_deref() };
            match patience.verdict(heard, tried, 0, now_ms, 0) {
                Verdict::Again { at_ms } => {
                    prop_assert!(at_ms > now_ms);
                    now_ms = at_ms;
                }
                Verdict::Delivered | Verdict::GiveUp => break,
            }
        }
        prop_assert!(tried <= attempts);
        prop_assert!(now_ms <= (MOST_DAYS + 2) * DAY_MS);
    }
}

//! What became of an attempt, and when the next one is due.

/// Days after which an event is given up, however seldom it was tried.
pub const MOST_DAYS: u64 = 3;
const MOST_AGE_MS: u64 = MOST_DAYS * 24 * 3_600_000;
/// Each pause is so many times the one before.
const GROWTH: u64 = 4;
/// Six hours: a receiver that is back hears of it the same day.
const LONGEST_PAUSE_MS: u64 = 6 * 3_600_000;
/// A receiver may ask for that much.
const LONGEST_WISH_S: u64 = 24 * 3_600;

/// How long a receiver is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// So many attempts, the first included.
    pub attempts: u32,
    /// Seconds until the second.
    pub first_pause_s: u64,
}

/// What a receiver said to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard<'a> {
    Reply {
        status: u16,
        /// As sent.
        retry_after: Option<&'a str>,
    },
    /// No reply, or none in time.
    Nothing,
}

/// What to do with an event after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Delivered,
    /// Try again from that moment on.
    Again {
        at_ms: u64,
    },
    /// Put it aside, for a person to look at.
    GiveUp,
}

impl Patience {
    /// Decides after an attempt. `attempts` counts it; `chance` spreads the next one, so that many
    /// do not come at once.
    pub fn verdict(
        self,
        heard: Heard<'_>,
        attempts: u32,
        made_ms: u64,
        now_ms: u64,
        chance: u8,
    ) -> Verdict {
        if heard.is_delivered() {
            return Verdict::Delivered;
        }
        let is_too_old = now_ms.saturating_sub(made_ms) >= MOST_AGE_MS;
        if heard.is_final() || attempts >= self.attempts || is_too_old {
            return Verdict::GiveUp;
        }
        let pause_ms = self.pause_ms(attempts, chance).max(heard.wish_ms());
        Verdict::Again { at_ms: now_ms.saturating_add(pause_ms) }
    }

    /// How long to leave a receiver alone that failed so many times in a row, in milliseconds.
    pub fn rest_ms(self, heard: Heard<'_>, failures: u32, chance: u8) -> u64 {
        self.pause_ms(failures, chance).max(heard.wish_ms())
    }

    /// The pause after so many attempts, a quarter longer at most.
    fn pause_ms(self, attempts: u32, chance: u8) -> u64 {
        let growth = GROWTH.saturating_pow(attempts.saturating_sub(1));
        let pause = self.first_pause_s.saturating_mul(1_000).saturating_mul(growth);
        let pause = pause.min(LONGEST_PAUSE_MS);
        pause + pause / 4 * u64::from(chance) / 255
    }
}

impl Heard<'_> {
    pub fn is_delivered(self) -> bool {
        matches!(self, Self::Reply { status: 200..=299, .. })
    }

    /// Whether the same event would be refused for ever: the receiver is gone for good, or says that
    /// the request itself is wrong. All else may be mended while it waits.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Reply { status: 400 | 405 | 410 | 411 | 413 | 414 | 415 | 422 | 501, .. }
        )
    }

    /// How long the receiver wants to be left alone. Dates are not read: the usual pause serves.
    fn wish_ms(self) -> u64 {
        let Self::Reply { retry_after: Some(after), .. } = self else { return 0 };
        let seconds: u64 = after.trim().parse().unwrap_or(0);
        seconds.min(LONGEST_WISH_S) * 1_000
    }

    /// What happened, for the one who looks at what was not delivered.
    pub fn words(self) -> String {
        match self {
            Self::Reply { status: 300..=399, .. } => {
                "It redirects, which is not followed: set its final address.".to_owned()
            }
            Self::Reply { status: 410, .. } => {
                "It answers 410: it does not exist any more.".to_owned()
            }
            Self::Reply { status, .. } => format!("It answers {status}."),
            Self::Nothing => "It does not answer in time.".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;

//! Which users are looked for.

use std::fmt;

use super::step::Step;
use crate::axl::{LicenseType, UserRow};
use crate::estate::Figure;
use crate::view::Needle;
use crate::words::tr;

/// Which users are looked for: those that all of it lets through. Nothing set lets everybody
/// through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words that must each be in the user id, the first or the last name; without regard to case
    /// and accents.
    pub text: String,
    /// What they require; anything where there is none.
    pub required: Vec<Required>,
    /// How many devices they own at least and at most. Who is sent without a count is in no range.
    pub least_devices: Option<u32>,
    pub most_devices: Option<u32>,
    /// Single number reach and extension mobility.
    pub snr: Option<Flag>,
    pub em: Option<Flag>,
    /// Who is that step away from a cheaper license.
    pub step: Option<Step>,
}

/// Whether a user has something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    Yes,
    No,
    /// The reply does not say.
    Unknown,
}

/// What a user requires, as far as the reply says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Required {
    /// Said to require none.
    Nothing,
    Type(LicenseType),
    /// Neither a type nor a count was sent.
    Untold,
}

impl Wanted {
    /// Whether it lets everybody through.
    pub fn is_empty(&self) -> bool {
        *self == Self { text: self.text.clone(), ..Self::default() } && self.text.trim().is_empty()
    }

    pub(super) fn prepare(self) -> Prepared {
        let words = self.text.split_whitespace().map(Needle::new);
        Prepared { words: words.filter(|word| !word.is_empty()).collect(), wanted: self }
    }
}

impl Flag {
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];

    pub fn of(sent: Option<bool>) -> Self {
        match sent {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    /// What people call it, in the language that is spoken.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => tr("yes"),
            Self::No => tr("no"),
            Self::Unknown => tr("unknown"),
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

impl Required {
    pub fn of(user: &UserRow<'_>) -> Self {
        match user.license_type {
            Some(license_type) => Self::Type(license_type.clone()),
            None if user.license_used == Figure::known(0) => Self::Nothing,
            None if user.license_used.is_known() => Self::Type(LicenseType::Unnamed),
            None => Self::Untold,
        }
    }

    fn is(&self, user: &UserRow<'_>) -> bool {
        match (self, user.license_type) {
            (Self::Type(wanted), Some(license_type)) => wanted == license_type,
            (_, Some(_)) => false,
            (wanted, None) => *wanted == Self::of(user),
        }
    }
}

impl fmt::Display for Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str(tr("none")),
            Self::Type(license_type) => license_type.fmt(f),
            Self::Untold => f.write_str(tr("not told")),
        }
    }
}

/// What is wanted, prepared to be asked of many users.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    pub(super) wanted: Wanted,
    words: Vec<Needle>,
}

impl Prepared {
    pub(super) fn lets_through(&self, user: &UserRow<'_>) -> bool {
        let Wanted { required, least_devices, most_devices, snr, em, step, .. } = &self.wanted;
        let devices = user.device_count.get();
        let within = |bound: &Option<u32>, holds: fn(&i64, &i64) -> bool| {
            bound.is_none_or(|bound| devices.is_some_and(|count| holds(&count, &i64::from(bound))))
        };
        (required.is_empty() || required.iter().any(|required| required.is(user)))
            && within(least_devices, i64::ge)
            && within(most_devices, i64::le)
            && snr.is_none_or(|snr| snr == Flag::of(user.snr))
            && em.is_none_or(|em| em == Flag::of(user.em))
            && step.is_none_or(|step| Step::of(user) == Some(step))
            && self.words.iter().all(|word| {
                [user.user_id, user.first_name, user.last_name].iter().any(|name| word.is_in(name))
            })
    }
}

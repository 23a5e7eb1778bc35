//! New limits of a subscription, checked before they are sent.

use crate::words::tr;
use std::fmt;

use serde_json::{Map, Value, json};

use crate::estate::{Meter, Tree};

/// How many licenses of a kind a subscription may use: a whole number, not negative.
///
/// A limit below what is in use is not refused here: whether the platform takes it is its
/// decision, and warning about it the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit(i64);

/// Why something is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitError {
    Missing,
    NotWhole,
    Negative,
    TooLarge,
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => tr("Enter how many licenses to assign"),
            Self::NotWhole => tr("Enter a whole number, with digits only"),
            Self::Negative => tr("A limit cannot be negative: enter 0 or more"),
            Self::TooLarge => tr("This is more than any platform counts: enter a smaller number"),
        })
    }
}

impl std::error::Error for LimitError {}

impl Limit {
    /// Counts above this are no longer told apart by every program on the way.
    pub const MAX: i64 = (1 << 53) - 1;

    /// # Errors
    /// When the count is negative or too large.
    pub fn new(count: i64) -> Result<Self, LimitError> {
        match count {
            ..0 => Err(LimitError::Negative),
            0..=Self::MAX => Ok(Self(count)),
            _ => Err(LimitError::TooLarge),
        }
    }

    /// What a person typed.
    ///
    /// ```
    /// use seatree_core::draas::{Limit, LimitError};
    ///
    /// assert_eq!(Limit::parse(" 25 "), Limit::new(25));
    /// assert_eq!(Limit::parse("-1"), Err(LimitError::Negative));
    /// assert_eq!(Limit::parse("2.5"), Err(LimitError::NotWhole));
    /// ```
    ///
    /// # Errors
    /// What to mend, in words for the person who typed it.
    pub fn parse(text: &str) -> Result<Self, LimitError> {
        let text = text.trim();
        let is_digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if text.is_empty() {
            Err(LimitError::Missing)
        } else if text.strip_prefix(['-', '−']).is_some_and(is_digits) {
            Err(LimitError::Negative)
        } else if is_digits(text) {
            Self::new(text.parse().map_err(|_| LimitError::TooLarge)?)
        } else {
            Err(LimitError::NotWhole)
        }
    }

    pub fn get(self) -> i64 {
        self.0
    }
}

/// The limits to change: one at least. Those not named stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitChange(Vec<(String, Limit)>);

impl LimitChange {
    /// `msTeamsUsers`.
    pub fn teams_users(limit: Limit) -> Self {
        Self::of("msTeamsUsers", limit)
    }

    /// `sipTrunkChannels`.
    pub fn sip_channels(limit: Limit) -> Self {
        Self::of("sipTrunkChannels", limit)
    }

    /// Any license, by its upstream key.
    pub fn of(key: &str, limit: Limit) -> Self {
        Self(vec![(key.to_owned(), limit)])
    }

    /// One more license; a key named before gets the new limit.
    #[must_use]
    pub fn and(mut self, key: &str, limit: Limit) -> Self {
        match self.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, former)) => *former = limit,
            None => self.0.push((key.to_owned(), limit)),
        }
        self
    }

    /// Upstream keys and limits, in the order they were named.
    pub fn limits(&self) -> impl Iterator<Item = (&str, Limit)> {
        self.0.iter().map(|(key, limit)| (key.as_str(), *limit))
    }

    pub(crate) fn body(&self) -> Value {
        let object =
            self.limits().map(|(key, limit)| (key.to_owned(), json!({"assigned": limit.0})));
        Value::Object(object.collect::<Map<_, _>>())
    }
}

/// Bytes of a license's key; the longest that is known has sixteen.
const MAX_KEY: usize = 64;

/// The keys under which a platform takes limits: those of the licenses that its vendor documents,
/// and of others that its tree counts. Anything else in the same place might be no license.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitKeys(Vec<String>);

impl LimitKeys {
    /// ```
    /// use seatree_core::{draas::LimitKeys, estate::Tree};
    ///
    /// let keys = LimitKeys::of(&Tree::new(""));
    /// assert!(keys.know("msTeamsUsers") && !keys.know("owner"));
    /// ```
    pub fn of(tree: &Tree) -> Self {
        let documented = [Meter::TEAMS_USERS, Meter::SIP_CHANNELS];
        let counted: Vec<Meter> = tree.used_meters().chain(documented).collect();
        let keys = tree.meters().filter(|(meter, _)| counted.contains(meter));
        Self(keys.map(|(_, key)| key.to_owned()).collect())
    }

    pub fn know(&self, key: &str) -> bool {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        key.len() <= MAX_KEY && key.bytes().all(is_plain) && self.0.iter().any(|known| known == key)
    }
}

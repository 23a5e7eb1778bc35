//! The counted licenses of a node.

use super::Figure;

/// One counted license: an index into its tree's list of meters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Meter(pub(super) u16);

impl Meter {
    /// DRaaS `msTeamsUsers`.
    pub const TEAMS_USERS: Self = Self(0);
    /// DRaaS `sipTrunkChannels`: assigned only, enforced at call time.
    pub const SIP_CHANNELS: Self = Self(1);
    /// Live Platform: acquired as assigned, currently licensed as in use.
    pub const LIVE_USERS: Self = Self(2);
    /// CUCM: what its users require, kept as in use; what is owned lives elsewhere.
    pub const REQUIRED: Self = Self(3);

    /// The upstream keys of the meters that every tree knows.
    pub(crate) const KNOWN_KEYS: [&'static str; 4] =
        ["msTeamsUsers", "sipTrunkChannels", "livePlatformUsers", "required"];
}

/// Which figure of a meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Measure {
    /// The limit given.
    Assigned,
    /// What is consumed.
    InUse,
    /// Of that, by people.
    Users,
    /// Of that, by resource accounts.
    ResourceAccounts,
}

impl Measure {
    pub const ALL: [Self; 4] = [Self::Assigned, Self::InUse, Self::Users, Self::ResourceAccounts];
    pub(super) const COUNT: usize = Self::ALL.len();

    /// Its name for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::InUse => "in_use",
            Self::Users => "users",
            Self::ResourceAccounts => "resource_accounts",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.word() == word)
    }
}

/// All figures of one meter of one node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub assigned: Figure,
    pub in_use: Figure,
    pub users: Figure,
    pub resource_accounts: Figure,
}

impl Reading {
    /// The sum of two nodes: each figure unknown as soon as one side's is.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            assigned: self.assigned.plus(other.assigned),
            in_use: self.in_use.plus(other.in_use),
            users: self.users.plus(other.users),
            resource_accounts: self.resource_accounts.plus(other.resource_accounts),
        }
    }

    /// Assigned − in use; negative when over the limit.
    pub fn available(&self) -> Figure {
        self.assigned.minus(self.in_use)
    }

    /// In use ÷ assigned; none where either is unknown or nothing is assigned.
    #[expect(clippy::cast_precision_loss, reason = "a share to show, not a count")]
    pub fn utilization(&self) -> Option<f64> {
        match (self.in_use.get(), self.assigned.get()) {
            (Some(in_use), Some(assigned)) if assigned > 0 => Some(in_use as f64 / assigned as f64),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(assigned: i64, in_use: i64) -> Reading {
        Reading {
            assigned: Figure::known(assigned),
            in_use: Figure::known(in_use),
            ..Reading::default()
        }
    }

    #[test]
    fn available_may_be_negative() {
        assert_eq!(reading(12, 15).available(), Figure::known(-3));
    }

    #[test]
    fn a_sum_is_unknown_where_one_figure_is() {
        let sum = reading(12, 15).plus(Reading { in_use: Figure::UNKNOWN, ..reading(3, 0) });
        assert_eq!((sum.assigned, sum.in_use), (Figure::known(15), Figure::UNKNOWN));
        assert_eq!(reading(1, 2).plus(reading(3, 4)).in_use, Figure::known(6));
    }

    #[test]
    fn utilization_needs_both_figures_and_a_limit() {
        assert_eq!(reading(12, 15).utilization(), Some(1.25));
        assert_eq!(reading(0, 0).utilization(), None);
        let no_use = Reading { in_use: Figure::UNKNOWN, ..reading(11, 0) };
        assert_eq!(no_use.utilization(), None);
    }
}

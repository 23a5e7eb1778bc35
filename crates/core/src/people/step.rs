//! One device less: for which users that would mean a cheaper license.

use super::rule::Rule;
use crate::axl::{LicenseType, UserRow, UserTable};
use crate::plural;
use crate::words::tr;

/// One device less that takes a user to a cheaper license, the dearest license first.
///
/// By the rules of [`Rule`] alone: which device could go, and of which class it is, AXL does not
/// tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The eleventh device asks for an additional license.
    AdditionalLicense,
    /// Two of three devices remain.
    CuwlToEnhancedPlus,
    /// One of two devices remains: its class decides.
    EnhancedPlusToOne,
    /// The only device goes, and single number reach remains.
    EnhancedToBasic,
    RoomToBasic,
    /// The only device goes, and nothing remains.
    RoomToNothing,
    EnhancedToNothing,
    BasicToNothing,
    EssentialToNothing,
}

impl Step {
    pub const ALL: [Self; 9] = [
        Self::AdditionalLicense,
        Self::CuwlToEnhancedPlus,
        Self::EnhancedPlusToOne,
        Self::EnhancedToBasic,
        Self::RoomToBasic,
        Self::RoomToNothing,
        Self::EnhancedToNothing,
        Self::BasicToNothing,
        Self::EssentialToNothing,
    ];

    /// None where one device less would not lower what the user requires, or where the reply does
    /// not tell enough to say so.
    pub fn of(user: &UserRow<'_>) -> Option<Self> {
        let devices = user.device_count.get()?;
        match (Rule::of(user), devices, user.snr) {
            // Only where the cluster counts it: the rule does not say which license it is.
            (Rule::MoreThanTen, 11, _) if user.license_used.get()? > 1 => {
                Some(Self::AdditionalLicense)
            }
            (Rule::ThreeToTen, 3, _) => Some(Self::CuwlToEnhancedPlus),
            (Rule::TwoDevices, ..) => Some(Self::EnhancedPlusToOne),
            (Rule::EnhancedDevice, _, Some(true)) => Some(Self::EnhancedToBasic),
            (Rule::EnhancedDevice, _, Some(false)) => Some(Self::EnhancedToNothing),
            (Rule::Room, 1, Some(true)) => Some(Self::RoomToBasic),
            (Rule::Room, 1, Some(false)) => Some(Self::RoomToNothing),
            (Rule::BasicDevice, _, Some(false)) => Some(Self::BasicToNothing),
            (Rule::EssentialDevice, _, Some(false)) => Some(Self::EssentialToNothing),
            _ => None,
        }
    }

    /// The license that each of these users would not require any more.
    pub fn frees(self) -> LicenseType {
        match self {
            Self::AdditionalLicense | Self::CuwlToEnhancedPlus => LicenseType::Cuwl,
            Self::EnhancedPlusToOne => LicenseType::EnhancedPlus,
            Self::EnhancedToBasic | Self::EnhancedToNothing => LicenseType::Enhanced,
            Self::RoomToBasic | Self::RoomToNothing => LicenseType::TelePresenceRoom,
            Self::BasicToNothing => LicenseType::Basic,
            Self::EssentialToNothing => LicenseType::Essential,
        }
    }

    /// What they would require in its place, in words.
    pub fn leaves(self) -> &'static str {
        match self {
            Self::AdditionalLicense => tr("one CUWL Standard stays"),
            Self::CuwlToEnhancedPlus => "Enhanced Plus",
            Self::EnhancedPlusToOne => tr("Enhanced at most"),
            Self::EnhancedToBasic | Self::RoomToBasic => tr("Basic, for SNR"),
            Self::RoomToNothing
            | Self::EnhancedToNothing
            | Self::BasicToNothing
            | Self::EssentialToNothing => tr("none"),
        }
    }

    /// What is so of these users, in words.
    pub fn whose(self) -> String {
        match self {
            Self::AdditionalLicense => plural!(11, "{n} device", "{n} devices"),
            Self::CuwlToEnhancedPlus => plural!(3, "{n} device", "{n} devices"),
            Self::EnhancedPlusToOne => plural!(2, "{n} device", "{n} devices"),
            Self::EnhancedToBasic | Self::RoomToBasic => tr("1 device, with SNR").to_owned(),
            Self::RoomToNothing
            | Self::EnhancedToNothing
            | Self::BasicToNothing
            | Self::EssentialToNothing => plural!(1, "{n} device", "{n} devices"),
        }
    }

    /// Whether the user keeps a device.
    pub fn keeps_a_device(self) -> bool {
        matches!(self, Self::AdditionalLicense | Self::CuwlToEnhancedPlus | Self::EnhancedPlusToOne)
    }
}

/// How many users are which step away from a cheaper license.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    counts: [usize; Step::ALL.len()],
    untold: usize,
    seen: usize,
}

impl Steps {
    /// Looks at up to so many more users; true when all were looked at.
    pub fn go_on(&mut self, users: &UserTable, up_to: usize) -> bool {
        let end = users.len().min(self.seen.saturating_add(up_to));
        for user in (self.seen..end).map(|place| users.user(place)) {
            if let Some(step) = Step::of(&user) {
                self.counts[step as usize] += 1;
            }
            self.untold += usize::from(is_untold(&user));
        }
        self.seen = end;
        end == users.len()
    }

    /// The steps that somebody is at, the dearest license first, with how many are.
    pub fn counts(&self) -> impl Iterator<Item = (Step, usize)> {
        Step::ALL.into_iter().zip(self.counts).filter(|(_, count)| *count > 0)
    }

    /// How many users the reply does not tell enough of.
    pub fn untold(&self) -> usize {
        self.untold
    }
}

/// Whether the reply lacks what it takes to see if one device less would help.
fn is_untold(user: &UserRow<'_>) -> bool {
    match Rule::of(user) {
        Rule::DevicesUntold | Rule::LicenseUntold | Rule::UnknownType => true,
        Rule::Room => {
            user.device_count.get().is_none_or(|devices| devices == 1 && user.snr.is_none())
        }
        Rule::EssentialDevice | Rule::BasicDevice | Rule::EnhancedDevice => user.snr.is_none(),
        Rule::MoreThanTen => !user.license_used.is_known(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_counted_by_their_place_in_the_list_of_all() {
        for (at, step) in Step::ALL.into_iter().enumerate() {
            assert_eq!(step as usize, at);
        }
        assert!(Step::ALL.is_sorted());
    }
}

//! Which of Cisco's rules a user's license follows from.

use super::wanted::Required;
use crate::axl::{LicenseType, UserRow};
use crate::words::tr;

/// The rule that a user's license follows from, as far as AXL lets it be seen.
///
/// Cisco's chapter (see [the module](super)) has: who owns no device requires nothing, or Basic with
/// single number reach. Of one device its class decides, and single number reach asks for Basic at
/// least. Two devices take Enhanced Plus, three to ten CUWL Standard, more an additional license.
/// A room license covers a room system, and a phone of the same owner beside it. Owning
/// means that the device names the user as its owner (`OwnerUserID`); extension mobility and
/// devices that a user only controls take nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Neither a device nor single number reach.
    Nothing,
    /// Single number reach, without a device.
    SnrAlone,
    /// One device of class Essential, which takes single number reach to be off.
    EssentialDevice,
    /// One device of class Basic; with single number reach it may also be one of class Essential.
    BasicDevice,
    /// One device of class Enhanced.
    EnhancedDevice,
    /// A room system, perhaps with a phone beside it.
    Room,
    TwoDevices,
    ThreeToTen,
    MoreThanTen,
    /// The cluster says something else than the rules do.
    Contradicts,
    /// A type that the chapter does not have.
    UnknownType,
    /// The reply has no count of devices.
    DevicesUntold,
    /// The reply has no license.
    LicenseUntold,
}

impl Rule {
    pub fn of(user: &UserRow<'_>) -> Self {
        let license_type = match (Required::of(user), user.license_type) {
            (Required::Untold, _) => return Self::LicenseUntold,
            (_, license_type) => license_type,
        };
        let Some(devices) = user.device_count.get() else {
            return match license_type {
                Some(LicenseType::Other(_) | LicenseType::Unnamed) => Self::UnknownType,
                Some(LicenseType::TelePresenceRoom) => Self::Room,
                _ => Self::DevicesUntold,
            };
        };
        match (license_type, devices, user.snr) {
            (Some(LicenseType::Other(_) | LicenseType::Unnamed), ..) => Self::UnknownType,
            // Licenses in use, but of which type was not sent.
            (None, ..) if Required::of(user) != Required::Nothing => Self::UnknownType,
            (None, 0, Some(false) | None) => Self::Nothing,
            (Some(LicenseType::Basic), 0, Some(true) | None) => Self::SnrAlone,
            (Some(LicenseType::Essential), 1, Some(false) | None) => Self::EssentialDevice,
            (Some(LicenseType::Basic), 1, _) => Self::BasicDevice,
            (Some(LicenseType::Enhanced), 1, _) => Self::EnhancedDevice,
            (Some(LicenseType::TelePresenceRoom), 1.., _) => Self::Room,
            (Some(LicenseType::EnhancedPlus), 2, _) => Self::TwoDevices,
            (Some(LicenseType::Cuwl), 3..=10, _) => Self::ThreeToTen,
            (Some(LicenseType::Cuwl), 11.., _) => Self::MoreThanTen,
            _ => Self::Contradicts,
        }
    }
}

/// What the rules ask of so many devices, in words.
pub(super) fn asked_of(devices: i64, snr: Option<bool>) -> &'static str {
    match (devices, snr) {
        (0, Some(true)) => tr("Basic, for single number reach"),
        (0, Some(false)) => tr("no license"),
        (0, None) => tr("no license, or Basic with single number reach"),
        (1, Some(true)) => tr("Basic, Enhanced or TelePresence Room, by the device's class"),
        (1, _) => tr("Essential, Basic, Enhanced or TelePresence Room, by the device's class"),
        (2, _) => tr("Enhanced Plus, or TelePresence Room for a room system with its phone"),
        (3..=10, _) => "CUWL Standard",
        _ => tr("CUWL Standard and an additional license"),
    }
}

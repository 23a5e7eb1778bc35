//! A CUCM cluster: its users, and the devices that belong to nobody.

use std::sync::Arc;

use super::devices::{self, Device};
use super::users::{self, License, User};
use crate::cucm::release::Release;

/// One cluster. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub release: Release,
    /// Sorted by user id.
    pub users: Arc<[User]>,
    /// Sorted by name.
    pub devices: Arc<[Device]>,
}

/// Licenses of one type that a cluster requires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Required {
    pub by_users: u32,
    pub by_devices: u32,
}

impl Required {
    pub fn total(self) -> u32 {
        self.by_users + self.by_devices
    }
}

impl Cluster {
    pub fn generate(release: Release, seed: u64, users: u32) -> Self {
        Self {
            release,
            users: users::generate(seed, users).into(),
            devices: devices::generate(seed, users / 25).into(),
        }
    }

    /// What its users and its devices without an owner require of one type.
    pub fn required(&self, license: License) -> Required {
        let users = self.users.iter().filter(|user| user.license == Some(license));
        let devices = self.devices.iter().filter(|device| device.license() == license);
        Required {
            by_users: users.map(|user| user.licenses_used).sum(),
            by_devices: u32::try_from(devices.count()).unwrap_or(u32::MAX),
        }
    }
}

//! Netaxis DRaaS (Fusion): sign-in and the licenses of every level.
//!
//! One file per part of the vendor's documentation: `sign_in`, `entity` (levels and ids),
//! `licenses`, `subscription`.
//! The vendor's pages: <https://fusion.docs.netaxis.solutions/provisioning/api/>.

mod decoder;
mod entity;
mod fault;
mod health;
mod licenses;
mod sign_in;
mod subscription;

pub use decoder::{Complaint, LicensesDecoder};
pub use entity::{Entity, Level};
pub use fault::fault;
pub use health::Health;
pub use licenses::{Detail, Licenses};
pub use sign_in::{Login, Refresh, SignIn, Tokens};
pub use subscription::SubscriptionLicenses;

use crate::address::{self, Address, AddressError};

/// Where a DRaaS platform answers and which instance on it is meant.
///
/// A platform serves several providers; `instance` (such as `draas_v1`) is told by the vendor's
/// support. `prefix` is `draas`, on older builds `custom`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    address: Address,
    prefix: String,
    instance: String,
}

impl Api {
    /// # Errors
    /// When the address cannot be used.
    pub fn new(address: &str, prefix: &str, instance: &str) -> Result<Self, AddressError> {
        let address = Address::parse(address)?;
        Ok(Self { address, prefix: prefix.to_owned(), instance: instance.to_owned() })
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    fn open(&self, path: &str) -> String {
        self.address.join(&format!("/api/v01/{path}"))
    }

    fn auth(&self, path: &str) -> String {
        self.open(&format!("auth/{path}"))
    }

    fn resource(&self, path: &str) -> String {
        let (prefix, instance) = (address::encode(&self.prefix), address::encode(&self.instance));
        self.open(&format!("{prefix}/{instance}/{path}"))
    }
}

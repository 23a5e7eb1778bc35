//! Netaxis DRaaS (Fusion): sign-in, who one is, and the licenses of every level.
//!
//! One file per part of the vendor's documentation: `sign_in`, `second_factor`, `logout` and the
//! `session` they make; `scope` (the account's own); `entity` (levels and ids); `entities` and
//! `subscriptions` (lists), with `query`, `page` and `pager`; `licenses`, `subscription`, `limit`;
//! `billing` (lists joined onto the tree).
//! The vendor's pages: <https://fusion.docs.netaxis.solutions/provisioning/api/>.

mod billing;
mod decoder;
mod entities;
mod entity;
mod fault;
mod health;
mod licenses;
mod limit;
mod logout;
mod page;
mod pager;
mod query;
mod scope;
mod second_factor;
mod session;
mod sign_in;
mod subscription;
mod subscriptions;

pub use billing::{BillingJoin, join_entities, join_subscriptions};
pub use decoder::{Complaint, LicensesDecoder};
pub use entities::{Entities, ListedEntity, Owner};
pub use entity::{Entity, Level};
pub use fault::fault;
pub use health::Health;
pub use licenses::{Detail, Licenses};
pub use limit::{Limit, LimitChange, LimitError, LimitKeys};
pub use logout::Logout;
pub use page::{Listed, Page};
pub use pager::Pager;
pub use query::{Direction, Query, Sort};
pub use scope::{AdminOf, LocalUser, Scope, User};
pub use second_factor::{SecondFactorCode, Trust};
pub use session::{Renewal, Session, Step, Ticket};
pub use sign_in::{Login, Refresh, SignIn, Tokens};
pub use subscription::{SubscriptionLicenses, SubscriptionMeters, UpdateSubscriptionLicenses};
pub use subscriptions::{ListedSubscription, Subscription, Subscriptions};

use crate::address::{self, Address, AddressError};
use crate::json::Unread;

/// Where a DRaaS platform answers and which instance on it is meant.
///
/// A platform serves several providers; `instance` (such as `draas_v1`) is told by the vendor's
/// support. `prefix` is `draas`, on older builds `custom`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    address: Address,
    prefix: String,
    instance: String,
    detailed: Detailed,
}

/// How `detailed=` is written. The vendor's table says boolean, its text `detailed=True`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detailed {
    /// `true`
    #[default]
    Lower,
    /// `True`
    Capital,
}

impl Api {
    /// # Errors
    /// When the address cannot be used.
    pub fn new(address: &str, prefix: &str, instance: &str) -> Result<Self, AddressError> {
        let address = Address::parse(address)?;
        let (prefix, instance) = (prefix.to_owned(), instance.to_owned());
        Ok(Self { address, prefix, instance, detailed: Detailed::default() })
    }

    /// With `detailed=` written otherwise.
    ///
    /// ```
    /// use seatree_core::draas::{Api, Detailed};
    ///
    /// let api = Api::new("https://prov.example.net", "custom", "draas_v1")?;
    /// let api = api.with_detailed(Detailed::Capital);
    /// # Ok::<(), seatree_core::address::AddressError>(())
    /// ```
    #[must_use]
    pub fn with_detailed(self, detailed: Detailed) -> Self {
        Self { detailed, ..self }
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

/// An account's machine token lasts until it is replaced. Replies of sign-ins and about users may
/// hold it; no reply of ours is read for it.
fn is_secret(name: &str) -> bool {
    name.eq_ignore_ascii_case("token")
}

pub(crate) fn complaints(unread: Vec<Unread>) -> Vec<Complaint> {
    let complaint = |Unread { place, expected }| Complaint { place, expected };
    unread.into_iter().map(complaint).collect()
}

//! Cisco Unified CM: which licenses its users require, over the AXL SOAP interface.
//!
//! - [`Discovery`] finds the version to speak; [`Capability`] says what a cluster can tell then,
//!   and why not.
//! - [`ListLicensedUser`] reads one page of users and [`ListUnassignedDevice`] one of devices
//!   without an owner; [`Listing`] says which page comes next and when to ask a busy cluster
//!   again; [`UserTable`] keeps all users.
//! - [`GetLicensedUser`], [`GetSmartLicenseStatus`] and [`DoUpdateLicenseUsage`] are the other
//!   operations of today, [`legacy`] has those before 10.0, and [`sql`] what the database tells
//!   where no operation does.
//! - Vendor page: [AXL Developer Guide][guide]; the messages follow `AXLSoap.xsd` of schemas
//!   8.5 to 15.0.
//! - The account needs the role "Standard AXL API Access", or "Standard AXL API Users" with
//!   "Standard AXL Read Only API Access" (from 11.5).
//! - CUCM reports what its users *require*. What is owned is kept elsewhere, so that nothing
//!   here is ever "available".
//! - One request at a time: all replies of a cluster share 16 MB, one reply has at most 8.
//!
//! ```
//! use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
//!
//! let api = Api::new("https://cucm.example:8443")?;
//! let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
//! let version = Version::parse("14.0").unwrap();
//! let mut paging = Paging::new(500);
//! let (skip, first) = paging.next().unwrap();
//! let list =
//!     ListLicensedUser::new(&api, &credentials, version, Criteria::default(), skip, first);
//! assert_eq!(list.request().url, "https://cucm.example:8443/axl/");
//!
//! let fault = Reply::new(401, "<html>");
//! assert!(list.decode(&fault).unwrap_err().wants_sign_in());
//! # Ok::<(), seatree_core::address::AddressError>(())
//! ```
//!
//! [guide]: https://developer.cisco.com/docs/axl/axl-developer-guide/

mod call;
mod capability;
mod ccm_version;
mod complaints;
mod credentials;
mod day;
mod discovery;
mod do_update_license_usage;
mod fault;
mod fill;
mod get_licensed_user;
mod get_smart_license_status;
pub mod legacy;
mod license_type;
mod licensed_user;
mod list_licensed_user;
mod list_unassigned_device;
mod listing;
mod outcome;
mod page;
mod paging;
mod push;
mod reading;
mod request;
mod retry;
mod spoken;
pub mod sql;
mod user_list;
mod user_table;
mod value;
mod version;
mod xml;

pub use capability::{Access, Answer, Capability};
pub use ccm_version::{CcmVersion, GetCcmVersion};
pub use credentials::Credentials;
pub use day::Day;
pub use discovery::{Discovery, DiscoveryStep};
pub use do_update_license_usage::DoUpdateLicenseUsage;
pub use fault::fault;
pub use fill::{fill, fill_totals};
pub use get_licensed_user::{FoundUser, GetLicensedUser, UserKey, UserName};
pub use get_smart_license_status::{
    Authorization, AuthorizationStatus, Compliance, Entitlement, GetSmartLicenseStatus,
    Registration, RegistrationStatus, SmartLicenseStatus,
};
pub use license_type::LicenseType;
pub use licensed_user::LicensedUser;
pub use list_licensed_user::{Criteria, ListLicensedUser, UserPage};
pub use list_unassigned_device::{DeviceCriteria, ListUnassignedDevice, UnassignedDevice};
pub use listing::{Again, Listing};
pub use outcome::Outcome;
pub use page::{Page, Source};
pub use paging::Paging;
pub use retry::Retry;
pub use spoken::Spoken;
pub use user_list::{PageEnd, UserListDecoder};
pub use user_table::{UserRow, UserTable};
pub use version::Version;

use crate::address::{Address, AddressError};

/// Where a cluster's requests go: to its publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    /// Ends in `/axl/`.
    endpoint: String,
}

impl Api {
    /// Takes `https://host:8443` with or without `/axl` or `/axl/`.
    ///
    /// # Errors
    /// What to mend in the typed address.
    pub fn new(address: &str) -> Result<Self, AddressError> {
        // Without the last slash CUCM answers 404.
        Ok(Self { endpoint: format!("{}/", Address::parse(address)?.ending_in("/axl")) })
    }

    /// Ends in `/axl/`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

#[cfg(test)]
mod tests {
    use super::Api;

    #[test]
    fn the_endpoint_ends_in_axl_and_a_slash_however_it_was_typed() {
        for typed in [
            "https://cucm.example:8443",
            "https://CUCM.example:8443/axl",
            "https://cucm.example:8443/AXL//",
        ] {
            assert_eq!(Api::new(typed).unwrap().endpoint(), "https://cucm.example:8443/axl/");
        }
        let below = Api::new("http://127.0.0.1:8701/to/cucm").unwrap();
        assert_eq!(below.endpoint(), "http://127.0.0.1:8701/to/cucm/axl/");
    }
}

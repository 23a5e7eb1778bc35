//! `AudioCodes` Live Platform: its services and the license info of each, over REST.
//!
//! - [`Customers`] lists the services, [`LicenseInfo`] reads one service's licenses. No request
//!   reads all of them at once, so a whole platform costs one request per service.
//! - Vendor pages: [Get Services][list] and [Get License Info for Service][info].
//! - Every request wants a bearer token of Microsoft Entra. Its client-credentials flow cannot
//!   run in a page; a token comes from a person or from an edge.
//! - Errors may come with status 200, as an object with a `Message`; [`fault()`] and the decoders
//!   never take one for "no data".
//!
//! ```
//! use seatree_core::{Operation, estate::Figure, http::{Reply, Secret}, live_platform::*};
//!
//! let api = Api::new("https://portal.example")?;
//! let customers = Customers::new(&api, &Secret::from("token"));
//! assert_eq!(customers.request().url, "https://portal.example/tenantui/api/v3/customer");
//!
//! let reply = Reply::new(200, r#"[{"CustomerShortName": "contoso", "LicenseType": 5}]"#);
//! let list = customers.decode(&reply)?;
//! assert_eq!(list.customers[0].display_name(), "contoso");
//! assert_eq!(list.customers[0].license_type.name(), "OC Pro");
//! assert_eq!(list.customers[0].licensed_users, Figure::UNKNOWN);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [list]: https://techdocs.audiocodes.com/live/sysadmin-all-um/Content/REST%20API%20for%20Operator%20Connect/GetCustomersBriefV3.htm
//! [info]: https://techdocs.audiocodes.com/live/sysadmin-all-um/Content/REST%20API%20for%20Operator%20Connect/Get%20Specific%20Customer%20License%20Info.htm

mod client_token;
mod counting;
mod customers;
mod entries;
mod factors;
mod fault;
mod fill;
mod license_info;
mod license_type;
mod service_license;
pub(crate) mod timestamp;

pub use client_token::{ClientCredentials, ClientToken};
pub use counting::{Part, Switch};
pub use customers::{Customer, CustomerList, Customers};
pub use factors::{Factor, Factors};
pub use fault::fault;
pub use fill::{fill, set_license};
pub use license_info::LicenseInfo;
pub use license_type::{Evidence, LicenseType};
pub use service_license::ServiceLicense;

use crate::address::{Address, AddressError};

/// The last segment of the documented base address.
const TENANT_UI: &str = "/tenantui";

/// Where a Live Platform's requests go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    /// Ends in `/tenantui`.
    base: String,
}

impl Api {
    /// Takes the address with or without `/tenantui`: the vendor's pages disagree whether it is
    /// part of the base.
    ///
    /// # Errors
    /// What to mend in the typed address.
    pub fn new(address: &str) -> Result<Self, AddressError> {
        Ok(Self { base: Address::parse(address)?.ending_in(TENANT_UI) })
    }

    /// The base with `/tenantui`, without a trailing slash.
    pub fn base(&self) -> &str {
        &self.base
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::Api;

    #[test]
    fn the_base_ends_in_tenantui_however_it_was_typed() {
        for typed in [
            "https://portal.example",
            "https://portal.example/",
            "https://portal.example/tenantui",
            "https://Portal.example/tenantui//",
            "https://portal.example//tenantui",
        ] {
            assert_eq!(Api::new(typed).unwrap().base(), "https://portal.example/tenantui");
        }
        let below = Api::new("https://edge.example/to/live/TenantUI").unwrap();
        assert_eq!(below.base(), "https://edge.example/to/live/tenantui");
        let other = Api::new("https://portal.example/mytenantui").unwrap();
        assert_eq!(other.base(), "https://portal.example/mytenantui/tenantui");
    }
}

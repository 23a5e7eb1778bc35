//! One service with what is known of its licenses.

use crate::error::UpstreamError;
use crate::live_platform::{Customer, ServiceLicense};

/// One service: a customer of a Live Platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// The id of the connection that lists it.
    pub connection: String,
    pub customer: Customer,
    pub licenses: Licenses,
}

/// What is known of a service's licenses.
#[derive(Clone, Debug, PartialEq)]
pub enum Licenses {
    /// Asked for, or about to be.
    Reading,
    /// The list gives the service no id, by which the vendor says that no license was applied yet:
    /// there is nothing to ask for, and nothing failed.
    NoneYet,
    Read(Box<ServiceLicense>),
    Failed(Box<UpstreamError>),
}

impl Service {
    /// A service of the list, before its licenses were asked for.
    pub fn listed(connection: &str, customer: Customer) -> Self {
        let licenses = if customer.guid.is_some() { Licenses::Reading } else { Licenses::NoneYet };
        Self { connection: connection.to_owned(), customer, licenses }
    }

    /// Its licenses, once they were read.
    pub fn license(&self) -> Option<&ServiceLicense> {
        match &self.licenses {
            Licenses::Read(license) => Some(license),
            Licenses::Reading | Licenses::NoneYet | Licenses::Failed(_) => None,
        }
    }

    pub fn is_reading(&self) -> bool {
        self.licenses == Licenses::Reading
    }

    pub fn has_failed(&self) -> bool {
        matches!(self.licenses, Licenses::Failed(_))
    }
}

//! Sums over services.

use super::Service;
use crate::estate::{Figure, Reading};
use crate::insight::Sum;
use crate::live_platform::ServiceLicense;

/// Sums over some services, each with how many figures it is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many services these are, read or not.
    pub services: usize,
    /// How many of them were read.
    pub read: usize,
    pub acquired: Sum,
    pub licensed: Sum,
    /// Of services of which both are known.
    pub available: Sum,
    pub not_counted: Sum,
    pub monitored: Sum,
    /// Acquired and licensed of services of which both are known: what a utilization is made of.
    pub of_both: Reading,
}

impl Totals {
    pub fn of<'a>(services: impl IntoIterator<Item = &'a Service>) -> Self {
        let mut totals = Self::default();
        let (mut acquired, mut licensed) = (Sum::default(), Sum::default());
        for service in services {
            totals.services += 1;
            let unread = ServiceLicense::default();
            let license = service.license();
            totals.read += usize::from(license.is_some());
            let license = license.unwrap_or(&unread);
            totals.acquired.add(license.acquired);
            totals.licensed.add(license.licensed);
            totals.available.add(license.available());
            totals.monitored.add(license.monitored);
            // What no reply told of is not "nothing switched off".
            totals.not_counted.add(match service.license() {
                Some(license) => license.not_counted(),
                None => Figure::UNKNOWN,
            });
            if license.acquired.is_known() && license.licensed.is_known() {
                acquired.add(license.acquired);
                licensed.add(license.licensed);
            }
        }
        totals.of_both = Reading {
            assigned: acquired.figure(),
            in_use: licensed.figure(),
            ..Reading::default()
        };
        totals
    }
}

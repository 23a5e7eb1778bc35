//! What the database behind a cluster tells where no operation does.
//!
//! Releases 9.0 to 10.0 answer the licensing requests with nothing useful; their database has the
//! totals and what of each user counts. Cisco [advises against SQL][guide], since tables change
//! between releases: results are marked [`Source::Sql`].
//!
//! [guide]: https://developer.cisco.com/docs/axl/axl-developer-guide/

mod execute_sql_query;
mod license_totals;
mod licensing_resource_usage;
mod row;
mod statement;

pub use execute_sql_query::ExecuteSqlQuery;
pub use license_totals::{LicenseTotal, ReadLicenseTotals};
pub use licensing_resource_usage::{ListResourceUsage, ResourceUsage};
pub use row::SqlRow;
pub use statement::Statement;

use super::{
    Api, Credentials, LicenseType, LicensedUser, Page, Source, Version, call, complaints, reading,
    value, xml,
};

//! Totals by license type.

use crate::error::UpstreamError;
use crate::estate::Figure;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::value::count;
use super::{Api, Credentials, ExecuteSqlQuery, LicenseType, Page, Statement, Version};

const DOING: &str = later("reading the license totals from the cluster's database");

/// Reads how many licenses of each type the cluster requires, by the function `LicenseTotals()`
/// of its database: for releases from 9.0, seen on 11.5.
///
/// - Cisco's own totals, with devices without an owner; the only ones of releases 9.0 to 10.5.
/// - Vendor page: none; [Cisco on the calculation][vendor]. Through
///   [`ExecuteSqlQuery`]: its role, its errors; [`Rejected`](crate::Problem::Rejected) where a
///   release has no such function.
///
/// ```
/// use seatree_core::{Operation, axl::*, estate::Figure, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let version = Version::parse("9.1").unwrap();
/// let totals = sql::ReadLicenseTotals::new(&api, &credentials, version);
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:executeSQLQueryResponse xmlns:n='http://www.cisco.com/AXL/API/9.1'><return><row>\
/// #   <name>CUWL Standard    </name><value>42</value></row></return>\
/// #   </n:executeSQLQueryResponse></s:Body></s:Envelope>";
/// let page = totals.decode(&Reply::new(200, body)).unwrap();
/// assert_eq!((page.source, page.rows[0].total), (Source::Sql, Figure::known(42)));
/// assert_eq!(page.rows[0].license_type, Some(LicenseType::Cuwl));
/// assert_eq!(page.rows[0].users, Figure::UNKNOWN);
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://www.cisco.com/c/en/us/support/docs/unified-communications/unified-communications-manager-callmanager/117600-technote-cucm-00.html
#[derive(Clone, Debug)]
pub struct ReadLicenseTotals {
    query: ExecuteSqlQuery,
}

/// What is required of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicenseTotal {
    pub license_type: Option<LicenseType>,
    pub total: Figure,
    /// Of these, by users.
    pub users: Figure,
    /// Of these, by devices without an owner.
    pub devices: Figure,
}

impl ReadLicenseTotals {
    pub fn new(api: &Api, credentials: &Credentials, version: Version) -> Self {
        let statement = Statement::new(
            "SELECT name,value,UserValue,DeviceValue FROM TABLE (FUNCTION LicenseTotals()) \
             (pkid,name,value,UserValue,DeviceValue)",
        );
        Self { query: ExecuteSqlQuery::new(api, credentials, version, statement).doing(DOING) }
    }
}

impl Operation for ReadLicenseTotals {
    type Output = Page<LicenseTotal>;

    fn request(&self) -> Request {
        self.query.request()
    }

    fn decode(&self, reply: &Reply) -> Result<Page<LicenseTotal>, UpstreamError> {
        self.query.rows(reply, |row, at, complaints| {
            let mut figure = |column: &str| {
                let complain = || complaints.add(|| format!("row[{at}].{column}"));
                count(row.get(column).unwrap_or_default(), complain)
            };
            LicenseTotal {
                license_type: row.get("name").and_then(LicenseType::of),
                total: figure("value"),
                users: figure("uservalue"),
                devices: figure("devicevalue"),
            }
        })
    }
}

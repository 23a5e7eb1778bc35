//! What of each user counts for licenses.

use crate::error::UpstreamError;
use crate::estate::{Figure, Uuid};
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::complaints::Complaints;
use super::value::{count, flag};
use super::{Api, Credentials, ExecuteSqlQuery, LicensedUser, Page, SqlRow, Statement, Version};

const DOING: &str =
    later("reading what counts for each user's license from the cluster's database");

/// Reads one page of the table `LicensingResourceUsage`, with the users' names beside: for
/// releases from 9.0, seen on 9.1.
///
/// - These are the [facts that a license follows from][vendor], not the license.
/// - By its key, so that pages do not overlap. [`Listing`](crate::axl::Listing) gives `skip` and
///   `first`.
/// - Through [`ExecuteSqlQuery`]: its role, its errors.
///
/// ```
/// use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let version = Version::parse("9.1").unwrap();
/// let list = sql::ListResourceUsage::new(&api, &credentials, version, None, 0, 500);
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:executeSQLQueryResponse xmlns:n='http://www.cisco.com/AXL/API/9.1'><return><row>\
/// #   <userid>ada</userid><em>f</em><snr>t</snr></row></return>\
/// #   </n:executeSQLQueryResponse></s:Body></s:Envelope>";
/// let page = list.decode(&Reply::new(200, body)).unwrap();
/// assert_eq!((page.rows[0].user_id.as_str(), page.rows[0].snr), ("ada", Some(true)));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://www.cisco.com/c/en/us/support/docs/unified-communications/unified-communications-manager-callmanager/117600-technote-cucm-00.html
#[derive(Clone, Debug)]
pub struct ListResourceUsage {
    query: ExecuteSqlQuery,
}

/// One row of the table with the user it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceUsage {
    /// Of this row (`pkid`).
    pub uuid: Option<Uuid>,
    /// Of the user (`fkenduser`).
    pub user: Option<Uuid>,
    pub user_id: String,
    pub first_name: String,
    pub middle_name: String,
    pub last_name: String,
    /// Extension mobility.
    pub em: Option<bool>,
    /// Single number reach.
    pub snr: Option<bool>,
    /// As sent: Cisco shows the column `tin` and does not say what it counts.
    pub tin: Figure,
}

/// What is known of a user's license from the facts it follows from: neither its type nor how
/// many, nor the devices.
impl From<ResourceUsage> for LicensedUser {
    fn from(usage: ResourceUsage) -> Self {
        Self {
            uuid: usage.user,
            user_id: usage.user_id,
            first_name: usage.first_name,
            last_name: usage.last_name,
            snr: usage.snr,
            em: usage.em,
            ..Self::default()
        }
    }
}

impl ListResourceUsage {
    /// `user_id` reads one user's row only, compared letter by letter.
    pub fn new(
        api: &Api,
        credentials: &Credentials,
        version: Version,
        user_id: Option<&str>,
        skip: u64,
        first: u64,
    ) -> Self {
        let mut statement =
            Statement::new("SELECT SKIP ").number(skip).and(" FIRST ").number(first).and(
                " u.pkid,u.fkenduser,u.em,u.snr,u.tin,e.userid,e.firstname,e.middlename,\
                 e.lastname FROM licensingresourceusage u LEFT OUTER JOIN enduser e \
                 ON e.pkid=u.fkenduser",
            );
        if let Some(id) = user_id {
            statement = statement.and(" WHERE e.userid=").text(id);
        }
        let statement = statement.and(" ORDER BY u.pkid");
        Self { query: ExecuteSqlQuery::new(api, credentials, version, statement).doing(DOING) }
    }
}

impl Operation for ListResourceUsage {
    type Output = Page<ResourceUsage>;

    fn request(&self) -> Request {
        self.query.request()
    }

    fn decode(&self, reply: &Reply) -> Result<Page<ResourceUsage>, UpstreamError> {
        self.query.rows(reply, ResourceUsage::read)
    }
}

impl ResourceUsage {
    fn read(row: &SqlRow, at: usize, complaints: &mut Complaints) -> Self {
        let value = |column: &str| row.get(column).unwrap_or_default();
        let mut complain = |column: &str| complaints.add(|| format!("row[{at}].{column}"));
        let mut uuid = |column: &str| {
            let sent = row.get(column)?;
            let uuid = Uuid::parse(sent);
            if uuid.is_none() {
                complain(column);
            }
            uuid
        };
        Self {
            uuid: uuid("pkid"),
            user: uuid("fkenduser"),
            user_id: value("userid").to_owned(),
            first_name: value("firstname").to_owned(),
            middle_name: value("middlename").to_owned(),
            last_name: value("lastname").to_owned(),
            em: flag(value("em"), || complain("em")),
            snr: flag(value("snr"), || complain("snr")),
            tin: count(value("tin"), || complain("tin")),
        }
    }
}

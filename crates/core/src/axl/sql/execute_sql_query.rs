//! Any query.

use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::call::Call;
use super::complaints::Complaints;
use super::{Api, Credentials, Page, Source, SqlRow, Statement, Version, reading};

const DOING: &str = later("reading the cluster's database");

/// Reads the database: [`executeSQLQuery`][vendor], in every schema since 8.5.
///
/// - The server reads only; changing has an operation of its own, which is not here.
/// - Role: [`Access::Read`](crate::axl::Access::Read).
/// - Errors: as [`ListLicensedUser`](crate::axl::ListLicensedUser);
///   [`Rejected`](crate::Problem::Rejected) with Informix's negative code for what the database
///   refuses: -206 where a table is missing, -217 a column, -201 for a syntax error.
///
/// ```
/// use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
/// use sql::{ExecuteSqlQuery, Statement};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let count = Statement::new("SELECT COUNT(*) AS users FROM enduser");
/// let version = Version::parse("10.0").unwrap();
/// let query = ExecuteSqlQuery::new(&api, &credentials, version, count);
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:executeSQLQueryResponse xmlns:n='http://www.cisco.com/AXL/API/10.0'><return>\
/// #   <row><users>12  </users></row></return></n:executeSQLQueryResponse></s:Body></s:Envelope>";
/// let page = query.decode(&Reply::new(200, body)).unwrap();
/// assert_eq!(page.rows[0].get("users"), Some("12"));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://developer.cisco.com/docs/axl/axl-developer-guide/
#[derive(Clone, Debug)]
pub struct ExecuteSqlQuery {
    call: Call,
    statement: Statement,
    doing: &'static str,
}

impl ExecuteSqlQuery {
    pub fn new(
        api: &Api,
        credentials: &Credentials,
        version: Version,
        statement: Statement,
    ) -> Self {
        Self { call: Call::new(api, credentials, version), statement, doing: DOING }
    }

    /// For errors to say what the query was for.
    pub(super) fn doing(self, doing: &'static str) -> Self {
        Self { doing, ..self }
    }

    /// Makes something of each row as it is read. `read` gets the row and its place.
    pub(super) fn rows<T>(
        &self,
        reply: &Reply,
        mut read: impl FnMut(&SqlRow, usize, &mut Complaints) -> T,
    ) -> Result<Page<T>, UpstreamError> {
        let asked = self.call.asked(self.doing);
        reading::response(&asked, reply, "executeSQLQueryResponse", |walk| {
            let mut complaints = Complaints::default();
            let rows = reading::all(walk, "row", |walk, _, at| {
                let row = SqlRow::read(walk, at, &mut complaints)?;
                Ok(read(&row, at, &mut complaints))
            })?;
            Ok(rows.map(|rows| Page::new(rows, Source::Sql, complaints)))
        })
    }
}

impl Operation for ExecuteSqlQuery {
    type Output = Page<SqlRow>;

    fn request(&self) -> Request {
        let children = format!("<sql>{}</sql>", self.statement.cdata());
        self.call.request("executeSQLQuery", &children)
    }

    fn decode(&self, reply: &Reply) -> Result<Page<SqlRow>, UpstreamError> {
        self.rows(reply, |row, _, _| row.clone())
    }
}

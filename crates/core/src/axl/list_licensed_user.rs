//! One page of the users and what they require.

use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::fault::Asked;
use super::licensed_user::LicensedUser;
use super::user_list::UserListDecoder;
use super::xml::{Broken, Step, Walk};
use super::{Api, Credentials, Version, reading, request};

const DOING: &str = later("listing the licensed users of the cluster");

pub(super) const RESPONSE: &str = "listLicensedUserResponse";
pub(super) const RECORD: &str = "licensedUser";

/// A page that is wrong throughout needs no hundred thousand complaints.
pub(super) const MAX_COMPLAINTS: usize = 20;

/// Reads one page of users: [`listLicensedUser`][vendor], from schema 11.0.
///
/// A [`decoder`](Self::decoder) reads the page while it arrives;
/// [`decode`](Operation::decode) is for replies already whole, and tells the same of them.
///
/// - The order of users is not documented, so that pages may overlap while users change;
///   [`UserTable`](super::UserTable) takes each once. [`Listing`](super::Listing) gives `skip`
///   and `first`; one request at a time per cluster.
/// - Role: [`Access::Read`](super::Access::Read).
/// - Errors: [`Throttled`](crate::Problem::Throttled) with the rows that fit when the reply would
///   pass 8 MB, without them when the cluster is busy; [`SignedOut`](crate::Problem::SignedOut),
///   [`Forbidden`](crate::Problem::Forbidden), [`WrongVersion`](crate::Problem::WrongVersion)
///   with the versions spoken.
///
/// ```
/// use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let version = Version::parse("14.0").unwrap();
/// let mueller = Criteria { last_name: Some("M%ller".into()), ..Criteria::default() };
/// let list = ListLicensedUser::new(&api, &credentials, version, mueller, 0, 500);
/// assert!(list.request().body.unwrap().contains("<lastName>M%ller</lastName>"));
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:listLicensedUserResponse xmlns:n='http://www.cisco.com/AXL/API/14.0'><return>\
/// #   <licensedUser><userId>bmueller</userId><deviceCount>2</deviceCount></licensedUser>\
/// #   </return></n:listLicensedUserResponse></s:Body></s:Envelope>";
/// let page = list.decode(&Reply::new(200, body)).unwrap();
/// assert_eq!(page.users[0].user_id, "bmueller");
/// assert_eq!(page.users[0].em, None);
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://developer.cisco.com/docs/axl/axl-developer-guide/
#[derive(Clone, Debug)]
pub struct ListLicensedUser {
    api: Api,
    credentials: Credentials,
    version: Version,
    criteria: Criteria,
    skip: u64,
    first: u64,
}

/// Which users to list: all criteria must match.
///
/// The server compares with SQL's `LIKE`, whatever the case: `%` stands for any text and `_` for
/// any one character, also where a person typed them as part of a user id. To mean the
/// characters themselves there is [`literally`](Self::literally).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    pub user_id: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
}

/// What one page held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserPage {
    pub users: Vec<LicensedUser>,
    /// Paths of fields that were sent but could not be read; at most the first twenty.
    pub complaints: Vec<String>,
}

impl Criteria {
    /// The fields in which a `%` or `_` stands for other text: to warn of matches that surprise.
    pub fn wildcards(&self) -> Vec<&'static str> {
        let has = |text: &Option<String>| text.as_deref().is_some_and(|t| t.contains(['%', '_']));
        [("userId", &self.user_id), ("firstName", &self.first_name), ("lastName", &self.last_name)]
            .into_iter()
            .filter(|(_, text)| has(text))
            .map(|(name, _)| name)
            .collect()
    }

    /// The same, but `%`, `_` and `\` mean themselves.
    ///
    /// The database's `LIKE` has `\` for that unless told otherwise. Cisco documents neither, so
    /// that a caller who needs certainty compares what came with what was wanted.
    #[must_use]
    pub fn literally(&self) -> Self {
        let escape = |text: &Option<String>| {
            text.as_deref().map(|text| {
                let mut out = String::with_capacity(text.len());
                for c in text.chars() {
                    if matches!(c, '%' | '_' | '\\') {
                        out.push('\\');
                    }
                    out.push(c);
                }
                out
            })
        };
        Self {
            user_id: escape(&self.user_id),
            first_name: escape(&self.first_name),
            last_name: escape(&self.last_name),
        }
    }

    /// An empty criterion would match nobody, so only filled ones are sent.
    fn xml(&self) -> String {
        request::criteria(&[
            ("userId", self.user_id.as_deref()),
            ("firstName", self.first_name.as_deref()),
            ("lastName", self.last_name.as_deref()),
        ])
    }
}

impl ListLicensedUser {
    pub fn new(
        api: &Api,
        credentials: &Credentials,
        version: Version,
        criteria: Criteria,
        skip: u64,
        first: u64,
    ) -> Self {
        let (api, credentials) = (api.clone(), credentials.clone());
        Self { api, credentials, version, criteria, skip, first }
    }

    /// A decoder that fills a table as the reply arrives. For replies with status 200: any
    /// other is for [`decode`](Operation::decode).
    pub fn decoder(&self) -> UserListDecoder {
        UserListDecoder::new(DOING, self.version)
    }

    fn children(&self) -> String {
        let em = if self.version.has_em_enabled_in_list() { "<emEnabled/>" } else { "" };
        format!(
            "<searchCriteria>{}</searchCriteria>\
             <returnedTags><userId/><firstName/><lastName/><snrEnabled/>{em}<deviceCount/>\
             <licenseType/><licenseUsed/></returnedTags><skip>{}</skip><first>{}</first>",
            self.criteria.xml(),
            self.skip,
            self.first
        )
    }
}

impl Operation for ListLicensedUser {
    type Output = UserPage;

    fn request(&self) -> Request {
        const OPERATION: &str = "listLicensedUser";
        let (version, children) = (self.version, self.children());
        let request =
            request::soap(&self.api, &self.credentials, OPERATION, version.as_str(), &children);
        request::with_action(request, OPERATION, version)
    }

    fn decode(&self, reply: &Reply) -> Result<UserPage, UpstreamError> {
        let asked = Asked { doing: DOING, version: self.version.as_str() };
        reading::response(&asked, reply, RESPONSE, users)
    }
}

/// Collects the users wherever they are below the response. Without `return` it is none: some
/// gateways answer an empty success for what they refuse.
fn users(walk: &mut Walk<'_>) -> Result<Option<UserPage>, Broken> {
    let mut page = UserPage::default();
    let mut text = String::new();
    let mut has_return = false;
    let mut below = 0_usize;
    loop {
        match walk.step()? {
            Step::Open(element) if element.is_axl() && element.local() == RECORD => {
                let at = page.users.len();
                let complaints = &mut page.complaints;
                let user = LicensedUser::read(walk, &element, &mut text, |field| {
                    if complaints.len() < MAX_COMPLAINTS {
                        complaints.push(format!("licensedUser[{at}].{field}"));
                    }
                })?;
                page.users.push(user);
            }
            Step::Open(element) => {
                has_return |= element.local() == "return";
                below += 1;
            }
            Step::Close if below == 0 => break,
            Step::Close => below -= 1,
            Step::Text(_) => {}
            Step::End => break,
        }
    }
    Ok((has_return || !page.users.is_empty()).then_some(page))
}

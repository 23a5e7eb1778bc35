//! One page of the users and what they require.

use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::operation::Operation;

use super::fault::Asked;
use super::licensed_user::LicensedUser;
use super::user_list::UserListDecoder;
use super::xml::{Broken, Step, Walk};
use super::{Api, Credentials, Version, reading, request};

const DOING: &str = "listing the licensed users of the cluster";

pub(super) const RESPONSE: &str = "listLicensedUserResponse";
pub(super) const RECORD: &str = "licensedUser";

/// A page that is wrong throughout needs no hundred thousand complaints.
pub(super) const MAX_COMPLAINTS: usize = 20;

/// Reads one page of users: `listLicensedUser`, from schema 11.0.
///
/// A [`decoder`](Self::decoder) reads the page while it arrives;
/// [`decode`](Operation::decode) is for replies already whole, and tells the same of them.
///
/// The order of users is not documented, so that pages may overlap while users change;
/// [`UserTable`](super::UserTable) takes each once. [`Paging`](super::Paging) gives `skip` and
/// `first`.
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
/// any one character.
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
    /// An empty criterion would match nobody, so only filled ones are sent.
    fn xml(&self) -> String {
        let all = [
            ("userId", &self.user_id),
            ("firstName", &self.first_name),
            ("lastName", &self.last_name),
        ];
        let mut filled = String::new();
        for (name, text) in all {
            if let Some(text) = text.as_deref().filter(|text| !text.trim().is_empty()) {
                let text = request::escape(text);
                filled.extend(["<", name, ">", &text, "</", name, ">"]);
            }
        }
        if filled.is_empty() { "<userId>%</userId>".to_owned() } else { filled }
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

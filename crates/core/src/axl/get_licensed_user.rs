//! One user and what they require.

use crate::error::{Problem, UpstreamError};
use crate::estate::Uuid;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::call::Call;
use super::complaints::Complaints;
use super::licensed_user::LicensedUser;
use super::xml::{Broken, Walk};
use super::{Api, Credentials, Version, reading, request};

const DOING: &str = later("reading the license of one user");
const OPERATION: &str = "getLicensedUser";

/// Cisco's code of "Item not valid: The specified User was not found".
const NOT_FOUND: i64 = 5007;

/// The longest name that the schema takes.
const NAME_CHARS: usize = 100;

/// Reads one user: [`getLicensedUser`][vendor], from schema 10.5.
///
/// - Unlike the list it has `emEnabled` in every version. It is the only way to a user's license
///   in 10.5, which has no list.
/// - None when the cluster knows no such user, as when one was deleted since the list was read.
/// - Role: [`Access::Read`](super::Access::Read).
/// - Errors: as [`ListLicensedUser`](super::ListLicensedUser), without the suggested rows.
///
/// ```
/// use seatree_core::{Operation, axl::*, estate::Uuid, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let version = Version::parse("10.5").unwrap();
/// let uuid = Uuid::parse("1f1d3aff-f77d-319b-7693-3c2221e6af78").unwrap();
/// let get = GetLicensedUser::new(&api, &credentials, version, UserKey::Uuid(uuid));
/// // The schema wants the braces.
/// let sent = get.request().body.unwrap();
/// assert!(sent.contains("<uuid>{1F1D3AFF-F77D-319B-7693-3C2221E6AF78}</uuid>"));
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:getLicensedUserResponse xmlns:n='http://www.cisco.com/AXL/API/10.5'><return>\
/// #   <licensedUser><userId>dstaudt</userId><licenseType>Enhanced</licenseType></licensedUser>\
/// #   </return></n:getLicensedUserResponse></s:Body></s:Envelope>";
/// let found = get.decode(&Reply::new(200, body)).unwrap().unwrap();
/// assert_eq!(found.user.license_type, "Enhanced");
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://community.cisco.com/t5/management/cucm-axl-api-getting-license-info/m-p/3560113
#[derive(Clone, Debug)]
pub struct GetLicensedUser {
    call: Call,
    key: UserKey,
}

/// Which user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserKey {
    Name(UserName),
    /// The surer one where it is known: the schema does not say what a name is compared with.
    Uuid(Uuid),
}

/// A name as the schema takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserName(String);

/// One user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundUser {
    pub user: LicensedUser,
    /// Paths of fields that were sent but could not be read.
    pub complaints: Vec<String>,
}

impl UserName {
    /// A user id of 1 to 100 characters; none for any other.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (1..=NAME_CHARS).contains(&text.chars().count()).then(|| Self(text.to_owned()))
    }
}

impl GetLicensedUser {
    pub fn new(api: &Api, credentials: &Credentials, version: Version, key: UserKey) -> Self {
        Self { call: Call::new(api, credentials, version), key }
    }
}

impl Operation for GetLicensedUser {
    type Output = Option<FoundUser>;

    fn request(&self) -> Request {
        let key = match &self.key {
            UserKey::Name(name) => format!("<name>{}</name>", request::escape(&name.0)),
            UserKey::Uuid(uuid) => request::uuid(*uuid),
        };
        let tags = "<returnedTags><userId/><firstName/><lastName/><snrEnabled/><emEnabled/>\
                    <deviceCount/><licenseType/><licenseUsed/></returnedTags>";
        self.call.request(OPERATION, &format!("{key}{tags}"))
    }

    fn decode(&self, reply: &Reply) -> Result<Option<FoundUser>, UpstreamError> {
        let asked = self.call.asked(DOING);
        match reading::response(&asked, reply, "getLicensedUserResponse", users) {
            Ok(users) => Ok(users.into_iter().next()),
            Err(UpstreamError {
                problem: Problem::Rejected { code: Some(NOT_FOUND), .. }, ..
            }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn users(walk: &mut Walk<'_>) -> Result<Option<Vec<FoundUser>>, Broken> {
    let mut text = String::new();
    reading::all(walk, "licensedUser", |walk, element, _| {
        let mut complaints = Complaints::default();
        let user = LicensedUser::read(walk, element, &mut text, |field| {
            complaints.add(|| format!("licensedUser.{field}"));
        })?;
        Ok(FoundUser { user, complaints: complaints.into_paths() })
    })
}

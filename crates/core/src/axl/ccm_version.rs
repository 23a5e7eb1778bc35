//! Which release a cluster runs.

use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::fault::Asked;
use super::{Api, Credentials, Version, reading, request, value};

const DOING: &str = later("asking the cluster for its version");

/// The longest that the schema takes.
const NODE_CHARS: usize = 255;

/// Asks for the release: [`getCCMVersion`][vendor], in every schema since 8.5.
///
/// - Without a version it is asked the way Cisco's guide has for clients that know none:
///   namespace 1.0 and no `SOAPAction`, which the server takes as its oldest schema.
///   [`Discovery`](super::Discovery) knows what to do with the answer.
/// - Role: [`Access::Read`](super::Access::Read).
/// - Errors: [`WrongVersion`](crate::Problem::WrongVersion) with the versions that the server
///   speaks; [`SignedOut`](crate::Problem::SignedOut), [`Forbidden`](crate::Problem::Forbidden);
///   [`Malformed`](crate::Problem::Malformed) when no AXL answers.
///
/// ```
/// use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let ask = GetCcmVersion::new(&api, &credentials, None);
/// assert_eq!(ask.request().header("soapaction"), None);
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:getCCMVersionResponse xmlns:n='http://www.cisco.com/AXL/API/11.0'><return>\
/// #   <componentVersion><version>14.0.1.10000-20</version></componentVersion></return>\
/// #   </n:getCCMVersionResponse></s:Body></s:Envelope>";
/// let found = ask.decode(&Reply::new(200, body)).unwrap();
/// assert_eq!((found.full.as_str(), found.schema), ("14.0.1.10000-20", Version::parse("14.0")));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://developer.cisco.com/docs/axl/axl-developer-guide/
#[derive(Clone, Debug)]
pub struct GetCcmVersion {
    api: Api,
    credentials: Credentials,
    version: Option<Version>,
    /// Empty for the publisher.
    node: String,
}

/// The release of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CcmVersion {
    /// As sent, such as `14.0.1.10000-20`.
    pub full: String,
    /// The schema made for that release; none when the text is no release known here.
    pub schema: Option<Version>,
}

impl GetCcmVersion {
    pub fn new(api: &Api, credentials: &Credentials, version: Option<Version>) -> Self {
        Self { api: api.clone(), credentials: credentials.clone(), version, node: String::new() }
    }

    /// Asks for the release of another server of the cluster (`processNodeName`, at most 255
    /// characters).
    #[must_use]
    pub fn of_node(self, name: &str) -> Self {
        Self { node: name.trim().chars().take(NODE_CHARS).collect(), ..self }
    }
}

impl Operation for GetCcmVersion {
    type Output = CcmVersion;

    fn request(&self) -> Request {
        const OPERATION: &str = "getCCMVersion";
        let namespace = self.version.map_or("1.0", Version::as_str);
        let node = match self.node.as_str() {
            "" => String::new(),
            name => format!("<processNodeName>{}</processNodeName>", request::escape(name)),
        };
        let request = request::soap(&self.api, &self.credentials, OPERATION, namespace, &node);
        match self.version {
            Some(version) => request::with_action(request, OPERATION, version),
            None => request,
        }
    }

    fn decode(&self, reply: &Reply) -> Result<CcmVersion, UpstreamError> {
        let asked = Asked { doing: DOING, version: self.version.map_or("1.0", Version::as_str) };
        reading::response(&asked, reply, "getCCMVersionResponse", |walk| {
            let found = reading::all(walk, "componentVersion", |walk, _, _| {
                let mut full = None;
                // Of two the last one counts: no figure hangs on it.
                let _twice = walk.fields(|name, text| {
                    if name == "version" {
                        full = value::words(text);
                    }
                })?;
                Ok(full)
            })?;
            let full = found.into_iter().flatten().flatten().next();
            Ok(full.map(|full| CcmVersion { schema: Version::of_release(&full), full }))
        })
    }
}

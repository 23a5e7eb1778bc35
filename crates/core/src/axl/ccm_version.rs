//! Which release a cluster runs.

use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::operation::Operation;

use super::fault::Asked;
use super::{Api, Credentials, Version, reading, request};

const DOING: &str = "asking the cluster for its version";

/// Asks for the release of the publisher: `getCCMVersion`, in every schema since 8.5.
///
/// Without a version it is asked the way Cisco's guide has for clients that know none: namespace
/// 1.0 and no `SOAPAction`, which the server takes as its oldest schema.
#[derive(Clone, Debug)]
pub struct GetCcmVersion {
    api: Api,
    credentials: Credentials,
    version: Option<Version>,
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
        Self { api: api.clone(), credentials: credentials.clone(), version }
    }
}

impl Operation for GetCcmVersion {
    type Output = CcmVersion;

    fn request(&self) -> Request {
        const OPERATION: &str = "getCCMVersion";
        let namespace = self.version.map_or("1.0", Version::as_str);
        let request = request::soap(&self.api, &self.credentials, OPERATION, namespace, "");
        match self.version {
            Some(version) => request::with_action(request, OPERATION, version),
            None => request,
        }
    }

    fn decode(&self, reply: &Reply) -> Result<CcmVersion, UpstreamError> {
        let asked = Asked { doing: DOING, version: self.version.map_or("1.0", Version::as_str) };
        reading::response(&asked, reply, "getCCMVersionResponse", |walk| {
            let Some(_return) = walk.child()? else { return Ok(None) };
            while let Some(component) = walk.child()? {
                if component.local() != "componentVersion" {
                    walk.skip()?;
                    continue;
                }
                while let Some(field) = walk.child()? {
                    let is_version = field.local() == "version";
                    let mut text = String::new();
                    walk.text(&mut text)?;
                    let full = text.trim();
                    if is_version && !full.is_empty() {
                        let schema = Version::of_release(full);
                        return Ok(Some(CcmVersion { full: full.to_owned(), schema }));
                    }
                }
            }
            Ok(None)
        })
    }
}

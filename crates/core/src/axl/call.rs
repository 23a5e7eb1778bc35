//! Whom an operation asks, as whom, and in which version.

use crate::http::Request;

use super::fault::Asked;
use super::{Api, Credentials, Version, request};

#[derive(Clone, Debug)]
pub(super) struct Call {
    api: Api,
    credentials: Credentials,
    pub(super) version: Version,
}

impl Call {
    pub(super) fn new(api: &Api, credentials: &Credentials, version: Version) -> Self {
        Self { api: api.clone(), credentials: credentials.clone(), version }
    }

    /// `children` is XML already escaped.
    pub(super) fn request(&self, operation: &str, children: &str) -> Request {
        let namespace = self.version.as_str();
        let request = request::soap(&self.api, &self.credentials, operation, namespace, children);
        request::with_action(request, operation, self.version)
    }

    pub(super) fn asked(&self, doing: &'static str) -> Asked<'static> {
        Asked { doing, version: self.version.as_str() }
    }
}

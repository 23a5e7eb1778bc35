//! One request to an upstream and what its reply means.

use crate::error::UpstreamError;
use crate::http::{Reply, Request};

/// One documented operation of an upstream, as a value.
///
/// [`request`](Self::request) says what to send, [`decode`](Self::decode) what came back. The
/// sender stays outside, so tests need no server and the page and the worker share every line.
pub trait Operation {
    /// What a successful reply holds.
    type Output;

    /// The request to send, addressed to the upstream itself; a [`Route`](crate::route::Route)
    /// redirects it.
    fn request(&self) -> Request;

    /// Reads the reply, whatever its status.
    ///
    /// # Errors
    /// An [`UpstreamError`] that a person can act on, for every reply that is not a success.
    fn decode(&self, reply: &Reply) -> Result<Self::Output, UpstreamError>;
}

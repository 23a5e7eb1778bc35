//! One request to an upstream and what its reply means.

use crate::draas::Complaint;
use crate::error::UpstreamError;
use crate::estate::Tree;
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

/// Reads a tree from a reply while it arrives, in pieces of any size.
pub trait TreeDecoder {
    /// Reads one more piece of the reply.
    ///
    /// # Errors
    /// When the reply is not what it has to be, or too large. What was read before stays in the tree.
    fn push(&mut self, tree: &mut Tree, piece: &[u8]) -> Result<(), UpstreamError>;

    /// Ends the reading: what was odd in the reply and could be read all the same.
    ///
    /// # Errors
    /// When the reply is not whole, or has another form. What was read stays in the tree.
    fn finish(self, tree: &mut Tree) -> Result<Vec<Complaint>, UpstreamError>;

    /// Reads a whole reply in one go.
    ///
    /// # Errors
    /// As [`push`](Self::push) and [`finish`](Self::finish).
    fn whole(mut self, body: &[u8]) -> Result<(Tree, Vec<Complaint>), UpstreamError>
    where
        Self: Sized,
    {
        let mut tree = Tree::new("");
        self.push(&mut tree, body)?;
        let complaints = self.finish(&mut tree)?;
        Ok((tree, complaints))
    }
}

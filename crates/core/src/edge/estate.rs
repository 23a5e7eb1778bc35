//! The estate that a token opens.

use super::{Api, EstateDecoder, fault};
use crate::draas::Complaint;
use crate::error::UpstreamError;
use crate::estate::Tree;
use crate::http::{Reply, Request, Secret};
use crate::words::later;
use crate::{Operation, TreeDecoder};

pub(super) const DOING: &str = later("reading the licenses");

/// `GET /api/v1/estate` as lines: every node that the token opens, a node and then all below it.
///
/// - Read it with a [`decoder`](Self::decoder) while it arrives; [`decode`](Operation::decode) is
///   for replies already whole.
/// - With the tag of a former reply, the edge says in a line whether anything has changed since.
/// - Permission: `read`.
/// - Errors: [`Problem::TokenRefused`](crate::Problem::TokenRefused) once the token has ended;
///   [`Problem::NotOpened`](crate::Problem::NotOpened) for a scope that it does not open.
/// - Contract: `docs/api.md`.
///
/// ```
/// use seatree_core::edge::{Api, Estate, ReadEstate};
/// use seatree_core::{Operation, estate::{Figure, Meter}, http::{Reply, Secret}};
///
/// let api = Api::new("https://edge.example.net", "draas", None)?;
/// let read = ReadEstate::new(&api, None, &Secret::from("token"));
/// assert_eq!(read.request().url, "https://edge.example.net/api/v1/estate?upstream=draas");
///
/// let lines = concat!(
///     r#"{"id":"tenant:53fd92c7-fbef-44fd-af76-d92334432ac9","parent":null,"level":0,"#,
///     r#""kind":"tenant","name":"Harbor","licenses":{"msTeamsUsers":{"assigned":12}},"#,
///     r#""findings":[]}"#, "\n",
///     r#"{"end":true,"count":1}"#, "\n",
/// );
/// let Estate::Read { tree, complaints } = read.decode(&Reply::new(200, lines))? else { panic!() };
/// assert_eq!(tree.name(1), "Harbor");
/// assert_eq!(tree.reading(1, Meter::TEAMS_USERS).assigned, Figure::known(12));
/// assert!(complaints.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ReadEstate {
    url: String,
    tag: Option<String>,
    token: Secret,
}

/// What came of reading.
#[derive(Debug)]
pub enum Estate {
    /// It is what it was when it was tagged.
    Unchanged,
    /// The tree below an unnamed connection, and what could not be read.
    Read { tree: Tree, complaints: Vec<Complaint> },
}

impl ReadEstate {
    /// `tag` is the `ETag` of a reply whose tree is still there.
    pub fn new(api: &Api, tag: Option<&str>, token: &Secret) -> Self {
        let tag = tag.map(str::to_owned);
        Self { url: api.of_scope("estate"), tag, token: token.clone() }
    }

    /// A decoder that fills a tree, below its connection, as the reply arrives.
    pub fn decoder(&self) -> EstateDecoder {
        EstateDecoder::new()
    }

    /// The error that a status other than success means.
    pub fn fault(&self, reply: &Reply) -> UpstreamError {
        fault(DOING, reply)
    }

    /// What is being done, for errors of the way there.
    pub fn doing(&self) -> &'static str {
        DOING
    }
}

impl Operation for ReadEstate {
    type Output = Estate;

    fn request(&self) -> Request {
        let request = Request::get(&self.url)
            .with_header("accept", "application/x-ndjson")
            .with_bearer(&self.token);
        match &self.tag {
            Some(tag) => request.with_header("if-none-match", tag),
            None => request,
        }
    }

    fn decode(&self, reply: &Reply) -> Result<Estate, UpstreamError> {
        if reply.status == 304 && self.tag.is_some() {
            return Ok(Estate::Unchanged);
        }
        if !reply.is_success() {
            return Err(fault(DOING, reply));
        }
        let (tree, complaints) = self.decoder().whole(&reply.body)?;
        Ok(Estate::Read { tree, complaints })
    }
}

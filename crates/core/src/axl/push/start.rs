//! The start of a reply, kept to tell what it was when it was no answer.

use crate::error::{Problem, UpstreamError};
use crate::http::Reply;
use crate::words::later;

use super::super::fault::{self, Asked, is_page};
use super::super::reading;
use super::super::xml::{Broken, Walk};
use super::outline::Found;
use super::tokens::{Fault, Placed};

/// Every fault and page seen is far shorter; an answer can be longer.
const KEPT: usize = 64 * 1024;

#[derive(Default)]
pub(super) struct Start {
    bytes: Vec<u8>,
    /// Of the whole reply.
    len: u64,
}

impl Start {
    pub(super) fn keep(&mut self, piece: &[u8]) {
        let missing = KEPT - self.bytes.len();
        self.bytes.extend_from_slice(&piece[..missing.min(piece.len())]);
        self.len += piece.len() as u64;
    }

    /// Whether this is the whole reply, so far.
    pub(super) fn is_whole(&self) -> bool {
        self.len <= KEPT as u64
    }

    fn reply(&self) -> Reply {
        Reply::new(200, self.bytes.as_slice())
    }

    pub(super) fn is_page(&self) -> bool {
        is_page(&self.reply())
    }

    /// The error of a reply that is whole, but not what was asked for.
    pub(super) fn no_answer(
        &self,
        asked: &Asked<'_>,
        found: Found,
        response: &'static str,
    ) -> UpstreamError {
        let reply = self.reply();
        if let Some(error) = self.as_whole(asked, &reply, response) {
            return error;
        }
        match found {
            _ if is_page(&reply) => UpstreamError::malformed(
                asked.doing,
                "",
                later("XML but a page for people"),
                &reply,
            ),
            Found::Fault => fault::of(asked, &reply),
            Found::Answer | Found::Other => UpstreamError::malformed(
                asked.doing,
                "",
                later("the answer of this operation"),
                &reply,
            )
            .because(format!("status 200, no <{response}>")),
        }
    }

    /// The error of a reply that is no whole XML.
    pub(super) fn broken(
        &self,
        asked: &Asked<'_>,
        failed: &Placed,
        response: &'static str,
    ) -> UpstreamError {
        let reply = self.reply();
        if let Some(error) = self.as_whole(asked, &reply, response) {
            return error;
        }
        if is_page(&reply) {
            let expected = later("XML but a page for people");
            return UpstreamError::malformed(asked.doing, "", expected, &reply);
        }
        match &failed.fault {
            Fault::TooLarge(limit) => {
                let limit = (*limit).to_owned();
                UpstreamError::new(asked.doing, Problem::TooLarge { limit })
            }
            Fault::Broken(why) => {
                let broken = Broken { at: failed.at, why: why.clone() };
                reading::not_whole(asked.doing, &reply, &broken)
            }
        }
    }

    /// What the reader of whole documents says to it, if this is one.
    fn as_whole(
        &self,
        asked: &Asked<'_>,
        reply: &Reply,
        response: &'static str,
    ) -> Option<UpstreamError> {
        let nothing = |_: &mut Walk<'_>| Ok(None::<()>);
        self.is_whole().then(|| reading::response(asked, reply, response, nothing).err())?
    }
}

//! Lists of records read while their reply arrives.
//!
//! A reply is an envelope, a body, the operation's response, and anywhere below it the records
//! with their fields. [`Records`] finds them in any split of the bytes and hands each field to a
//! [`RecordSink`] at once. What is no such reply ends in the very error that
//! [`reading::response`](super::reading::response) gives for the whole document.

mod outline;
mod spaces;
mod start;
mod tokens;

use crate::error::UpstreamError;

use super::fault::Asked;

use self::outline::{Found, Outline, Reading};
use self::start::Start;
use self::tokens::{Fault, Placed, Tokens};

pub(super) use self::outline::{RecordSink, Wanted};

/// No list of a cluster comes near: its replies have at most 8 MB each.
const MAX_REPLY: u64 = 512 * 1024 * 1024;

/// A reply with records in the course of arriving.
pub(super) struct Records {
    wanted: Wanted,
    tokens: Tokens,
    outline: Outline,
    start: Start,
    /// The first bytes of a character whose last bytes are still to come.
    character: Vec<u8>,
    failed: Option<Placed>,
}

impl Records {
    pub(super) fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            tokens: Tokens::new(),
            outline: Outline::new(wanted),
            start: Start::default(),
            character: Vec::new(),
            failed: None,
        }
    }

    /// Reads one more piece.
    ///
    /// # Errors
    /// When the reply cannot become an answer any more.
    pub(super) fn push(
        &mut self,
        asked: &Asked<'_>,
        piece: &[u8],
        sink: &mut impl RecordSink,
    ) -> Result<(), UpstreamError> {
        self.start.keep(piece);
        if self.failed.is_none() {
            self.failed = self.read(piece, sink).err();
        }
        match &self.failed {
            // A short reply is waited for, so that its error can tell all there is to tell.
            Some(failed) if !self.start.is_whole() => {
                Err(self.start.broken(asked, failed, self.wanted.response))
            }
            _ => Ok(()),
        }
    }

    /// Ends the reply.
    ///
    /// # Errors
    /// When it stopped early or was no answer.
    pub(super) fn finish(
        mut self,
        asked: &Asked<'_>,
        sink: &mut impl RecordSink,
    ) -> Result<(), UpstreamError> {
        let ended = match self.failed.take() {
            Some(failed) => Err(failed),
            None => self.end(sink),
        };
        match ended {
            Ok(Found::Answer) if !self.start.is_page() => Ok(()),
            Ok(found) => Err(self.start.no_answer(asked, found, self.wanted.response)),
            Err(failed) => Err(self.start.broken(asked, &failed, self.wanted.response)),
        }
    }

    fn end(&mut self, sink: &mut impl RecordSink) -> Result<Found, Placed> {
        let at = self.tokens.len();
        let placed = |fault| Placed { at, fault };
        if !self.character.is_empty() {
            return Err(placed(Fault::broken("not UTF-8")));
        }
        self.tokens.finish(&mut Reading { outline: &mut self.outline, sink })?;
        self.outline.finish().map_err(placed)
    }

    /// Gives the tokens whole characters only.
    fn read(&mut self, piece: &[u8], sink: &mut impl RecordSink) -> Result<(), Placed> {
        let to = &mut Reading { outline: &mut self.outline, sink };
        let mut piece = piece;
        while !self.character.is_empty() && !piece.is_empty() {
            self.character.push(piece[0]);
            piece = &piece[1..];
            match std::str::from_utf8(&self.character) {
                Ok(character) => {
                    self.tokens.feed(character, to)?;
                    self.character.clear();
                }
                Err(error) if error.error_len().is_none() => {}
                Err(_) => return Err(not_utf8(&self.tokens)),
            }
        }
        let whole = match std::str::from_utf8(piece) {
            Ok(whole) => whole,
            Err(error) => {
                let (whole, rest) = piece.split_at(error.valid_up_to());
                // Valid as just found; an empty text is never the outcome.
                let whole = std::str::from_utf8(whole).unwrap_or_default();
                if error.error_len().is_some() {
                    self.tokens.feed(whole, to)?;
                    return Err(not_utf8(&self.tokens));
                }
                self.character.extend_from_slice(rest);
                whole
            }
        };
        self.tokens.feed(whole, to)?;
        if self.tokens.len() > MAX_REPLY {
            let fault = Fault::TooLarge("more than 512 MiB");
            return Err(Placed { at: self.tokens.len(), fault });
        }
        Ok(())
    }
}

fn not_utf8(tokens: &Tokens) -> Placed {
    Placed { at: tokens.len(), fault: Fault::broken("not UTF-8") }
}

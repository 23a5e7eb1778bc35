//! An estate while its reply arrives.

use sha1_smol::Sha1;

use super::Estate;
use crate::TreeDecoder;
use crate::draas::{Licenses, LicensesDecoder};
use crate::error::UpstreamError;
use crate::estate::Tree;

/// Decodes a reply and tells it from others.
pub struct Reading {
    decoder: LicensesDecoder,
    tree: Tree,
    digest: Sha1,
}

impl Reading {
    pub fn of(licenses: &Licenses) -> Self {
        Self { decoder: licenses.decoder(), tree: Tree::new(""), digest: Sha1::new() }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// When this is no reply about licenses.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), UpstreamError> {
        self.digest.update(piece);
        self.decoder.push(&mut self.tree, piece)
    }

    /// The whole estate.
    ///
    /// # Errors
    /// When the reply stopped early or held no licenses.
    pub fn finish(mut self) -> Result<Estate, UpstreamError> {
        self.decoder.finish(&mut self.tree)?;
        Ok(Estate::of(self.tree, self.digest.digest().to_string()))
    }
}

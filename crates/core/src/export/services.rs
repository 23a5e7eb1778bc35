//! The services of Live Platforms as files, in every format.

mod json;
mod table;

pub use json::ServicesJson;
pub use table::ServicesTable;

use super::{ExportError, Source};
use crate::services::{Licenses, Service};

/// Where exported services come from, and what their file says of itself.
#[derive(Clone, Debug)]
pub struct ServicesPlan {
    /// The id of each connection, and what it is.
    pub sources: Vec<(String, Source)>,
    /// When the file is written, in seconds since 1970.
    pub written_at_s: i64,
    /// Which services it has, in words.
    pub scope: String,
}

impl ServicesPlan {
    /// The place of a service's connection among the sources, and the connection.
    fn source(&self, service: &Service) -> Option<(usize, &Source)> {
        let mut sources = self.sources.iter().enumerate();
        let (at, (_, source)) = sources.find(|(_, (id, _))| *id == service.connection)?;
        Some((at, source))
    }
}

/// Writes services in one format.
pub trait ServicesWriter {
    /// Appends a service. `findings` are the words for what a person should look at there.
    ///
    /// # Errors
    /// What the format cannot hold.
    fn service(
        &mut self,
        service: &Service,
        findings: &[&str],
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError>;

    /// Appends what comes after the services, and tells how many there were.
    ///
    /// # Errors
    /// What the format cannot hold.
    fn end(self: Box<Self>, out: &mut Vec<u8>) -> Result<u64, ExportError>;
}

/// How much of a service was read, and why not all of it.
fn state(service: &Service) -> (&'static str, Option<String>) {
    match &service.licenses {
        Licenses::Reading => ("still being read", None),
        Licenses::NoneYet => ("no license yet", None),
        Licenses::Read(_) => ("read", None),
        Licenses::Failed(error) => ("failed", Some(error.what())),
    }
}

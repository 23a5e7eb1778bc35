//! What was found out about a cluster.

use super::Version;

/// The release a cluster runs and the schema version spoken with it.
///
/// A release speaks several schemas, so that both matter: an operation exists when the schema
/// has it, and says something when the release keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The version requests are made in.
    pub schema: Version,
    /// As sent, such as `14.0.1.10000-20`; empty where unknown.
    pub release: String,
}

impl Spoken {
    pub fn new(schema: Version, release: impl Into<String>) -> Self {
        Self { schema, release: release.into() }
    }

    /// The schema made for the release, where it is known.
    pub fn native(&self) -> Option<Version> {
        Version::of_release(&self.release)
    }

    /// The release's own schema when it is newer than the one spoken: it may tell more.
    pub fn newer(&self) -> Option<Version> {
        self.native().filter(|&native| native > self.schema)
    }

    /// How old the cluster itself is: its release, or else the schema it accepts.
    pub(super) fn age(&self) -> Version {
        self.native().unwrap_or(self.schema)
    }
}

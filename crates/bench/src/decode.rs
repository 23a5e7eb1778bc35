//! Seatree's decoders as the page uses them: pushed the pieces of a reply as they arrive.

use seatree_core::axl::{
    self, Credentials, Criteria, ListLicensedUser, UserListDecoder, UserTable, Version,
};
use seatree_core::draas::{self, Detail, Entity, Level, Licenses, LicensesDecoder};
use seatree_core::estate::{Measure, Meter, Tree, Uuid};
use seatree_core::http::Secret;
use seatree_core::{TreeDecoder, UpstreamError};

use crate::Found;

/// A license reply that is arriving.
pub struct TreeDecoding {
    tree: Tree,
    decoder: LicensesDecoder,
}

/// The tree of a reply that has arrived.
pub struct DecodedTree(pub Tree);

/// A list of users that is arriving.
pub struct UsersDecoding {
    table: UserTable,
    decoder: UserListDecoder,
}

/// The users of a reply that has arrived.
pub struct DecodedUsers(UserTable);

impl TreeDecoding {
    #[expect(clippy::expect_used, reason = "a fixed address that is valid")]
    pub fn new() -> Self {
        let api = draas::Api::new("https://draas.invalid", "draas", "draas_v1").expect("valid");
        let entity = Entity { level: Level::Group, uuid: Uuid::from_u128(1) };
        let operation = Licenses::new(&api, entity, Detail::Tree, &Secret::default());
        Self { tree: Tree::new(""), decoder: operation.decoder() }
    }

    pub fn push(&mut self, piece: &[u8]) -> Result<(), UpstreamError> {
        self.decoder.push(&mut self.tree, piece)
    }

    /// # Errors
    /// When the reply could not be read, or not every field of it.
    pub fn finish(mut self) -> Result<DecodedTree, String> {
        let complaints = self.decoder.finish(&mut self.tree).map_err(|error| error.to_string())?;
        match complaints.first() {
            None => Ok(DecodedTree(self.tree)),
            Some(first) => Err(format!("{} is no {}", first.place, first.expected)),
        }
    }
}

impl Default for TreeDecoding {
    fn default() -> Self {
        Self::new()
    }
}

impl DecodedTree {
    pub fn found(&self) -> Found {
        let nodes = self.nodes();
        let sum = nodes
            .clone()
            .filter_map(|node| self.0.figure(node, Meter::TEAMS_USERS, Measure::Assigned).get())
            .sum();
        Found { items: nodes.count() as u64, sum }
    }

    pub fn name_bytes(&self) -> usize {
        self.nodes().map(|node| self.0.name(node).len()).sum()
    }

    /// Levels below the connection.
    pub fn deepest(&self) -> u8 {
        self.nodes().map(|node| self.0.depth(node)).max().unwrap_or(0)
    }

    /// All but the connection itself.
    fn nodes(&self) -> std::ops::Range<u32> {
        1..self.0.end(0)
    }
}

impl UsersDecoding {
    #[expect(clippy::expect_used, reason = "a fixed address and version that are valid")]
    pub fn new() -> Self {
        let api = axl::Api::new("https://cucm.invalid:8443").expect("valid");
        let credentials = Credentials { user: String::new(), password: Secret::default() };
        let version = Version::parse("14.0").expect("known");
        let operation =
            ListLicensedUser::new(&api, &credentials, version, Criteria::default(), 0, 1);
        Self { table: UserTable::new(), decoder: operation.decoder() }
    }

    pub fn push(&mut self, piece: &[u8]) -> Result<(), UpstreamError> {
        self.decoder.push(&mut self.table, piece)
    }

    /// # Errors
    /// When the reply could not be read, or not every field of it.
    pub fn finish(mut self) -> Result<DecodedUsers, String> {
        let page = self.decoder.finish(&mut self.table).map_err(|error| error.to_string())?;
        match page.complaints.first() {
            None => Ok(DecodedUsers(self.table)),
            Some(first) => Err(format!("{first} could not be read")),
        }
    }
}

impl Default for UsersDecoding {
    fn default() -> Self {
        Self::new()
    }
}

impl DecodedUsers {
    pub fn found(&self) -> Found {
        let sum = self.0.users().filter_map(|user| user.license_used.get()).sum();
        Found { items: self.0.len() as u64, sum }
    }
}

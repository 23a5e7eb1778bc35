//! Invented replies: by kind and size always the same bytes.
//!
//! Texts stay within Latin-1, which V8 keeps in one byte a character: a single letter beyond it
//! would double the peers' strings, and slow them down.

mod random;
mod tree;
mod users;

use std::fmt;

use crate::Found;

/// Which reply: `tree-100000` or `users-10000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data {
    pub kind: Kind,
    pub size: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A DRaaS group's licenses, detailed: so many entities, the group among them.
    Tree,
    /// The reply to an AXL `listLicensedUser`: so many users.
    Users,
}

/// A reply with what is in it.
pub struct Reply {
    pub body: Vec<u8>,
    pub truth: Found,
    /// Bytes of all names of entities, unescaped.
    pub name_bytes: usize,
}

impl Data {
    pub fn parse(name: &str) -> Option<Self> {
        let (kind, size) = name.split_once('-')?;
        let kind = match kind {
            "tree" => Kind::Tree,
            "users" => Kind::Users,
            _ => return None,
        };
        Some(Self { kind, size: size.parse().ok().filter(|size| *size > 0)? })
    }

    pub fn generate(self) -> Reply {
        match self.kind {
            Kind::Tree => tree::reply(self.size),
            Kind::Users => users::reply(self.size),
        }
    }
}

impl fmt::Display for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Tree => "tree",
            Kind::Users => "users",
        };
        write!(f, "{kind}-{}", self.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{TreeDecoding, UsersDecoding};

    #[test]
    fn a_name_says_kind_and_size() {
        for name in ["tree-100000", "users-10000"] {
            assert_eq!(Data::parse(name).map(|data| data.to_string()).as_deref(), Some(name));
        }
        for name in ["tree", "tree-", "tree-0", "tree-x", "forest-10"] {
            assert_eq!(Data::parse(name), None, "{name}");
        }
    }

    #[test]
    fn a_tree_has_the_size_asked_for_and_the_weight_of_the_peers_data() {
        let reply = Data { kind: Kind::Tree, size: 20_000 }.generate();

        let mut decoding = TreeDecoding::new();
        decoding.push(&reply.body).unwrap();
        let tree = decoding.finish().unwrap();

        assert_eq!(tree.found(), reply.truth);
        assert_eq!(tree.found().items, 20_000);
        assert_eq!(tree.name_bytes(), reply.name_bytes);
        assert_eq!(tree.deepest(), 5, "group, distributor, reseller, tenant, subscription");
        let each = reply.body.len() / 20_000;
        assert!((170..=190).contains(&each), "{each} bytes a node");
    }

    #[test]
    fn users_are_as_many_as_asked_for_and_weigh_what_the_peers_data_does() {
        let reply = Data { kind: Kind::Users, size: 5_000 }.generate();

        let mut decoding = UsersDecoding::new();
        decoding.push(&reply.body).unwrap();
        let users = decoding.finish().unwrap();

        assert_eq!(users.found(), reply.truth);
        assert_eq!(users.found().items, 5_000);
        let each = reply.body.len() / 5_000;
        assert!((307..=327).contains(&each), "{each} bytes a user");
    }

    #[test]
    fn the_same_name_makes_the_same_bytes() {
        let data = Data { kind: Kind::Tree, size: 500 };
        assert_eq!(data.generate().body, data.generate().body);
    }
}

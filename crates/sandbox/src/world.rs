//! Everything the upstreams know, as data.

pub mod examples;
pub mod generate;
pub mod names;
pub mod random;
pub mod services;
pub mod tree;
pub mod users;

use crate::options::{Dataset, Options};

use services::Service;
use tree::Tree;
use users::User;

/// What the three upstreams show. A pure function of the options.
#[derive(Clone, Debug)]
pub struct World {
    pub tree: Tree,
    pub services: Vec<Service>,
    /// Sorted by user id.
    pub users: Vec<User>,
    /// Replies that are shown exactly as a vendor printed them.
    pub printed: Vec<examples::Printed>,
}

impl World {
    /// Makes the world the options ask for.
    ///
    /// # Errors
    /// When a vendor example cannot be read: a mistake in the fixtures.
    pub fn new(options: &Options) -> Result<Self, examples::BrokenExample> {
        match options.dataset {
            Dataset::Generated => Ok(Self {
                tree: generate::tree(options.seed, options.size),
                services: services::generate(options.seed, options.services),
                users: users::generate(options.seed, options.users),
                printed: Vec::new(),
            }),
            Dataset::VendorExamples => examples::world(),
        }
    }
}

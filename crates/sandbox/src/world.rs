//! Everything the upstreams know, as data.

pub mod billing;
pub mod cluster;
pub mod devices;
pub mod examples;
pub mod generate;
pub mod names;
pub mod random;
pub mod services;
pub mod tree;
pub mod users;

use crate::options::{Dataset, Options, Switch};
use crate::truth::sample;

use cluster::Cluster;
use services::Service;
use tree::{Level, Tree};

/// How many more licenses than it has a reseller is made to claim.
pub const CONTRADICTION: u64 = 7;

/// What the three upstreams show. A pure function of the options.
#[derive(Clone, Debug)]
pub struct World {
    pub tree: Tree,
    pub services: Vec<Service>,
    /// In the order of the releases on the command line.
    pub clusters: Vec<Cluster>,
    /// Replies that are shown exactly as a vendor printed them.
    pub printed: Vec<examples::Printed>,
}

impl World {
    /// Makes the world the options ask for.
    ///
    /// # Errors
    /// When a vendor example cannot be read: a mistake in the fixtures.
    pub fn new(options: &Options) -> Result<Self, examples::BrokenExample> {
        let mut world = match options.dataset {
            Dataset::Generated => Self {
                tree: generate::tree(options.seed, options.size),
                services: services::generate(
                    options.seed,
                    options.services,
                    options.live_leads,
                    options.live_failing_once,
                ),
                clusters: clusters(options),
                printed: Vec::new(),
            },
            Dataset::VendorExamples => examples::world(&options.cucm_version)?,
        };
        if options.unknown_license == Switch::On {
            generate::add_unknown_license(&mut world.tree, options.seed);
            world.printed.retain(examples::Printed::is_of_live_platform);
        }
        if options.contradictions == Switch::On {
            world.contradict();
        }
        Ok(world)
    }

    /// A reseller has seven more than all below it, a service three users more than are counted.
    fn contradict(&mut self) {
        let reseller = sample(&self.tree, Level::Reseller);
        if let Some(index) = reseller {
            self.tree.contradict(index, CONTRADICTION);
            self.printed.retain(examples::Printed::is_of_live_platform);
        }
        if let Some(service) = self.services.iter_mut().rfind(|service| service.is_readable()) {
            service.unexplained = 3;
        }
    }
}

/// Each cluster has users of its own.
fn clusters(options: &Options) -> Vec<Cluster> {
    let releases = options.cucm_version.iter().zip(0..);
    let seed = |number| options.seed.wrapping_add(number);
    releases.map(|(release, at)| Cluster::generate(*release, seed(at), options.users)).collect()
}

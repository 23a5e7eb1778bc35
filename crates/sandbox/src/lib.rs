//! Stands in for the three upstreams, so that Seatree can be developed and tested without an
//! account at any vendor.
//!
//! # Concept
//!
//! A [`World`](world::World) is everything the upstreams know: a DRaaS tree, Live Platform
//! services, CUCM users. It is a pure function of the options: one seed, one world, byte for
//! byte. Three small servers then show that world the way the vendors' servers would, with
//! their quirks and never in a more convenient shape, because a client that only met
//! convenience fails at its first customer. What the vendors do not document is decided
//! here once, and said so where it is decided.
//!
//! [`Truth`](truth::Truth) is the same world added up, taken from the data and not from the
//! replies, so that a test comparing the page with it checks decoding and summing alike.
//!
//! ```no_run
//! use clap::Parser as _;
//! use seatree_sandbox::{options::Options, start::start};
//!
//! # fn example() -> Result<(), seatree_sandbox::start::StartError> {
//! let options = Options::parse_from(["seatree-sandbox", "--draas-port", "0", "--serve", "draas"]);
//! // On a tokio runtime:
//! let sandbox = start(&options)?; // serves until it is dropped
//! println!("{}", sandbox.addresses().ready_line());
//! # Ok(())
//! # }
//! ```
//!
//! # Where things are
//!
//! | path | holds |
//! |---|---|
//! | `options` | the command line |
//! | `start` | binds the listeners, serves until dropped |
//! | `world`, `world/` | the data: generated, or the vendors' printed examples |
//! | `truth` | the world added up, as `--print-truth` prints it |
//! | `draas`, `draas/` | Netaxis DRaaS: sign-in, tokens, scopes, lists, licenses |
//! | `live_platform`, `live_platform/` | AudioCodes Live Platform: tokens, customers, license info |
//! | `cucm`, `cucm/` | Cisco Unified CM: AXL over TLS, with its HTML error pages |
//! | `cors` | CORS as the first two upstreams do it, for listed origins |
//! | `faults`, `faults/` | the fault panel around each upstream |
//! | `certificate` | the self-signed certificate of the CUCM listener |
//! | `site`, `site/` | a plain static host for the built page |
//!
//! Everything listens on 127.0.0.1 only: sign-in is public knowledge (see [`sign_in`]).

pub mod certificate;
pub mod cors;
pub mod cucm;
pub mod draas;
pub mod faults;
pub mod live_platform;
pub mod options;
pub mod sign_in;
pub mod site;
pub mod start;
pub mod truth;
pub mod world;

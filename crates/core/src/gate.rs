//! The edge's policy: which requests may reach which upstream, and what comes back of the reply.
//!
//! Pure: the worker asks [`Gate::decide`] before it fetches anything, [`Gate::admit`] and
//! [`Gate::place`] when a visitor asks, [`Gate::read`] when a body has to be looked at first, and
//! [`Gate::relay`] before it passes a reply on. What it has to remember
//! between requests, [`Rates`], [`UnderWay`] and [`Turns`], are values that are given the time. All that is not named by the configuration is refused, so that an empty one
//! refuses everything.
//!
//! # Why paths are compared as sent
//! A gate that normalizes a path and an upstream that normalizes it differently disagree on what
//! was asked for: `%2e%2e/`, `..;/` (Tomcat, on which CUCM runs), `\`, `//`. So nothing is
//! normalized here. A path that any of the two could read differently is refused, and what is left
//! means the same to both.
//!
//! ```
//! use seatree_core::gate::{Ask, Body, Decision, Gate, Settings};
//!
//! let settings = Settings::parse(
//!     r#"{"origins":["https://licenses.example"],
//!         "upstreams":{"cucm":{"address":"https://10.0.0.5:8443","methods":["POST"],"paths":["/axl/"]}}}"#,
//! )?;
//! let gate = Gate::new(settings);
//! let header = |name: &str| (name == "origin").then(|| "https://licenses.example".to_owned());
//! let ask = |target| Ask { method: "POST", target, header: &header, body: Body::None };
//! assert!(matches!(gate.decide(&ask("/to/cucm/axl/")), Decision::Forward(_)));
//! assert!(matches!(gate.decide(&ask("/to/cucm/axl/..;/ccmadmin/")), Decision::Refuse(_)));
//! # Ok::<(), seatree_core::gate::SettingsError>(())
//! ```

mod api;
mod client;
mod credentials;
mod decision;
mod envelope;
mod head;
mod headers;
mod journal;
mod mask;
mod memory;
mod operations;
mod passed;
mod path;
mod rate;
mod reading;
mod refusal;
mod reply;
mod settings;
mod statement;
mod turns;
mod under_way;
mod visit;
mod webhooks;
mod why;

pub use api::{ApiCall, ApiDecision, ApiVisit, Call};
pub use credentials::{Credentials, Errand, Keeper, Step};
pub use decision::{Ask, Body, Decision, Forward, Unread};
pub use head::{Head, Record};
pub use headers::{Header, TO_CLIENT, for_page as headers_for};
pub use journal::{Entry, Metrics, Route, Snapshot, fault, trouble};
pub use mask::Mask;
pub use passed::{Passed, Way};
pub use rate::Rates;
pub use refusal::{Refusal, RefusalKind};
pub use reply::Relay;
pub use settings::{Settings, SettingsError, Upstream};
pub use turns::{Ticket, Turn, Turns};
pub use under_way::{Place, UnderWay};
pub use visit::{Admitted, Visit};
pub use webhooks::WebhookCall;
pub use why::Why;

/// The policy of one edge.
#[derive(Clone, Debug)]
pub struct Gate {
    settings: Settings,
}

impl Gate {
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }
}

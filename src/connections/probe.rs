//! Testing a connection: how far a request gets, and what stops it.

use seatree_core::config::{Connection, Upstream};
use seatree_core::http::Secret;
use seatree_core::say;
use seatree_core::words::later;
use seatree_core::{Problem, UpstreamError, axl, draas, edge, live_platform};
use std::sync::Arc;

use super::session::ConnectionWay;
use crate::platform::fetch;
use crate::platform::stop::Stop;

const DEADLINE_S: u32 = 20;
const DOING: &str = later("testing the connection");

/// One thing that was tested.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub what: String,
    /// None when it held.
    pub error: Option<UpstreamError>,
}

/// Asks the upstream for the least it answers, without credentials.
///
/// "Sign in first" is the answer of an upstream that was reached, so it passes.
pub async fn probe(connection: Connection) -> Vec<Step> {
    let hop = connection.route.first_hop(&connection.address).to_owned();
    let reach = say!("{hop} answers this page", hop);
    let speaks = say!(
        "{address} speaks as {kind}",
        address = connection.address.as_str(),
        kind = connection.kind().name()
    );
    let way = ConnectionWay(Arc::new(connection.clone()));
    let deadline = Stop::new().within(DEADLINE_S);
    let outcome = match &connection.upstream {
        Upstream::Draas { api, .. } => {
            fetch::run(&draas::Health::new(api), DOING, &way, deadline).await
        }
        Upstream::LivePlatform { api } => {
            let list = live_platform::Customers::new(api, &Secret::from("none"));
            fetch::run(&list, DOING, &way, deadline).await.map(drop)
        }
        Upstream::Cucm { api, version } => {
            let nobody = axl::Credentials { user: String::new(), password: Secret::default() };
            let asked = axl::GetCcmVersion::new(api, &nobody, *version);
            fetch::run(&asked, DOING, &way, deadline).await.map(drop)
        }
        Upstream::Edge { api } => {
            let asked = edge::AskToken::new(api, &Secret::from("none"));
            fetch::run(&asked, DOING, &way, deadline).await.map(drop)
        }
    };
    let passed = |what| Step { what, error: None };
    match outcome {
        Ok(()) => vec![passed(reach), passed(speaks)],
        Err(error) => match error.problem {
            Problem::SignedOut | Problem::TokenRefused { .. } | Problem::Forbidden { .. } => {
                vec![passed(reach), passed(speaks)]
            }
            Problem::Unreachable { .. }
            | Problem::TimedOut { .. }
            | Problem::ProxyRefused { .. } => vec![Step { what: reach, error: Some(error) }],
            _ => vec![passed(reach), Step { what: speaks, error: Some(error) }],
        },
    }
}

//! Where a request comes from: what a trusted second factor is remembered for.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;

use std::convert::Infallible;
use std::sync::Arc;

use super::Draas;

/// User agent and address. Behind a proxy the address is the proxy's, unless the platform was
/// told which header names the client.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client {
    user_agent: String,
    address: String,
}

impl FromRequestParts<Arc<Draas>> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        draas: &Arc<Draas>,
    ) -> Result<Self, Self::Rejection> {
        let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let told = draas.client_header.as_deref().and_then(text);
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let address = match (told, connected) {
            (Some(told), _) => told.to_owned(),
            (None, Some(ConnectInfo(address))) => address.ip().to_string(),
            (None, None) => String::new(),
        };
        let user_agent = text(header::USER_AGENT.as_str()).unwrap_or_default().to_owned();
        Ok(Self { user_agent, address })
    }
}

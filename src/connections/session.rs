//! What a sign-in leaves in memory, and the way requests take.

use std::sync::Arc;

use seatree_core::config::Connection;
use seatree_core::http::{Reply, Request, Secret};
use seatree_core::{UpstreamError, axl, draas};

use crate::platform::fetch::Way;

/// Credentials of one connection; gone when the page is.
#[derive(Clone, Debug)]
pub enum Session {
    Draas(draas::Tokens),
    LivePlatform(Secret),
    Cucm(axl::Credentials),
}

/// The route of a connection with the extra header its proxy wants.
#[derive(Clone)]
pub struct ConnectionWay(pub Arc<Connection>);

impl Way for ConnectionWay {
    fn apply(&self, request: Request) -> Request {
        let request = self.0.route.apply(request);
        match &self.0.header {
            Some(header) => request.with_header(&header.name, header.value.clone()),
            None => request,
        }
    }

    fn refusal(&self, doing: &'static str, reply: &Reply) -> Option<UpstreamError> {
        self.0.route.refusal(doing, reply)
    }
}

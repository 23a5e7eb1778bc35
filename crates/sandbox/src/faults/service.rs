//! An upstream with the fault panel around it.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{Request, header};
use axum::response::Response;
use axum::{BoxError, Router};
use tower_service::Service;

use super::rule::Drop;
use super::{Faults, Upstream, panel, reply};
use crate::cors::AllowedOrigins;

/// An upstream's routes, wrapped.
#[derive(Clone)]
pub struct Faulty {
    upstream: Upstream,
    faults: Arc<Faults>,
    panel: Router,
    routes: Router,
    origins: Option<AllowedOrigins>,
}

/// Makes the server end the connection without a word.
#[derive(Debug)]
pub struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a rule of the fault panel drops this connection")
    }
}

impl std::error::Error for Dropped {}

impl Faulty {
    /// `origins` are those the upstream lets in: an injected reply says so too, as a gateway
    /// of the vendor would.
    pub fn new(
        upstream: Upstream,
        faults: &Arc<Faults>,
        routes: Router,
        origins: Option<AllowedOrigins>,
    ) -> Self {
        let panel = panel::router(upstream, faults);
        Self { upstream, faults: Arc::clone(faults), panel, routes, origins }
    }

    async fn answer(mut self, request: Request<Body>) -> Result<Response, Dropped> {
        let path = request.uri().path();
        if panel::is_for(path) {
            return Ok(unfailing(self.panel.call(request).await));
        }
        // The other controls of the sandbox are no upstream's.
        if path.starts_with("/_sandbox/") {
            return Ok(unfailing(self.routes.call(request).await));
        }
        let (head, body) = request.into_parts();
        let Some(effect) = self.faults.wanted(self.upstream, &head) else {
            return Ok(unfailing(self.routes.call(Request::from_parts(head, body)).await));
        };
        if let Some(wait) = effect.latency_ms {
            tokio::time::sleep(Duration::from_millis(wait)).await;
        }
        if effect.drop == Some(Drop::BeforeHeaders) {
            return Err(Dropped);
        }
        let origin = head.headers.get(header::ORIGIN).cloned();
        let answered = match reply::in_place(&effect, self.upstream) {
            Some(mut answered) => {
                if let Some(origins) = &self.origins {
                    origins.mark(origin.as_ref(), answered.headers_mut());
                }
                answered
            }
            None => unfailing(self.routes.call(Request::from_parts(head, body)).await),
        };
        Ok(reply::damage(&effect, answered).await)
    }
}

fn unfailing(reply: Result<Response, Infallible>) -> Response {
    match reply {
        Ok(reply) => reply,
        Err(never) => match never {},
    }
}

impl<B> Service<Request<B>> for Faulty
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Dropped;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Dropped>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Dropped>> {
        // A router always is.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        Box::pin(self.clone().answer(request.map(Body::new)))
    }
}

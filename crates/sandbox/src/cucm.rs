//! Cisco Unified CM: AXL on `/axl/`, and the version page of UDS.
//!
//! What a request meets, in this order: the path (the trailing slash is part of it), the
//! password or the session's cookie, the role, the AXL version, the schema, the role again if
//! something is to be changed, the data, the memory. The first ones refuse with Tomcat's HTML
//! pages, the others with SOAP faults. There is no CORS in any reply.

pub mod account;
pub mod cluster;
pub mod fault;
pub mod find;
pub mod memory;
pub mod operation;
pub mod pages;
pub mod quirk;
pub mod release;
pub mod reply;
pub mod sessions;
pub mod sql;
pub mod xml;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::options::Options;
use crate::world;

use account::{Claim, Role};
use cluster::{Cluster, Refused, Work};
use fault::Fault;
use memory::Memory;
use pages::Page;
use release::Release;
use sessions::Sessions;

const XML: (HeaderName, &str) = (header::CONTENT_TYPE, "text/xml;charset=UTF-8");

/// Replies up to this size are never refused for want of memory.
const SMALL: usize = 64 * 1024;

struct Cucm {
    cluster: Cluster,
    sessions: Sessions,
    memory: Arc<Memory>,
    delay: Duration,
    update_takes: Duration,
}

/// The listener of one cluster.
pub fn router(options: &Options, cluster: &world::cluster::Cluster) -> Router {
    let state = Cucm {
        cluster: Cluster::new(options, cluster),
        sessions: Sessions::new(Duration::from_secs(options.axl_session_seconds)),
        memory: Arc::new(Memory::new(options.axl_memory_limit)),
        delay: Duration::from_millis(options.axl_delay_ms),
        update_takes: Duration::from_secs(options.axl_update_seconds),
    };
    Router::new()
        .route("/axl/", post(answer).get(alive).fallback(async || Page::MethodNotAllowed))
        .route("/cucm-uds/version", get(uds_version))
        .route("/_sandbox/expire-sessions", post(expire_sessions))
        .fallback(async || Page::NotFound)
        .with_state(Arc::new(state))
}

async fn alive(State(cucm): State<Arc<Cucm>>, headers: HeaderMap) -> Response {
    match cucm.signed_in(&headers) {
        Ok((_, cookie)) => with_cookie(cookie, Page::Working.into_response()),
        Err(page) => page.into_response(),
    }
}

/// For anyone, without sign-in; UDS came with 10.0.
async fn uds_version(State(cucm): State<Arc<Cucm>>) -> Response {
    let release = cucm.cluster.release();
    if release < Release::V10 {
        return Page::NotFound.into_response();
    }
    let version: Vec<&str> = release.full_version().split('.').take(3).collect();
    let version = version.join(".");
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><versionInformation \
         uri=\"https://127.0.0.1/cucm-uds/version\" version=\"{version}\">\
         <version>{version}</version></versionInformation>"
    );
    ([(header::CONTENT_TYPE, "application/xml")], body).into_response()
}

async fn expire_sessions(State(cucm): State<Arc<Cucm>>) -> StatusCode {
    cucm.sessions.expire_all();
    StatusCode::NO_CONTENT
}

async fn answer(State(cucm): State<Arc<Cucm>>, headers: HeaderMap, body: Bytes) -> Response {
    let (role, cookie) = match cucm.signed_in(&headers) {
        Ok(signed_in) => signed_in,
        Err(page) => return page.into_response(),
    };
    let action = headers.get("soapaction").and_then(|value| value.to_str().ok());
    let action = action.map(|text| text.trim().trim_matches('"'));
    let done = match cucm.cluster.answer(role, action, &body) {
        Ok(done) => done,
        Err(Refused::Role) => return Page::Forbidden.into_response(),
        Err(Refused::Version) => {
            return Page::IncorrectVersion(cucm.cluster.release()).into_response();
        }
        Err(Refused::Fault(fault)) => return cucm.fault(&fault, action),
    };
    let share = cucm.memory.share(done.reply.len());
    let body = match (done.work, share) {
        (Work::Recount, _) => {
            tokio::time::sleep(cucm.update_takes).await;
            done.reply.into()
        }
        (Work::Little, _) => done.reply.into(),
        (Work::Rows(operation), None) if done.reply.len() > SMALL => {
            return cucm.fault(&Fault::memory(operation), action);
        }
        (Work::Rows(_), share) => {
            if !cucm.delay.is_zero() {
                tokio::time::sleep(cucm.delay).await;
            }
            match share {
                Some(share) => share.body(done.reply),
                None => done.reply.into(),
            }
        }
    };
    with_cookie(cookie, ([XML], body).into_response())
}

fn with_cookie(cookie: Option<String>, mut response: Response) -> Response {
    if let Some(value) = cookie.and_then(|cookie| cookie.parse().ok()) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

impl Cucm {
    /// Who asks. A password starts a session, whose cookie then takes the password's place.
    fn signed_in(&self, headers: &HeaderMap) -> Result<(Role, Option<String>), Page> {
        let (role, by_password) = match Claim::of(headers) {
            Claim::User(role) => (role, true),
            Claim::Wrong => return Err(Page::Unauthorized),
            Claim::Absent => match self.sessions.of(headers) {
                Some(Some(role)) => (role, false),
                // How an ended session shows, says Cisco's guide.
                Some(None) => return Err(Page::NotFound),
                None => return Err(Page::Unauthorized),
            },
        };
        if role == Role::None {
            return Err(Page::Forbidden);
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.and_then(|host| host.split(':').next()).unwrap_or("127.0.0.1");
        Ok((role, by_password.then(|| self.sessions.start(role, host))))
    }

    fn fault(&self, fault: &Fault, action: Option<&str>) -> Response {
        let text = fault.envelope(self.cluster.release(), action.unwrap_or_default());
        (StatusCode::INTERNAL_SERVER_ERROR, [XML], text).into_response()
    }
}

//! Cisco Unified CM: AXL on `/axl/`, and the version page of UDS.
//!
//! What a request meets, in this order: the path (the trailing slash is part of it), the
//! password, the role, the AXL version, the schema, the data. The first four refuse with
//! Tomcat's HTML pages, the others with SOAP faults. There is no CORS in any reply.

pub mod fault;
pub mod find;
pub mod operation;
pub mod pages;
pub mod release;
pub mod reply;
pub mod xml;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::options::Options;
use crate::sign_in;
use crate::world::World;
use crate::world::users::User;

use fault::Fault;
use operation::Operation;
use pages::Page;
use release::{Release, Schema};

struct Cucm {
    release: Release,
    reply_limit: usize,
    users: Vec<User>,
}

/// The CUCM listener.
pub fn router(options: &Options, world: &World) -> Router {
    let state = Cucm {
        release: options.cucm_version,
        reply_limit: options.axl_reply_limit,
        users: world.users.clone(),
    };
    Router::new()
        .route("/axl/", post(answer).get(alive).fallback(async || Page::MethodNotAllowed))
        .route("/cucm-uds/version", get(uds_version))
        .fallback(async || Page::NotFound)
        .with_state(Arc::new(state))
}

async fn alive(headers: HeaderMap) -> Response {
    match refused(&headers) {
        Some(page) => page.into_response(),
        None => Page::Working.into_response(),
    }
}

/// For anyone, without sign-in.
async fn uds_version(State(cucm): State<Arc<Cucm>>) -> Response {
    let version: Vec<&str> = cucm.release.full_version().split('.').take(3).collect();
    let version = version.join(".");
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><versionInformation \
         uri=\"https://127.0.0.1/cucm-uds/version\" version=\"{version}\">\
         <version>{version}</version></versionInformation>"
    );
    ([(header::CONTENT_TYPE, "application/xml")], body).into_response()
}

async fn answer(State(cucm): State<Arc<Cucm>>, headers: HeaderMap, body: Bytes) -> Response {
    if let Some(page) = refused(&headers) {
        return page.into_response();
    }
    match cucm.answer(&headers, &body) {
        Ok(reply) => {
            let headers = [
                (header::CONTENT_TYPE, "text/xml;charset=UTF-8"),
                (header::SET_COOKIE, "JSESSIONIDSSO=0123456789ABCDEF; Path=/; Secure; HttpOnly"),
            ];
            (headers, reply).into_response()
        }
        Err(Refused::Version) => Page::IncorrectVersion(cucm.release).into_response(),
        Err(Refused::Fault(fault)) => fault.into_response(),
    }
}

enum Refused {
    Version,
    Fault(Fault),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Cucm {
    fn answer(&self, headers: &HeaderMap, body: &[u8]) -> Result<String, Refused> {
        let envelope = xml::parse(body).map_err(|e| Fault::unreadable(&e))?;
        let request = operation::in_body(&envelope)?;
        let schema = self.schema(headers, request).ok_or(Refused::Version)?;
        Ok(match operation::read(request, schema)? {
            Operation::CcmVersion => reply::ccm_version(schema, self.release),
            Operation::GetLicensedUser { key, tags } => {
                let user = find::one(&self.users, &key)
                    .ok_or_else(|| Fault::user_not_found("getLicensedUser"))?;
                reply::licensed_user(schema, user, &tags)
            }
            Operation::ListLicensedUsers(request) => {
                let found = find::matching(&self.users, &request);
                let text = reply::licensed_users(schema, &found.page, &request.tags);
                if text.len() > self.reply_limit {
                    let fitting = found.page.len() * self.reply_limit / text.len();
                    return Err(Fault::too_large(found.total, fitting).into());
                }
                text
            }
        })
    }

    /// The schema a request is served by: `SOAPAction` and namespace have to agree on one this
    /// release supports. Without `SOAPAction`, version 1.0 means the oldest of them.
    fn schema(&self, headers: &HeaderMap, request: &xml::Element) -> Option<Schema> {
        let namespace = request.namespace.as_deref()?;
        let asked = namespace.strip_prefix("http://www.cisco.com/AXL/API/")?;
        let Some(action) = headers.get("soapaction") else {
            return (asked == "1.0").then(|| self.release.oldest_schema());
        };
        let action = action.to_str().ok()?.trim().trim_matches('"').strip_prefix("CUCM:DB ver=")?;
        let version = action.split_whitespace().next()?;
        self.release.schema(asked).filter(|_| version == asked)
    }
}

fn refused(headers: &HeaderMap) -> Option<Page> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let encoded = value.and_then(|value| value.split_once(' '));
    let decoded = encoded
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, encoded)| STANDARD.decode(encoded.trim()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    match decoded.as_deref().and_then(|pair| pair.split_once(':')) {
        Some((sign_in::CUCM_USER, sign_in::PASSWORD)) => None,
        Some((sign_in::CUCM_USER_WITHOUT_ROLE, sign_in::PASSWORD)) => Some(Page::Forbidden),
        _ => Some(Page::Unauthorized),
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let xml = [(header::CONTENT_TYPE, "text/xml;charset=UTF-8")];
        (StatusCode::INTERNAL_SERVER_ERROR, xml, self.envelope()).into_response()
    }
}

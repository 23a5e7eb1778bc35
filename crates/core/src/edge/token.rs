//! What a visitor's token permits.

use serde_json::Value;

use super::{Api, fault};
use crate::Operation;
use crate::error::UpstreamError;
use crate::http::{Reply, Request, Secret};
use crate::json;
use crate::visitors::Permission;
use crate::words::later;

const DOING: &str = later("asking what the token permits");

/// What a token permits, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permitted {
    pub may_change_limits: bool,
    /// Seconds since 1970; none where the edge does not say.
    pub until_s: Option<i64>,
}

/// `GET /api/v1/token`: what the token permits, which only the edge says for certain.
///
/// - Permission: none; the token has to be good.
/// - Errors: [`Problem::TokenRefused`](crate::Problem::TokenRefused);
///   [`Problem::EdgeRefused`](crate::Problem::EdgeRefused) where the edge knows no such platform.
/// - Contract: `docs/api.md`.
///
/// ```
/// use seatree_core::{Operation, edge::{Api, AskToken}, http::{Reply, Secret}};
///
/// let api = Api::new("https://edge.example.net", "draas", None)?;
/// let ask = AskToken::new(&api, &Secret::from("token"));
/// assert_eq!(ask.request().url, "https://edge.example.net/api/v1/token?upstream=draas");
///
/// let reply = r#"{"upstream":"draas","scope":"","permissions":["read"],"expires":1800000000}"#;
/// let permitted = ask.decode(&Reply::new(200, reply))?;
/// assert!(!permitted.may_change_limits);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct AskToken {
    url: String,
    token: Secret,
}

impl AskToken {
    pub fn new(api: &Api, token: &Secret) -> Self {
        Self { url: api.of("token"), token: token.clone() }
    }
}

impl Operation for AskToken {
    type Output = Permitted;

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<Permitted, UpstreamError> {
        if !reply.is_success() {
            return Err(fault(DOING, reply));
        }
        let body = json::parse(DOING, reply)?;
        let Some(permissions) = body.get("permissions").and_then(Value::as_array) else {
            let expected = later("what a token permits");
            return Err(UpstreamError::malformed(DOING, "permissions", expected, reply));
        };
        let change = Permission::WriteLimits.word();
        Ok(Permitted {
            may_change_limits: permissions.iter().any(|word| word.as_str() == Some(change)),
            until_s: body.get("expires").and_then(Value::as_i64),
        })
    }
}

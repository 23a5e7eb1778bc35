//! The DRaaS API beside the tree of licenses: signing in, who one is, lists, changed limits.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what the tests share may fail them too"
)]

mod billing;
mod faults;
mod limits;
mod lists;
mod pages;
mod scope;
mod secrets;
mod session;
mod sign_in;

use seatree_core::draas::Api;
use seatree_core::estate::Uuid;
use seatree_core::http::{Reply, Request, Secret};
use serde_json::Value;

const BASE: &str = "https://prov.example.net/api/v01/";
const TENANT: &str = "53fd92c7-fbef-44fd-af76-d92334432ac9";

fn api() -> Api {
    Api::new("https://prov.example.net", "draas", "draas_v1").unwrap()
}

fn token() -> Secret {
    Secret::from("a1")
}

fn uuid(text: &str) -> Uuid {
    Uuid::parse(text).unwrap()
}

fn ok(body: impl Into<Vec<u8>>) -> Reply {
    Reply::new(200, body)
}

/// The request's body as JSON.
fn body(request: &Request) -> Value {
    serde_json::from_str(request.body.as_deref().unwrap()).unwrap()
}

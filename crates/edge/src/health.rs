//! Liveness, and which version answers.

use worker::{Result, web_sys};

use crate::answer;

pub(crate) fn answer() -> Result<web_sys::Response> {
    let headers = [("content-type", "application/json"), ("cache-control", "no-store")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let body = concat!(r#"{"status":"ok","version":""#, env!("CARGO_PKG_VERSION"), r#""}"#);
    answer::text(200, &headers, body)
}

//! For those who run the edge: whether it lives, whether it is set up, and what it did.

use seatree_core::gate::{Gate, Refusal, RefusalKind, SettingsError};
use worker::Result;

use crate::{
    answer::{self, Answer},
    incoming::Incoming,
    journal, shared,
};

/// Liveness, and which version answers.
pub(crate) fn health() -> Result<Answer> {
    let body = concat!(r#"{"status":"ok","version":""#, env!("CARGO_PKG_VERSION"), r#""}"#);
    told("application/json", body)
}

/// Whether requests can be let through at all; if not, the refusal says which setting is wrong.
pub(crate) fn ready(error: Option<&SettingsError>) -> Result<Answer> {
    match error {
        None => told("application/json", r#"{"status":"ready"}"#),
        Some(error) => answer::refusal(&error.refusal()),
    }
}

pub(crate) fn metrics(gate: &Gate, incoming: &Incoming<'_>) -> Result<Answer> {
    if gate.may_see_metrics(incoming.header("authorization").as_deref()) {
        return told(
            "text/plain; version=0.0.4",
            &(journal::metrics() + &shared::tell_under_way(gate)),
        );
    }
    let detail =
        "Metrics want the token that the setting \"metrics\" names, as \"Authorization: Bearer\".";
    answer::refusal(&Refusal::new(RefusalKind::TokenRefused, detail))
}

fn told(media_type: &str, body: &str) -> Result<Answer> {
    let headers = [("content-type", media_type), ("cache-control", "no-store")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    answer::text(200, &headers, body)
}

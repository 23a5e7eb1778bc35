//! Why an upstream gave no reply.

use seatree_core::gate::{Forward, Gate, Refusal, Why};
use worker::{Result, Socket, wasm_bindgen::JsValue};

use crate::{journal, upstream};

/// What workerd says of a port that nobody listens on, and of a connection that broke. All else,
/// a name that is not found as well as a certificate that is not trusted, it calls an internal
/// error here; only its own log has the particulars.
const CONNECTION_LOST: &str = "Network connection lost";

/// Tells an untrusted certificate from an upstream that is not there: where the port answers and
/// the request still failed before a reply, it was the TLS handshake that did.
pub(crate) async fn explain(gate: &Gate, forward: &Forward, error: &JsValue) -> Refusal {
    let said = upstream::said(error);
    journal::trouble(&forward.upstream, "no reply", &Why::lost(&said));
    match gate.tls_endpoint(forward) {
        Some((host, port)) if !said.starts_with(CONNECTION_LOST) && listens(host, port).await => {
            gate.untrusted(forward)
        }
        _ => gate.unreachable(forward),
    }
}

/// Whether somebody accepts connections there. Nothing is sent.
async fn listens(host: &str, port: u16) -> bool {
    let connect = async || -> Result<()> {
        let mut socket = Socket::builder().connect(host, port)?;
        socket.opened().await?;
        socket.close().await
    };
    connect().await.is_ok()
}

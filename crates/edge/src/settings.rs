//! The configuration, read once per isolate.

use std::sync::OnceLock;

use seatree_core::gate::{Gate, Refusal, Settings};
use worker::Env;

use crate::memory;

/// The binding that holds it: JSON text.
const BINDING: &str = "SEATREE_EDGE";

/// The gate of this worker, or why there is none.
pub(crate) fn gate(env: &Env) -> Result<&'static Gate, Refusal> {
    static GATE: OnceLock<Result<Gate, String>> = OnceLock::new();
    GATE.get_or_init(|| read(env)).as_ref().map_err(|problem| Refusal::misconfigured(problem))
}

fn read(env: &Env) -> Result<Gate, String> {
    let text =
        env.var(BINDING).map_err(|_| format!("the binding {BINDING} is missing"))?.to_string();
    // Bindings that hold text: workerd takes them from the environment, Cloudflare from its store.
    let secret = |name: &str| env.var(name).ok().map(|secret| secret.to_string().into());
    let gate = Settings::with_secrets(&text, &secret).map(Gate::new);
    let gate = gate.map_err(|error| error.to_string())?;
    if env.durable_object(memory::BINDING).is_err()
        && let Some(name) = gate.remembered().next()
    {
        let binding = memory::BINDING;
        return Err(format!("upstreams.{name}.memory: the binding {binding} is missing"));
    }
    Ok(gate)
}

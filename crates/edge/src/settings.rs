//! The configuration, read once per isolate.

use std::sync::OnceLock;

use seatree_core::gate::{Gate, Settings, SettingsError};
use worker::Env;

use crate::memory;

/// The binding that holds it: JSON text.
const BINDING: &str = "SEATREE_EDGE";

/// The gate of this worker, or why there is none.
pub(crate) fn gate(env: &Env) -> Result<&'static Gate, &'static SettingsError> {
    static GATE: OnceLock<Result<Gate, SettingsError>> = OnceLock::new();
    GATE.get_or_init(|| read(env)).as_ref()
}

fn read(env: &Env) -> Result<Gate, SettingsError> {
    let missing = |field: &str, binding: &str| {
        SettingsError::at(field, format!("the binding {binding} is missing"))
    };
    let text = env.var(BINDING).map_err(|_| missing("", BINDING))?.to_string();
    // Bindings that hold text: workerd takes them from the environment, Cloudflare from its store.
    let secret = |name: &str| env.var(name).ok().map(|secret| secret.to_string().into());
    let gate = Settings::with_secrets(&text, &secret).map(Gate::new)?;
    if env.durable_object(memory::BINDING).is_err()
        && let Some(name) = gate.remembered().next()
    {
        return Err(missing(&format!("upstreams.{name}.memory"), memory::BINDING));
    }
    Ok(gate)
}

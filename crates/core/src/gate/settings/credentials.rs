//! Which credentials the edge holds for an upstream. The configuration names secrets; it holds none.

use serde_json::Value;

use super::{SettingsError, fields::Fields};
use crate::{
    address::Address, axl, draas, gate::Credentials, http::Secret, live_platform::ClientCredentials,
};

/// The platform's own store of secrets.
pub(super) type Secrets<'a> = dyn Fn(&str) -> Option<Secret> + 'a;

const KINDS: &str = "\"basic\", \"token\", \"draas-login\" and \"client-credentials\"";

/// Reads the member `credentials`; none where visitors bring their own.
pub(super) fn read(
    upstream: &Fields<'_>,
    address: &Address,
    api: Option<&draas::Api>,
    secrets: &Secrets<'_>,
) -> Result<Option<Credentials>, SettingsError> {
    if !upstream.has("credentials") {
        return Ok(None);
    }
    let known = |names: &[&str]| upstream.object("credentials", names);
    // First only the kind: it decides what else there may be.
    let kind = upstream.kind_of("credentials")?;
    let members: &[&str] = match kind {
        "basic" | "draas-login" => &["kind", "username", "password"],
        "token" => &["kind", "token"],
        "client-credentials" => &["kind", "token_endpoint", "client_id", "client_secret", "scope"],
        _ => &["kind"],
    };
    let Some(fields) = known(members)? else { return Ok(None) };
    safe(&fields, "kind", address)?;
    let secret = |name: &str| secret(&fields, name, secrets);
    let text = |name: &str| filled(&fields, name);
    Ok(Some(match kind {
        "basic" => {
            let user = text("username")?;
            if user.contains(':') {
                return Err(fields.wrong("username", "cannot hold a colon"));
            }
            Credentials::Basic(axl::Credentials { user, password: secret("password")? })
        }
        "token" => Credentials::Token(secret("token")?),
        "draas-login" => {
            let Some(api) = api else {
                return Err(
                    fields.wrong("kind", "needs \"draas\" of the upstream, which says where")
                );
            };
            let (username, password) = (text("username")?, secret("password")?);
            Credentials::Login { api: api.clone(), username, password }
        }
        "client-credentials" => {
            let endpoint = fields.text("token_endpoint")?;
            let parsed = Address::parse(endpoint)
                .map_err(|error| fields.wrong("token_endpoint", &error.to_string()))?;
            safe(&fields, "token_endpoint", &parsed)?;
            Credentials::Client(ClientCredentials {
                endpoint: parsed.as_str().to_owned(),
                client_id: text("client_id")?,
                client_secret: secret("client_secret")?,
                scope: text("scope")?,
            })
        }
        _ => return Err(fields.wrong("kind", &format!("is none of {KINDS}"))),
    }))
}

fn filled(fields: &Fields<'_>, name: &str) -> Result<String, SettingsError> {
    match fields.text(name)? {
        "" => Err(fields.wrong(name, "is empty")),
        text => Ok(text.to_owned()),
    }
}

/// A member such as `{"secret": "CUCM_PASSWORD"}`.
pub(super) fn secret(
    fields: &Fields<'_>,
    name: &str,
    secrets: &Secrets<'_>,
) -> Result<Secret, SettingsError> {
    named(&fields.place(name), fields.value(name), secrets)
}

/// The secret that a value names.
pub(super) fn named(
    place: &str,
    value: Option<&Value>,
    secrets: &Secrets<'_>,
) -> Result<Secret, SettingsError> {
    const WANTED: &str = "name a secret of the platform, such as {\"secret\": \"CUCM_PASSWORD\"}; none stands in here";
    let members = value.and_then(Value::as_object).filter(|members| members.len() == 1);
    let binding = members.and_then(|members| members.get("secret")?.as_str()).unwrap_or_default();
    let is_name = binding.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if binding.is_empty() || !is_name || binding == "SEATREE_EDGE" {
        // Whatever stands there instead may be the secret itself: it is not repeated.
        return Err(SettingsError::at(place, WANTED));
    }
    match secrets(binding) {
        Some(secret) if !secret.is_empty() => Ok(secret),
        _ => Err(SettingsError::at(place, format!("the platform has no secret {binding}"))),
    }
}

/// Secrets do not travel where anyone can read them.
fn safe(fields: &Fields<'_>, name: &str, address: &Address) -> Result<(), SettingsError> {
    if address.is_encrypted() || address.is_loopback() {
        return Ok(());
    }
    let problem = format!("would send a secret to {} unencrypted: use https", address.origin());
    Err(fields.wrong(name, &problem))
}

//! The edge's one configuration value, checked before anything is let through.

mod credentials;
mod error;
mod fields;
mod memory;
mod upstream;
mod visitors;
mod webhooks;

use std::collections::BTreeMap;

use fields::Fields;
use serde_json::Value;

pub use error::SettingsError;
pub(super) use upstream::Platform;
pub use upstream::Upstream;

use super::headers;
use crate::address::Address;
use crate::http::Secret;
use crate::visitors::Visitors;
use crate::webhooks::Webhooks;

const KNOWN: [&str; 7] =
    ["origins", "client_header", "visitors", "metrics", "log", "upstreams", "webhooks"];
/// Guessing a shorter one is too easy.
const LEAST_TOKEN_BYTES: usize = 16;
/// Of the configuration itself.
const MAX_BYTES: usize = 512 * 1024;

/// What is let through: pages by origin, upstreams by name. Empty means nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub(super) origins: Vec<String>,
    /// The header that the proxy in front sets to the client's address; none where there is none.
    pub(super) client_header: Option<String>,
    /// Whose tokens are taken, where the edge has credentials of its own.
    pub(super) visitors: Option<Visitors>,
    /// Who brings it sees metrics; nobody where there is none.
    pub(super) metrics_token: Option<Secret>,
    /// Whether a line is written for each request, and not only where something went wrong.
    pub(super) logs_all: bool,
    pub(super) upstreams: BTreeMap<String, Upstream>,
    /// Who is told what was found.
    pub(super) webhooks: Option<Webhooks>,
}

impl Settings {
    /// Reads JSON text that names no secrets.
    ///
    /// # Errors
    /// The first field that is wrong, by name.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        Self::with_secrets(text, &|_| None)
    }

    /// Reads JSON text. The secrets that it names come from the platform's own store.
    ///
    /// # Errors
    /// The first field that is wrong, by name; a secret that is not there counts as wrong.
    pub fn with_secrets(
        text: &str,
        secrets: &dyn Fn(&str) -> Option<Secret>,
    ) -> Result<Self, SettingsError> {
        if text.len() > MAX_BYTES {
            return Err(SettingsError::at("", format!("larger than {MAX_BYTES} bytes")));
        }
        let value: Value = serde_json::from_str(text)
            .map_err(|error| SettingsError::at("", format!("not JSON ({error})")))?;
        let fields = Fields::of("", &value, &KNOWN)?;
        let visitors = visitors::read(&fields, secrets)?;
        let origins = fields.texts("origins")?.unwrap_or_default();
        for (place, origin) in &origins {
            check_origin(origin).map_err(|problem| SettingsError::at(place, problem))?;
        }
        let mut upstreams = BTreeMap::new();
        for (name, value) in fields.members("upstreams")? {
            let place = format!("upstreams.{name}");
            if !is_upstream_name(name) {
                let problem =
                    "a name is made of lower-case letters, digits and -, such as \"cucm-berlin\"";
                return Err(SettingsError::unlisted("upstreams", name, problem));
            }
            let number = upstreams.len();
            let upstream = Upstream { number, ..Upstream::read(&place, value, secrets)? };
            // Otherwise whoever reaches the edge would have all that its credentials open.
            if upstream.credentials.is_some() && visitors.is_none() {
                let problem = "need \"visitors\", whose tokens say who may use them";
                return Err(SettingsError::at(&format!("{place}.credentials"), problem));
            }
            upstreams.insert(name.clone(), upstream);
        }
        let webhooks = webhooks::read(&fields, &upstreams, secrets)?;
        Ok(Self {
            origins: without_places(origins),
            client_header: client_header(&fields)?,
            visitors,
            metrics_token: metrics_token(&fields, secrets)?,
            logs_all: logs_all(&fields)?,
            upstreams,
            webhooks,
        })
    }

    /// This origin, if it is listed.
    pub(super) fn listed(&self, origin: &str) -> Option<&str> {
        self.origins.iter().find(|listed| *listed == origin).map(String::as_str)
    }
}

/// One that the proxy in front of the edge sets, whatever the client sent: the operator's to know.
fn client_header(fields: &Fields<'_>) -> Result<Option<String>, SettingsError> {
    if !fields.has("client_header") {
        return Ok(None);
    }
    let name = fields.text("client_header")?;
    if headers::is_name(name) {
        Ok(Some(name.to_owned()))
    } else {
        let problem = format!("\"{name}\" is no header name in lower case");
        Err(fields.wrong("client_header", &problem))
    }
}

fn metrics_token(
    fields: &Fields<'_>,
    secrets: &credentials::Secrets<'_>,
) -> Result<Option<Secret>, SettingsError> {
    let Some(metrics) = fields.object("metrics", &["token"])? else { return Ok(None) };
    operator_token(&metrics, "token", secrets).map(Some)
}

/// What those who run the edge show it.
fn operator_token(
    fields: &Fields<'_>,
    name: &str,
    secrets: &credentials::Secrets<'_>,
) -> Result<Secret, SettingsError> {
    let token = credentials::secret(fields, name, secrets)?;
    if token.expose().len() < LEAST_TOKEN_BYTES {
        return Err(fields.wrong(name, &format!("is shorter than {LEAST_TOKEN_BYTES} bytes")));
    }
    Ok(token)
}

fn logs_all(fields: &Fields<'_>) -> Result<bool, SettingsError> {
    if !fields.has("log") {
        return Ok(false);
    }
    match fields.text("log")? {
        "all" => Ok(true),
        "problems" => Ok(false),
        _ => Err(fields.wrong("log", "is none of \"problems\" and \"all\"")),
    }
}

/// An origin as browsers send it: anything else would never match, or match too much.
fn check_origin(origin: &str) -> Result<(), String> {
    if origin == "*" || origin == "null" {
        return Err(format!(
            "\"{origin}\" would open the edge to every page; list the pages' origins one by one"
        ));
    }
    let address = Address::parse(origin).map_err(|error| error.to_string())?;
    if address.as_str() == origin && address.origin() == origin {
        Ok(())
    } else {
        Err(format!(
            "\"{origin}\" is not how browsers send it: scheme, host and port in lower case, without a slash at the end"
        ))
    }
}

fn is_upstream_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn without_places(texts: Vec<(String, String)>) -> Vec<String> {
    texts.into_iter().map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests;

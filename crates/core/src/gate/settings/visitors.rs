//! Whose tokens the edge takes.

use serde_json::Value;

use super::{
    SettingsError,
    credentials::{Secrets, secret},
    fields::Fields,
};
use crate::visitors::{Algorithm, Key, Visitors};

/// As many bits as the hash has (RFC 7518, 3.2).
const LEAST_SECRET_BYTES: usize = 32;

pub(super) fn read(
    settings: &Fields<'_>,
    secrets: &Secrets<'_>,
) -> Result<Option<Visitors>, SettingsError> {
    let Some(fields) = settings.object("visitors", &["issuer", "audience", "keys"])? else {
        return Ok(None);
    };
    let filled = |name: &str| match fields.text(name)? {
        "" => Err(fields.wrong(name, "is empty")),
        text => Ok(text.to_owned()),
    };
    let mut keys: Vec<Key> = Vec::new();
    for (place, value) in fields.list("keys")? {
        let key = key(&place, value, secrets)?;
        if keys.iter().any(|other| other.id == key.id) {
            return Err(SettingsError::at(&place, "has the \"kid\" of another key"));
        }
        keys.push(key);
    }
    Ok(Some(Visitors { issuer: filled("issuer")?, audience: filled("audience")?, keys }))
}

fn key(place: &str, value: &Value, secrets: &Secrets<'_>) -> Result<Key, SettingsError> {
    let fields = Fields::of(place, value, &["kid", "alg", "x", "y", "secret"])?;
    let id = fields.text("kid")?.to_owned();
    if id.is_empty() {
        return Err(fields.wrong("kid", "is empty"));
    }
    let algorithm = match fields.text("alg")? {
        "ES256" if fields.has("secret") => {
            return Err(
                fields.wrong("secret", "is for HS256; ES256 has the public \"x\" and \"y\"")
            );
        }
        "ES256" => Algorithm::Es256 { x: coordinate(&fields, "x")?, y: coordinate(&fields, "y")? },
        "HS256" => {
            // The secret itself is a member that names one of the platform's.
            let secret = secret(&fields, "secret", secrets)?;
            if secret.expose().len() < LEAST_SECRET_BYTES {
                let problem = format!("is shorter than {LEAST_SECRET_BYTES} bytes");
                return Err(fields.wrong("secret", &problem));
            }
            Algorithm::Hs256(secret)
        }
        _ => return Err(fields.wrong("alg", "is none of \"ES256\" and \"HS256\"")),
    };
    Ok(Key { id, algorithm })
}

/// 32 bytes in base64url, as a JWK has them.
fn coordinate(fields: &Fields<'_>, name: &str) -> Result<String, SettingsError> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    let text = fields.text(name)?;
    match URL_SAFE_NO_PAD.decode(text) {
        Ok(bytes) if bytes.len() == 32 => Ok(text.to_owned()),
        _ => Err(fields.wrong(name, "is not 32 bytes in base64url, as in a JWK of P-256")),
    }
}

//! The signed tokens that visitors bring: JWTs (RFC 7519) with ES256 or HS256 signatures.

mod problem;

pub use problem::TokenProblem;

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use super::Scope;
use crate::http::Secret;

/// A token is a few hundred bytes.
const MAX_BYTES: usize = 4_096;
const MAX_SCOPES: usize = 32;
const MAX_SUBJECT_BYTES: usize = 200;
/// The longest a token may last.
const LONGEST_S: u64 = 3_600;
/// By how much clocks may differ; never in favor of one that ended.
const SKEW_S: u64 = 60;

/// Whose tokens are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitors {
    /// What tokens name as `iss`.
    pub issuer: String,
    /// What they name as `aud`: this edge.
    pub audience: String,
    /// Several while one replaces another.
    pub keys: Vec<Key>,
}

/// A key that signatures are checked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What tokens name as `kid`.
    pub id: String,
    pub algorithm: Algorithm,
}

/// A key's one algorithm: a token does not choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256: the point of the public key, as a JWK has it.
    Es256 { x: String, y: String },
    /// HMAC with SHA-256 and a secret that the issuer has, too.
    Hs256(Secret),
}

impl Algorithm {
    fn name(&self) -> &'static str {
        match self {
            Self::Es256 { .. } => "ES256",
            Self::Hs256(_) => "HS256",
        }
    }

    fn signature_bytes(&self) -> usize {
        match self {
            Self::Es256 { .. } => 64,
            Self::Hs256(_) => 32,
        }
    }
}

/// What a visitor may do within the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// `read`
    Read,
    /// `limits:write`
    WriteLimits,
}

impl Permission {
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::WriteLimits => "limits:write",
        }
    }
}

/// Somebody whose token is genuine and has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The issuer's name for them, never shown or printed.
    pub subject: Secret,
    pub scopes: Vec<Scope>,
    /// Seconds since 1970.
    pub until_s: u64,
    permissions: Vec<Permission>,
    /// The upstreams that it is for; none for all of the edge's.
    upstreams: Option<Vec<String>>,
}

impl Visitor {
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// Whether it is for this upstream. Two platforms can share ids, where one is a copy of the other.
    pub fn is_for(&self, upstream: &str) -> bool {
        self.upstreams.as_ref().is_none_or(|all| all.iter().any(|name| name == upstream))
    }

    pub fn permissions(&self) -> impl Iterator<Item = Permission> {
        self.permissions.iter().copied()
    }
}

/// A token as it was brought. Nothing that it says is believed until it is verified.
#[derive(Clone)]
pub struct Presented {
    key: Key,
    issuer: String,
    audience: String,
    signed: String,
    signature: Vec<u8>,
    claims: Vec<u8>,
}

/// Shows nothing of the token.
impl fmt::Debug for Presented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Presented").field("kid", &self.key.id).finish_non_exhaustive()
    }
}

impl PartialEq for Presented {
    fn eq(&self, other: &Self) -> bool {
        self.signed == other.signed && self.signature == other.signature
    }
}

impl Eq for Presented {}

impl Visitors {
    /// Takes a token from an `Authorization` header and finds its key.
    ///
    /// # Errors
    /// It is in another form than is taken here, or of an unknown key.
    pub fn present(&self, authorization: Option<&str>) -> Result<Presented, TokenProblem> {
        let authorization = authorization.ok_or(TokenProblem::Missing)?;
        let (scheme, token) = authorization.split_once(' ').ok_or(TokenProblem::Missing)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(TokenProblem::Missing);
        }
        if token.len() > MAX_BYTES {
            return Err(TokenProblem::Form);
        }
        let parts: Vec<&str> = token.split('.').collect();
        let [head, claims, signature] = parts[..] else { return Err(TokenProblem::Form) };
        let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenProblem::Form);
        let head: Value =
            serde_json::from_slice(&decoded(head)?).map_err(|_| TokenProblem::Form)?;
        let head = head.as_object().ok_or(TokenProblem::Form)?;
        // A token that brings its own key or demands what is not understood is not taken.
        if head.keys().any(|name| !["alg", "kid", "typ"].contains(&name.as_str())) {
            return Err(TokenProblem::Form);
        }
        let text = |name: &str| head.get(name).and_then(Value::as_str);
        if head.contains_key("typ") && !text("typ").is_some_and(|t| t.eq_ignore_ascii_case("JWT")) {
            return Err(TokenProblem::Form);
        }
        let id = text("kid").ok_or(TokenProblem::Key)?;
        let key = self.keys.iter().find(|key| key.id == id).ok_or(TokenProblem::Key)?;
        if text("alg") != Some(key.algorithm.name()) {
            return Err(TokenProblem::Algorithm);
        }
        let signature = decoded(signature)?;
        if signature.len() != key.algorithm.signature_bytes() {
            return Err(TokenProblem::Signature);
        }
        let end = token.rfind('.').unwrap_or_default();
        Ok(Presented {
            key: key.clone(),
            issuer: self.issuer.clone(),
            audience: self.audience.clone(),
            signed: token[..end].to_owned(),
            claims: decoded(claims)?,
            signature,
        })
    }
}

impl Presented {
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// What the signature is of.
    pub fn signed(&self) -> &[u8] {
        self.signed.as_bytes()
    }

    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Who brings it, once the signature was checked with [`key`](Self::key).
    ///
    /// # Errors
    /// The signature is not right, or the token is not for here and now.
    pub fn verified(self, is_genuine: bool, now_s: u64) -> Result<Visitor, TokenProblem> {
        if !is_genuine {
            return Err(TokenProblem::Signature);
        }
        let claims: Value = serde_json::from_slice(&self.claims).map_err(|_| TokenProblem::Form)?;
        let claims = claims.as_object().ok_or(TokenProblem::Form)?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        if text("iss") != Some(self.issuer.as_str()) {
            return Err(TokenProblem::Issuer);
        }
        let is_here = match claims.get("aud") {
            Some(Value::String(audience)) => *audience == self.audience,
            Some(Value::Array(all)) => all.iter().any(|a| a.as_str() == Some(&self.audience)),
            _ => false,
        };
        if !is_here {
            return Err(TokenProblem::Audience);
        }
        let until_s = seconds(claims.get("exp")).ok_or(TokenProblem::Ended)?;
        if until_s <= now_s {
            return Err(TokenProblem::Ended);
        }
        // From its issue, if it says when, and from now on in any case.
        let mut from = now_s + SKEW_S;
        for name in ["iat", "nbf"] {
            let Some(value) = claims.get(name) else { continue };
            let time = seconds(Some(value)).ok_or(TokenProblem::Form)?;
            if time > now_s + SKEW_S {
                return Err(TokenProblem::NotYet);
            }
            if name == "iat" {
                from = from.min(time);
            }
        }
        if until_s - from.min(until_s) > LONGEST_S {
            return Err(TokenProblem::TooLong);
        }
        let subject = text("sub").filter(|s| !s.is_empty() && s.len() <= MAX_SUBJECT_BYTES);
        let subject = subject.ok_or(TokenProblem::Subject)?;
        let upstreams = match claims.get("upstream") {
            None => None,
            Some(Value::String(one)) => Some(vec![one.clone()]),
            Some(Value::Array(all)) => {
                let names = all.iter().map(|name| name.as_str().map(str::to_owned)).collect();
                Some(Option::ok_or(names, TokenProblem::Form)?)
            }
            // What is to narrow it is not passed over.
            Some(_) => return Err(TokenProblem::Form),
        };
        Ok(Visitor {
            subject: subject.into(),
            upstreams,
            scopes: scopes(text("scope").unwrap_or_default()),
            until_s,
            permissions: permissions(claims.get("permissions")),
        })
    }
}

/// Whole seconds since 1970. Issuers that have fractions round them.
fn seconds(value: Option<&Value>) -> Option<u64> {
    value?.as_u64()
}

fn scopes(words: &str) -> Vec<Scope> {
    words.split(' ').take(MAX_SCOPES).filter_map(Scope::parse).collect()
}

/// What is not known here permits nothing.
fn permissions(list: Option<&Value>) -> Vec<Permission> {
    let words: Vec<&str> =
        list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    [Permission::Read, Permission::WriteLimits]
        .into_iter()
        .filter(|permission| words.contains(&permission.word()))
        .collect()
}

#[cfg(test)]
mod tests;

//! Who asks, and what their roles let them do.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::sign_in;

/// What a signed-in user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// "Standard AXL API Access".
    ReadWrite,
    /// "Standard AXL API Users" with "Standard AXL Read Only API Access".
    ReadOnly,
    /// Known to the cluster, not to AXL.
    None,
}

/// What the `Authorization` header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// There is none.
    Absent,
    Wrong,
    User(Role),
}

impl Claim {
    pub fn of(headers: &HeaderMap) -> Self {
        let Some(value) = headers.get(header::AUTHORIZATION) else { return Self::Absent };
        let decoded = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
            .and_then(|(_, encoded)| STANDARD.decode(encoded.trim()).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok());
        match decoded.as_deref().and_then(|pair| pair.split_once(':')) {
            Some((sign_in::CUCM_USER, sign_in::PASSWORD)) => Self::User(Role::ReadOnly),
            Some((sign_in::CUCM_ADMINISTRATOR, sign_in::PASSWORD)) => Self::User(Role::ReadWrite),
            Some((sign_in::CUCM_USER_WITHOUT_ROLE, sign_in::PASSWORD)) => Self::User(Role::None),
            _ => Self::Wrong,
        }
    }
}

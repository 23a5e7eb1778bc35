//! What a visitor's token permits, as JSON.

use serde_json::{Value, json};

use crate::visitors::{Permission, Visitor};

/// What a program may ask with this token, and until when: seconds since 1970.
pub fn token(visitor: &Visitor, upstream: &str) -> Value {
    let scope: Vec<String> = visitor.scopes.iter().map(ToString::to_string).collect();
    let permissions: Vec<&str> = visitor.permissions().map(Permission::word).collect();
    json!({
        "upstream": upstream, "scope": scope.join(" "), "permissions": permissions,
        "expires": visitor.until_s,
    })
}

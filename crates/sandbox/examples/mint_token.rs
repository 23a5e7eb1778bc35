//! A visitor's token for a Seatree edge, minted in Rust: what a portal's back end does after it has
//! signed somebody in.
//!
//! ```sh
//! openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -outform DER > key.der
//! cargo run -p seatree-sandbox --example mint_token -- key.der KID https://portal.example seatree-edge reseller:UUID
//! ```
use std::{error::Error, time::SystemTime};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{rand, signature};
use serde_json::{Value, json};

/// Signs claims with an ECDSA key on P-256 (PKCS #8, DER).
fn mint(key: &[u8], kid: &str, claims: &Value) -> Result<String, Box<dyn Error>> {
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let head = json!({ "alg": "ES256", "kid": kid, "typ": "JWT" });
    let signed =
        format!("{}.{}", part(head.to_string().as_bytes()), part(claims.to_string().as_bytes()));
    let random = rand::SystemRandom::new();
    let algorithm = &signature::ECDSA_P256_SHA256_FIXED_SIGNING;
    let key =
        signature::EcdsaKeyPair::from_pkcs8(algorithm, key, &random).map_err(|e| e.to_string())?;
    let signature = key.sign(&random, signed.as_bytes()).map_err(|e| e.to_string())?;
    Ok(format!("{signed}.{}", part(signature.as_ref())))
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [key, kid, issuer, audience, scope] = arguments.as_slice() else {
        return Err("usage: mint_token KEY.der KID ISSUER AUDIENCE SCOPE".into());
    };
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let claims = json!({
        "iss": issuer, "aud": audience, "sub": "visitor-1", "iat": now, "exp": now + 900,
        "scope": scope, "permissions": ["read"],
    });
    println!("{}", mint(&std::fs::read(key)?, kid, &claims)?);
    Ok(())
}

//! Signing, and checking signatures, with the platform's own cryptography.

use std::{cell::RefCell, collections::BTreeSet};

use seatree_core::{
    visitors::{Algorithm, Presented},
    webhooks,
};
use web_sys::{CryptoKey, SubtleCrypto};
use worker::{
    js_sys::{self, Array, Object, Reflect, Uint8Array},
    wasm_bindgen::{JsCast, JsValue},
    wasm_bindgen_futures::JsFuture,
};

type JsResult<T> = Result<T, JsValue>;

/// Tokens are used many times: so many are remembered as genuine.
const MOST_KNOWN: usize = 1_000;

thread_local! {
    static GENUINE: RefCell<BTreeSet<Vec<u8>>> = RefCell::default();
}

/// Whether the signature is right. Whether the token is for here and now is another question.
pub(crate) async fn is_genuine(presented: &Presented) -> bool {
    // With the key's name: a token of a key that was taken away is genuine no longer.
    let whole =
        [presented.key().id.as_bytes(), b".", presented.signed(), b".", presented.signature()];
    let whole = whole.concat();
    if GENUINE.with_borrow(|known| known.contains(&whole)) {
        return true;
    }
    let is_genuine = check(presented).await.unwrap_or(false);
    if is_genuine {
        GENUINE.with_borrow_mut(|known| {
            if known.len() >= MOST_KNOWN {
                known.clear();
            }
            known.insert(whole);
        });
    }
    is_genuine
}

/// HMAC-SHA-256 of this content.
pub(crate) async fn sign(key: &webhooks::Key, content: &[u8]) -> JsResult<Vec<u8>> {
    let subtle = subtle()?;
    let algorithm = object(&[("name", "HMAC"), ("hash", "SHA-256")])?;
    let key = import(&subtle, "raw", &Uint8Array::from(key.expose()), &algorithm, "sign").await?;
    let signature =
        subtle.sign_with_str_and_js_u8_array("HMAC", &key, &Uint8Array::from(content))?;
    Ok(Uint8Array::new(&JsFuture::from(signature).await?).to_vec())
}

fn subtle() -> JsResult<SubtleCrypto> {
    let worker: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    Ok(worker.crypto()?.subtle())
}

async fn check(presented: &Presented) -> JsResult<bool> {
    let subtle = subtle()?;
    let (algorithm, key) = match &presented.key().algorithm {
        Algorithm::Es256 { x, y } => {
            let algorithm =
                object(&[("name", "ECDSA"), ("namedCurve", "P-256"), ("hash", "SHA-256")])?;
            let jwk = object(&[("kty", "EC"), ("crv", "P-256"), ("x", x), ("y", y)])?;
            let key = import(&subtle, "jwk", &jwk, &algorithm, "verify").await?;
            (algorithm, key)
        }
        Algorithm::Hs256(secret) => {
            let algorithm = object(&[("name", "HMAC"), ("hash", "SHA-256")])?;
            let bytes = Uint8Array::from(secret.expose().as_bytes());
            let key = import(&subtle, "raw", &bytes, &algorithm, "verify").await?;
            (algorithm, key)
        }
    };
    let (signature, signed) =
        (Uint8Array::from(presented.signature()), Uint8Array::from(presented.signed()));
    let checked = subtle.verify_with_object_and_js_u8_array_and_js_u8_array(
        &algorithm, &key, &signature, &signed,
    )?;
    Ok(JsFuture::from(checked).await? == JsValue::TRUE)
}

async fn import(
    subtle: &SubtleCrypto,
    format: &str,
    key: &Object,
    algorithm: &Object,
    usage: &str,
) -> JsResult<CryptoKey> {
    let uses = Array::of1(&usage.into());
    let imported = subtle.import_key_with_object(format, key, algorithm, false, &uses)?;
    JsFuture::from(imported).await?.dyn_into()
}

fn object(members: &[(&str, &str)]) -> JsResult<Object> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), &(*value).into())?;
    }
    Ok(object)
}

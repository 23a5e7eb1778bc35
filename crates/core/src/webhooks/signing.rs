//! Signatures by the Standard Webhooks specification, version 1: HMAC-SHA-256 of id, timestamp and
//! body.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::gate::Header;

/// What the specification puts before a secret's base64.
const PREFIX: &str = "whsec_";
/// As the specification has it, in bytes.
const LEAST_BYTES: usize = 24;
const MOST_BYTES: usize = 64;

/// What a receiver's signatures are made with. It does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Vec<u8>);

impl Key {
    /// A key as `whsec_` and base64 of 24 to 64 bytes.
    ///
    /// ```
    /// use seatree_core::webhooks::Key;
    ///
    /// assert!(Key::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_some());
    /// assert!(Key::parse("a password").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim().strip_prefix(PREFIX)?).ok()?;
        (LEAST_BYTES..=MOST_BYTES).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// The bytes themselves; call it only where a signature is made.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// One attempt to deliver an event: the timestamp is of the attempt, so that an old one cannot be
/// played again.
#[derive(Clone, Debug)]
pub struct Signing {
    id: String,
    timestamp_s: u64,
}

impl Signing {
    /// `now_ms` is when it leaves.
    pub fn of(id: &str, now_ms: u64) -> Self {
        Self { id: id.to_owned(), timestamp_s: now_ms / 1_000 }
    }

    /// The bytes to sign, for each of the receiver's keys.
    pub fn content(&self, body: &str) -> Vec<u8> {
        format!("{}.{}.{body}", self.id, self.timestamp_s).into_bytes()
    }

    /// All headers that the request leaves with.
    pub fn headers(&self, signatures: &[Vec<u8>]) -> Vec<Header> {
        let all: Vec<String> =
            signatures.iter().map(|bytes| format!("v1,{}", STANDARD.encode(bytes))).collect();
        [
            ("content-type", "application/json".to_owned()),
            ("user-agent", concat!("Seatree/", env!("CARGO_PKG_VERSION")).to_owned()),
            ("webhook-id", self.id.clone()),
            ("webhook-timestamp", self.timestamp_s.to_string()),
            ("webhook-signature", all.join(" ")),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_24_to_64_bytes_in_base64_and_does_not_print() {
        let key = |bytes: usize| format!("{PREFIX}{}", STANDARD.encode(vec![7; bytes]));
        for bytes in [24, 32, 64] {
            assert_eq!(Key::parse(&key(bytes)).unwrap().expose(), vec![7; bytes]);
        }
        for odd in [&key(23), &key(65), &key(24)[6..], "", "whsec_", "whsec_%", "whsec_Bw"] {
            assert_eq!(Key::parse(odd), None, "{odd}");
        }
        assert_eq!(format!("{:?}", Key::parse(&key(24))), "Some(Key(…))");
    }

    /// The example of the specification's own libraries.
    #[test]
    fn a_signature_is_that_of_the_specification() {
        let key = Key::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signing = Signing::of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_999);
        let content = signing.content(r#"{"test": 2432232314}"#);
        let sign = |key: &[u8]| {
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key);
            ring::hmac::sign(&key, &content).as_ref().to_vec()
        };
        let headers = signing.headers(&[sign(key.expose()), sign(&[1; 32])]);
        let value = |name: &str| &headers.iter().find(|(other, _)| other == name).unwrap().1;
        assert_eq!(value("webhook-id"), "msg_p5jXN8AQM9LWM0D4loKWxJek");
        assert_eq!(value("webhook-timestamp"), "1614265330");
        let (first, second) = value("webhook-signature").split_once(' ').unwrap();
        assert_eq!(first, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert!(second.starts_with("v1,") && second != first);
    }
}

//! The edge's own secrets, blotted out of what an upstream replies.
//!
//! Error pages repeat the headers of a request, and with them what the edge signed in with. A visitor
//! must not learn it there, however it is written.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use super::Credentials;
use crate::{address, http::Secret};

/// Shorter ones stand in other words by chance, and blotting those out would change figures.
const SHORTEST: usize = 8;
const BLOT: u8 = b'*';

/// Blots secrets out of a body that arrives in pieces, byte for byte: its length stays.
#[derive(Clone)]
pub struct Mask {
    /// All that is looked for.
    forms: Vec<Vec<u8>>,
    /// Which bytes they begin with.
    begins: [bool; 256],
    longest: usize,
    /// What came and may still become part of one.
    held: Vec<u8>,
    /// How much of that is blotted out already.
    blotted: usize,
}

impl Credentials {
    /// Blots out these credentials, and what a request was sent with because of them.
    pub fn mask(&self, authorization: &Secret) -> Mask {
        let sent = authorization.expose();
        let sent = sent.split_once(' ').map_or(sent, |(_, value)| value);
        let own = match self {
            Self::Basic(basic) => &basic.password,
            Self::Token(token) => token,
            Self::Login { password, .. } => password,
            Self::Client(client) => &client.client_secret,
        };
        Mask::of(&[sent, own.expose()])
    }
}

impl Mask {
    fn of(secrets: &[&str]) -> Self {
        let mut forms: Vec<Vec<u8>> =
            secrets.iter().flat_map(|secret| forms(secret)).map(String::into_bytes).collect();
        forms.retain(|form| form.len() >= SHORTEST);
        forms.sort_unstable();
        forms.dedup();
        let mut begins = [false; 256];
        for first in forms.iter().filter_map(|form| form.first()) {
            begins[usize::from(*first)] = true;
        }
        let longest = forms.iter().map(Vec::len).max().unwrap_or(0);
        Self { forms, begins, longest, held: Vec::new(), blotted: 0 }
    }

    /// Takes the next piece, and gives what cannot become part of a secret any more.
    pub fn push(&mut self, piece: &[u8]) -> Vec<u8> {
        self.held.extend_from_slice(piece);
        let undecided = self.longest.saturating_sub(1);
        self.release(self.held.len().saturating_sub(undecided))
    }

    /// The rest, once all has come.
    pub fn finish(&mut self) -> Vec<u8> {
        self.release(self.held.len())
    }

    fn release(&mut self, ready: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(ready);
        for (at, byte) in self.held.iter().take(ready).enumerate() {
            if self.begins[usize::from(*byte)] {
                let rest = self.held.get(at..).unwrap_or_default();
                let found = self.forms.iter().filter(|form| rest.starts_with(form));
                let end = found.map(|form| at + form.len()).max().unwrap_or(0);
                self.blotted = self.blotted.max(end);
            }
            out.push(if at < self.blotted { BLOT } else { *byte });
        }
        self.held.drain(..ready);
        self.blotted = self.blotted.saturating_sub(ready);
        out
    }
}

/// A secret in the ways in which replies write texts: as it is, in addresses and forms, in JSON, in
/// markup, in base64.
fn forms(secret: &str) -> Vec<String> {
    let percent = address::encode(secret);
    let plus = percent.replace("%20", "+");
    let json = serde_json::Value::from(secret).to_string();
    let json = json.trim_matches('"').to_owned();
    let plain = ascii(&json);
    let slashed = [json.replace('/', "\\/"), plain.replace('/', "\\/")];
    let markup = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let quoted = |mark: &str| markup.replace('"', "&quot;").replace('\'', mark);
    let mut all = vec![
        secret.to_owned(),
        lower_hex(&percent),
        percent,
        lower_hex(&plus),
        plus,
        json,
        plain,
        quoted("&#39;"),
        quoted("&#x27;"),
        quoted("&apos;"),
        markup,
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
    ];
    all.extend(slashed);
    // What is in base64 already may be in an address, too.
    all.push(address::encode(&STANDARD_NO_PAD.encode(secret)));
    all
}

/// JSON in ASCII alone, as Python writes it.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

/// Percent-encoding with its letters in lower case.
fn lower_hex(percent: &str) -> String {
    let mut out = String::with_capacity(percent.len());
    let mut left = 0;
    for c in percent.chars() {
        let is_hex = left > 0;
        left = if c == '%' { 2 } else { usize::saturating_sub(left, 1) };
        out.push(if is_hex { c.to_ascii_lowercase() } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::axl;

    fn masked(mut mask: Mask, pieces: &[&[u8]]) -> String {
        let mut out: Vec<u8> = pieces.iter().flat_map(|piece| mask.push(piece)).collect();
        out.extend(mask.finish());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_a_request_was_signed_in_with_is_blotted_out_however_it_is_written() {
        let password = "W\"ü/ter & <Sons>'1";
        let basic = axl::Credentials { user: "axl".into(), password: password.into() };
        let authorization = Secret::from(basic.basic());
        let mask = Credentials::Basic(basic).mask(&authorization);
        let sent = authorization.expose().strip_prefix("Basic ").unwrap();
        for written in [
            password,
            sent,
            "W%22%C3%BC%2Fter%20%26%20%3CSons%3E%271",
            "W%22%c3%bc%2fter+%26+%3cSons%3e%271",
            "W\\\"ü/ter & <Sons>'1",
            "W\\\"\\u00fc\\/ter & <Sons>'1",
            "W&quot;ü/ter &amp; &lt;Sons&gt;&#39;1",
            "W\"ü/ter &amp; &lt;Sons&gt;'1",
            &STANDARD_NO_PAD.encode(password),
            &URL_SAFE_NO_PAD.encode(password),
        ] {
            let shown = masked(mask.clone(), &[b"before ", written.as_bytes(), b" after"]);
            assert_eq!(shown, format!("before {} after", "*".repeat(written.len())), "{written}");
        }
    }

    #[test]
    fn short_secrets_stay_because_they_stand_in_other_words() {
        assert_eq!(masked(Mask::of(&["axl", ""]), &[b"axl"]), "axl");
    }

    proptest! {
        /// As a search of the whole body would do it, wherever the pieces end.
        #[test]
        fn pieces_are_masked_like_the_whole(
            secrets in prop::collection::vec("[ab]{8,11}", 1..3),
            body in "[abc]{0,60}",
            cuts in prop::collection::vec(0usize..60, 0..6),
        ) {
            let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
            let mask = Mask::of(&secrets);
            let mut expected = body.clone().into_bytes();
            for form in &mask.forms {
                for at in 0..body.len() {
                    if body.as_bytes()[at..].starts_with(form) {
                        expected[at..at + form.len()].fill(BLOT);
                    }
                }
            }
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(body.len())).collect();
            cuts.extend([0, body.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> =
                cuts.windows(2).map(|ends| &body.as_bytes()[ends[0]..ends[1]]).collect();
            prop_assert_eq!(masked(mask, &pieces).into_bytes(), expected);
        }
    }
}

//! The edge's own secrets, blotted out of what an upstream replies.
//!
//! Error pages repeat the headers of a request, and with them what the edge signed in with. A visitor
//! must not learn it there, however it is written.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use super::Credentials;
use crate::http::Secret;

/// Shorter ones stand in other words by chance, and blotting those out would change figures.
const SHORTEST: usize = 8;
/// What a byte of a secret becomes at most: `&quot;`, `&#x27;`, `\\u00fc`.
const MOST_BYTES_FOR_ONE: usize = 6;
/// `&#x1f600;`
const LONGEST_ENTITY: usize = 9;
const BLOT: u8 = b'*';

/// Blots secrets out of a body that arrives in pieces, byte for byte: its length stays.
#[derive(Clone)]
pub struct Mask {
    /// All that is looked for, as it is and in base64.
    wanted: Vec<Vec<char>>,
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
        let plain = secrets.iter().filter(|secret| secret.len() >= SHORTEST);
        let mut wanted: Vec<String> = plain
            .flat_map(|secret| {
                let base64 = [STANDARD_NO_PAD.encode(secret), URL_SAFE_NO_PAD.encode(secret)];
                base64.into_iter().chain([(*secret).to_owned()])
            })
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut begins = [false; 256];
        for first in wanted.iter().filter_map(|text| text.bytes().next()).chain(*b"%\\&+") {
            begins[usize::from(first)] = !wanted.is_empty();
        }
        let longest = wanted.iter().map(|text| text.len() * MOST_BYTES_FOR_ONE).max().unwrap_or(0);
        let wanted = wanted.iter().map(|text| text.chars().collect()).collect();
        Self { wanted, begins, longest, held: Vec::new(), blotted: 0 }
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
                let found = self.wanted.iter().filter_map(|secret| length(secret, rest)).max();
                self.blotted = self.blotted.max(found.map_or(0, |length| at + length));
            }
            out.push(if at < self.blotted { BLOT } else { *byte });
        }
        self.held.drain(..ready);
        self.blotted = self.blotted.saturating_sub(ready);
        out
    }
}

/// How long the secret is that this text begins with, each of its characters written in any way.
fn length(secret: &[char], text: &[u8]) -> Option<usize> {
    let mut at = 0;
    for (place, c) in secret.iter().enumerate() {
        let rest = text.get(at..)?;
        let ways = ways(*c, rest);
        let mut all = ways.iter().flatten();
        match (all.next(), all.next()) {
            (None, _) => return None,
            (Some(length), None) => at += length,
            // "%25" is "%", or itself: what follows decides.
            _ => {
                let left = secret.get(place + 1..)?;
                let read = |way: &usize| Some(at + way + length(left, rest.get(*way..)?)?);
                return ways.iter().flatten().filter_map(read).max();
            }
        }
    }
    Some(at)
}

/// The bytes that the character takes at the beginning of a text: as it is, in an address or a form,
/// in JSON, in markup.
fn ways(c: char, text: &[u8]) -> [Option<usize>; 4] {
    let mut utf8 = [0; 4];
    let utf8 = c.encode_utf8(&mut utf8).as_bytes();
    let plain = text.starts_with(utf8).then_some(utf8.len());
    match text.first() {
        Some(b'%') => [plain, in_address(utf8, text), None, None],
        Some(b'+') if c == ' ' => [plain, Some(1), None, None],
        Some(b'\\') => {
            let escaped = matches!(c, '"' | '\\' | '/')
                && text.get(1..).is_some_and(|rest| rest.starts_with(utf8));
            [plain, None, escaped.then_some(2), in_json(c, text)]
        }
        Some(b'&') => [plain, None, None, in_markup(c, text)],
        _ => [plain, None, None, None],
    }
}

fn in_address(utf8: &[u8], text: &[u8]) -> Option<usize> {
    for (at, byte) in utf8.iter().enumerate() {
        let written = text.get(at * 3..at * 3 + 3)?;
        if written.first() != Some(&b'%') || hex(written.get(1..)?)? != u32::from(*byte) {
            return None;
        }
    }
    Some(utf8.len() * 3)
}

fn in_json(c: char, text: &[u8]) -> Option<usize> {
    let mut units = [0; 2];
    let units = c.encode_utf16(&mut units);
    for (at, unit) in units.iter().enumerate() {
        let written = text.get(at * 6..at * 6 + 6)?;
        if !written.starts_with(b"\\u") || hex(written.get(2..)?)? != u32::from(*unit) {
            return None;
        }
    }
    Some(units.len() * 6)
}

fn in_markup(c: char, text: &[u8]) -> Option<usize> {
    let end = text.iter().take(LONGEST_ENTITY).position(|byte| *byte == b';')?;
    let is_this = match text.get(1..end)? {
        b"amp" => c == '&',
        b"lt" => c == '<',
        b"gt" => c == '>',
        b"quot" => c == '"',
        b"apos" => c == '\'',
        [b'#', b'x' | b'X', digits @ ..] => hex(digits) == Some(u32::from(c)),
        [b'#', digits @ ..] => {
            std::str::from_utf8(digits).ok().and_then(|all| all.parse().ok()) == Some(u32::from(c))
        }
        _ => false,
    };
    is_this.then_some(end + 1)
}

fn hex(digits: &[u8]) -> Option<u32> {
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
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
        /// In any mix of encodings, wherever the pieces end, and with all around it as it was.
        #[test]
        fn a_secret_is_blotted_out_in_any_writing(
            secret in "[a-c%+&;\\\\/\"' ü😀]{8,14}",
            ways in prop::collection::vec(0usize..9, 14),
            cuts in prop::collection::vec(0usize..200, 0..8),
        ) {
            let written: String = secret.chars().zip(ways).map(|(c, way)| write_in(c, way)).collect();
            let body = format!("{{\"error\":\"{written}\"}}");
            let pieces = cut(body.as_bytes(), cuts);
            let shown = masked(Mask::of(&[&secret]), &pieces);
            let expected = format!("{{\"error\":\"{}\"}}", "*".repeat(written.len()));
            prop_assert_eq!(shown, expected, "{} as {}", secret, written);
        }

        /// However long a body is and wherever its pieces end, it is masked like the whole.
        #[test]
        fn pieces_are_masked_like_the_whole(
            secrets in prop::collection::vec("[ab]{8,11}", 1..3),
            body in "[abc]{0,200}",
            cuts in prop::collection::vec(0usize..200, 0..6),
        ) {
            let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
            let mut expected = body.clone().into_bytes();
            for secret in &secrets {
                for at in 0..body.len() {
                    if body.as_bytes()[at..].starts_with(secret.as_bytes()) {
                        expected[at..at + secret.len()].fill(BLOT);
                    }
                }
            }
            let pieces = cut(body.as_bytes(), cuts);
            prop_assert_eq!(masked(Mask::of(&secrets), &pieces).into_bytes(), expected);
        }
    }

    fn cut(body: &[u8], cuts: Vec<usize>) -> Vec<&[u8]> {
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(body.len())).collect();
        cuts.extend([0, body.len()]);
        cuts.sort_unstable();
        cuts.windows(2).map(|ends| &body[ends[0]..ends[1]]).collect()
    }

    fn write_in(c: char, way: usize) -> String {
        let mut utf8 = [0; 4];
        let utf8 = c.encode_utf8(&mut utf8).bytes();
        let units = c.encode_utf16(&mut [0; 2]).to_vec();
        match (way, c) {
            (0, _) => utf8.map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat(),
            (1, _) => utf8.map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat(),
            (2, _) => {
                units.iter().map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>().concat()
            }
            (3, _) => format!("&#{};", u32::from(c)),
            (4, _) => format!("&#x{:x};", u32::from(c)),
            (5, ' ') => "+".to_owned(),
            (6, '"' | '\\' | '/') => format!("\\{c}"),
            (7, '&') => "&amp;".to_owned(),
            (7, '"') => "&quot;".to_owned(),
            (7, '\'') => "&apos;".to_owned(),
            _ => c.to_string(),
        }
    }
}

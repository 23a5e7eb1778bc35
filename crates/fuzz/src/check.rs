//! The rules that hold for whatever a decoder says of an input.

use std::fmt::Debug;

use seatree_core::UpstreamError;

/// Stands in seeds where a token does. Nothing may show it: see [`error`] and [`keeps_secret`].
pub const TOKEN: &str = "sk7Qm2Zr9Xw4Vt1Lb8Nc5Hd0Jf3Gp6Ks";

/// A secret too short to be known by its looks, in replies that hold nothing else.
pub const PASSWORD: &str = "hunter2Zq";

/// Characters of any one text for people.
const MAX_TEXT: usize = 1_500;

/// An error is whole sentences, short, harmless to show, and shows no token.
pub fn error(error: &UpstreamError) {
    let (what, details) = (error.what(), error.details());
    assert!(what.len() > 10 && what.ends_with(['.', '!', '?', '…']), "no sentence: {what}");
    for shown in [&what, &error.next_step(), &details] {
        text(shown);
    }
    let debug = format!("{error:?}");
    assert!(debug.len() < 8 * MAX_TEXT, "{} bytes of Debug", debug.len());
    assert!(!debug.contains(TOKEN), "the token shows: {debug}");
}

/// An error about a reply of secrets shows not even those that look like words.
pub fn secretive_error(about: &UpstreamError) {
    error(about);
    let debug = format!("{about:?}");
    assert!(!debug.contains(PASSWORD), "the secret shows: {debug}");
}

/// A text for people is short, on one line, turns no direction, and shows no token.
pub fn text(shown: &str) {
    assert!(shown.chars().count() <= MAX_TEXT, "{} characters: {shown:.200}…", shown.len());
    assert!(!shown.contains(TOKEN), "the token shows: {shown}");
    let odd =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!shown.contains(odd), "not fit to show: {shown:?}");
}

/// A complaint about a field names its path.
pub fn path(place: &str) {
    assert!(!place.is_empty(), "a complaint without a path");
    text(place);
}

/// The value holds no secret that came as one: under a key that says so.
pub fn keeps_secret(input: &[u8], value: &impl Debug) {
    if holds_token_only_as_secret(input) {
        let debug = format!("{value:?}");
        assert!(!debug.contains(TOKEN), "the token shows: {debug}");
    }
}

/// Whether the token is there, each time as the value of a secret's key. Mutation puts it into
/// names, too, which are shown as names are.
fn holds_token_only_as_secret(input: &[u8]) -> bool {
    let input = String::from_utf8_lossy(input);
    let mut places = input.match_indices(TOKEN).peekable();
    places.peek().is_some()
        && places.all(|(at, _)| {
            let before = input[..at].trim_end_matches('"').trim_end();
            let Some(before) = before.strip_suffix(':') else { return false };
            ["token", "payload", "secret", "password"]
                .iter()
                .any(|key| before.trim_end().to_ascii_lowercase().ends_with(&format!("{key}\"")))
        })
}

/// Whether there is nothing in it that the pushed reader of JSON is lenient about: what stands
/// inside of texts, and the notation of numbers of more than 512 bytes.
pub(crate) fn is_judged_like_serde(json: &[u8]) -> bool {
    json.len() <= 512
        && std::str::from_utf8(json).is_ok()
        && !json.starts_with(b"\xef\xbb\xbf")
        && json.iter().all(|byte| *byte >= b' ' && *byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use seatree_core::Problem;

    #[test]
    #[should_panic(expected = "the token shows")]
    fn a_token_in_an_error_is_found() {
        let said = format!("got {TOKEN}.");
        error(&UpstreamError::new("testing", Problem::ProxyRefused { said }));
    }

    #[test]
    #[should_panic(expected = "not fit to show")]
    fn a_text_that_turns_around_is_found() {
        text("name\u{202e}gpj.exe");
    }

    #[test]
    fn a_token_counts_as_secret_under_a_secrets_key_only() {
        let secret = |json: &str| holds_token_only_as_secret(json.replace('T', TOKEN).as_bytes());
        assert!(secret(r#"{"access_token" : "T","ClientSecret":"T"}"#));
        assert!(!secret(r#"{"access_token":"T","name":"T"}"#));
        assert!(!secret(r#"{"name":"x"}"#));
    }
}

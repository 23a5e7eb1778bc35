//! A short, harmless piece of a reply to show beside an error.

use std::borrow::Cow;

const MAX_CHARS: usize = 120;

/// Vendors' messages are worth more than markup, and some bury the cause at their end.
const MAX_WORDS_CHARS: usize = 400;

/// Words of ours beside those that are quoted.
const MAX_SENTENCE_CHARS: usize = 600;

/// The start of a reply on one line: at most 120 characters, without control characters, and
/// with long runs that could be a token replaced.
pub fn excerpt(text: &str) -> String {
    shorten(text, MAX_CHARS)
}

/// An upstream's own message as one sentence, for [`Problem::Rejected`](crate::Problem::Rejected):
/// cleaned like an excerpt, up to 400 characters, and with a full stop.
pub fn words(text: &str) -> String {
    let mut out = shorten(text, MAX_WORDS_CHARS);
    // "Please wait..." ends in one, too.
    out.truncate(out.trim_end_matches(['.', ' ']).len());
    if out.is_empty() {
        out.push_str("no reason given");
    }
    if !out.ends_with(['!', '?', '…']) {
        out.push('.');
    }
    out
}

/// A sentence of ours that may quote anything: cleaned like an excerpt, up to 600 characters.
pub(crate) fn tamed(text: &str) -> String {
    shorten(text, MAX_SENTENCE_CHARS)
}

fn shorten(text: &str, max_chars: usize) -> String {
    let mut out = String::new();
    let mut left = max_chars;
    // Marks that turn the text's direction could disguise what follows, or part a token in two.
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text = if text.contains(turns) { text.replace(turns, "").into() } else { Cow::from(text) };
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty())
    {
        let shown = if looks_secret(word) { "[removed]" } else { word };
        if !out.is_empty() {
            out.push(' ');
        }
        for c in shown.chars() {
            if left == 0 {
                out.push('…');
                return out;
            }
            out.push(c);
            left -= 1;
        }
    }
    out
}

/// Tokens are long runs of base64 characters; names and markup are not.
fn looks_secret(word: &str) -> bool {
    word.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'))).any(
        |run| {
            run.len() >= 24
                && run.bytes().any(|b| b.is_ascii_digit())
                && run.bytes().any(|b| b.is_ascii_alphabetic())
                && !is_uuid(run)
        },
    )
}

fn is_uuid(run: &str) -> bool {
    run.len() == 36 && run.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::{excerpt, words};

    #[test]
    fn is_one_short_line() {
        let shown = excerpt(&"<html>\r\n\u{0}<body>".repeat(40));
        assert!(shown.starts_with("<html> <body>"), "{shown}");
        assert!(shown.chars().count() <= 160, "{shown}");
        assert!(shown.ends_with('…'));
    }

    #[test]
    fn words_end_like_a_sentence() {
        assert_eq!(words(" The user\nwas not found "), "The user was not found.");
        assert_eq!(words("Stop!"), "Stop!");
        assert_eq!(words("Please wait ..."), "Please wait.");
        assert_eq!(words(" . "), "no reason given.");
        assert_eq!(words(""), "no reason given.");
        assert!(words(&"word ".repeat(200)).ends_with('…'));
    }

    #[test]
    fn holds_no_token() {
        let shown = excerpt(r#"{"access_token":"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOjF9.abc123"}"#);
        assert_eq!(shown, "[removed]");
    }

    #[test]
    fn a_mark_within_a_token_does_not_part_it() {
        assert_eq!(excerpt("eyJhbGciOiJSU\u{202e}zI1NiJ9.eyJzdWI"), "[removed]");
        assert_eq!(excerpt("tr\u{202e}ee"), "tree");
    }

    #[test]
    fn keeps_uuids_and_names() {
        let text = "uuid b11a3f8a-9220-457a-938f-cae531f79d67 not-a-token-but-a-long-name";
        assert_eq!(excerpt(text), text);
    }
}

//! Why an upstream gave trouble, without a word of its own.
//!
//! Upstreams repeat what they were sent: passwords, tokens, names of people. So of what one says only
//! these are ever written down or told to visitors: its status, the kind of trouble, and codes whose
//! shape is known and has no room for a secret.

use serde_json::{Map, Value};

use crate::{Problem, UpstreamError};

/// Errors of OAuth 2.0 (RFC 6749, section 5.2), with those that identity providers add.
const OAUTH: [&str; 8] = [
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_resource",
    "invalid_scope",
    "temporarily_unavailable",
    "unauthorized_client",
    "unsupported_grant_type",
];

/// Why an upstream gave trouble: closed words, for the log and for visitors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    words: &'static str,
    status: Option<u16>,
    code: Option<String>,
}

impl Why {
    /// In the edge's own words.
    pub const fn new(words: &'static str) -> Self {
        Self { words, status: None, code: None }
    }

    /// What is left of a reply of this status that was read as an error.
    pub fn of(error: &UpstreamError, status: u16) -> Self {
        let code = match &error.problem {
            Problem::Rejected { message, .. } => code(message),
            _ => code(&error.technical),
        };
        Self { words: kind(&error.problem), status: Some(status), code }
    }

    /// What is left of the platform's words where no reply came. It may name addresses and headers.
    pub fn lost(said: &str) -> Self {
        let words = if said.starts_with("Network connection lost") {
            "connection-lost"
        } else if said.starts_with("The operation was aborted") {
            "timed-out"
        } else {
            "no-answer"
        };
        // By it workerd's own log has the particulars.
        let reference = said.split_once("reference = ").map(|(_, rest)| rest);
        let code = reference.map(|rest| leading(rest, u8::is_ascii_alphanumeric));
        let code = code.filter(|code| said.starts_with("internal error") && code.len() <= 32);
        Self { words, status: None, code: code.map(str::to_owned) }
    }

    /// What happened, closed: a word for the kind of trouble, or a sentence of the edge's own.
    pub fn words(&self) -> &'static str {
        self.words
    }

    /// The upstream's status, where it answered.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    pub(super) fn write(&self, line: &mut Map<String, Value>) {
        line.insert("why".to_owned(), self.words.into());
        if let Some(status) = self.status {
            line.insert("status".to_owned(), status.into());
        }
        if let Some(code) = &self.code {
            line.insert("code".to_owned(), code.as_str().into());
        }
    }
}

fn kind(problem: &Problem) -> &'static str {
    match problem {
        Problem::Unreachable { .. } => "unreachable",
        Problem::TimedOut { .. } => "timed-out",
        Problem::ProxyRefused { .. } => "proxy-refused",
        Problem::Untrusted { .. } => "untrusted",
        Problem::SignedOut | Problem::TokenRefused { .. } => "credentials-refused",
        Problem::NotOpened { .. } | Problem::Forbidden { .. } => "forbidden",
        Problem::EdgeRefused { .. } | Problem::Rejected { .. } => "rejected",
        Problem::WrongCode { .. } => "wrong-code",
        Problem::NothingFound => "nothing-found",
        Problem::Throttled { .. } => "throttled",
        Problem::WrongVersion { .. } => "wrong-version",
        Problem::Malformed { .. } => "unreadable",
        Problem::TooLarge { .. } => "too-large",
        Problem::Redirected => "redirected",
        Problem::Cancelled => "cancelled",
    }
}

/// A code of Microsoft's sign-in, or the word that OAuth has for an error. Where a message holds more
/// than one, the first: the others could be anything.
fn code(message: &str) -> Option<String> {
    if let Some((_, rest)) = message.split_once("AADSTS") {
        let digits = leading(rest, u8::is_ascii_digit);
        // Five to seven digits: <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>.
        if (5..=7).contains(&digits.len()) {
            return Some(format!("AADSTS{digits}"));
        }
    }
    let mut words = message.split(|c: char| !(c.is_ascii_lowercase() || c == '_'));
    words.find_map(|word| OAUTH.contains(&word).then(|| word.to_owned()))
}

fn leading(text: &str, is: impl Fn(&u8) -> bool) -> &str {
    let end = text.bytes().position(|byte| !is(&byte)).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::draas;
    use crate::http::Reply;

    fn line(why: &Why) -> String {
        crate::gate::trouble("draas", "sign-in", why)
    }

    fn rejected(message: &str) -> UpstreamError {
        let problem = Problem::Rejected { status: 400, code: None, message: message.to_owned() };
        UpstreamError::new("asking for a token", problem).because(message)
    }

    #[test]
    fn codes_of_identity_providers_are_kept_and_nothing_beside_them() {
        let why =
            Why::of(&rejected("AADSTS7000215: Invalid client secret Winter-1 provided."), 401);
        assert_eq!(
            line(&why),
            r#"{"at":"upstream","code":"AADSTS7000215","status":401,"upstream":"draas","what":"sign-in","why":"rejected"}"#
        );
        assert_eq!(
            Why::of(&rejected("invalid_client."), 401).code.as_deref(),
            Some("invalid_client")
        );
        for other in [
            "AADSTS",
            "AADSTS1",
            "AADSTS123456789012",
            "AADSTSx",
            "Invalid_client",
            "xinvalid_client",
        ] {
            assert_eq!(Why::of(&rejected(other), 400).code, None, "{other}");
        }
    }

    #[test]
    fn of_the_platforms_words_the_kind_and_the_reference_are_kept() {
        let lost = |said| line(&Why::lost(said));
        assert!(lost("Network connection lost.").contains(r#""why":"connection-lost""#));
        assert!(lost("internal error; reference = ab12cd").contains(r#""code":"ab12cd""#));
        let other = lost("Fetch API cannot load: https://u:canary@x/?canary reference = canary");
        assert!(!other.contains("canary"), "{other}");
    }

    proptest! {
        /// Whatever an upstream says, the line is one of few.
        #[test]
        fn no_word_of_an_upstream_is_kept(said in "[A-Za-z0-9 {}\":=&.!-]{0,80}", status in 400u16..600) {
            let secret = format!("canary-secret-{said}");
            let bodies = [
                format!(r#"{{"error":{}}}"#, Value::from(secret.as_str())),
                format!("<html>{secret}</html>"),
                secret,
            ];
            for body in bodies {
                let error = draas::fault("signing in", None, &Reply::new(status, body));
                let line = line(&Why::of(&error, status));
                let rest: Value = serde_json::from_str(&line).unwrap();
                let words = rest["why"].as_str().unwrap();
                prop_assert!(words.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
                prop_assert!(!line.contains("canary"), "{}", line);
                prop_assert!(rest.as_object().unwrap().len() <= 6);
            }
        }
    }
}

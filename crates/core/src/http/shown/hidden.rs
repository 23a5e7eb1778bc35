//! Where secrets stand in a text.

use std::ops::Range;

use crate::http::Secret;

/// Shorter ones would be found in words that are none.
const SHORTEST_KNOWN: usize = 6;

/// Whether what goes by this name is a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    const PARTS: [&str; 14] = [
        "token",
        "secret",
        "password",
        "passwd",
        "passphrase",
        "authorization",
        "apikey",
        "privatekey",
        "credential",
        "cookie",
        "csrf",
        "sessionid",
        "2fapayload",
        "applicationclientid",
    ];
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
    let plain: String = letters.map(|letter| char::from(letter.to_ascii_lowercase())).collect();
    PARTS.iter().any(|part| plain.contains(part))
}

/// The pieces of a text that hold a secret, in order and apart from each other.
pub(super) fn hidden(text: &str, known: &[Secret]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = known
        .iter()
        .map(Secret::expose)
        .filter(|secret| secret.len() >= SHORTEST_KNOWN)
        .flat_map(|secret| text.match_indices(secret).map(|(at, _)| at..at + secret.len()))
        .collect();
    let mut at = 0;
    while let Some(word) = next_word(text, at) {
        let secret = after_name(text, &word)
            .or_else(|| looks_random(&text[word.clone()]).then(|| word.clone()));
        at = secret.as_ref().map_or(word.end, |secret| secret.end);
        found.extend(secret);
    }
    found.sort_by_key(|piece| piece.start);
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for piece in found {
        match apart.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => apart.push(piece),
        }
    }
    apart
}

/// The next run of the letters that tokens are made of.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "_-+/.~".contains(c);
    let start = from + text.get(from..)?.find(is_letter)?;
    let rest = &text[start..];
    Some(start..start + rest.find(|c| !is_letter(c)).unwrap_or(rest.len()))
}

/// What a name of secrets, or of a way to sign in, is followed by.
fn after_name(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let word = &text[name.clone()];
    if word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic") {
        return credentials(text, name.end);
    }
    if !is_secret_name(word) {
        return None;
    }
    let value =
        if is_element(&text[..name.start]) { element(text, name) } else { value(text, name.end)? };
    (!value.is_empty()).then_some(value)
}

/// `Bearer` and `Basic` are words, too: what follows must be more than one.
fn credentials(text: &str, from: usize) -> Option<Range<usize>> {
    const LEAST: usize = 16;
    let rest = &text[from..];
    let start = from + rest.len() - rest.trim_start_matches(' ').len();
    let length = text[start..].find(|c: char| c.is_whitespace() || "\"'\\<,;".contains(c));
    let end = length.map_or(text.len(), |length| start + length);
    let is_one = start > from && (end - start >= LEAST || text[..end].ends_with('='));
    is_one.then_some(start..end)
}

/// Whether what follows is the name of an element, behind a prefix perhaps.
fn is_element(before: &str) -> bool {
    before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || ":_-".contains(c)).ends_with('<')
}

/// What an element of XML holds.
fn element(text: &str, name: &Range<usize>) -> Range<usize> {
    let nothing = name.end..name.end;
    let Some(close) = text[name.end..].find('>').map(|at| name.end + at) else { return nothing };
    if text[..close].ends_with('/') {
        return nothing;
    }
    let inner = &text[close + 1..];
    let closing = [&text[name.clone()], ">"].concat();
    let end = inner.find(&closing).and_then(|at| inner[..at].rfind('<')).unwrap_or(inner.len());
    close + 1..close + 1 + end
}

/// The value after `name=`, `name:` and `"name":`, and of `name="…" value="…"`.
fn value(text: &str, from: usize) -> Option<Range<usize>> {
    let is_between = |c: char| c.is_whitespace() || "\"'\\".contains(c);
    let rest = text[from..].trim_start_matches(is_between);
    let after = ["value=", "content=", "=", ":"].iter().find_map(|sign| rest.strip_prefix(sign))?;
    let is_header = rest.starts_with(':');
    let value = after.trim_start_matches([' ', '\t', '\n', '\r', '\\']);
    let start = text.len() - value.len();
    let quote = value.chars().next().filter(|first| "\"'".contains(*first));
    let Some(quote) = quote else {
        // A header has blanks in it, such as after a scheme before the secret itself.
        let ends = |c: char| {
            if is_header {
                "\n<,}".contains(c)
            } else {
                c.is_whitespace() || "&;,<>\"'\\".contains(c)
            }
        };
        let end = value.find(ends).unwrap_or(value.len());
        return Some(start..start + value[..end].trim_end().len());
    };
    let is_escaped = text[..start].ends_with('\\');
    let start = start + 1;
    Some(start..start + end_of_quoted(&text[start..], quote, is_escaped))
}

/// Where a quoted value ends. In a text within a text its quotes are escaped.
fn end_of_quoted(rest: &str, quote: char, is_escaped: bool) -> usize {
    let mut signs = rest.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' if is_escaped => return at,
            '\\' => {
                signs.next();
            }
            sign if sign == quote => return at,
            _ => {}
        }
    }
    rest.len()
}

/// Whether a word is a token rather than one of a language, an address or a UUID.
fn looks_random(word: &str) -> bool {
    const LEAST: usize = 32;
    const LEAST_HEX: usize = 40;
    const LEAST_JWT: usize = 20;
    // How a JSON Web Token begins: base64 of `{"`.
    let is_jwt = word.find("eyJ").is_some_and(|at| word.len() - at >= LEAST_JWT);
    is_jwt
        || word.split(['/', '.', '~']).any(|run| {
            let bytes = run.as_bytes();
            let has = |of: fn(&u8) -> bool| bytes.iter().any(of);
            let has_digit = has(u8::is_ascii_digit);
            if bytes.len() >= LEAST_HEX && bytes.iter().all(u8::is_ascii_hexdigit) {
                return has_digit;
            }
            // Names change between kinds of letters now and then, random ones all the time.
            let changes = bytes.windows(2).filter(|pair| kind(pair[0]) != kind(pair[1])).count();
            bytes.len() >= LEAST
                && has_digit
                && has(u8::is_ascii_lowercase)
                && has(u8::is_ascii_uppercase)
                && changes * 20 >= bytes.len() * 9
        })
}

fn kind(letter: u8) -> u8 {
    match letter {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with what is hidden replaced.
    fn without(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for piece in hidden(text, &[]) {
            out.push_str(&text[at..piece.start]);
            out.push('…');
            at = piece.end;
        }
        out + &text[at..]
    }

    #[test]
    fn values_of_secret_names_are_hidden_in_every_notation() {
        for (text, expected) in [
            ("https://h/x?access_token=ab.c&n=1", "https://h/x?access_token=…&n=1"),
            ("Authorization: Basic YTpi\nHost: h", "Authorization: …\nHost: h"),
            (r#"{\"password\":\"a b\",\"n\":1}"#, r#"{\"password\":\"…\",\"n\":1}"#),
            (r#"{"token":"a\"b","n":"#, r#"{"token":"…","n":"#),
            (r#"{"token": "not ended"#, r#"{"token": "…"#),
            (
                "<a><ns:password x='1'>p &amp; q</ns:password></a>",
                "<a><ns:password x='1'>…</ns:password></a>",
            ),
            ("<token><a>s</a></token>", "<token>…</token>"),
            ("<token/>kept", "<token/>kept"),
            ("<input name=\"csrf\" value=\"s\">", "<input name=\"csrf\" value=\"…\">"),
            ("<meta name='csrf-token' content='s'>", "<meta name='csrf-token' content='…'>"),
            ("the secret is out", "the secret is out"),
            ("no token", "no token"),
            ("token=", "token="),
        ] {
            assert_eq!(without(text), expected);
        }
    }

    #[test]
    fn tokens_are_hidden_without_a_name() {
        for token in [
            "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOjF9.abc123",
            "q8Zf0aLk2Jx9Vt3Rb7Nc5Md1We4Ys6Uh0",
            "3f786850e387550fdab836ed7e6dc881de23001b",
        ] {
            assert_eq!(without(&format!("as {token}, so")), "as …, so", "{token}");
        }
        assert_eq!(without("Bearer abcdefghijklmnop qr"), "Bearer … qr");
        assert_eq!(without("basic YTpi="), "basic …");
    }

    #[test]
    fn names_addresses_ids_and_times_stay() {
        for text in [
            "Contoso-Deutschland-GmbH-Berlin-2026",
            "b11a3f8a-9220-457a-938f-cae531f79d67",
            "B11A3F8A-9220-457A-938F-CAE531F79D67",
            "B11A3F8A9220457A938FCAE531F79D67",
            "contoso-emea-2.onmicrosoft.com",
            "2023-11-06T16:05:06.0202209+00:00",
            "managedUsersByLifeCycleManagementOfContoso2",
            "https://prov.example.net/api/v01/draas/draas_v1/tenants/53fd92c7-fbef-44fd-af76-d92334432ac9",
            "a basic license",
            "the bearer of this",
            "Insufficient rights, required role: tenants.list",
        ] {
            assert_eq!(without(text), text);
        }
    }

    #[test]
    fn known_secrets_are_hidden_wherever_they_stand_unless_they_are_words() {
        let known = [Secret::from("abc123xyz"), Secret::from("ab"), Secret::default()];
        assert_eq!(hidden("ab, xabc123xyzx, abc123xyz", &known), [5..14, 17..26]);
    }
}

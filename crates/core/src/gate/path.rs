//! Which paths mean the same to everyone who reads them.

/// Whether no reader of this path, however it decodes and normalizes, takes it for another one.
///
/// Refused: anything that does not start with `/`; empty, `.` and `..` segments; backslashes;
/// `;`, after which Tomcat drops the rest of a segment and so reads `..;` as `..`; characters
/// that a URL parser would encode or drop; encodings of `.`, `/`, `\`, `;`, `?`, `#`, `%` and of
/// control characters, each of which some server decodes before it looks at the path.
pub(super) fn is_plain(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else { return false };
    is_spelled_plainly(path.as_bytes()) && {
        let mut segments = rest.split('/').peekable();
        let mut plain = true;
        while let Some(segment) = segments.next() {
            // Empty is only the last one: the slash at the end, which CUCM insists on.
            let last = segments.peek().is_none();
            plain &= !matches!(segment, "." | "..") && (!segment.is_empty() || last);
        }
        plain
    }
}

fn is_spelled_plainly(path: &[u8]) -> bool {
    let mut bytes = path.iter().copied();
    while let Some(byte) = bytes.next() {
        let plain = match byte {
            b'%' => {
                let digits = (bytes.next().and_then(hex), bytes.next().and_then(hex));
                matches!(digits, (Some(high), Some(low)) if may_be_encoded(high * 16 + low))
            }
            _ => byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,=:@".contains(&byte),
        };
        if !plain {
            return false;
        }
    }
    true
}

fn may_be_encoded(byte: u8) -> bool {
    !byte.is_ascii_control() && !b"./\\;?#%".contains(&byte)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Whether a query holds only characters that reach the upstream as they are.
pub(super) fn is_plain_query(query: &str) -> bool {
    query.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"#<>\\".contains(&byte))
}

/// Whether the path is the allowed one or lies below it. A prefix ending in `/` wants that slash;
/// one without matches whole segments, so that `/api` does not open `/apikeys`.
pub(super) fn lies_within(path: &str, prefix: &str) -> bool {
    match path.strip_prefix(prefix) {
        Some(rest) => prefix.ends_with('/') || rest.is_empty() || rest.starts_with('/'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_of_the_three_upstreams_are_plain() {
        for path in [
            "/axl/",
            "/cucm-uds/version",
            "/tenantui/api/Customer/12/LicenseInfo",
            "/draas/api/v01/draas_v1/groups/0b5e-4000/licenses",
            "/a%20b/c%C3%A9:@!$&'()*+,=~",
            "/",
        ] {
            assert!(is_plain(path), "{path}");
        }
    }

    #[test]
    fn every_way_to_climb_is_refused() {
        for path in [
            "",
            "axl/",
            "//axl/",
            "/axl//x",
            "/axl/../x",
            "/axl/..",
            "/axl/./x",
            "/axl/.",
            "/axl/%2e%2e/x",
            "/axl/%2E%2E/x",
            "/axl/.%2e/x",
            "/axl/%2e/x",
            "/axl/..%2fx",
            "/axl/%2Fx",
            "/axl\\x",
            "/axl/..\\x",
            "/axl/%5cx",
            "/axl/%5C..",
            "/axl/..;/x",
            "/axl/;/x",
            "/axl/..;a=b/x",
            "/axl/%3b/x",
            "/axl/%252e%252e/x",
            "/axl/%25",
            "/axl/%00",
            "/axl/%0d%0a",
            "/axl/%7f",
            "/axl/%",
            "/axl/%2",
            "/axl/%zz",
            "/axl/a b",
            "/axl/\t",
            "/axl/é",
            "/axl/{x}",
            "/axl/<x>",
            "/axl/|",
            "/axl/^",
            "/axl/`",
            "/axl/\"",
            "/axl/#x",
            "/axl/?x",
            "/axl/%u002e",
            "/axl/%23",
            "/axl/%3f",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn a_prefix_opens_nothing_beside_it() {
        assert!(lies_within("/axl/", "/axl/"));
        assert!(lies_within("/axl/x", "/axl/"));
        assert!(!lies_within("/axl", "/axl/"));
        assert!(lies_within("/api", "/api"));
        assert!(lies_within("/api/x", "/api"));
        assert!(!lies_within("/apikeys", "/api"));
        assert!(!lies_within("/AXL/", "/axl/"));
    }

    #[test]
    fn a_query_cannot_smuggle_a_fragment_or_a_line() {
        assert!(is_plain_query("limit=50&name=a%20b&x=[1]"));
        for query in ["a b", "a\r\nb", "a#b", "é", "a\\b"] {
            assert!(!is_plain_query(query), "{query:?}");
        }
    }

    /// What a server does that decodes as often as it can, knows path parameters and backslashes,
    /// and then climbs.
    fn as_the_most_generous_server_reads_it(path: &str) -> String {
        let mut text = path.to_owned();
        loop {
            let decoded =
                percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned();
            if decoded == text {
                break;
            }
            text = decoded;
        }
        let mut kept: Vec<&str> = Vec::new();
        let text = text.replace('\\', "/");
        for segment in text.split('/') {
            match segment.split(';').next().unwrap_or_default() {
                "" | "." => {}
                ".." => {
                    kept.pop();
                }
                other => kept.push(other),
            }
        }
        format!("/{}", kept.join("/"))
    }

    proptest! {
        #[test]
        fn what_passes_stays_below_its_prefix_for_every_server(
            pieces in proptest::collection::vec(
                prop_oneof![
                    Just("."), Just(".."), Just("%2e"), Just("%2E"), Just("%252e"), Just("/"),
                    Just("%2f"), Just("%5c"), Just("\\"), Just(";"), Just("%3b"), Just("a"),
                    Just("x%20y"), Just("//"), Just("%"), Just("?"), Just("axl")
                ],
                0..12,
            )
        ) {
            let path = format!("/axl/{}", pieces.concat());
            if is_plain(&path) && lies_within(&path, "/axl/") {
                let read = as_the_most_generous_server_reads_it(&path);
                prop_assert!(read == "/axl" || read.starts_with("/axl/"), "{path} is read as {read}");
            }
        }
    }
}

//! Which paths mean the same to everyone who reads them.

/// Whether no reader of this path, however it decodes and normalizes, takes it for another one.
///
/// Refused: anything that does not start with `/`; empty, `.` and `..` segments; backslashes;
/// `;`, after which Tomcat drops the rest of a segment and so reads `..;` as `..`; characters
/// that a URL parser would encode or drop; encodings of `.`, `/`, `\`, `;`, `?`, `#`, `%` and of
/// control characters, each of which some server decodes before it looks at the path. Of segments
/// that are dots and blanks only, Windows drops what stands at the end.
///
/// Nor may anything beyond ASCII be encoded. A lenient decoder takes `%c0%ae`, which is no UTF-8,
/// for `.` (Tomcat did, CVE-2008-2938), one that looks for the nearest character the full-width
/// `%ef%bc%8e`, and one that keeps the low byte of each `%c4%ae`. Nobody needs them: the paths of
/// all three upstreams are words and ids.
pub(super) fn is_plain(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else { return false };
    is_spelled_plainly(path.as_bytes()) && {
        let mut segments = rest.split('/').peekable();
        let mut plain = true;
        while let Some(segment) = segments.next() {
            // Empty is only the last one: the slash at the end, which CUCM insists on.
            let last = segments.peek().is_none();
            plain &= if segment.is_empty() { last } else { !is_dots_and_blanks(segment) };
        }
        plain
    }
}

fn is_dots_and_blanks(segment: &str) -> bool {
    segment.replace("%20", ".").bytes().all(|byte| byte == b'.')
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
    byte.is_ascii() && !byte.is_ascii_control() && !b"./\\;?#%".contains(&byte)
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
mod tests;

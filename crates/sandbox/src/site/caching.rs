//! Which files a browser may keep.

use axum::http::StatusCode;

/// The `Cache-Control` of a reply: a file whose name holds the hash of its content never
/// changes, everything else is asked for again.
pub fn cache_control(path: &str, status: StatusCode) -> &'static str {
    let kept = matches!(status, StatusCode::OK | StatusCode::NOT_MODIFIED);
    if kept && is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether a part of the file's name looks like a hash: at least eight hexadecimal digits,
/// one of them a digit, so that no English word passes for one.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '_', '.']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::{cache_control, is_hashed};

    #[test]
    fn names_with_a_hash_are_told_from_names_without() {
        for path in ["/seatree-1f2e3d4c5b6a7980.js", "/a/seatree-1f2e3d4c5b6a7980_bg.wasm"] {
            assert!(is_hashed(path), "{path}");
        }
        for path in ["/", "/index.html", "/seatree.json", "/facade-defaced.js", "/a1b2c3.css"] {
            assert!(!is_hashed(path), "{path}");
        }
    }

    #[test]
    fn a_missing_hashed_file_is_not_kept() {
        let cache = cache_control("/seatree-1f2e3d4c5b6a7980.js", StatusCode::NOT_FOUND);
        assert_eq!(cache, "no-cache");
    }
}

//! The HTML pages of Tomcat.

use std::cmp::Reverse;

use crate::http::Reply;

use super::super::Version;

/// Where a page shows that it is one; Cisco's own start with a comment.
const LOOKED_AT: usize = 1024;

/// A server names a handful.
const MAX_VERSIONS: usize = 30;

/// Whether the reply is a page for people.
pub(in super::super) fn is_page(reply: &Reply) -> bool {
    reply.is_html() || {
        let start = &reply.body[..reply.body.len().min(LOOKED_AT)];
        !start.trim_ascii_start().starts_with(b"<?xml")
            && start.windows(5).any(|tag| tag.eq_ignore_ascii_case(b"<html"))
    }
}

/// The words of the page's first heading, or else of its title.
pub(super) fn heading(text: &str) -> String {
    ["h1", "title"].iter().find_map(|tag| element(text, tag)).unwrap_or_default()
}

fn element(text: &str, tag: &str) -> Option<String> {
    // ASCII letters only, so that places in one are places in the other.
    let lower = text.to_ascii_lowercase();
    let open = lower.find(&format!("<{tag}>"))? + tag.len() + 2;
    let end = open + lower.get(open..)?.find("</")?;
    let found = text.get(open..end)?.trim();
    (!found.is_empty()).then(|| found.to_owned())
}

/// The versions of "Supported axl versions are 12.x, 14.0 and 15.0", families spelled out; newest
/// first, those not known here last.
pub(super) fn supported_versions(text: &str) -> Vec<String> {
    const BEFORE: &str = "supported axl versions";
    let lower = text.to_ascii_lowercase();
    let Some(list) = lower.find(BEFORE).and_then(|at| lower.get(at + BEFORE.len()..)) else {
        return Vec::new();
    };
    let list = list.split(['<', '\n']).next().unwrap_or_default();
    let tokens = list
        .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == 'x'))
        .map(|token| token.trim_matches('.'))
        .filter(|token| token.len() <= 8 && token.starts_with(|c: char| c.is_ascii_digit()))
        .take(MAX_VERSIONS);
    let mut versions: Vec<String> = Vec::new();
    for version in tokens.flat_map(Version::expand) {
        if !versions.contains(&version) {
            let rank = |version: &str| Reverse(Version::parse(version));
            let place = versions.partition_point(|before| rank(before) <= rank(&version));
            versions.insert(place, version);
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_behind_ciscos_comment() {
        assert!(is_page(&Reply::new(599, "<!-- custom Cisco error page --><html>")));
        assert!(!is_page(&Reply::new(200, "<?xml version='1.0'?><a>&lt;html</a><html/>")));
        assert!(!is_page(&Reply::new(200, "")));
    }

    #[test]
    fn supported_versions_are_read_in_all_their_spellings() {
        for (page, expected) in [
            (
                "<p>Supported axl versions are 12.x, 14.0 and 15.0</p> 11.0",
                vec!["15.0", "14.0", "12.5", "12.0"],
            ),
            ("SUPPORTED AXL VERSIONS: 11.5,12.5,14.", vec!["14.0", "12.5", "11.5"]),
            ("Supported axl versions are 16.x and 9.1", vec!["9.1", "16.x"]),
            ("Supported axl versions are", vec![]),
            ("Supported axl versions are 99999999999999999999", vec![]),
            ("no such words", vec![]),
        ] {
            assert_eq!(supported_versions(page), expected, "{page}");
        }
    }

    #[test]
    fn the_heading_says_what_happened() {
        assert_eq!(heading("<TITLE>t</TITLE><H1> HTTP Status 500 </H1>"), "HTTP Status 500");
        assert_eq!(heading("<title>Oops</title>"), "Oops");
        assert_eq!(heading("<h1>cut"), "");
    }
}

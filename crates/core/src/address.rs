//! Addresses of upstreams and proxies as people type them.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::excerpt;
use crate::say;
use crate::words::tr;

/// Everything but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One path segment or query value, percent-encoded.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// An `http` or `https` address without user, query or fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Without a trailing slash, so that paths join.
    text: String,
    /// Some proxies match their path with its slash only.
    ends_in_slash: bool,
}

/// Why a typed address cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressError {
    Empty,
    NoScheme,
    NoHost,
    HasUser,
    HasQuery,
    BadCharacter(char),
    BadPort(String),
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str(tr("Enter an address, such as https://prov.example.net")),
            Self::NoScheme => f.write_str(tr("Start the address with https:// or http://")),
            Self::NoHost => f.write_str(tr("The address names no host after https://")),
            Self::HasUser => f.write_str(tr(
                "The address holds a user name or password: leave it out, sign-in asks for it",
            )),
            Self::HasQuery => f.write_str(tr("Leave out everything from ? or # on")),
            Self::BadCharacter(found) => f.write_str(&say!(
                "The address cannot hold {character}",
                character = format!("{found:?}")
            )),
            Self::BadPort(port) => {
                f.write_str(&say!("{port} is no port: use 1 to 65535", port = format!("{port:?}")))
            }
        }
    }
}

impl std::error::Error for AddressError {}

impl Address {
    /// # Errors
    /// What to mend, in words for the person who typed it.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        if let Some(bad) = text.chars().find(|c| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '\\' | '"' | '<' | '>' | '`' | '{' | '}' | '|' | '^')
        }) {
            return Err(AddressError::BadCharacter(bad));
        }
        let (scheme, rest) = text.split_once("://").ok_or(AddressError::NoScheme)?;
        if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
            return Err(AddressError::NoScheme);
        }
        if rest.contains(['?', '#']) {
            return Err(AddressError::HasQuery);
        }
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if authority.contains('@') {
            return Err(AddressError::HasUser);
        }
        let (host, port) = split_port(authority);
        if host.is_empty() || host == "[]" {
            return Err(AddressError::NoHost);
        }
        if let Some(port) = port
            && !port.parse::<u16>().is_ok_and(|number| number > 0)
        {
            return Err(AddressError::BadPort(excerpt(port)));
        }
        let ends_in_slash = rest.ends_with('/');
        let path = path.trim_end_matches('/');
        let slash = if path.is_empty() { "" } else { "/" };
        let text = format!(
            "{}://{}{slash}{path}",
            scheme.to_ascii_lowercase(),
            authority.to_ascii_lowercase()
        );
        Ok(Self { text, ends_in_slash })
    }

    /// Without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// With the trailing slash that was typed, and always one after a bare host.
    pub fn as_typed(&self) -> String {
        let slash = self.ends_in_slash || self.origin() == self.text;
        format!("{}{}", self.text, if slash { "/" } else { "" })
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        origin_of(&self.text)
    }

    /// Host without its port.
    pub fn host(&self) -> &str {
        host_of(&self.text)
    }

    pub fn is_encrypted(&self) -> bool {
        self.text.starts_with("https:")
    }

    /// Whether only this machine can be meant.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        host == "localhost"
            || host == "[::1]"
            || host.parse::<std::net::Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// This address ending in `last`, whether it was typed with it or not: vendors' pages disagree
    /// about what belongs to a base address. `last` is one segment with its slash, such as `/axl`.
    pub fn ending_in(&self, last: &str) -> String {
        let typed = self.text.as_str();
        let bare = typed
            .len()
            .checked_sub(last.len())
            .and_then(|at| typed.split_at_checked(at))
            // Not within the origin: a host can have that name, too.
            .filter(|(start, end)| {
                start.len() >= self.origin().len() && end.eq_ignore_ascii_case(last)
            })
            .map_or(typed, |(start, _)| start);
        format!("{}{last}", bare.trim_end_matches('/'))
    }

    /// This address with a path below it; `path` starts with `/`.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Scheme, host and port of an absolute URL.
pub fn origin_of(url: &str) -> &str {
    url.get(..path_start(url)).unwrap_or(url)
}

/// Path, query and fragment of an absolute URL; `/` where there is none.
pub fn path_of(url: &str) -> &str {
    match url.get(path_start(url)..) {
        Some(path) if !path.is_empty() => path,
        _ => "/",
    }
}

/// Host of an absolute URL, without user and port.
pub fn host_of(url: &str) -> &str {
    let origin = origin_of(url);
    let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
    split_port(authority).0
}

fn path_start(url: &str) -> usize {
    let authority = url.find("://").map_or(0, |at| at + 3);
    url.get(authority..)
        .and_then(|rest| rest.find(['/', '?', '#']))
        .map_or(url.len(), |at| authority + at)
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    // The colons within an IPv6 literal's brackets are no port separators.
    let after_host = authority.rfind(']').map_or(0, |at| at + 1);
    match authority.get(after_host..).and_then(|rest| rest.find(':')) {
        Some(at) => {
            let colon = after_host + at;
            (&authority[..colon], Some(&authority[colon + 1..]))
        }
        None => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_slashes_go_and_the_path_stays() {
        let address = Address::parse(" HTTPS://Portal.Example:8443/tenantui/ ").unwrap();
        assert_eq!(address.as_str(), "https://portal.example:8443/tenantui");
        assert_eq!(address.origin(), "https://portal.example:8443");
        assert_eq!(address.host(), "portal.example");
        assert_eq!(address.join("/api"), "https://portal.example:8443/tenantui/api");
    }

    #[test]
    fn the_last_segment_is_added_once() {
        for typed in ["https://h/a", "https://h/a/x", "https://h/a/X/", "https://h/a//x"] {
            assert_eq!(Address::parse(typed).unwrap().ending_in("/x"), "https://h/a/x", "{typed}");
        }
        assert_eq!(Address::parse("https://h/ax").unwrap().ending_in("/x"), "https://h/ax/x");
        assert_eq!(Address::parse("https://x").unwrap().ending_in("/x"), "https://x/x");
    }

    #[test]
    fn each_mistake_is_named() {
        assert_eq!(Address::parse(" "), Err(AddressError::Empty));
        assert_eq!(Address::parse("portal.example"), Err(AddressError::NoScheme));
        assert_eq!(Address::parse("javascript://x"), Err(AddressError::NoScheme));
        assert_eq!(Address::parse("https:///api"), Err(AddressError::NoHost));
        assert_eq!(Address::parse("https://u:p@host"), Err(AddressError::HasUser));
        assert_eq!(Address::parse("https://host/?x=1"), Err(AddressError::HasQuery));
        assert_eq!(Address::parse("https://ho st"), Err(AddressError::BadCharacter(' ')));
        assert_eq!(
            Address::parse("https://host:99999"),
            Err(AddressError::BadPort("99999".into()))
        );
        assert_eq!(Address::parse("https://host:0"), Err(AddressError::BadPort("0".into())));
    }

    #[test]
    fn loopback_is_this_machine_only() {
        for here in ["http://127.0.0.1:1", "http://localhost", "http://[::1]:80/x"] {
            assert!(Address::parse(here).unwrap().is_loopback(), "{here}");
        }
        for elsewhere in ["http://127.0.0.1.example", "http://10.0.0.1", "http://localhost.example"]
        {
            assert!(!Address::parse(elsewhere).unwrap().is_loopback(), "{elsewhere}");
        }
    }

    #[test]
    fn a_url_falls_apart_into_origin_and_path() {
        assert_eq!(path_of("https://h:1/a/?b=c"), "/a/?b=c");
        assert_eq!(path_of("https://h:1"), "/");
        assert_eq!(origin_of("https://h:1?x"), "https://h:1");
        assert_eq!(host_of("https://[::1]:8443/x"), "[::1]");
    }
}

//! Requests and replies as plain values, and secrets that do not print.

mod shown;

use std::fmt;

pub use shown::Shown;

/// A password, token or key. It has no `Display`, and its `Debug` shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself; call it only where a request is built.
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a header can carry it: no token has anything but visible ASCII.
    pub fn is_token(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The request methods that the three upstreams use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

/// What to send.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// Absolute.
    pub url: String,
    /// Name and value; names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
}

impl Request {
    pub fn get(url: impl Into<String>) -> Self {
        Self { method: Method::Get, url: url.into(), headers: Vec::new(), body: None }
    }

    pub fn post(url: impl Into<String>, body: impl Into<String>) -> Self {
        Self { method: Method::Post, url: url.into(), headers: Vec::new(), body: Some(body.into()) }
    }

    pub fn put(url: impl Into<String>, body: impl Into<String>) -> Self {
        Self { method: Method::Put, ..Self::post(url, body) }
    }

    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.into()));
        self
    }

    /// Adds `Authorization: Bearer …`; nothing for an empty token, since an edge on the way may
    /// add one of its own.
    #[must_use]
    pub fn with_bearer(self, token: &Secret) -> Self {
        if token.is_empty() {
            return self;
        }
        let value = format!("Bearer {}", token.expose());
        self.with_header("authorization", value)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }
}

/// Shows no header value, no body and no query: any of them may hold a secret.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url.split('?').next().unwrap_or_default())
            .field("headers", &names)
            .field("body_bytes", &self.body.as_ref().map(String::len))
            .finish()
    }
}

/// What came back.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// Names in lower case. A browser shows only those that the upstream exposes.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.into()));
        self
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as text; bytes that are no UTF-8 become the replacement character.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Whether the body is a page for people where data was due, as the body or its type says.
    pub fn is_html(&self) -> bool {
        let typed = self.header("content-type").is_some_and(|value| value.starts_with("text/html"));
        let start = self.body.trim_ascii_start();
        let starts =
            |tag: &[u8]| start.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag));
        typed || starts(b"<!doctype html") || starts(b"<html")
    }
}

/// A reply may hold a token, so only its size is shown.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(candidate, _)| candidate.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_print() {
        let request =
            Request::post("https://a.example/x?token=hunter2", "{\"password\":\"hunter2\"}")
                .with_bearer(&Secret::from("hunter2"));
        let reply = Reply::new(200, "hunter2");

        let printed = format!("{request:?} {reply:?} {:?}", Secret::from("hunter2"));

        assert!(!printed.contains("hunter2"), "{printed}");
    }

    #[test]
    fn a_page_is_known_by_its_first_tag_or_its_type() {
        assert!(Reply::new(200, "\n <!DOCTYPE html><p>").is_html());
        assert!(Reply::new(200, "<HTML>").is_html());
        assert!(
            Reply::new(200, "x").with_header("Content-Type", "text/html; charset=utf-8").is_html()
        );
        assert!(!Reply::new(200, "{}").is_html());
        assert!(!Reply::new(200, "<?xml version='1.0'?><a/>").is_html());
    }
}

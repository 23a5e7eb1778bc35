//! Which headers cross the edge.

/// Name, in lower case, and value.
pub type Header = (String, String);

/// What passes to an upstream unless its configuration says otherwise: enough for all three.
pub(super) const TO_UPSTREAM: [&str; 5] =
    ["authorization", "content-type", "soapaction", "accept", "x-requested-with"];

/// What passes back. A list of what may, not of what may not: cookies, hop-by-hop headers, the
/// upstream's own CORS answer and its policies for its own host (HSTS, Clear-Site-Data, a
/// sign-in prompt) would all speak for the edge.
pub const TO_CLIENT: [&str; 6] = [
    "content-type",
    "content-length",
    "content-encoding",
    "content-language",
    "content-disposition",
    "retry-after",
];

/// What a page may read beside the few that it always may.
const EXPOSED: &str = "ETag, Retry-After, X-Request-Id";

/// Whether a configuration may let this header through: not what belongs to one hop or to the
/// browser, carries a session, tells the upstream who asked, or has it take the request for another
/// one than the edge judged: with another method, path or host, or with a body to be read otherwise.
pub(super) fn may_be_forwarded(name: &str) -> bool {
    const NEVER: [&str; 36] = [
        "client-ip",
        "fastly-client-ip",
        "connection",
        "content-encoding",
        "content-length",
        "cookie",
        "cookie2",
        "expect",
        "forwarded",
        "host",
        "keep-alive",
        "origin",
        "proxy-authorization",
        "proxy-connection",
        "referer",
        "te",
        "trailer",
        "transfer-encoding",
        "true-client-ip",
        "upgrade",
        "via",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-host",
        "x-http-host-override",
        "x-http-method",
        "x-http-method-override",
        "x-method-override",
        "x-original-host",
        "x-original-uri",
        "x-original-url",
        "x-originating-ip",
        "x-real-ip",
        "x-remote-addr",
        "x-remote-ip",
        "x-rewrite-url",
    ];
    const NEVER_STARTING: [&str; 5] = ["access-control-", "cf-", "proxy-", "sec-", "x-forwarded"];
    !NEVER.contains(&name) && !NEVER_STARTING.iter().any(|start| name.starts_with(start))
}

/// Whether this can be a header's name at all (RFC 9110, in lower case).
pub(super) fn is_name(name: &str) -> bool {
    let is_token = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"!#$%&'*+-.^_`|~".contains(&byte)
    };
    !name.is_empty() && name.bytes().all(is_token)
}

/// The headers that let a page on this origin read the answer, and keep the answer out of caches
/// and harmless where it is opened as a page of the edge's own.
pub fn for_page(origin: &str) -> Vec<Header> {
    let mut headers = for_nobody();
    headers.push(("access-control-allow-origin".to_owned(), origin.to_owned()));
    headers.push(("access-control-expose-headers".to_owned(), EXPOSED.to_owned()));
    headers
}

/// The same without leave to read it.
pub(super) fn for_nobody() -> Vec<Header> {
    [
        ("vary", "Origin"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_may_be_forwarded() {
        assert!(TO_UPSTREAM.iter().all(|name| is_name(name) && may_be_forwarded(name)));
    }

    #[test]
    fn sessions_hops_and_whereabouts_may_not() {
        for name in [
            "cookie",
            "origin",
            "referer",
            "x-forwarded-for",
            "cf-connecting-ip",
            "via",
            "host",
            "te",
            "x-forwarded",
            "x-client-ip",
            "x-real-ip",
        ] {
            assert!(!may_be_forwarded(name), "{name}");
        }
    }

    #[test]
    fn nor_what_makes_it_another_request() {
        for name in [
            "x-original-url",
            "x-rewrite-url",
            "x-http-method-override",
            "x-method-override",
            "x-original-host",
            "content-encoding",
        ] {
            assert!(!may_be_forwarded(name), "{name}");
        }
    }
}

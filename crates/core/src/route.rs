//! How a request reaches its upstream: directly, through a CORS proxy, or through a Seatree edge.

use crate::address::{self, Address};
use crate::edge::{Refused, refused};
use crate::error::{Problem, UpstreamError, words};
use crate::http::{Reply, Request};
use crate::say;
use crate::words::tr;

/// The way from a browser to an upstream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// Straight: the upstream allows this page's origin.
    #[default]
    Direct,
    /// The proxy's address, then the whole upstream URL as a path (cors-anywhere).
    ProxyPrefix { proxy: Address },
    /// The upstream URL percent-encoded as a query parameter; an empty name means `?URL`.
    ProxyQuery { proxy: Address, parameter: String },
    /// The proxy stands for one upstream: scheme and host are replaced (local-cors-proxy).
    Mount { proxy: Address },
    /// A Seatree edge, which knows the upstream by a short name.
    Edge { edge: Address, upstream: String },
}

impl Route {
    /// The URL to fetch for an upstream's URL.
    pub fn url(&self, upstream_url: &str) -> String {
        match self {
            Self::Direct => upstream_url.to_owned(),
            Self::ProxyPrefix { proxy } => format!("{proxy}/{upstream_url}"),
            Self::ProxyQuery { proxy, parameter } => {
                let equals = if parameter.is_empty() { "" } else { "=" };
                format!(
                    "{}?{}{equals}{}",
                    proxy.as_typed(),
                    address::encode(parameter),
                    address::encode(upstream_url)
                )
            }
            Self::Mount { proxy } => proxy.join(address::path_of(upstream_url)),
            Self::Edge { edge, upstream } => {
                format!("{edge}/to/{}{}", address::encode(upstream), address::path_of(upstream_url))
            }
        }
    }

    /// The request as it leaves the browser.
    #[must_use]
    pub fn apply(&self, mut request: Request) -> Request {
        request.url = self.url(&request.url);
        request
    }

    /// Where the browser connects to, for the person who has to check it.
    pub fn first_hop<'a>(&'a self, upstream: &'a Address) -> &'a str {
        match self {
            Self::Direct => upstream.origin(),
            Self::ProxyPrefix { proxy }
            | Self::ProxyQuery { proxy, .. }
            | Self::Mount { proxy } => proxy.origin(),
            Self::Edge { edge, .. } => edge.origin(),
        }
    }

    /// A reason to think twice before credentials take this way.
    pub fn warning(&self, upstream: &Address) -> Option<String> {
        let readable = |address: &Address| !address.is_encrypted() && !address.is_loopback();
        match self {
            Self::Direct => readable(upstream).then(|| {
                tr("http: is not encrypted: anyone on the way can read the credentials.").to_owned()
            }),
            Self::ProxyPrefix { proxy }
            | Self::ProxyQuery { proxy, .. }
            | Self::Mount { proxy } => {
                if readable(proxy) {
                    Some(unencrypted(proxy))
                } else if proxy.is_loopback() {
                    None
                } else {
                    Some(say!(
                        "Whoever runs {proxy} can read the credentials: use a proxy of your own.",
                        proxy = proxy.origin()
                    ))
                }
            }
            Self::Edge { edge, .. } => readable(edge).then(|| unencrypted(edge)),
        }
    }

    /// Tells an answer of the proxy itself from one of the upstream.
    pub fn refusal(&self, doing: &'static str, reply: &Reply) -> Option<UpstreamError> {
        let problem = match self {
            Self::Direct => return None,
            Self::Edge { .. } => edge_problem(reply)?,
            _ => Problem::ProxyRefused { said: proxy_words(reply)? },
        };
        Some(UpstreamError::new(doing, problem).because(format!("status {}", reply.status)))
    }
}

/// The sentences by which cors-anywhere and its kin say no (their public sources).
fn proxy_words(reply: &Reply) -> Option<String> {
    let text = reply.text();
    let known = match reply.status {
        404 => ["Not found because of proxy error", "Invalid host"].as_slice(),
        403 => &["was not whitelisted", "was blacklisted"],
        400 => &["Missing required request header", "two slashes are needed"],
        429 => &["The origin \""],
        405 => &["Method Not Allowed"],
        _ => return None,
    };
    known.iter().any(|start| text.contains(start)).then(|| words(&text))
}

/// An edge's refusals, told from an upstream's error with the same status.
fn edge_problem(reply: &Reply) -> Option<Problem> {
    let Refused { slug, said, .. } = refused(reply)?;
    Some(match slug.as_str() {
        "upstream-certificate" => Problem::Untrusted { said },
        "rate-limited" | "upstream-busy" => Problem::throttled(reply),
        _ => Problem::ProxyRefused { said },
    })
}

fn unencrypted(hop: &Address) -> String {
    say!("Credentials would reach {hop} unencrypted.", hop = hop.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    const AXL: &str = "https://cucm.example:8443/axl/?x=1&y=a b";

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    #[test]
    fn each_style_writes_the_url_its_proxy_reads() {
        let proxy = address("http://127.0.0.1:8080/proxy/");
        assert_eq!(Route::Direct.url(AXL), AXL);
        assert_eq!(
            Route::ProxyPrefix { proxy: proxy.clone() }.url(AXL),
            format!("http://127.0.0.1:8080/proxy/{AXL}")
        );
        assert_eq!(
            Route::ProxyQuery { proxy: proxy.clone(), parameter: "apiurl".into() }.url(AXL),
            "http://127.0.0.1:8080/proxy/?apiurl=https%3A%2F%2Fcucm.example%3A8443%2Faxl%2F%3Fx%3D1%26y%3Da%20b"
        );
        assert_eq!(
            Route::ProxyQuery { proxy: address("https://p.example"), parameter: String::new() }
                .url("https://h/a"),
            "https://p.example/?https%3A%2F%2Fh%2Fa"
        );
        assert_eq!(Route::Mount { proxy }.url(AXL), "http://127.0.0.1:8080/proxy/axl/?x=1&y=a b");
        assert_eq!(
            Route::Edge { edge: address("https://edge.example"), upstream: "cucm berlin".into() }
                .url("https://cucm.example:8443/axl/"),
            "https://edge.example/to/cucm%20berlin/axl/"
        );
    }

    #[test]
    fn credentials_over_a_foreign_or_open_way_draw_a_warning() {
        let upstream = address("https://cucm.example");
        assert_eq!(Route::Direct.warning(&upstream), None);
        assert!(Route::Direct.warning(&address("http://cucm.example")).is_some());
        assert_eq!(Route::Direct.warning(&address("http://127.0.0.1:1")), None);
        assert!(
            Route::Mount { proxy: address("https://cors.example") }.warning(&upstream).is_some()
        );
        assert_eq!(Route::Mount { proxy: address("http://localhost:1") }.warning(&upstream), None);
    }

    #[test]
    fn a_proxys_own_refusal_is_told_from_the_upstreams() {
        let route = Route::ProxyPrefix { proxy: address("https://p.example") };
        let own = Reply::new(403, "The origin \"https://x\" was not whitelisted by the operator");
        let theirs = Reply::new(403, "{\"error\":\"forbidden\"}");

        let error = route.refusal("testing", &own).unwrap();

        assert!(error.what().contains("was not whitelisted"), "{error}");
        assert_eq!(route.refusal("testing", &theirs), None);
        assert_eq!(Route::Direct.refusal("testing", &own), None);
    }

    #[test]
    fn an_edge_is_believed_only_by_its_own_type() {
        let route = Route::Edge { edge: address("https://e.example"), upstream: "cucm".into() };
        let problem = |kind: &str| {
            Reply::new(502, format!(r#"{{"type":"{kind}","title":"T","detail":"self signed"}}"#))
                .with_header("content-type", "application/problem+json")
        };

        let untrusted = route.refusal("testing", &problem("urn:seatree:edge:upstream-certificate"));
        let refused = route.refusal("testing", &problem("urn:seatree:edge:origin-refused"));

        assert!(matches!(untrusted.unwrap().problem, Problem::Untrusted { .. }));
        assert!(matches!(refused.unwrap().problem, Problem::ProxyRefused { .. }));
        assert_eq!(route.refusal("testing", &problem("about:blank")), None);
        let busy = problem("urn:seatree:edge:upstream-busy").with_header("retry-after", "5");
        let busy = route.refusal("testing", &busy).unwrap().problem;
        assert_eq!(busy, Problem::Throttled { retry_after_s: Some(5), suggested_rows: None });
    }
}

//! What can go wrong between a person and an upstream, in words they can act on.

mod excerpt;
#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use excerpt::tamed;
pub use excerpt::{excerpt, words};

use crate::http::Reply;
use crate::words::{number, said, tr};
use crate::{plural, say};

/// A request that did not give what it was sent for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpstreamError {
    /// What was being done, to follow "while": "reading the licenses of the group".
    pub doing: &'static str,
    pub problem: Problem,
    /// The technical cause, for the one who has to mend it. Never holds a secret.
    pub technical: String,
}

/// What happened, closed enough to act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No reply at all. A browser cannot tell CORS from DNS from TLS from a closed port.
    Unreachable { origin: String },
    /// No reply within the time allowed.
    TimedOut { seconds: u32 },
    /// The proxy or edge on the way refused or failed; the upstream was not asked.
    ProxyRefused { said: String },
    /// An edge reached an upstream whose certificate it does not trust.
    Untrusted { said: String },
    /// User name, password or token were refused, or a session ended.
    SignedOut,
    /// An edge does not take the visitor's token.
    TokenRefused { ended: bool, said: String },
    /// The visitor's token is good, and does not open or permit this.
    NotOpened { said: String },
    /// The edge that was asked does not do it.
    EdgeRefused { said: String },
    /// The code of the second factor was refused; the sign-in it belongs to still waits for one.
    WrongCode { said: String },
    /// Signed in, but not allowed; with the role that the vendor names.
    Forbidden { role: Option<&'static str> },
    /// The upstream has nothing under that id.
    NothingFound,
    /// Too much or too often; with when to come back or the smaller page the server suggests.
    Throttled { retry_after_s: Option<u32>, suggested_rows: Option<u64> },
    /// The server speaks other versions of its interface.
    WrongVersion { asked: String, supported: Vec<String> },
    /// The upstream refused, with its own code and words.
    Rejected { status: u16, code: Option<i64>, message: String },
    /// The reply is not what the vendor documents.
    Malformed { place: String, expected: &'static str, excerpt: String },
    /// The reply passed a limit of this client.
    TooLarge { limit: String },
    /// The address sends on elsewhere; credentials are not carried there.
    Redirected,
    /// The person stopped it.
    Cancelled,
}

/// How an upstream asks for the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    Email,
    Totp,
    /// The reply does not say.
    Unknown,
}

impl Problem {
    /// Too much or too often, with when to come back as the reply says.
    pub(crate) fn throttled(reply: &Reply) -> Self {
        let retry_after_s = reply.header("retry-after").and_then(|s| s.trim().parse().ok());
        Self::Throttled { retry_after_s, suggested_rows: None }
    }
}

impl UpstreamError {
    pub fn new(doing: &'static str, problem: Problem) -> Self {
        Self { doing, problem, technical: String::new() }
    }

    #[must_use]
    pub fn because(mut self, technical: impl Into<String>) -> Self {
        self.technical = tamed(&technical.into());
        self
    }

    /// For a reply that should have been data and is something else.
    pub fn malformed(
        doing: &'static str,
        place: impl Into<String>,
        expected: &'static str,
        reply: &Reply,
    ) -> Self {
        // A place may hold names that the reply made up.
        let (place, excerpt) = (excerpt(&place.into()), excerpt(&reply.text()));
        let problem = Problem::Malformed { place, expected, excerpt };
        Self::new(doing, problem).because(format!("status {}", reply.status))
    }

    /// What happened, as one sentence.
    pub fn what(&self) -> String {
        let doing = said(self.doing);
        match &self.problem {
            Problem::Unreachable { origin } => {
                say!("No answer from {origin} while {doing}.", origin, doing)
            }
            Problem::TimedOut { seconds } => {
                say!(
                    "No answer within {seconds} seconds while {doing}.",
                    seconds = seconds.to_string(),
                    doing
                )
            }
            Problem::ProxyRefused { said } => {
                say!("The proxy on the way refused while {doing}: {said}", doing, said)
            }
            Problem::Untrusted { .. } => {
                say!(
                    "The edge does not trust the upstream's certificate, met while {doing}.",
                    doing
                )
            }
            Problem::SignedOut => {
                say!("Not signed in, or no longer: refused while {doing}.", doing)
            }
            Problem::TokenRefused { ended: true, .. } => {
                say!("The token has ended: the edge no longer took it while {doing}.", doing)
            }
            Problem::TokenRefused { .. } => {
                say!("The edge does not take this token: refused while {doing}.", doing)
            }
            Problem::NotOpened { said } | Problem::EdgeRefused { said } => {
                say!("The edge refused while {doing}: {said}", doing, said)
            }
            Problem::WrongCode { said } => say!("The code was refused: {said}", said),
            Problem::Forbidden { role: Some(role) } => {
                say!("This account lacks the role {role}, needed for {doing}.", role, doing)
            }
            Problem::Forbidden { role: None } => {
                say!("This account is not allowed what was tried: {doing}.", doing)
            }
            Problem::NothingFound => say!("The upstream found nothing while {doing}.", doing),
            Problem::Throttled { suggested_rows: Some(rows), .. } => {
                say!(
                    "The reply would be too large while {doing}: at most {rows} rows at once.",
                    doing,
                    rows = number(*rows)
                )
            }
            Problem::Throttled { .. } => say!("The upstream is busy: it put off {doing}.", doing),
            Problem::WrongVersion { asked, supported } if supported.is_empty() => {
                say!("The server does not speak version {asked} of its interface.", asked)
            }
            Problem::WrongVersion { asked, supported } => say!(
                "The server does not speak version {asked} of its interface, only {supported}.",
                asked,
                supported = supported.join(", ")
            ),
            Problem::Rejected { message, .. } => {
                say!("The upstream refused while {doing}: {message}", doing, message)
            }
            Problem::Malformed { expected, place, .. } if place.is_empty() => {
                say!(
                    "The reply is not {expected}, met while {doing}.",
                    expected = said(expected),
                    doing
                )
            }
            Problem::Malformed { expected, place, .. } => {
                say!(
                    "The reply is not {expected} at {place}, met while {doing}.",
                    expected = said(expected),
                    place,
                    doing
                )
            }
            Problem::TooLarge { limit } => {
                say!("The reply is too large while {doing}: {limit}.", doing, limit)
            }
            Problem::Redirected => {
                say!(
                    "The address sends on to another one, which is not followed while {doing}.",
                    doing
                )
            }
            Problem::Cancelled => say!("Stopped by you while {doing}.", doing),
        }
    }

    /// What to do next, as one or two sentences.
    pub fn next_step(&self) -> String {
        match &self.problem {
            Problem::Unreachable { .. } => {
                tr("A browser does not say why. Likely causes: a wrong \
                 address or port; the upstream does not allow this page's origin (CORS); an \
                 edge that lists neither this page nor this upstream; a certificate this machine \
                 does not trust; the network. Test the connection, or route it through a proxy or \
                 an edge.")
                .to_owned()
            }
            Problem::TimedOut { .. } => {
                tr("Try again; if it stays so, read a smaller scope.").to_owned()
            }
            Problem::ProxyRefused { .. } => tr("Check the route of this connection: the proxy's \
                 address, its style, its allow-list and the extra header it wants.")
            .to_owned(),
            Problem::Untrusted { .. } => tr("Give the edge the upstream's certificate authority \
                 (trustedCertificates in its configuration), or a certificate it already trusts.")
            .to_owned(),
            Problem::SignedOut => {
                tr("Sign in again; check user name, password or token. Repeated \
                 wrong passwords can lock an account.")
                .to_owned()
            }
            Problem::WrongCode { .. } => {
                tr("Enter the code again, or a new one: codes last minutes \
                 only. The password is not asked for again.")
                .to_owned()
            }
            Problem::TokenRefused { ended: true, .. } => {
                tr("Enter a new token, from where this one came. What was read stays.").to_owned()
            }
            Problem::TokenRefused { .. } => {
                tr("Check that it is whole and made for this edge, or get \
                 a new one from where it came.")
                .to_owned()
            }
            Problem::NotOpened { .. } => {
                tr("Ask whoever gave you the token for one that permits it, \
                 or read another scope.")
                .to_owned()
            }
            Problem::EdgeRefused { .. } => tr("Check the edge's address and its name for the \
                 upstream in this connection, or ask whoever runs the edge.")
            .to_owned(),
            Problem::Forbidden { role: Some(role) } => {
                say!("Ask the upstream's administrator for the role {role}.", role)
            }
            Problem::Forbidden { role: None } => {
                tr("Ask the upstream's administrator for the right to read licenses.").to_owned()
            }
            Problem::NothingFound => {
                tr("Check the level and the id in this connection: they may belong to another \
                 account, or there are no licenses yet.")
                .to_owned()
            }
            Problem::Throttled { retry_after_s: Some(seconds), .. } => {
                plural!(*seconds, "Try again in {n} second.", "Try again in {n} seconds.")
            }
            Problem::Throttled { suggested_rows: Some(_), .. } => {
                tr("Read smaller pages; Seatree does so by itself when it lists.").to_owned()
            }
            Problem::Throttled { .. } => tr("Wait a moment, then try again.").to_owned(),
            Problem::WrongVersion { .. } => {
                tr("Choose one of the server's versions in this connection, or \"automatic\".")
                    .to_owned()
            }
            // A vendor's own code means that the request was understood: AXL sends every fault as 500.
            Problem::Rejected { status: 500.., code: None, .. } => {
                tr("The fault is on the upstream's side. Try again; if it stays so, send its \
                 administrator the technical details.")
                .to_owned()
            }
            Problem::Rejected { .. } => {
                tr("Check this connection's settings against the message.").to_owned()
            }
            Problem::Malformed { .. } => tr(
                "Something else may answer at this address: a log-in page, a proxy's error page, \
                 another product. Check address, route and instance.",
            )
            .to_owned(),
            Problem::TooLarge { .. } => tr("Read a smaller scope.").to_owned(),
            Problem::Redirected => tr(
                "Enter the address that finally answers: https instead of http, perhaps, or with \
                 its path.",
            )
            .to_owned(),
            Problem::Cancelled => tr("Start it again when you want it.").to_owned(),
        }
    }

    /// Whether signing in again may help.
    pub fn wants_sign_in(&self) -> bool {
        matches!(self.problem, Problem::SignedOut | Problem::TokenRefused { .. })
    }

    /// The technical cause with what the reply showed, for the details below the sentence.
    pub fn details(&self) -> String {
        let shown = match &self.problem {
            Problem::Malformed { excerpt, .. } if !excerpt.is_empty() => {
                format!("it begins: {excerpt}")
            }
            Problem::Rejected { status, code: Some(code), .. } => {
                format!("status {status}, code {code}")
            }
            Problem::Rejected { status, .. } => format!("status {status}"),
            Problem::Untrusted { said } | Problem::TokenRefused { said, .. } => said.clone(),
            _ => String::new(),
        };
        match (shown.is_empty(), self.technical.is_empty()) {
            (true, _) => self.technical.clone(),
            (false, true) => shown,
            (false, false) => format!("{}; {shown}", self.technical),
        }
    }
}

impl fmt::Display for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what(), self.next_step())
    }
}

impl std::error::Error for UpstreamError {}

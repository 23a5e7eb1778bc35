//! What a reply other than a success means.

mod page;
mod soap;

use crate::error::{Problem, UpstreamError, words};
use crate::http::Reply;

use self::soap::SoapFault;

pub(super) use self::page::is_page;

/// The role that lets an account read AXL.
const ROLE: &str = "Standard AXL API Access";

/// What was asked, for the error to name.
pub(super) struct Asked<'a> {
    pub(super) doing: &'static str,
    pub(super) version: &'a str,
}

/// Reads an error reply of AXL: SOAP faults, and the pages that Tomcat sends in their place.
///
/// The operations decode their own errors and name the version asked for; this is for a reply
/// to anything else.
pub fn fault(doing: &'static str, reply: &Reply) -> UpstreamError {
    of(&Asked { doing, version: "(automatic)" }, reply)
}

pub(super) fn of(asked: &Asked<'_>, reply: &Reply) -> UpstreamError {
    let doing = asked.doing;
    let text = reply.text();
    let soap = SoapFault::read(reply);
    let message = match &soap {
        Some(soap) => words(&soap.message),
        None if is_page(reply) => words(&page::heading(&text)),
        None => words(&text),
    };
    // First, because a proxy may not relay a status as odd as 599.
    let supported = page::supported_versions(&text);
    let problem = match reply.status {
        _ if reply.status == 599 || !supported.is_empty() => {
            Problem::WrongVersion { asked: asked.version.to_owned(), supported }
        }
        401 => Problem::SignedOut,
        403 => Problem::Forbidden { role: Some(ROLE) },
        // Cisco's guide has 404 for an ended session; only a proxy could keep one here.
        404 if soap.is_none() => {
            let expected = "AXL but 404 (not the publisher, the AXL service is off, a proxy \
                            dropped the slash after /axl or keeps a session that ended)";
            return UpstreamError::malformed(doing, "", expected, reply);
        }
        429 | 503 => Problem::Throttled {
            retry_after_s: reply.header("retry-after").and_then(|value| value.trim().parse().ok()),
            suggested_rows: None,
        },
        status => match &soap {
            Some(soap) if soap.is_throttle() => {
                Problem::Throttled { retry_after_s: None, suggested_rows: soap.suggested_rows() }
            }
            Some(soap) => Problem::Rejected { status, code: soap.code, message: message.clone() },
            None => Problem::Rejected { status, code: None, message: message.clone() },
        },
    };
    UpstreamError::new(doing, problem).because(format!("status {}: {message}", reply.status))
}

//! Whether the licenses of a cluster suffice.

use super::super::complaints::Complaints;
use super::super::value::words;
use super::super::xml::{Broken, Walk};
use super::letters;

/// The authorization to use what is required; every field may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorization {
    pub status: Option<AuthorizationStatus>,
    /// Dates are texts in the publisher's own time and spelling.
    pub last_communication_attempt: Option<String>,
    pub next_communication_attempt: Option<String>,
    pub last_communication_status: Option<String>,
    pub failed_reason: Option<String>,
    pub expires: Option<String>,
    /// Of the 90 days without registration, as sent: "89".
    pub evaluation_period_remaining: Option<String>,
}

/// The states that Cisco names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationStatus {
    NoLicenseInUse,
    EvaluationMode,
    EvaluationExpired,
    Authorized,
    OutOfCompliance,
    AuthorizationExpired,
    /// One not known here, as sent.
    Other(String),
}

impl AuthorizationStatus {
    fn of(text: &str) -> Option<Self> {
        let text = words(text)?;
        Some(match letters(&text).as_str() {
            "nolicenseinuse" | "nolicensesinuse" => Self::NoLicenseInUse,
            "evaluationmode" | "evaluation" => Self::EvaluationMode,
            "evaluationexpired" | "evaluationperiodexpired" => Self::EvaluationExpired,
            "authorized" => Self::Authorized,
            "outofcompliance" => Self::OutOfCompliance,
            "authorizationexpired" => Self::AuthorizationExpired,
            _ => Self::Other(text),
        })
    }
}

impl Authorization {
    pub(super) fn read(walk: &mut Walk<'_>, complaints: &mut Complaints) -> Result<Self, Broken> {
        let mut read = Self::default();
        let twice = walk.fields(|name, text| {
            let field = match name {
                "Status" => {
                    read.status = AuthorizationStatus::of(text);
                    return;
                }
                "LastCommunicationAttempt" => &mut read.last_communication_attempt,
                "NextCommunicationAttempt" => &mut read.next_communication_attempt,
                "LastCommunicationStatus" => &mut read.last_communication_status,
                "AuthorizationFailedReason" => &mut read.failed_reason,
                "AuthorizationExpires" => &mut read.expires,
                "EvaluationPeriodRemaining" => &mut read.evaluation_period_remaining,
                _ => return,
            };
            *field = words(text);
        })?;
        complaints.twice(|| "Authorization".to_owned(), twice);
        Ok(read)
    }
}

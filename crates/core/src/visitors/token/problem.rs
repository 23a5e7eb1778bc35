//! What can be wrong with a token, for programs and in words.

use std::fmt;

/// Why a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenProblem {
    Missing,
    /// It is none of the tokens that are taken here, by its form.
    Form,
    Key,
    Algorithm,
    Signature,
    Issuer,
    Audience,
    Ended,
    NotYet,
    TooLong,
    Subject,
}

impl TokenProblem {
    /// For programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Form => "form",
            Self::Key => "key",
            Self::Algorithm => "algorithm",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Ended => "ended",
            Self::NotYet => "not-yet",
            Self::TooLong => "too-long",
            Self::Subject => "subject",
        }
    }
}

impl fmt::Display for TokenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "it brings none",
            Self::Form => "it is no signed JSON Web Token of the form that is taken here",
            Self::Key => "its \"kid\" is none of the edge's keys",
            Self::Algorithm => "its \"alg\" is not that of its key",
            Self::Signature => "its signature is not right",
            Self::Issuer => "its \"iss\" is not the edge's issuer",
            Self::Audience => "its \"aud\" is not this edge",
            Self::Ended => "it has ended, or does not say when",
            Self::NotYet => "it is not valid yet",
            Self::TooLong => "it lasts for more than an hour",
            Self::Subject => "it does not say whom it is for",
        })
    }
}

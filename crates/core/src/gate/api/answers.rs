//! What a caller is told in place of what was asked for.

use super::{ApiCall, Call};
use crate::api::LimitsProblem;
use crate::gate::{Gate, Refusal, RefusalKind, Why, visit::outside};

impl ApiCall {
    /// The answer to what does not lie in the scope, or nowhere.
    pub fn outside(&self) -> Refusal {
        self.refuse(outside())
    }

    /// The answer to limits that are not taken.
    pub fn not_taken(&self, problem: &LimitsProblem) -> Refusal {
        let kind = match problem {
            LimitsProblem::BelowUse { .. } => RefusalKind::BelowUse,
            _ => RefusalKind::LimitsRefused,
        };
        self.refuse(Refusal::new(kind, problem.to_string()))
    }

    /// The answer when no reply came of the platform that could be read.
    pub fn lost(&self) -> Refusal {
        let detail = match self.call {
            Call::Limits => {
                "The platform did not answer. Read the licenses again: the change may have been made."
            }
            _ => "The platform did not answer. Try again.",
        };
        self.refuse(Refusal::new(RefusalKind::UpstreamRefused, detail))
    }

    /// The answer when the platform does not do what it was asked. Its own words are kept from
    /// visitors: they may repeat what the edge signed in with.
    pub fn refused(&self, why: &Why) -> Refusal {
        let next = match (&self.call, why.status()) {
            (_, Some(500..)) => "Try again; if it stays so, ask who runs the platform.",
            (Call::Limits, Some(400..)) => {
                "Check the limits against what the level above has left, then read the licenses again."
            }
            (Call::Limits, _) => "Read the licenses again: the change may have been made.",
            _ => "Try again; if it stays so, ask who runs the edge.",
        };
        let status = why.status().map(|status| format!(", status {status}")).unwrap_or_default();
        let detail = format!("The platform did not do this ({}{status}). {next}", why.words());
        self.refuse(Refusal::new(RefusalKind::UpstreamRefused, detail))
    }

    /// The answer to a body that does not arrive.
    pub fn too_slow(&self) -> Refusal {
        let detail = "The request's body did not arrive in time. Send it again over a better line.";
        self.refuse(Refusal::new(RefusalKind::BodyTooSlow, detail))
    }

    /// The answer when it cannot be read who belongs to whom.
    pub fn unknown_scope(&self) -> Refusal {
        self.refuse(Gate::no_members(&self.upstream))
    }

    /// The answer when the edge cannot sign in.
    pub fn not_signed_in(&self) -> Refusal {
        self.refuse(Gate::no_sign_in(&self.upstream))
    }

    /// The answer where the upstream has no memory.
    pub fn no_memory(&self) -> Refusal {
        let detail = "The edge keeps no snapshots of this platform. Its operator can have it do so: \"memory\" of the upstream.";
        self.refuse(Refusal::new(RefusalKind::MemoryOff, detail))
    }

    /// The answer when the memory does not give any.
    pub fn lost_memory(&self) -> Refusal {
        let detail = "The edge cannot read its snapshots just now. Ask again; if it stays so, its operator finds the reason in its log.";
        self.refuse(Refusal::new(RefusalKind::MemoryFailed, detail))
    }
}

//! For those who run the edge: what was told, and what could not be delivered.

use super::{Ask, Gate, Refusal, RefusalKind, journal::is_token};
use crate::webhooks::Webhooks;

const START: &str = "/webhooks";
/// As long as ids of events are, and a bit more.
const MOST_ID_BYTES: usize = 64;

/// What an operator asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebhookCall {
    /// How each receiver stands.
    Receivers,
    /// What was given up.
    Dead,
    /// Try this one again.
    Retry(String),
    /// Try all of them again.
    RetryAll,
    /// Send this receiver something to look at.
    Test(String),
}

impl Gate {
    /// Who is told what, where the settings say so.
    pub fn webhooks(&self) -> Option<&Webhooks> {
        self.settings.webhooks.as_ref()
    }

    /// Decides about a request to `/webhooks` or below; none for other paths. Only an operator's
    /// token opens it: what is in there is of all customers, so no visitor's does.
    pub fn decide_webhooks(&self, ask: &Ask<'_>) -> Option<Result<WebhookCall, Refusal>> {
        let rest = ask.target.strip_prefix(START)?;
        if !(rest.is_empty() || rest.starts_with('/')) {
            return None;
        }
        Some(self.judge_webhooks(ask, rest))
    }

    fn judge_webhooks(&self, ask: &Ask<'_>, rest: &str) -> Result<WebhookCall, Refusal> {
        let operator = self.webhooks().and_then(|webhooks| webhooks.operator.as_ref());
        // Before anything else: nobody else is told what there is.
        if !is_token(operator, (ask.header)("authorization").as_deref()) {
            let detail = "This wants the token that the setting \"webhooks.operator\" names, as \"Authorization: Bearer\".";
            return Err(Refusal::new(RefusalKind::TokenRefused, detail));
        }
        let segments: Vec<&str> = rest.split('/').skip(1).collect();
        let (method, call) = match segments[..] {
            [] => ("GET", WebhookCall::Receivers),
            ["dead"] => ("GET", WebhookCall::Dead),
            ["dead", "retry"] => ("POST", WebhookCall::RetryAll),
            ["dead", id, "retry"] if is_id(id) => ("POST", WebhookCall::Retry(id.to_owned())),
            ["receivers", name, "test"] if self.has_receiver(name) => {
                ("POST", WebhookCall::Test(name.to_owned()))
            }
            _ => {
                let detail = "There is nothing here. What there is tells docs/webhooks.md.";
                return Err(Refusal::new(RefusalKind::NotFound, detail));
            }
        };
        if ask.method != method {
            let detail = format!("Only {method} is answered here.");
            let mut refusal = Refusal::new(RefusalKind::MethodRefused, detail);
            refusal.allow = Some(method.to_owned());
            return Err(refusal);
        }
        Ok(call)
    }

    fn has_receiver(&self, name: &str) -> bool {
        self.webhooks().is_some_and(|webhooks| webhooks.receivers.contains_key(name))
    }
}

fn is_id(text: &str) -> bool {
    text.len() <= MOST_ID_BYTES && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests;

//! What is wrong with a configuration: all of it for those who run the edge, and what anyone may know.

use std::fmt;

use serde_json::json;

use crate::error::{excerpt, tamed};
use crate::gate::{Refusal, RefusalKind};

/// Settings whose members have names of the operator's own.
const NAMED: [&str; 2] = ["upstreams", "receivers"];

/// Where the configuration is wrong, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// Such as `upstreams.cucm.paths[0]`; empty for the whole.
    pub field: String,
    /// The same without a name of the operator's own: `upstreams.*.paths[0]`.
    pub setting: String,
    pub problem: String,
}

impl SettingsError {
    /// A field that there is.
    pub fn at(field: &str, problem: impl Into<String>) -> Self {
        let (field, setting) = (field.to_owned(), nameless(field));
        Self { field, setting, problem: problem.into() }
    }

    /// A member of a field, by a name that there is not, or cannot be.
    pub(super) fn unlisted(place: &str, name: &str, problem: impl Into<String>) -> Self {
        let within = |place: String, name: &str| match place.as_str() {
            "" => name.to_owned(),
            place => format!("{place}.{name}"),
        };
        let (field, setting) = (within(place.to_owned(), name), within(nameless(place), "*"));
        Self { field, setting, problem: problem.into() }
    }

    /// The answer to every request meanwhile. Anyone may ask: hosts, names and values are in the log.
    pub fn refusal(&self) -> Refusal {
        let what = match self.setting.as_str() {
            "" => "it is wrong as a whole".to_owned(),
            setting => format!("\"{setting}\" is wrong"),
        };
        let detail = format!(
            "The edge's configuration cannot be used: {what}. Its operator finds all of it in the edge's log."
        );
        Refusal::new(RefusalKind::Misconfigured, detail)
    }

    /// A line of JSON about it; `id` is what the answer's `X-Request-Id` says.
    pub fn line(&self, id: &str) -> String {
        let (field, problem) = (excerpt(&self.field), tamed(&self.problem));
        json!({ "at": "settings", "id": id, "field": field, "problem": problem }).to_string()
    }
}

/// Everything, for the log.
impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Either may quote the configuration, which may hold anything.
        match excerpt(&self.field).as_str() {
            "" => f.write_str(&tamed(&self.problem)),
            field => write!(f, "{field}: {}", tamed(&self.problem)),
        }
    }
}

impl std::error::Error for SettingsError {}

/// A field whose own names are `*`. All others are words of this code, and places in lists.
fn nameless(field: &str) -> String {
    let mut is_name = false;
    let parts = field.split('.').map(|part| {
        let shown = if is_name { "*" } else { part };
        is_name = !is_name && NAMED.contains(&part);
        shown
    });
    parts.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_operators_own_are_left_out_wherever_they_stand() {
        for (field, setting) in [
            ("", ""),
            ("upstreams", "upstreams"),
            ("upstreams.berlin.rate.seconds", "upstreams.*.rate.seconds"),
            ("webhooks.receivers.upstreams.upstreams[1]", "webhooks.receivers.*.upstreams[1]"),
            ("webhooks.mute[0].receivers[1]", "webhooks.mute[0].receivers[1]"),
        ] {
            assert_eq!(SettingsError::at(field, "").setting, setting);
        }
        for (place, setting) in [("", "*"), ("webhooks.receivers", "webhooks.receivers.*")] {
            let error = SettingsError::unlisted(place, "desk.example.com", "");
            assert!(error.field.ends_with("desk.example.com"), "{error:?}");
            assert_eq!(error.setting, setting);
        }
    }
}

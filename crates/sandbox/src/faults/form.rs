//! The form of the panel's page: one effect at a time, all values as text.

use serde::Deserialize;
use serde_json::{Map, Value};

/// What the page can set. More than one effect in a rule takes JSON.
pub const EFFECTS: [(&str, &str); 10] = [
    ("status", "status (429, 500, 503, …)"),
    ("latency_ms", "latency in milliseconds"),
    ("throttle", "throttle, as this vendor does"),
    ("drop", "drop: before-headers or mid-body"),
    ("truncate_at", "cut after this many bytes"),
    ("bytes_per_second", "bytes per second"),
    ("malformed", "malformed: empty, unclosed, stray, not-utf8 or twice"),
    ("content_type", "content type"),
    ("body", "body"),
    ("cors", "no CORS headers"),
];

/// The fields as a browser sends them: all of them, empty where nothing was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RuleForm {
    upstream: String,
    method: String,
    path_contains: String,
    soap_action_contains: String,
    skip: String,
    times: String,
    effect: String,
    value: String,
}

impl RuleForm {
    /// As the JSON that sets the same rule.
    ///
    /// # Errors
    /// A number that is none, in words for the page.
    pub fn into_value(self) -> Result<Value, String> {
        let mut rule = Map::new();
        for (name, text) in [
            ("upstream", self.upstream),
            ("method", self.method),
            ("path_contains", self.path_contains),
            ("soap_action_contains", self.soap_action_contains),
        ] {
            if !text.is_empty() {
                rule.insert(name.to_owned(), text.into());
            }
        }
        for (name, text) in [("skip", self.skip), ("times", self.times)] {
            if !text.is_empty() {
                rule.insert(name.to_owned(), number(name, &text)?);
            }
        }
        let value = match self.effect.as_str() {
            "throttle" => true.into(),
            "cors" => false.into(),
            name @ ("status" | "latency_ms" | "truncate_at" | "bytes_per_second") => {
                number(name, &self.value)?
            }
            _ => self.value.into(),
        };
        rule.insert(self.effect, value);
        Ok(rule.into())
    }
}

fn number(name: &str, text: &str) -> Result<Value, String> {
    text.trim().parse::<u64>().map(Value::from).map_err(|_| format!("{name} has to be a number"))
}

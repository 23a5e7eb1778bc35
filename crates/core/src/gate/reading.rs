//! Bodies that say what is asked for.

use serde_json::Value;

use super::{
    Body, Forward, Gate, Refusal, RefusalKind, Unread,
    decision::{Expected, check_body},
    operations::may_be_long,
};
use crate::{
    draas::{Limit, LimitChange, LimitKeys},
    error::excerpt,
    json::parse_strictly,
};

impl Unread {
    /// Whether it is new limits, which make old what was read of the platform.
    pub fn changes_limits(&self) -> bool {
        matches!(self.body, Expected::Limits(_))
    }
}

impl Gate {
    /// Decides about a request whose body had to be read first.
    ///
    /// # Errors
    /// What it asks for is not listed, or cannot be told for sure.
    pub fn read(&self, unread: Unread, body: &[u8]) -> Result<Forward, Refusal> {
        let mut forward = unread.forward;
        let Some(upstream) = self.settings.upstreams.get(&forward.upstream) else {
            return Err(Refusal::misconfigured("the upstream is gone"));
        };
        let refuse = |detail: String| {
            Err(Refusal::new(RefusalKind::OperationRefused, detail).readable_by(&forward.origin))
        };
        // The announced length was checked already; this is what counts.
        if body.len() as u64 > upstream.max_body {
            let too_large = check_body(upstream, Body::Length(body.len() as u64));
            return too_large.map_err(|r| r.readable_by(&forward.origin)).and(Ok(forward));
        }
        if let Expected::Limits(keys) = &unread.body {
            return match read_limits(keys, body) {
                Err(objection) => refuse(objection),
                Ok(change) => {
                    write_anew(&mut forward, &change);
                    Ok(forward)
                }
            };
        }
        let header = |wanted: &str| {
            let mut headers = forward.headers.iter();
            headers.find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        if let Some(operations) = &upstream.operations {
            match operations.judge(header("content-type"), header("soapaction"), body) {
                Err(objection) => return refuse(objection),
                Ok(call) if unread.body == Expected::Reading && !call.only_reads() => {
                    return refuse(format!(
                        "Visitors may read, and {} changes something.",
                        excerpt(&call.operation)
                    ));
                }
                Ok(call) => forward.at_a_time = call.is_long().then_some(upstream.lists),
            }
        } else if unread.body == Expected::Any && may_be_long(header("content-type"), body) {
            forward.at_a_time = Some(upstream.lists);
        }
        Ok(forward)
    }
}

/// New limits as the app sends them: `{"msTeamsUsers": {"assigned": 10}}`, and nothing else.
fn read_limits(keys: &LimitKeys, body: &[u8]) -> Result<LimitChange, String> {
    let no_limits = || {
        "The body is no list of limits, such as {\"msTeamsUsers\": {\"assigned\": 10}}.".to_owned()
    };
    let value = parse_strictly(body).ok_or_else(no_limits)?;
    let mut change: Option<LimitChange> = None;
    for (key, limit) in value.as_object().ok_or_else(no_limits)? {
        let fields = limit.as_object().filter(|fields| fields.len() == 1).ok_or_else(no_limits)?;
        let count = fields.get("assigned").and_then(Value::as_i64).ok_or_else(no_limits)?;
        if !keys.know(key) {
            return Err(format!(
                "The platform counts no license \"{}\". Use the key of one that it has, spelled the same.",
                excerpt(key)
            ));
        }
        let limit = Limit::new(count).map_err(|error| format!("{error}."))?;
        change = Some(match change {
            Some(change) => change.and(key, limit),
            None => LimitChange::of(key, limit),
        });
    }
    change.ok_or_else(no_limits)
}

/// Lets what was understood go on, and nothing else of the body that came: whatever its headers
/// said of that one, and however the platform would have read it.
fn write_anew(forward: &mut Forward, change: &LimitChange) {
    forward.headers.retain(|(name, _)| !name.starts_with("content-"));
    forward.headers.push(("content-type".to_owned(), "application/json".to_owned()));
    forward.body = Some(change.body().to_string());
}

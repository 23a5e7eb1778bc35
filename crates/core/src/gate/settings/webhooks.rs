//! Who is told what was found.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    SettingsError, Upstream,
    credentials::{self, Secrets},
    fields::Fields,
    is_upstream_name, operator_token,
};
use crate::address::Address;
use crate::api::NodeName;
use crate::http::Secret;
use crate::live_platform::timestamp::unix_seconds;
use crate::webhooks::{Key, Mute, Patience, Receiver, Topic, Webhooks};

/// As the vendors warn.
const DEFAULT_THRESHOLD: u32 = 80;
const MOST_THRESHOLDS: usize = 10;
/// By then most upstreams that were only restarted are back.
const DEFAULT_DOWN_AFTER: u64 = 3;
/// With the usual pauses two and a half days.
const DEFAULT_ATTEMPTS: u64 = 15;
/// Seconds.
const DEFAULT_FIRST_PAUSE: u64 = 5;
/// Seconds: longer than from one hourly snapshot to the next, and shorter than between daily ones.
const DEFAULT_EASED_AFTER: u64 = 90 * 60;
const MOST_EASED_AFTER: u64 = 31 * 24 * 3_600;
const NO_KEY: &str = "is no \"whsec_\" with the base64 of 24 to 64 random bytes; one is made by: echo whsec_$(openssl rand -base64 32)";

type Upstreams = BTreeMap<String, Upstream>;

pub(super) fn read(
    settings: &Fields<'_>,
    upstreams: &Upstreams,
    secrets: &Secrets<'_>,
) -> Result<Option<Webhooks>, SettingsError> {
    let known = ["receivers", "mute", "down_after", "operator"];
    let Some(fields) = settings.object("webhooks", &known)? else { return Ok(None) };
    if !upstreams.values().any(|upstream| upstream.memory.is_some()) {
        let problem = "need an upstream with \"memory\": events follow from its snapshots";
        return Err(settings.wrong("webhooks", problem));
    }
    let mut receivers = BTreeMap::new();
    for (name, value) in fields.members("receivers")? {
        let place = format!("webhooks.receivers.{name}");
        if !is_upstream_name(name) {
            let problem =
                "a name is made of lower-case letters, digits and -, such as \"service-desk\"";
            return Err(SettingsError::unlisted("webhooks.receivers", name, problem));
        }
        receivers.insert(name.clone(), receiver(&place, value, upstreams, secrets)?);
    }
    let mut mutes = Vec::new();
    for (place, value) in fields.list("mute")? {
        mutes.push(mute(&place, value, &receivers, upstreams)?);
    }
    let down_after = fields.number_within("down_after", 1..=100)?.unwrap_or(DEFAULT_DOWN_AFTER);
    let operator = if fields.has("operator") {
        Some(operator_token(&fields, "operator", secrets)?)
    } else {
        None
    };
    Ok(Some(Webhooks { receivers, mutes, down_after: short(down_after), operator }))
}

fn receiver(
    place: &str,
    value: &Value,
    upstreams: &Upstreams,
    secrets: &Secrets<'_>,
) -> Result<Receiver, SettingsError> {
    let known = [
        "address",
        "keys",
        "events",
        "thresholds",
        "below",
        "upstreams",
        "eased_after",
        "attempts",
        "first_pause",
        "unencrypted",
    ];
    let fields = Fields::of(place, value, &known)?;
    let address = address(&fields, secrets)?;
    let mut keys = Vec::new();
    for (place, value) in fields.list("keys")? {
        let secret = credentials::named(&place, Some(value), secrets)?;
        let key = Key::parse(secret.expose());
        keys.push(key.ok_or_else(|| SettingsError::at(&place, NO_KEY))?);
    }
    if keys.is_empty() {
        let problem = "names no secret to sign with, such as [{\"secret\": \"ALERTS_KEY\"}]: without one nobody could tell who sent an event";
        return Err(fields.wrong("keys", problem));
    }
    let topics = topics(&fields)?;
    let topics = if topics.is_empty() { Topic::ALL.into_iter().collect() } else { topics };
    let number =
        |name, most, usual| fields.number_within(name, 1..=most).map(|n| n.unwrap_or(usual));
    let patience = Patience {
        attempts: short(number("attempts", 50, DEFAULT_ATTEMPTS)?),
        first_pause_s: number("first_pause", 3_600, DEFAULT_FIRST_PAUSE)?,
    };
    let eased_after_s =
        fields.number_within("eased_after", 0..=MOST_EASED_AFTER)?.unwrap_or(DEFAULT_EASED_AFTER);
    let below = names(&fields)?;
    let upstreams = remembered(&fields, upstreams)?;
    let thresholds = thresholds(&fields)?;
    let upstreams = upstreams.into_iter().collect();
    Ok(Receiver { address, keys, topics, thresholds, below, upstreams, eased_after_s, patience })
}

/// An address, or the secret that holds one: some have a token in them.
fn address(fields: &Fields<'_>, secrets: &Secrets<'_>) -> Result<Secret, SettingsError> {
    let (parsed, query) = if fields.is_text("address") {
        let text = fields.text("address")?;
        let parsed =
            Address::parse(text).map_err(|error| fields.wrong("address", &error.to_string()))?;
        (parsed, None)
    } else {
        let secret = credentials::secret(fields, "address", secrets)?;
        let (base, query) = match secret.expose().trim().split_once('?') {
            Some((base, query)) => (base.to_owned(), Some(query.to_owned())),
            None => (secret.expose().to_owned(), None),
        };
        // What is wrong with it is not said: that would repeat it.
        let is_plain = |query: &String| query.bytes().all(|b| b.is_ascii_graphic() && b != b'#');
        let parsed = Address::parse(&base).ok().filter(|_| query.as_ref().is_none_or(is_plain));
        (parsed.ok_or_else(|| fields.wrong("address", "the secret is no address"))?, query)
    };
    let may_be_plain = fields.flag("unencrypted")?.unwrap_or(false);
    if !(parsed.is_encrypted() || parsed.is_loopback() || may_be_plain) {
        let problem =
            "would send customers' names unencrypted: use https, or say \"unencrypted\": true";
        return Err(fields.wrong("address", problem));
    }
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Ok(format!("{}{query}", parsed.as_typed()).into())
}

fn mute(
    place: &str,
    value: &Value,
    receivers: &BTreeMap<String, Receiver>,
    upstreams: &Upstreams,
) -> Result<Mute, SettingsError> {
    let known = ["receivers", "upstreams", "events", "below", "until", "note"];
    let fields = Fields::of(place, value, &known)?;
    if fields.has("note") {
        // For those who read the file.
        fields.text("note")?;
    }
    let until_s = if fields.has("until") {
        let moment = unix_seconds(fields.text("until")?);
        let problem = "is no moment, such as \"2026-12-24T08:00:00Z\"";
        Some(moment.ok_or_else(|| fields.wrong("until", problem))?)
    } else {
        None
    };
    let mute = Mute {
        receivers: listed(&fields, "receivers", "receiver called", |name| {
            receivers.contains_key(name)
        })?,
        upstreams: remembered(&fields, upstreams)?,
        topics: topics(&fields)?,
        below: names(&fields)?,
        until_s,
    };
    if mute == Mute::default() {
        let problem = "would mute everything for ever: say what, or until when";
        return Err(SettingsError::at(place, problem));
    }
    Ok(mute)
}

fn topics(fields: &Fields<'_>) -> Result<BTreeSet<Topic>, SettingsError> {
    let topic = |(place, word): (String, String)| {
        let problem = || {
            let words = Topic::ALL.map(Topic::word).join(", ");
            SettingsError::at(&place, format!("\"{word}\" is none of {words}"))
        };
        Topic::parse(&word).ok_or_else(problem)
    };
    fields.texts("events")?.unwrap_or_default().into_iter().map(topic).collect()
}

fn thresholds(fields: &Fields<'_>) -> Result<Vec<u32>, SettingsError> {
    if !fields.has("thresholds") {
        return Ok(vec![DEFAULT_THRESHOLD]);
    }
    let mut thresholds: Vec<u32> = Vec::new();
    for (place, value) in fields.list("thresholds")? {
        let percent = value.as_u64().filter(|percent| (1..=100).contains(percent)).map(short);
        let last = thresholds.last().copied().unwrap_or_default();
        match percent {
            Some(percent) if percent > last && thresholds.len() < MOST_THRESHOLDS => {
                thresholds.push(percent);
            }
            _ => {
                let problem = format!(
                    "must be percent of the limit, from 1 to 100, each more than the one before, {MOST_THRESHOLDS} at most"
                );
                return Err(SettingsError::at(&place, problem));
            }
        }
    }
    Ok(thresholds)
}

fn names(fields: &Fields<'_>) -> Result<Vec<NodeName>, SettingsError> {
    let name = |(place, text): (String, String)| {
        let problem = || {
            let problem = format!("\"{text}\" is no node's id, such as \"reseller:UUID\"");
            SettingsError::at(&place, problem)
        };
        NodeName::parse(&text).ok_or_else(problem)
    };
    fields.texts("below")?.unwrap_or_default().into_iter().map(name).collect()
}

/// Of other upstreams there is nothing to tell.
fn remembered(
    fields: &Fields<'_>,
    upstreams: &Upstreams,
) -> Result<BTreeSet<String>, SettingsError> {
    let is_known = |name: &str| upstreams.get(name).is_some_and(|one| one.memory.is_some());
    listed(fields, "upstreams", "upstream with \"memory\" called", is_known)
}

/// Names that have to be configured.
fn listed(
    fields: &Fields<'_>,
    name: &str,
    what: &str,
    is_known: impl Fn(&str) -> bool,
) -> Result<BTreeSet<String>, SettingsError> {
    let known = |(place, text): (String, String)| {
        if is_known(&text) {
            return Ok(text);
        }
        Err(SettingsError::at(&place, format!("there is no {what} \"{text}\"")))
    };
    fields.texts(name)?.unwrap_or_default().into_iter().map(known).collect()
}

/// A number that its range keeps short.
fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;

//! What the configuration says of one upstream.

use serde_json::Value;

use super::{
    SettingsError,
    credentials::{self, Secrets},
    fields::Fields,
    memory, without_places,
};
use crate::address::Address;
use crate::draas::{self, Entity, Level};
use crate::estate::Uuid;
use crate::gate::{
    Credentials, decision::AXL, headers, operations::Operations, path, rate::Rate, under_way::Most,
};
use crate::snapshot::Plan;
use crate::visitors::Site;

/// A request body that is larger needs a setting that says so: no operation of the three upstreams
/// comes near.
pub(super) const DEFAULT_MAX_BODY: u64 = 1024 * 1024;
/// Seconds until a reply must begin. A busy cluster thinks long about a page of a thousand users.
const DEFAULT_TIME_LIMIT: u64 = 60;
/// Seconds until its last byte: the largest tree over a slow line.
const DEFAULT_TOTAL_LIMIT: u64 = 600;
/// An hour. What takes longer has been forgotten.
const MAX_SECONDS: u64 = 3_600;
/// OPTIONS is the preflight, answered by the edge; CONNECT and TRACE no browser sends.
const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
/// Seconds for which a tree says who belongs to whom.
const DEFAULT_TREE_SECONDS: u64 = 300;
/// Nodes of such a tree: beyond any group that is known, and 200 MB while a newer one is read.
const DEFAULT_MOST_NODES: u64 = 1_000_000;
/// What the reader of trees takes at most.
const MAX_NODES: u64 = 5_000_000;
/// More would fill the memory before they are refused.
const MAX_UNDER_WAY: u64 = 100_000;
const KNOWN: [&str; 14] = [
    "address",
    "methods",
    "paths",
    "request_headers",
    "max_body",
    "time_limit",
    "total_limit",
    "rate",
    "under_way",
    "operations",
    "lists",
    "draas",
    "credentials",
    "memory",
];

/// One server behind the edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// Its own among the upstreams.
    pub(in crate::gate) number: usize,
    /// Scheme, host and port; paths come from the request.
    pub(in crate::gate) address: Address,
    pub(in crate::gate) methods: Vec<String>,
    pub(in crate::gate) paths: Vec<String>,
    pub(in crate::gate) request_headers: Vec<String>,
    /// Bytes of a request's body.
    pub(in crate::gate) max_body: u64,
    /// Seconds until the reply begins.
    pub(in crate::gate) time_limit: u64,
    /// Seconds until the reply has ended.
    pub(in crate::gate) total_limit: u64,
    /// How often one client may ask; none for as often as it likes.
    pub(in crate::gate) rate: Option<Rate>,
    /// How many requests may be under way at a time.
    pub(in crate::gate) under_way: Most,
    /// Set where it speaks AXL: what may be asked of it.
    pub(in crate::gate) operations: Option<Operations>,
    /// How many lists such an upstream works on at a time.
    pub(in crate::gate) lists: u64,
    /// Set where it is a `DRaaS` platform.
    pub(in crate::gate) platform: Option<Platform>,
    /// Held by the edge; none where visitors bring their own.
    pub(in crate::gate) credentials: Option<Credentials>,
    /// When snapshots are taken of it; none for never.
    pub(in crate::gate) memory: Option<Plan>,
}

/// What the edge has to know of a `DRaaS` platform to keep visitors within their scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    pub(in crate::gate) site: Site,
    pub(in crate::gate) api: draas::Api,
    /// The highest entity that the edge's account may read.
    pub(in crate::gate) root: Entity,
    /// Seconds for which its tree is taken as it was read.
    pub(in crate::gate) tree_seconds: u64,
    /// Nodes that it may have.
    pub(in crate::gate) most_nodes: usize,
}

impl Upstream {
    pub(super) fn read(
        place: &str,
        value: &Value,
        secrets: &Secrets<'_>,
    ) -> Result<Self, SettingsError> {
        let fields = Fields::of(place, value, &KNOWN)?;
        let address = address(&fields)?;
        let platform = platform(&fields, &address)?;
        let api = platform.as_ref().map(|platform| &platform.api);
        let credentials = credentials::read(&fields, &address, api, secrets)?;
        let memory = memory::read(&fields, platform.is_some() && credentials.is_some())?;
        let operations = operations(&fields)?;
        let paths = paths(&fields)?;
        let reaches_axl = |path: &String| path == "/" || path::lies_within(path, AXL);
        if operations.is_none() && !paths.iter().any(reaches_axl) && fields.has("lists") {
            let problem =
                "counts lists of AXL: name its \"operations\", or list \"/axl/\" in \"paths\"";
            return Err(fields.wrong("lists", problem));
        }
        let time_limit = seconds(&fields, "time_limit", DEFAULT_TIME_LIMIT)?;
        let total_limit = seconds(&fields, "total_limit", DEFAULT_TOTAL_LIMIT.max(time_limit))?;
        if total_limit < time_limit {
            let problem = "is shorter than \"time_limit\", which is a part of it";
            return Err(fields.wrong("total_limit", problem));
        }
        Ok(Self {
            number: 0,
            address,
            methods: methods(&fields)?,
            paths,
            request_headers: request_headers(&fields)?,
            max_body: fields.number("max_body")?.unwrap_or(DEFAULT_MAX_BODY),
            time_limit,
            total_limit,
            rate: rate(&fields)?,
            under_way: under_way(&fields)?,
            operations,
            lists: fields.number_within("lists", 1..=100)?.unwrap_or(1),
            platform,
            credentials,
            memory,
        })
    }
}

fn address(fields: &Fields<'_>) -> Result<Address, SettingsError> {
    let text = fields.text("address")?;
    let address =
        Address::parse(text).map_err(|error| fields.wrong("address", &error.to_string()))?;
    if address.as_str() == address.origin() {
        Ok(address)
    } else {
        let problem = "give scheme, host and port only; paths belong into \"paths\"";
        Err(fields.wrong("address", problem))
    }
}

fn platform(upstream: &Fields<'_>, address: &Address) -> Result<Option<Platform>, SettingsError> {
    let known = ["prefix", "instance", "root", "tree_seconds", "most_nodes"];
    let Some(fields) = upstream.object("draas", &known)? else { return Ok(None) };
    let segment = |name: &str, usual: Option<&str>| {
        let text = if fields.has(name) { fields.text(name)? } else { usual.unwrap_or_default() };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
        if text.is_empty() || !text.bytes().all(is_plain) {
            return Err(fields.wrong(name, "is one segment of a path, such as \"draas_v1\""));
        }
        Ok(text.to_owned())
    };
    let site =
        Site { prefix: segment("prefix", Some("draas"))?, instance: segment("instance", None)? };
    let root = fields.text("root")?;
    let root = root.split_once(':').and_then(|(level, uuid)| {
        Some(Entity { level: Level::parse(level)?, uuid: Uuid::parse(uuid)? })
    });
    let Some(root) = root else {
        let problem = "is the highest entity that the credentials may read, such as \"group:UUID\"";
        return Err(fields.wrong("root", problem));
    };
    let api = draas::Api::new(address.as_str(), &site.prefix, &site.instance)
        .map_err(|error| upstream.wrong("address", &error.to_string()))?;
    let tree_seconds = fields.number_within("tree_seconds", 1..=MAX_SECONDS)?;
    let tree_seconds = tree_seconds.unwrap_or(DEFAULT_TREE_SECONDS);
    let most_nodes = fields.number_within("most_nodes", 1..=MAX_NODES)?;
    let most_nodes =
        usize::try_from(most_nodes.unwrap_or(DEFAULT_MOST_NODES)).unwrap_or(usize::MAX);
    Ok(Some(Platform { site, api, root, tree_seconds, most_nodes }))
}

fn methods(fields: &Fields<'_>) -> Result<Vec<String>, SettingsError> {
    let methods = fields.texts("methods")?.unwrap_or_default();
    for (field, method) in &methods {
        if !METHODS.contains(&method.as_str()) {
            let problem = format!("\"{method}\" is none of {}", METHODS.join(", "));
            return Err(SettingsError::at(field, problem));
        }
    }
    Ok(without_places(methods))
}

fn paths(fields: &Fields<'_>) -> Result<Vec<String>, SettingsError> {
    let paths = fields.texts("paths")?.unwrap_or_default();
    for (field, prefix) in &paths {
        if !path::is_plain(prefix) {
            let problem = format!("\"{prefix}\" is no plain path, such as \"/axl/\"");
            return Err(SettingsError::at(field, problem));
        }
    }
    Ok(without_places(paths))
}

fn request_headers(fields: &Fields<'_>) -> Result<Vec<String>, SettingsError> {
    let Some(names) = fields.texts("request_headers")? else {
        return Ok(headers::TO_UPSTREAM.map(str::to_owned).to_vec());
    };
    for (field, name) in &names {
        if !headers::is_name(name) {
            let problem = format!("\"{name}\" is no header name in lower case");
            return Err(SettingsError::at(field, problem));
        }
        if !headers::may_be_forwarded(name) {
            return Err(SettingsError::at(field, format!("\"{name}\" is never forwarded")));
        }
    }
    Ok(without_places(names))
}

fn seconds(fields: &Fields<'_>, name: &str, usual: u64) -> Result<u64, SettingsError> {
    Ok(fields.number_within(name, 1..=MAX_SECONDS)?.unwrap_or(usual))
}

fn rate(fields: &Fields<'_>) -> Result<Option<Rate>, SettingsError> {
    let Some(rate) = fields.object("rate", &["requests", "seconds"])? else { return Ok(None) };
    let number = |name: &str, most: u64| match rate.number_within(name, 1..=most)? {
        Some(number) => Ok(number),
        None => Err(rate.wrong(name, "is missing")),
    };
    let (requests, seconds) = (number("requests", 1_000_000)?, number("seconds", MAX_SECONDS)?);
    Ok(Some(Rate { requests, seconds }))
}

fn under_way(fields: &Fields<'_>) -> Result<Most, SettingsError> {
    let Some(most) = fields.object("under_way", &["client", "all"])? else {
        return Ok(Most::USUAL);
    };
    let number = |name: &str| most.number_within(name, 1..=MAX_UNDER_WAY);
    let all = number("all")?.unwrap_or(Most::USUAL.all);
    let client = number("client")?.unwrap_or(Most::USUAL.client.min(all));
    if client > all {
        return Err(most.wrong("client", "is more than \"all\", which it is a part of"));
    }
    Ok(Most { client, all })
}

fn operations(fields: &Fields<'_>) -> Result<Option<Operations>, SettingsError> {
    let Some(texts) = fields.texts("operations")? else { return Ok(None) };
    for (field, text) in &texts {
        if !Operations::is_pattern(text) {
            let problem = format!(
                "\"{text}\" is no operation, such as \"listLicensedUser\", nor the beginning of some, such as \"get*\""
            );
            return Err(SettingsError::at(field, problem));
        }
    }
    Ok(Some(Operations::new(without_places(texts))))
}

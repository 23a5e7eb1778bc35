//! A connection as written or typed, field by field.

use std::fmt;

use serde_json::{Map, Value, json};

use crate::error::{excerpt, tamed};
use crate::say;
use crate::words::tr;

/// The kind of upstream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Draas,
    LivePlatform,
    Cucm,
    /// A Seatree edge with credentials of its own, asked by a visitor's token.
    Edge,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Draas, Self::LivePlatform, Self::Cucm, Self::Edge];

    /// How `seatree.json` spells it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draas => "draas",
            Self::LivePlatform => "live-platform",
            Self::Cucm => "cucm",
            Self::Edge => "edge",
        }
    }

    /// How people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draas => "DRaaS",
            Self::LivePlatform => "Live Platform",
            Self::Cucm => "CUCM",
            Self::Edge => tr("Seatree edge"),
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The kind of upstream whose licenses it leads to.
    #[must_use]
    pub fn of_licenses(self) -> Self {
        if self == Self::Edge { Self::Draas } else { self }
    }
}

/// The style of a route; see [`Route`](crate::route::Route).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RouteStyle {
    #[default]
    Direct,
    ProxyPrefix,
    ProxyQuery,
    Mount,
    Edge,
}

impl RouteStyle {
    pub const ALL: [Self; 5] =
        [Self::Direct, Self::ProxyPrefix, Self::ProxyQuery, Self::Mount, Self::Edge];

    pub fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::ProxyPrefix => "proxy-prefix",
            Self::ProxyQuery => "proxy-query",
            Self::Mount => "mount",
            Self::Edge => "edge",
        }
    }

    /// How people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => tr("Direct"),
            Self::ProxyPrefix => tr("CORS proxy, address as a prefix"),
            Self::ProxyQuery => tr("CORS proxy, address as a parameter"),
            Self::Mount => tr("Proxy mounted for this upstream"),
            Self::Edge => tr("Seatree edge"),
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.word() == word)
    }
}

/// A header that a proxy wants on every request. Its value may be a key: `Debug` hides it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    pub value: String,
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The route of a connection, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteSettings {
    pub style: RouteStyle,
    /// Of the proxy or edge.
    pub address: String,
    /// The edge's short name for the upstream.
    pub upstream: String,
    /// The proxy's query parameter.
    pub parameter: String,
    pub header: Header,
}

/// A connection as written: no secrets, every field still text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub id: String,
    pub name: String,
    pub kind: Kind,
    pub address: String,
    /// DRaaS: the provider's instance, such as `draas_v1`.
    pub instance: String,
    /// DRaaS: `draas`, or `custom` on older builds.
    pub prefix: String,
    /// DRaaS: the level of the entity to read; with an empty uuid, whatever the account manages.
    pub level: String,
    /// DRaaS: its uuid; empty for whatever the account manages.
    pub uuid: String,
    /// CUCM: the AXL version, or empty to find it out.
    pub version: String,
    /// Edge: its name for the platform, or empty where it knows one only.
    pub upstream: String,
    /// Edge: the part to read, such as `reseller:UUID`; empty for all that the token opens.
    pub scope: String,
    /// To all kinds but an edge, which is asked directly.
    pub route: RouteSettings,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// As in the file, such as `route.address`.
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub(super) fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        // Either may quote the file, which may hold anything.
        Self { field: excerpt(&field.into()), message: tamed(&message.into()) }
    }

    pub(super) fn below(mut self, parent: &str) -> Self {
        let dot = if self.field.is_empty() { "" } else { "." };
        self.field = excerpt(&format!("{parent}{dot}{}", self.field));
        self
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

impl Settings {
    /// Defaults for a new connection of a kind.
    pub fn new(kind: Kind) -> Self {
        let draas = kind == Kind::Draas;
        let text = |value: &str| if draas { value.to_owned() } else { String::new() };
        Self {
            kind,
            prefix: text("draas"),
            instance: text("draas_v1"),
            level: text("group"),
            ..Self::default()
        }
    }

    /// Reads the file's form.
    ///
    /// # Errors
    /// Every field that is of the wrong type, unknown, or not one of the words allowed.
    pub fn from_json(value: &Value) -> Result<Self, Vec<FieldError>> {
        let mut reader = Reader::new(value, "");
        let mut settings = Self::new(reader.word("kind", Kind::parse, &Kind::ALL.map(Kind::word)));
        settings.id = reader.text("id");
        settings.name = reader.text("name");
        settings.address = reader.text("address");
        match settings.kind {
            Kind::Draas => {
                reader.optional("instance", &mut settings.instance);
                reader.optional("prefix", &mut settings.prefix);
                if reader.has("entity") {
                    let mut entity = reader.object("entity");
                    settings.level = entity.text("level");
                    settings.uuid = entity.text("uuid");
                    if entity.has("uuid") && settings.uuid.trim().is_empty() {
                        entity.complain("uuid", tr("is empty; leave out the whole entity to read whatever the account manages"));
                    }
                    reader.absorb(entity);
                }
            }
            Kind::LivePlatform => {}
            Kind::Cucm => reader.optional("version", &mut settings.version),
            Kind::Edge => {
                reader.optional("upstream", &mut settings.upstream);
                reader.optional("scope", &mut settings.scope);
            }
        }
        if settings.kind != Kind::Edge && reader.has("route") {
            let mut route = reader.object("route");
            settings.route.style =
                route.word("style", RouteStyle::parse, &RouteStyle::ALL.map(RouteStyle::word));
            route.optional("address", &mut settings.route.address);
            route.optional("upstream", &mut settings.route.upstream);
            route.optional("parameter", &mut settings.route.parameter);
            if route.has("header") {
                let mut header = route.object("header");
                settings.route.header.name = header.text("name");
                header.optional("value", &mut settings.route.header.value);
                route.absorb(header);
            }
            reader.absorb(route);
        }
        reader.finish().map(|()| settings)
    }

    /// Writes the file's form. The header's value goes with it only when `header_value` says so:
    /// it may be a key.
    pub fn to_json(&self, header_value: HeaderValue) -> Value {
        let mut out = json!({
            "id": self.id, "name": self.name, "kind": self.kind.word(), "address": self.address,
        });
        match self.kind {
            Kind::Draas => {
                out["instance"] = json!(self.instance);
                out["prefix"] = json!(self.prefix);
                if !self.uuid.is_empty() {
                    out["entity"] = json!({ "level": self.level, "uuid": self.uuid });
                }
            }
            Kind::LivePlatform => {}
            Kind::Cucm if self.version.is_empty() => {}
            Kind::Cucm => out["version"] = json!(self.version),
            Kind::Edge => {
                for (key, text) in [("upstream", &self.upstream), ("scope", &self.scope)] {
                    if !text.is_empty() {
                        out[key] = json!(text);
                    }
                }
                return out;
            }
        }
        let mut route = json!({ "style": self.route.style.word() });
        for (key, text) in [
            ("address", &self.route.address),
            ("upstream", &self.route.upstream),
            ("parameter", &self.route.parameter),
        ] {
            if !text.is_empty() {
                route[key] = json!(text);
            }
        }
        if !self.route.header.name.is_empty() {
            route["header"] = match header_value {
                HeaderValue::Keep => {
                    json!({ "name": self.route.header.name, "value": self.route.header.value })
                }
                HeaderValue::Drop => json!({ "name": self.route.header.name }),
            };
        }
        out["route"] = route;
        out
    }
}

/// Whether the extra header's value is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderValue {
    Keep,
    Drop,
}

/// Reads one object's fields and remembers what was wrong and what is left over.
pub(super) struct Reader<'a> {
    object: Option<&'a Map<String, Value>>,
    place: String,
    read: Vec<&'static str>,
    errors: Vec<FieldError>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(value: &'a Value, place: &str) -> Self {
        let mut reader = Self {
            object: value.as_object(),
            place: place.to_owned(),
            read: Vec::new(),
            errors: Vec::new(),
        };
        if reader.object.is_none() {
            reader.errors.push(FieldError::new(place, tr("must be an object { … }")));
        }
        reader
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.object.is_some_and(|object| object.contains_key(field))
    }

    pub(super) fn get(&mut self, field: &'static str) -> Option<&'a Value> {
        self.read.push(field);
        self.object.and_then(|object| object.get(field))
    }

    pub(super) fn complain(&mut self, field: &str, message: impl Into<String>) {
        let place = self.field(field);
        self.errors.push(FieldError::new(place, message));
    }

    fn text(&mut self, field: &'static str) -> String {
        let mut text = String::new();
        if self.has(field) {
            self.optional(field, &mut text);
        } else if self.object.is_some() {
            self.complain(field, tr("is missing"));
        }
        text
    }

    pub(super) fn optional(&mut self, field: &'static str, into: &mut String) {
        match self.get(field) {
            None => {}
            Some(Value::String(text)) => into.clone_from(text),
            Some(_) => self.complain(field, tr("must be text in quotes")),
        }
    }

    fn word<T: Default>(
        &mut self,
        field: &'static str,
        parse: fn(&str) -> Option<T>,
        words: &[&str],
    ) -> T {
        let text = self.text(field);
        parse(&text).unwrap_or_else(|| {
            if self.object.is_some_and(|object| object.get(field).is_some_and(Value::is_string)) {
                let message = say!(
                    "{text} is none of {words}",
                    text = format!("{text:?}"),
                    words = words.join(", ")
                );
                self.complain(field, message);
            }
            T::default()
        })
    }

    fn object(&mut self, field: &'static str) -> Self {
        const NOTHING: &Value = &Value::Null;
        let place = self.field(field);
        Self::new(self.get(field).unwrap_or(NOTHING), &place)
    }

    fn absorb(&mut self, inner: Self) {
        if let Err(errors) = inner.finish() {
            self.errors.extend(errors);
        }
    }

    fn field(&self, field: &str) -> String {
        if self.place.is_empty() { field.to_owned() } else { format!("{}.{field}", self.place) }
    }

    pub(super) fn finish(mut self) -> Result<(), Vec<FieldError>> {
        let unknown: Vec<String> = self
            .object
            .into_iter()
            .flat_map(Map::keys)
            .filter(|key| !self.read.contains(&key.as_str()) && !key.starts_with('$'))
            .cloned()
            .collect();
        for key in unknown {
            self.complain(&key, tr("is not a field of this place; check its spelling"));
        }
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}

//! A connection that passed validation.

use super::settings::{FieldError, Header, Kind, RouteSettings, RouteStyle, Settings};
use crate::address::Address;
use crate::estate::Uuid;
use crate::route::Route;
use crate::visitors::Scope;
use crate::words::tr;
use crate::{axl, draas, edge, live_platform};

/// One upstream a user may read, with the way to it.
#[derive(Clone, Debug)]
pub struct Connection {
    pub id: String,
    pub name: String,
    pub upstream: Upstream,
    pub address: Address,
    pub route: Route,
    /// What a proxy wants on every request.
    pub header: Option<Header>,
}

/// What answers at the other end.
#[derive(Clone, Debug)]
pub enum Upstream {
    /// Without an entity, whatever the account manages is read.
    Draas {
        api: draas::Api,
        entity: Option<draas::Entity>,
    },
    LivePlatform {
        api: live_platform::Api,
    },
    /// The version is found out where none is set.
    Cucm {
        api: axl::Api,
        version: Option<axl::Version>,
    },
    /// What a visitor's token opens at an edge.
    Edge {
        api: edge::Api,
    },
}

/// Headers a page may not set, or that would change what a request means.
const RESERVED_HEADERS: [&str; 8] = [
    "authorization",
    "content-type",
    "soapaction",
    "cookie",
    "host",
    "origin",
    "content-length",
    "accept",
];

impl Connection {
    /// # Errors
    /// Every field that cannot be used, with what to mend.
    pub fn new(settings: &Settings) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = settings.name.trim();
        if name.is_empty() {
            errors.push(FieldError::new("name", tr("Give the connection a name")));
        }
        if settings.id.is_empty() {
            errors.push(FieldError::new("id", tr("is missing")));
        }
        let address = Address::parse(&settings.address)
            .map_err(|error| errors.push(FieldError::new("address", error.to_string())))
            .ok();
        let upstream = address
            .as_ref()
            .and_then(|_| upstream(settings).map_err(|wrong| errors.extend(wrong)).ok());
        let route = route(&settings.route).map_err(|error| errors.push(error)).ok();
        let header = header(&settings.route.header).map_err(|error| errors.push(error)).ok();
        match (address, upstream, route, header) {
            (Some(address), Some(upstream), Some(route), Some(header)) if errors.is_empty() => {
                let (id, name) = (settings.id.clone(), name.to_owned());
                Ok(Self { id, name, upstream, address, route, header })
            }
            _ => Err(errors),
        }
    }

    pub fn kind(&self) -> Kind {
        match self.upstream {
            Upstream::Draas { .. } => Kind::Draas,
            Upstream::LivePlatform { .. } => Kind::LivePlatform,
            Upstream::Cucm { .. } => Kind::Cucm,
            Upstream::Edge { .. } => Kind::Edge,
        }
    }
}

fn upstream(settings: &Settings) -> Result<Upstream, Vec<FieldError>> {
    let bad_address =
        |error: crate::address::AddressError| vec![FieldError::new("address", error.to_string())];
    match settings.kind {
        Kind::Draas => {
            let mut errors = Vec::new();
            for (field, text) in [("instance", &settings.instance), ("prefix", &settings.prefix)] {
                if text.trim().is_empty() {
                    errors.push(FieldError::new(field, tr("must not be empty")));
                }
            }
            let entity = entity(settings).map_err(|wrong| errors.extend(wrong)).ok();
            match entity {
                Some(entity) if errors.is_empty() => {
                    let (prefix, instance) = (settings.prefix.trim(), settings.instance.trim());
                    let api = draas::Api::new(&settings.address, prefix, instance)
                        .map_err(bad_address)?;
                    Ok(Upstream::Draas { api, entity })
                }
                _ => Err(errors),
            }
        }
        Kind::LivePlatform => {
            let api = live_platform::Api::new(&settings.address).map_err(bad_address)?;
            Ok(Upstream::LivePlatform { api })
        }
        Kind::Cucm => {
            let api = axl::Api::new(&settings.address).map_err(bad_address)?;
            let text = settings.version.trim();
            let version = if text.is_empty() {
                None
            } else {
                Some(axl::Version::parse(text).ok_or_else(|| {
                    let message =
                        tr("must be an AXL version such as 14.0, or empty to find it out");
                    vec![FieldError::new("version", message)]
                })?)
            };
            Ok(Upstream::Cucm { api, version })
        }
        Kind::Edge => {
            let scope = scope(settings.scope.trim()).map_err(|error| vec![error])?;
            let api = edge::Api::new(&settings.address, settings.upstream.trim(), scope)
                .map_err(bad_address)?;
            Ok(Upstream::Edge { api })
        }
    }
}

/// The part of what a token opens that is to be read.
fn scope(typed: &str) -> Result<Option<draas::Entity>, FieldError> {
    if typed.is_empty() {
        return Ok(None);
    }
    match Scope::parse(typed) {
        Some(Scope::Entity(entity)) => Ok(Some(entity)),
        _ => Err(FieldError::new(
            "scope",
            tr("must be group, distributor, reseller or tenant with its UUID, such as \
                reseller:aaf9dba1-9469-40fa-be50-22298d68010d, or empty to read all that the token \
                opens"),
        )),
    }
}

/// The entity to read; none where no uuid is given.
fn entity(settings: &Settings) -> Result<Option<draas::Entity>, Vec<FieldError>> {
    let typed = settings.uuid.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let mut errors = Vec::new();
    let level = draas::Level::parse(&settings.level);
    if level.is_none() {
        let message = tr("must be group, distributor, reseller or tenant");
        errors.push(FieldError::new("entity.level", message));
    }
    let uuid = Uuid::parse(typed);
    if uuid.is_none() {
        errors.push(FieldError::new(
            "entity.uuid",
            tr(
                "must be the entity's UUID, such as aaf9dba1-9469-40fa-be50-22298d68010d, or empty \
             to read whatever the account manages",
            ),
        ));
    }
    match (level, uuid) {
        (Some(level), Some(uuid)) => Ok(Some(draas::Entity { level, uuid })),
        _ => Err(errors),
    }
}

fn route(settings: &RouteSettings) -> Result<Route, FieldError> {
    let address = || {
        Address::parse(&settings.address)
            .map_err(|error| FieldError::new("route.address", error.to_string()))
    };
    Ok(match settings.style {
        RouteStyle::Direct => Route::Direct,
        RouteStyle::ProxyPrefix => Route::ProxyPrefix { proxy: address()? },
        RouteStyle::ProxyQuery => {
            Route::ProxyQuery { proxy: address()?, parameter: settings.parameter.trim().to_owned() }
        }
        RouteStyle::Mount => Route::Mount { proxy: address()? },
        RouteStyle::Edge => {
            let edge = address()?;
            let upstream = settings.upstream.trim();
            if upstream.is_empty() {
                let message = tr("must be the edge's name for the upstream");
                return Err(FieldError::new("route.upstream", message));
            }
            Route::Edge { edge, upstream: upstream.to_owned() }
        }
    })
}

fn header(header: &Header) -> Result<Option<Header>, FieldError> {
    let name = header.name.trim().to_ascii_lowercase();
    if name.is_empty() {
        return Ok(None);
    }
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !name.bytes().all(is_token) {
        return Err(FieldError::new("route.header.name", tr("is no name of a header")));
    }
    if RESERVED_HEADERS.contains(&name.as_str()) {
        return Err(FieldError::new("route.header.name", tr("is set by Seatree itself")));
    }
    let value = header.value.trim();
    if !value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        let message = tr("may hold plain letters, digits and signs only");
        return Err(FieldError::new("route.header.value", message));
    }
    Ok(Some(Header { name, value: value.to_owned() }))
}

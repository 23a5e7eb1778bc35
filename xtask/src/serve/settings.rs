//! What `serve` tells the page and the edge about the sandbox.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Ports, Truth};
use crate::command::LiveCors;

/// Writes the page's `seatree.json`: three connections and how to sign in to them. Real
/// deployments never hold sign-ins; the sandbox's are made up and open nothing.
pub(super) fn write(file: &Path, ports: &Ports, live_cors: LiveCors, truth: &Truth) -> Result<()> {
    let text = serde_json::to_string_pretty(&page(ports, live_cors, truth))
        .context("cannot write JSON")?;
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

fn page(ports: &Ports, live_cors: LiveCors, truth: &Truth) -> Value {
    let through_edge = |upstream: &str| json!({ "style": "edge", "address": local(ports.edge), "upstream": upstream });
    let live_route = match live_cors {
        LiveCors::On => json!({ "style": "direct" }),
        LiveCors::Off => through_edge("live"),
    };
    json!({
        "version": 1,
        "connections": [
            {
                "id": "netaxis",
                "name": "Netaxis DRaaS",
                "kind": "draas",
                "address": local(ports.draas),
                "instance": "draas_v1",
                "prefix": "draas",
                "entity": { "level": "group", "uuid": truth.group },
                "route": { "style": "direct" },
            },
            {
                "id": "live",
                "name": "Live Platform",
                "kind": "live-platform",
                "address": format!("{}/tenantui", local(ports.live)),
                "route": live_route,
            },
            {
                "id": "cucm",
                "name": "CUCM Berlin",
                "kind": "cucm",
                "address": format!("https://127.0.0.1:{}", ports.cucm),
                "route": through_edge("cucm"),
            },
        ],
        "demo": {
            "netaxis": { "username": truth.draas.username, "password": truth.draas.password },
            "live": { "token": truth.live_token },
            "cucm": { "username": truth.cucm.username, "password": truth.cucm.password },
        },
    })
}

/// The edge's one configuration value.
pub(super) fn edge(ports: &Ports, live_cors: LiveCors) -> Value {
    let mut upstreams = json!({
        "cucm": {
            "address": format!("https://127.0.0.1:{}", ports.cucm),
            "methods": ["GET", "POST"],
            "paths": ["/axl/"],
        },
    });
    if live_cors == LiveCors::Off {
        upstreams["live"] = json!({
            "address": local(ports.live),
            "methods": ["GET", "POST"],
            "paths": ["/tenantui/"],
        });
    }
    let page = [local(ports.page), format!("http://localhost:{}", ports.page)];
    json!({ "origins": page, "upstreams": upstreams })
}

pub(super) fn local(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::sandbox::{Entity, SignIn};

    fn truth() -> Truth {
        let sign_in =
            |name: &str| SignIn { username: name.to_owned(), password: "made up".to_owned() };
        let entity = |name: &str| Entity {
            uuid: "0b5e0000-0000-4000-8000-000000000002".to_owned(),
            name: name.to_owned(),
        };
        Truth {
            group: "0b5e0000-0000-4000-8000-000000000001".to_owned(),
            reseller: entity("Bruges Digital"),
            tenant: entity("Harbor"),
            draas: sign_in("operator"),
            live_token: "token".to_owned(),
            cucm: sign_in("axl"),
        }
    }

    #[test]
    fn live_platform_is_reached_directly_unless_its_cors_is_off() {
        let route = |cors| page(&Ports::DEFAULT, cors, &truth())["connections"][1]["route"].clone();
        assert_eq!(route(LiveCors::On), json!({ "style": "direct" }));
        assert_eq!(
            route(LiveCors::Off),
            json!({ "style": "edge", "address": "http://127.0.0.1:8701", "upstream": "live" })
        );
    }

    #[test]
    fn the_edge_lets_through_only_what_the_page_needs() {
        let with = edge(&Ports::DEFAULT, LiveCors::Off);
        assert_eq!(with["upstreams"]["live"]["paths"], json!(["/tenantui/"]));
        let without = edge(&Ports::DEFAULT, LiveCors::On);
        assert!(without["upstreams"].get("live").is_none());
        assert_eq!(without["origins"][0], "http://127.0.0.1:8700");
    }
}

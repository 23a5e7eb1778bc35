//! `serve`: page, sandbox and edge on this machine, to look at and to develop against.

mod edge;
mod portal;
mod ports;
mod sandbox;
mod settings;

pub(crate) use edge::{Edge, EdgeSettings};
use portal::Portal;
pub(crate) use ports::Ports;
pub(crate) use sandbox::{Sandbox, SandboxOptions, Truth};

use std::{fs, time::Instant};

use anyhow::{Context, Result};

use crate::{build, command::ServeOptions, process, project::Project, tools};

/// Builds, starts, says `Ready`, and stops all when asked to or when a part fails.
pub(crate) fn run(project: &Project, options: &ServeOptions) -> Result<()> {
    let start = Instant::now();
    // Minutes of building would be wasted on a port that is taken.
    options.ports.check_free()?;

    let packages = tools::node_packages(project)?;
    build::sandbox(project)?;
    let bundle = build::edge(project)?;
    let site = build::site(project)?;

    // By its port: two of one clone do not write over each other's files.
    let folder = project.target(&format!("serve/{}", options.ports.page));
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let estate = options.estate_arguments();
    let truth = Truth::of(project, &estate)?;
    let site_settings = folder.join("seatree.json");
    settings::write(&site_settings, &options.ports, options.live_cors, &truth)?;

    let certificate = folder.join("cucm.pem");
    let mut sandbox = Sandbox::start(
        project,
        &SandboxOptions {
            ports: &options.ports,
            site: &site,
            site_settings: &site_settings,
            certificate: &certificate,
            live_cors: options.live_cors,
            estate: &estate,
        },
    )?;
    let key = if options.portal {
        Some(portal::Key::new(project, &folder.join("portal-key.json"))?)
    } else {
        None
    };
    let mut configuration = settings::edge(&options.ports, options.live_cors);
    if let Some(key) = &key {
        key.let_in(&mut configuration, &options.ports, &truth);
    }
    let mut edge = Edge::start(
        &packages.workerd()?,
        &bundle,
        &EdgeSettings {
            project,
            folder: &folder.join("edge"),
            port: options.ports.edge,
            configuration,
            authority: &certificate,
            secrets: if key.is_some() { portal::secrets(&truth) } else { Vec::new() },
        },
    )?;

    let mut portal = match &key {
        Some(key) => {
            let file = folder.join("portal.json");
            Some(Portal::start(project, &file, &options.ports, &truth, key)?)
        }
        None => None,
    };

    println!("    Everything was up after {}", process::human(start.elapsed()));
    println!(
        "    Sandbox: DRaaS {}, Live Platform {}, CUCM {}",
        sandbox.draas, sandbox.live, sandbox.cucm
    );
    println!("    Edge: http://127.0.0.1:{}", options.ports.edge);
    if portal.is_some() {
        println!(
            "    Portal: http://127.0.0.1:{}/, for the visitors \"reseller\" and \"tenant\" with the \
             password \"demo\"",
            options.ports.portal
        );
    }
    println!("    Ctrl-C stops all of it");
    println!("Ready: http://127.0.0.1:{}/", options.ports.page);
    process::forever(|| {
        sandbox.check()?;
        portal.as_mut().map_or(Ok(()), Portal::check)?;
        edge.check()
    })
}

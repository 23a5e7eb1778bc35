//! `serve`: page, sandbox and edge on this machine, to look at and to develop against.

mod edge;
mod ports;
mod sandbox;
mod settings;

pub(crate) use edge::{Edge, EdgeSettings};
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
    let mut edge = Edge::start(
        &packages.workerd()?,
        &bundle,
        &EdgeSettings {
            project,
            folder: &folder.join("edge"),
            port: options.ports.edge,
            configuration: settings::edge(&options.ports, options.live_cors),
            authority: &certificate,
        },
    )?;

    println!("    Everything was up after {}", process::human(start.elapsed()));
    println!(
        "    Sandbox: DRaaS {}, Live Platform {}, CUCM {}",
        sandbox.draas, sandbox.live, sandbox.cucm
    );
    println!("    Edge: http://127.0.0.1:{}", options.ports.edge);
    println!("    Ctrl-C stops all of it");
    println!("Ready: http://127.0.0.1:{}/", options.ports.page);
    process::forever(|| {
        sandbox.check()?;
        edge.check()
    })
}

//! Tests of the app's own code inside a real browser.

use std::{
    net::{Ipv4Addr, TcpListener},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    build, process,
    project::Project,
    serve::{Ports, Sandbox, Truth},
    tools,
};

/// Where the tests' page is, unless something else is there. The sandbox's addresses are compiled
/// into the tests: with the same ports every time nothing is compiled twice.
const USUAL: u16 = 8770;

pub(super) fn run(project: &Project) -> Result<()> {
    tools::wasm_target(project)?;
    let bindgen = tools::wasm_bindgen(project)?;
    let chromium = tools::chromium(project)?;
    build::sandbox(project)?;

    let ports = free_ports()?;
    let truth = Truth::of(project, &[])?;
    let certificate = project.target("xtask/browser-test.pem");
    let settings = chromium.write_webdriver_settings(project)?;
    let sandbox = Sandbox::start_without_site(project, &ports, &certificate)?;

    process::run(
        "Testing in the browser",
        Command::new("cargo")
            .args(["test", "--target", "wasm32-unknown-unknown", "--package", "seatree"])
            .args(["--test", "browser"])
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                bindgen.join("wasm-bindgen-test-runner"),
            )
            .env("CHROMEDRIVER", &chromium.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
            .env("WASM_BINDGEN_TEST_ADDRESS", format!("127.0.0.1:{}", ports.page))
            .env("SEATREE_TEST_DRAAS", &sandbox.draas)
            .env("SEATREE_TEST_LIVE", &sandbox.live)
            .env("SEATREE_TEST_CUCM", &sandbox.cucm)
            .env("SEATREE_TEST_DRAAS_GROUP", &truth.group)
            .env("SEATREE_TEST_DRAAS_USERNAME", &truth.draas.username)
            .env("SEATREE_TEST_DRAAS_PASSWORD", &truth.draas.password)
            .env("SEATREE_TEST_LIVE_TOKEN", &truth.live_token)
            .current_dir(project.root()),
    )
}

/// The usual ports when nobody has them, else others.
fn free_ports() -> Result<Ports> {
    let usual = Ports::for_tests(USUAL);
    if usual.check_free().is_ok() {
        return Ok(usual);
    }
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .context("no free port for the tests' page")?;
    // 0 lets the sandbox choose.
    Ok(Ports { page: free.port(), edge: 0, portal: 0, draas: 0, live: 0, cucm: 0 })
}

//! A browser for the tests, with its driver.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::{
    process::{self, on_path, output_of},
    project::Project,
};

const BROWSERS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVER: &str = "chromedriver";

/// Without a display, as root, and without calls home: a test may reach nothing but this machine.
const SWITCHES: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
];

/// A Chromium that is installed on this machine.
pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Chromium {
    pub(super) fn find_or_install(project: &Project) -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        if !(Path::new("/etc/debian_version").exists() && is_root()?) {
            bail!(
                "no Chromium with chromedriver found: install both (Debian: apt-get install chromium chromium-driver), \
                 or set SEATREE_CHROMIUM to the browser and put its chromedriver on PATH or beside it"
            );
        }
        let apt = |arguments: &[&str]| {
            let mut command = Command::new("apt-get");
            command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        let log = project.target("xtask/install-chromium.log");
        process::run_quietly("Reading Debian's package lists", &mut apt(&["update"]), log.clone())?;
        process::run_quietly(
            "Installing Debian's chromium and chromium-driver",
            &mut apt(&[
                "install",
                "--yes",
                "--no-install-recommends",
                "chromium",
                "chromium-driver",
            ]),
            log,
        )?;
        Self::find().context("apt-get installed chromium, but it is not on PATH")
    }

    fn find() -> Option<Self> {
        let browser = match std::env::var_os("SEATREE_CHROMIUM") {
            Some(browser) if !browser.is_empty() => PathBuf::from(browser),
            _ => BROWSERS.iter().find_map(|name| on_path(name))?,
        };
        let driver = std::env::var_os("CHROMEDRIVER")
            .filter(|driver| !driver.is_empty())
            .map(PathBuf::from)
            .or_else(|| Some(browser.parent()?.join(DRIVER)).filter(|driver| driver.is_file()))
            .or_else(|| on_path(DRIVER))?;
        (browser.is_file() && driver.is_file()).then_some(Self { browser, driver })
    }

    /// Writes what wasm-bindgen's test runner asks of the driver, and says where.
    pub(crate) fn write_webdriver_settings(&self, project: &Project) -> Result<PathBuf> {
        let file = project.target("xtask/webdriver.json");
        let settings =
            json!({ "goog:chromeOptions": { "binary": self.browser, "args": SWITCHES } });
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&file, settings.to_string())
            .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(file)
    }
}

fn is_root() -> Result<bool> {
    Ok(output_of(Command::new("id").arg("-u"))?.trim() == "0")
}

//! The command line of `seatree-sandbox`.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::cucm::quirk::{Quirk, SmartState};
use crate::cucm::release::Release;

/// Stands in for DRaaS, Live Platform and CUCM on 127.0.0.1.
#[derive(Clone, Debug, Parser)]
#[command(name = "seatree-sandbox", version)]
pub struct Options {
    /// What to serve.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "draas,live-platform,cucm")]
    pub serve: Vec<Part>,

    /// Port of DRaaS; 0 takes any free one, here and below.
    #[arg(long, default_value_t = 8711)]
    pub draas_port: u16,
    /// Port of Live Platform.
    #[arg(long, default_value_t = 8712)]
    pub live_port: u16,
    /// Port of CUCM; of the first cluster, if there are several.
    #[arg(long, default_value_t = 8713)]
    pub cucm_port: u16,
    /// Port of the page.
    #[arg(long, default_value_t = 8700)]
    pub site_port: u16,

    /// A built page to host as a plain static host would, with `--serve site`.
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// A file to show as the page's `/seatree.json`.
    #[arg(long, value_name = "FILE", requires = "site")]
    pub site_config: Option<PathBuf>,
    /// An origin whose pages may show the page's `embed.html` in a frame; repeatable.
    #[arg(long, value_name = "URL", requires = "site")]
    pub site_framed_by: Vec<String>,

    /// Makes another world; the same seed makes the same one.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// DRaaS nodes: the group and all below it.
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    pub size: u32,
    /// Live Platform services.
    #[arg(long, default_value_t = 60)]
    pub services: u32,
    /// CUCM users.
    #[arg(long, default_value_t = 1200)]
    pub users: u32,
    /// Whether part of the DRaaS tree has a license that no manual names yet.
    #[arg(long, value_enum, default_value_t = Switch::Off)]
    pub unknown_license: Switch,
    /// Whether a DRaaS reseller and a Live Platform service have numbers that do not add up.
    #[arg(long, value_enum, default_value_t = Switch::Off)]
    pub contradictions: Switch,
    /// Invented data, or the examples the vendors print.
    #[arg(long, value_enum, default_value_t = Dataset::Generated)]
    pub dataset: Dataset,

    /// An origin that DRaaS and Live Platform allow to call them from a page; repeatable.
    #[arg(long = "origin", value_name = "URL",
          default_values = ["http://127.0.0.1:8700", "http://localhost:8700"])]
    pub origins: Vec<String>,
    /// Whether Live Platform sends CORS headers. Its vendor documents neither.
    #[arg(long, value_enum, default_value_t = Switch::On)]
    pub live_cors: Switch,

    /// Where the API of Live Platform is mounted: its manuals have it both ways.
    #[arg(long, value_enum, default_value_t = LivePath::Tenantui)]
    pub live_path: LivePath,
    /// Seconds a token of Live Platform lives that was fetched from its token endpoint.
    #[arg(long, default_value_t = 3599)]
    pub live_token_ttl: u64,
    /// Live Platform services whose license info fails the first time it is asked for.
    #[arg(long, default_value_t = 0)]
    pub live_failing_once: u32,
    /// Live Platform leads, listed after the services: no license yet, and no guid.
    #[arg(long, default_value_t = 0)]
    pub live_leads: u32,

    /// Release of the CUCM cluster: it decides what AXL can do. Several, separated by commas,
    /// make as many clusters: the second on the port after the first's, and so on.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "14.0")]
    pub cucm_version: Vec<Release>,
    /// What some CUCM clusters do and others do not; several, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "QUIRK")]
    pub cucm_quirk: Vec<Quirk>,
    /// What `getSmartLicenseStatus` reports.
    #[arg(long, value_enum, default_value_t = SmartState::Registered)]
    pub cucm_smart: SmartState,
    /// Where to write the CUCM listener's certificate, as PEM.
    #[arg(long, value_name = "FILE")]
    pub cert_out: Option<PathBuf>,

    /// Seconds a DRaaS access token lives.
    #[arg(long, default_value_t = 300)]
    pub access_ttl: u64,
    /// Seconds a DRaaS refresh token lives.
    #[arg(long, default_value_t = 86_400)]
    pub refresh_ttl: u64,
    /// Seconds in which a second factor has to be given.
    #[arg(long, default_value_t = 300)]
    pub second_factor_ttl: u64,
    /// Wrong passwords in a row that lock a DRaaS account; 0 for never.
    #[arg(long, default_value_t = 5)]
    pub lockout_threshold: u32,
    /// Seconds an account stays locked after the last wrong password.
    #[arg(long, default_value_t = 300)]
    pub lockout_seconds: u64,
    /// A header from which DRaaS takes the client's address, as behind a proxy.
    #[arg(long, value_name = "NAME")]
    pub draas_client_header: Option<String>,
    /// Bytes from which an AXL reply is refused as too large.
    #[arg(long, default_value_t = 8_388_608)]
    pub axl_reply_limit: usize,

    /// Bytes that all AXL replies under way may hold; each counts twice, for its rows and its
    /// text.
    #[arg(long, default_value_t = 16_777_216)]
    pub axl_memory_limit: usize,
    /// Milliseconds the cluster works on each list, holding its memory.
    #[arg(long, default_value_t = 0)]
    pub axl_delay_ms: u64,
    /// Seconds `doUpdateLicenseUsage` takes.
    #[arg(long, default_value_t = 3)]
    pub axl_update_seconds: u64,
    /// Seconds an AXL session cookie may be idle.
    #[arg(long, default_value_t = 1800)]
    pub axl_session_seconds: u64,

    /// Prints what is served, added up, as JSON, and exits.
    #[arg(long)]
    pub print_truth: bool,
    /// Exits when standard input closes, so that a killed parent leaves no orphan.
    #[arg(long)]
    pub exit_with_stdin: bool,
}

/// One listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    Draas,
    LivePlatform,
    Cucm,
    Site,
}

/// Where the data comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Dataset {
    Generated,
    VendorExamples,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

/// What comes before `/api` at Live Platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LivePath {
    /// `/tenantui`
    Tenantui,
    /// Nothing.
    Root,
}

//! Binds the listeners and serves until dropped.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use axum::ServiceExt;
use axum::extract::Request;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum_server::Server;
use axum_server::tls_rustls::RustlsConfig;
use tokio::task::JoinSet;

use crate::certificate::Certificate;
use crate::cors::AllowedOrigins;
use crate::faults::Upstream;
use crate::faults::service::Faulty;
use crate::options::{Options, Part, Switch};
use crate::truth::Truth;
use crate::world::World;
use crate::world::examples::BrokenExample;
use crate::{cucm, draas, live_platform, site};

/// A running sandbox. Dropping it ends it, as a set of tasks ends its tasks when dropped.
pub struct Sandbox {
    addresses: Addresses,
    truth: Truth,
    certificate: Option<String>,
    tasks: Tasks,
}

/// Where each listener can be reached.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    pub draas: Option<String>,
    pub live_platform: Option<String>,
    pub cucm: Option<String>,
    /// CUCM clusters after the first.
    pub more_cucm: Vec<String>,
    pub site: Option<String>,
}

impl Addresses {
    /// The one line that says all listeners are bound.
    pub fn ready_line(&self) -> String {
        let named = [
            ("draas", &self.draas),
            ("live-platform", &self.live_platform),
            ("cucm", &self.cucm),
            ("site", &self.site),
        ];
        let entries: Vec<String> = named
            .into_iter()
            .filter_map(|(name, url)| url.as_ref().map(|url| format!("\"{name}\":\"{url}\"")))
            .collect();
        let more = self.more_cucm.iter().zip(2..);
        let more = more.map(|(url, number)| format!("\"cucm-{number}\":\"{url}\""));
        let entries: Vec<String> = entries.into_iter().chain(more).collect();
        format!("{{\"ready\":{{{}}}}}", entries.join(","))
    }
}

impl Sandbox {
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    pub fn truth(&self) -> &Truth {
        &self.truth
    }

    /// The CUCM listener's certificate as PEM, where it is served.
    pub fn certificate(&self) -> Option<&str> {
        self.certificate.as_deref()
    }
}

/// Why the sandbox did not start.
#[derive(Debug)]
pub enum StartError {
    PortInUse {
        port: u16,
        flag: &'static str,
    },
    CannotListen {
        port: u16,
        flag: &'static str,
        cause: std::io::Error,
    },
    /// `--serve site` without `--site`, or with something that is no directory.
    NoSite(Option<PathBuf>),
    Certificate(String),
    CannotWrite {
        file: PathBuf,
        cause: std::io::Error,
    },
    Example(BrokenExample),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse { port, flag } => write!(
                f,
                "port {port} on 127.0.0.1 is in use: end the program that holds it, or choose \
                 another port with {flag} (0 takes any free one)"
            ),
            Self::CannotListen { port, flag, cause } => {
                write!(f, "cannot listen on 127.0.0.1:{port} ({flag}): {cause}")
            }
            Self::NoSite(None) => {
                f.write_str("--serve site needs the directory of the built page: add --site DIR")
            }
            Self::NoSite(Some(path)) => {
                write!(f, "--site {} is no directory: build the page first", path.display())
            }
            Self::Certificate(cause) => write!(f, "cannot make a certificate: {cause}"),
            Self::CannotWrite { file, cause } => {
                write!(f, "cannot write the certificate to {}: {cause}", file.display())
            }
            Self::Example(broken) => broken.fmt(f),
        }
    }
}

impl std::error::Error for StartError {}

/// Starts what the options ask for, on the tokio runtime it is called in. All listeners are
/// bound when it returns.
pub fn start(options: &Options) -> Result<Sandbox, StartError> {
    let world = World::new(options).map_err(StartError::Example)?;
    let mut sandbox = Sandbox {
        addresses: Addresses::default(),
        truth: Truth::new(options, &world),
        certificate: None,
        tasks: JoinSet::new(),
    };
    let addresses = &mut sandbox.addresses;
    let tasks = &mut sandbox.tasks;
    let faults = Arc::default();
    let origins = || Some(AllowedOrigins::new(&options.origins));
    for part in &options.serve {
        match part {
            Part::Draas => {
                let listener = bind(options.draas_port, "--draas-port")?;
                let router = draas::router(options, &world);
                let router = Faulty::new(Upstream::Draas, &faults, router, origins());
                addresses.draas = Some(serve(tasks, &listener, router)?);
            }
            Part::LivePlatform => {
                let listener = bind(options.live_port, "--live-port")?;
                let router = live_platform::router(options, &world);
                let origins = origins().filter(|_| options.live_cors == Switch::On);
                let router = Faulty::new(Upstream::LivePlatform, &faults, router, origins);
                addresses.live_platform = Some(serve(tasks, &listener, router)?);
            }
            Part::Cucm => {
                let certificate = Certificate::new();
                let certificate =
                    certificate.map_err(|e| StartError::Certificate(e.to_string()))?;
                let pem = certificate.pem();
                if let Some(file) = &options.cert_out {
                    std::fs::write(file, &pem)
                        .map_err(|cause| StartError::CannotWrite { file: file.clone(), cause })?;
                }
                sandbox.certificate = Some(pem);
                for (cluster, number) in world.clusters.iter().zip(0..) {
                    let port = nth_port(options.cucm_port, number);
                    let listener = bind(port, "--cucm-port")?;
                    let router = cucm::router(options, cluster);
                    let router = Faulty::new(Upstream::Cucm, &faults, router, None);
                    let url = serve_tls(tasks, &listener, router, &certificate)?;
                    match number {
                        0 => addresses.cucm = Some(url),
                        _ => addresses.more_cucm.push(url),
                    }
                }
            }
            Part::Site => {
                let directory = options.site.as_ref().filter(|directory| directory.is_dir());
                let directory =
                    directory.ok_or_else(|| StartError::NoSite(options.site.clone()))?;
                let listener = bind(options.site_port, "--site-port")?;
                let router =
                    site::router(directory, options.site_config.as_ref(), &options.site_framed_by);
                let (url, server) = server(&listener)?;
                tasks.spawn(server.serve(router.into_make_service()));
                addresses.site = Some(url);
            }
        }
    }
    Ok(sandbox)
}

/// The port of one of several listeners of a kind.
fn nth_port(first: u16, number: u16) -> u16 {
    if first == 0 { 0 } else { first.saturating_add(number) }
}

/// A bound listener with its port and the flag that chose it, for errors.
struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    flag: &'static str,
}

impl Bound {
    fn cannot_listen(&self, cause: std::io::Error) -> StartError {
        StartError::CannotListen { port: self.address.port(), flag: self.flag, cause }
    }
}

fn bind(port: u16, flag: &'static str) -> Result<Bound, StartError> {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|listener| {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Bound { listener, address, flag })
    });
    bound.map_err(|cause| match cause.kind() {
        std::io::ErrorKind::AddrInUse => StartError::PortInUse { port, flag },
        _ => StartError::CannotListen { port, flag, cause },
    })
}

type Tasks = JoinSet<std::io::Result<()>>;

fn server(bound: &Bound) -> Result<(String, Server<SocketAddr>), StartError> {
    let server = bound.listener.try_clone().and_then(axum_server::from_tcp);
    let server = server.map_err(|cause| bound.cannot_listen(cause))?;
    Ok((format!("http://{}", bound.address), server))
}

fn serve(tasks: &mut Tasks, bound: &Bound, upstream: Faulty) -> Result<String, StartError> {
    let (url, server) = server(bound)?;
    let upstream = ServiceExt::<Request>::into_make_service_with_connect_info(upstream);
    tasks.spawn(server.serve::<IntoMakeServiceWithConnectInfo<Faulty, SocketAddr>>(upstream));
    Ok(url)
}

fn serve_tls(
    tasks: &mut Tasks,
    bound: &Bound,
    upstream: Faulty,
    certificate: &Certificate,
) -> Result<String, StartError> {
    let url = format!("https://{}", bound.address);
    let config = certificate.server_config();
    let config = config.map_err(|e| StartError::Certificate(e.to_string()))?;
    let server = bound.listener.try_clone().and_then(|listener| {
        axum_server::from_tcp_rustls(listener, RustlsConfig::from_config(config))
    });
    let server = server.map_err(|cause| bound.cannot_listen(cause))?;
    let upstream = ServiceExt::<Request>::into_make_service_with_connect_info(upstream);
    tasks.spawn(server.serve::<IntoMakeServiceWithConnectInfo<Faulty, SocketAddr>>(upstream));
    Ok(url)
}

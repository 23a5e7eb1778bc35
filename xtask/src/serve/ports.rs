//! Which ports are used, so that links, settings and the docs can name them.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Result, bail};

/// The loopback ports of one `serve`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ports {
    pub(crate) page: u16,
    pub(crate) edge: u16,
    pub(crate) portal: u16,
    pub(crate) draas: u16,
    pub(crate) live: u16,
    pub(crate) cucm: u16,
}

impl Ports {
    pub(crate) const DEFAULT: Self = Self::following(8700);
    const HIGHEST_PAGE: u16 = u16::MAX - 13;

    const fn following(page: u16) -> Self {
        Self {
            page,
            edge: page + 1,
            portal: page + 2,
            draas: page + 11,
            live: page + 12,
            cucm: page + 13,
        }
    }

    /// The ports that go with this one for the page. The error is a sentence for the user.
    pub(crate) fn from_page(page: &str) -> Result<Self, String> {
        match page.parse() {
            Ok(page @ 1..=Self::HIGHEST_PAGE) => Ok(Self::following(page)),
            _ => Err(format!(
                "--port needs a port from 1 to {} (thirteen above it are used too), not \"{page}\"",
                Self::HIGHEST_PAGE
            )),
        }
    }

    /// Ports for a test's sandbox: `page` is where the tests' own page will be.
    pub(crate) fn for_tests(page: u16) -> Self {
        Self::following(page)
    }

    /// Whether all can be listened on, else an error that names the first that cannot.
    pub(crate) fn check_free(&self) -> Result<()> {
        let named = [
            ("the page", self.page),
            ("the edge", self.edge),
            ("the portal", self.portal),
            ("the sandbox's DRaaS", self.draas),
            ("the sandbox's Live Platform", self.live),
            ("the sandbox's CUCM", self.cucm),
        ];
        for (what, port) in named {
            if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                bail!(
                    "port {port}, wanted for {what}, cannot be used ({error}); stop what uses it, \
                     or choose other ports with --port N"
                );
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = taken.local_addr().expect("an address").port();
        let ports = Ports { cucm: port, page: 0, edge: 0, portal: 0, draas: 0, live: 0 };
        let error = ports.check_free().expect_err("it is taken").to_string();
        assert!(error.contains(&port.to_string()) && error.contains("--port"), "{error}");
    }
}

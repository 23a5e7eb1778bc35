//! Whom a request is counted for.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

/// One who asks, as far as the edge can tell them from others. Nobody's business, so it does not
/// print.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Client {
    /// Whoever cannot be told from others: all of them are one.
    Anyone,
    V4([u8; 4]),
    /// A network of /64: what one connection is given, out of which it may take any address.
    V6([u8; 8]),
    /// Networks around them: /16, and /48, as one organization is given.
    Around4([u8; 2]),
    Around6([u8; 6]),
    /// The name that the issuer of a token has for its visitor.
    Visitor(String),
}

impl Client {
    /// By the address that the proxy in front of the edge names. What is no address, or several,
    /// tells nobody apart.
    pub(super) fn at(address: &str) -> Self {
        match parsed(address.trim()).map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => Self::V4(address.octets()),
            Some(IpAddr::V6(address)) => {
                address.octets().first_chunk().copied().map_or(Self::Anyone, Self::V6)
            }
            None => Self::Anyone,
        }
    }

    pub(super) fn visitor(subject: &str) -> Self {
        Self::Visitor(subject.to_owned())
    }

    /// Who it is counted with when there is no room for it alone.
    pub(super) fn wider(&self) -> Self {
        let around = match self {
            Self::V4(address) => address.first_chunk().copied().map(Self::Around4),
            Self::V6(network) => network.first_chunk().copied().map(Self::Around6),
            Self::Anyone | Self::Around4(_) | Self::Around6(_) | Self::Visitor(_) => None,
        };
        around.unwrap_or(Self::Anyone)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client(…)")
    }
}

/// As proxies write it: some with a port, some of an interface.
fn parsed(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    if let Ok(socket) = text.parse::<SocketAddr>() {
        return Some(socket.ip());
    }
    let bare = text.strip_prefix('[').map_or(Some(text), |text| text.strip_suffix(']'))?;
    let bare = bare.split_once('%').map_or(bare, |(address, _)| address);
    bare.parse::<Ipv6Addr>().ok().map(IpAddr::V6)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_read_as_proxies_write_them() {
        let four = Client::V4([10, 0, 0, 5]);
        for text in
            ["10.0.0.5", " 10.0.0.5 ", "10.0.0.5:4711", "::ffff:10.0.0.5", "[::ffff:a00:5]:80"]
        {
            assert_eq!(Client::at(text), four, "{text}");
        }
        let six = Client::V6([0x20, 0x01, 0xd, 0xb8, 0, 1, 0, 2]);
        for text in [
            "2001:db8:1:2::5",
            "2001:DB8:1:2:ffff:ffff:ffff:ffff",
            "2001:0db8:0001:0002:0:0:0:1",
            "[2001:db8:1:2::5]",
            "[2001:db8:1:2::5]:443",
            "2001:db8:1:2::5%eth0",
        ] {
            assert_eq!(Client::at(text), six, "{text}");
        }
        assert_ne!(Client::at("2001:db8:1:3::5"), six);
    }

    #[test]
    fn what_is_no_address_tells_nobody_apart() {
        for text in [
            "",
            "unknown",
            "10.0.0.5, 10.0.0.6",
            "10.0.0.5 10.0.0.6",
            "10.0.0",
            "10.0.0.256",
            "0x0a000005",
            "167772165",
            "10.0.0.05",
            "2001:db8::1::2",
            "[2001:db8::1",
            "client-7",
            "v",
        ] {
            assert_eq!(Client::at(text), Client::Anyone, "{text}");
        }
    }

    #[test]
    fn a_visitor_is_not_taken_for_an_address_and_no_client_prints() {
        assert_ne!(Client::visitor("10.0.0.5"), Client::at("10.0.0.5"));
        assert_ne!(Client::visitor(""), Client::Anyone);
        assert_eq!(format!("{:?}", Client::visitor("anna.person")), "Client(…)");
    }

    proptest! {
        #[test]
        fn one_network_is_one_client_and_another_is_another(
            network in any::<u64>(), hosts in any::<(u64, u64)>(), other in any::<u64>(),
        ) {
            let address = |network: u64, host: u64| {
                Ipv6Addr::from((u128::from(network) << 64) | u128::from(host))
            };
            let one = Client::at(&address(network, hosts.0).to_string());
            // But for IPv4 in IPv6, which is IPv4.
            if network != 0 && other != 0 {
                prop_assert_eq!(&one, &Client::at(&address(network, hosts.1).to_string()));
                let elsewhere = Client::at(&address(other, hosts.1).to_string());
                prop_assert_eq!(one == elsewhere, network == other);
                prop_assert_eq!(one.wider() == elsewhere.wider(), network >> 16 == other >> 16);
            }
        }

        #[test]
        fn ipv4_is_the_same_however_it_is_written(address in any::<u32>(), other in any::<u32>()) {
            let (address, other) = (Ipv4Addr::from(address), Ipv4Addr::from(other));
            let one = Client::at(&address.to_string());
            prop_assert_eq!(&one, &Client::at(&address.to_ipv6_mapped().to_string()));
            prop_assert_eq!(&one, &Client::V4(address.octets()));
            prop_assert_eq!(one == Client::at(&other.to_string()), address == other);
        }

        #[test]
        fn nothing_that_is_sent_stops_it(text in ".{0,60}") {
            let client = Client::at(&text);
            prop_assert_eq!(client.wider().wider(), Client::Anyone);
        }
    }
}

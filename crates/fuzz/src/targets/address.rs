//! What people type: addresses, ids, versions, counts.

use seatree_core::address::{Address, AddressError, origin_of, path_of};
use seatree_core::axl::{self, LicenseType, Version};
use seatree_core::estate::{Figure, Uuid};
use seatree_core::json::figure_of_text;
use seatree_core::route::Route;
use seatree_core::{draas, live_platform};

use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "address",
    decodes: "addresses as typed, uuids, versions, counts",
    seeds,
    words: mutate::TEXT,
    repeats: &[
        Repeat::new("https://", "a.", "example"),
        Repeat::new("https://h", "/", ""),
        Repeat::new("https://h:", "9", ""),
        Repeat::new("https://", "[", ""),
        Repeat::new("https://h", "/axl", ""),
        Repeat::new("", "9", ""),
    ],
    feed,
};

fn seeds() -> Vec<Vec<u8>> {
    [
        "https://prov.example.net",
        " HTTPS://Portal.Example:8443/tenantui/ ",
        "http://127.0.0.1:8713/axl",
        "https://[::1]:8443/AXL//",
        "https://user:pw@h/",
        "https://h?x#y",
        "localhost:8080",
        "{1F1D3AFF-F77D-319B-7693-3C2221E6AF78}",
        "14.0.1.10000-20",
        "20.00",
        "Enhanced Plus",
    ]
    .map(|seed| seed.as_bytes().to_vec())
    .to_vec()
}

fn feed(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if let Some(uuid) = Uuid::parse(&text) {
        assert_eq!(Uuid::parse(&uuid.to_string()), Some(uuid));
    }
    if let Some(version) = Version::of_release(&text).or_else(|| Version::parse(&text)) {
        assert_eq!(Version::parse(version.as_str()), Some(version));
    }
    let count = |text: &str| figure_of_text(text).and_then(Figure::get);
    if let Some(figure) = count(&text) {
        assert_eq!(count(&figure.to_string()), Some(figure));
    }
    let _ = (LicenseType::of(&text), origin_of(&text), path_of(&text));
    match within_memory(input.len(), || Address::parse(&text)) {
        Err(error) => {
            check::text(&error.to_string());
            let refused = |other: Option<AddressError>| assert_eq!(other.as_ref(), Some(&error));
            refused(axl::Api::new(&text).err());
            refused(live_platform::Api::new(&text).err());
            refused(draas::Api::new(&text, "draas", "x").err());
        }
        Ok(address) => accepted(&text, &address),
    }
}

fn accepted(text: &str, address: &Address) {
    let plain = address.as_str();
    assert_eq!(Address::parse(plain).as_ref().map(Address::as_str), Ok(plain));
    assert_eq!(
        Address::parse(&address.as_typed()).map(|a| a.as_str().to_owned()),
        Ok(plain.into())
    );
    assert!(plain.starts_with(address.origin()) && address.origin().contains(address.host()));
    assert!(!plain.ends_with('/') && !address.host().is_empty(), "{plain}");
    assert!(!plain.contains(|c: char| c.is_whitespace() || c.is_control() || "?#\\".contains(c)));
    assert!(!address.host().contains(['@', '/']), "{plain:?}");
    assert!(!address.is_loopback() || !address.host().contains("example"));
    let joined = address.join("/x");
    assert_eq!(origin_of(&joined), address.origin());
    assert!(path_of(&joined).ends_with("/x"));
    let api = axl::Api::new(text).expect("an accepted address");
    assert!(api.endpoint().starts_with(address.origin()) && api.endpoint().ends_with("/axl/"));
    let api = live_platform::Api::new(text).expect("an accepted address");
    assert!(api.base().starts_with(address.origin()) && api.base().ends_with("/tenantui"));
    let proxy = Address::parse("https://proxy.example/p").expect("a good address");
    for route in [
        Route::Direct,
        Route::ProxyPrefix { proxy: proxy.clone() },
        Route::ProxyQuery { proxy: proxy.clone(), parameter: "url".to_owned() },
        Route::Mount { proxy: proxy.clone() },
        Route::Edge { edge: proxy, upstream: "x".to_owned() },
    ] {
        let url = route.url(&joined);
        let hop = route.first_hop(address);
        assert!(url.starts_with(hop), "{url} does not start at {hop}");
    }
}

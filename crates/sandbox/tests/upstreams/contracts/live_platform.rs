use seatree_core::http::Secret;
use seatree_core::live_platform::{Api, Customers, LicenseInfo};
use seatree_core::{Problem, estate::Figure};

use super::run;
use crate::harness::{Running, sandbox};

fn api(running: &Running, path: &str) -> Api {
    Api::new(&running.live(path)).unwrap()
}

fn token() -> Secret {
    Secret::from("sandbox-live-token")
}

#[test]
fn every_service_is_read_and_the_figures_are_the_truth() {
    let running = sandbox(&["--services", "40"]);
    for base in ["", "/tenantui"] {
        let api = api(&running, base);
        let list = run(&running, &Customers::new(&api, &token())).unwrap();
        let truth = &running.truth().live_platform;
        assert_eq!(list.customers.len(), truth.services.len());
        let (mut acquired, mut licensed, mut readable) = (0, 0, 0);
        for (customer, service) in list.customers.iter().zip(&truth.services) {
            let guid = customer.guid.unwrap();
            match run(&running, &LicenseInfo::new(&api, &token(), guid)) {
                Ok(license) => {
                    readable += 1;
                    assert_eq!(license.acquired, Figure::known(service.acquired.into()));
                    acquired += license.acquired.get().unwrap();
                    licensed += license.licensed.get().unwrap();
                    assert_eq!(license.complaints, Vec::<String>::new());
                }
                Err(error) => assert!(!service.readable, "{}: {error}", service.name),
            }
        }
        let expected = (truth.acquired.into(), truth.licensed.into(), truth.readable);
        assert_eq!((acquired, licensed, readable), expected);
    }
}

#[test]
fn without_a_valid_token_it_is_signed_out() {
    let running = sandbox(&[]);
    let api = api(&running, "/tenantui");
    let refused = run(&running, &Customers::new(&api, &Secret::from("another"))).unwrap_err();
    assert_eq!(refused.problem, Problem::SignedOut);
}

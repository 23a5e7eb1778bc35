//! The replies of the Live Platform.

use seatree_core::Operation;
use seatree_core::estate::{Tree, Uuid};
use seatree_core::http::Secret;
use seatree_core::live_platform::{Api, Customers, LicenseInfo, fault, fill, set_license};

use super::reply;
use crate::check::TOKEN;
use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "live-platform",
    decodes: "Live Platform: services (v2, v3), license info, and every error",
    seeds,
    words: mutate::JSON,
    repeats: &[
        Repeat::new("aa[", r#"{"Id":1},"#, r#"{"Id":null}]"#),
        Repeat::new("aa[", r#"{"Id":"","CustomerShortName":"a","LicenseType":[]},"#, "{}]"),
        Repeat::new("aa[", "{},", "{}]"),
        Repeat::new("aa", "[", ""),
        Repeat::new("ba{\"acquiredLicenses\":1,\"LicenseFactors\":{", r#""a":1,"#, r#""b":true}}"#),
        Repeat::new("ba{\"acquiredLicenses\":1,\"LicenseFactors\":{\"", "key", "\":1}}"),
        Repeat::new("ba[", r#"{"acquiredLicenses":1},"#, r#"{"acquiredLicenses":1}]"#),
        Repeat::new("ak{\"Message\":\"", "word ", "\"}"),
        Repeat::new("ak", "x", ""),
    ],
    feed,
};

const OPERATIONS: usize = 3;

fn seeds() -> Vec<Vec<u8>> {
    let secret = format!(
        r#"[{{"Id":"1f1d3aff-f77d-319b-7693-3c2221e6af78","ShortName":"a","ClientId":"x",
            "ClientSecret":"{TOKEN}","LicenseType":"5","LicensedUsersCount":20.0}}]"#
    );
    let customers = include_str!("../../../core/fixtures/live-platform/customers.json");
    let older = include_str!("../../../core/fixtures/live-platform/customers-v2.json");
    let info = include_str!("../../../core/fixtures/live-platform/license-info.json");
    let told = include_str!("../../../core/fixtures/live-platform/error-under-200.json");
    vec![
        reply::write(0, 200, customers),
        reply::write(0, 200, older),
        reply::write(0, 200, &secret),
        reply::write(0, 200, told),
        reply::write(0, 200, "[]"),
        reply::write(0, 401, ""),
        reply::write(1, 200, info),
        reply::write(1, 200, told),
        reply::write(1, 200, secret),
        reply::write(1, 500, r#"{"Message":"An error has occurred."}"#),
        reply::write(2, 400, r#"{"error":"x","error_description":"AADSTS700016: no such app"}"#),
        reply::write(2, 400, r#"{"error":{"code":"Expired","message":"token expired"}}"#),
        reply::write(2, 404, r#"{"title":"Not Found","detail":"no such guid","status":404}"#),
        reply::write(2, 503, "<html><h1>502</h1>"),
    ]
}

fn feed(input: &[u8]) {
    let Some(reply::Input { which, reply, body }) = reply::read(input, OPERATIONS) else { return };
    let api = Api::new("https://portal.example").expect("a good address");
    let token = Secret::from(TOKEN);
    let bytes = body.len();
    match which {
        0 => match within_memory(bytes, || Customers::new(&api, &token).decode(&reply)) {
            Ok(list) => {
                check::keeps_secret(body, &list);
                list.complaints.iter().for_each(|place| check::path(place));
                within_memory(bytes, || {
                    let mut tree = Tree::new("");
                    let _ = fill(&mut tree, &list.customers);
                    tree
                });
            }
            Err(error) => check::error(&error),
        },
        1 => {
            let asked = LicenseInfo::new(&api, &token, Uuid::from_u128(7));
            match within_memory(bytes, || asked.decode(&reply)) {
                Ok(license) => {
                    check::keeps_secret(body, &license);
                    license.complaints.iter().for_each(|place| check::path(place));
                    let _ = (license.sum_of_factors(), license.sums_agree());
                    let _ = (license.available(), license.utilization());
                    let mut tree = Tree::new("");
                    let node = tree.append(0, seatree_core::estate::Kind::Service);
                    set_license(&mut tree, node, &license);
                }
                Err(error) => check::error(&error),
            }
        }
        _ => check::error(&within_memory(bytes, || fault("testing", &reply))),
    }
}

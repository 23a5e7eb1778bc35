//! The replies of AXL as whole documents, its faults, and the pages in their place.

use seatree_core::Operation;
use seatree_core::axl::legacy::{
    CapabilitiesKey, CapabilityChange, GetLicenseCapabilities, GetLicenseUnitReport,
    ListLicenseCapabilities, UpdateLicenseCapabilities,
};
use seatree_core::axl::sql::{ListResourceUsage, ReadLicenseTotals};
use seatree_core::axl::{
    Api, Credentials, DeviceCriteria, Discovery, DiscoveryStep, DoUpdateLicenseUsage,
    GetCcmVersion, GetLicensedUser, GetSmartLicenseStatus, ListUnassignedDevice, Listing, Page,
    UserKey, Version, fault,
};
use seatree_core::estate::Uuid;
use seatree_core::http::{Reply, Secret};

use super::reply;
use super::soap::{self, response};
use crate::check::TOKEN;
use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "axl-replies",
    decodes: "AXL: every other operation's reply as a whole, faults, Tomcat's pages",
    seeds,
    words: mutate::XML,
    repeats: &[
        Repeat::new("aa", "<a>", ""),
        Repeat::new("aa", "<a/>", ""),
        Repeat::new("aa<a ", "b='c' ", "/>"),
        Repeat::new("aa<a ", "xmlns:b='c' ", "/>"),
        Repeat::new("aa<", "long", "/>"),
        Repeat::new("aa<!--", "- ", "-->"),
        Repeat::new("aa<!DOCTYPE a [", "<!ENTITY x \"&x;&x;\">", "]><a>&x;</a>"),
        Repeat::new(SQL_START, "<row/>", SQL_END),
        Repeat::new(SQL_START, "<row><a/><b/></row>", SQL_END),
        Repeat::new(SQL_START, "<row><value>x</value></row>", SQL_END),
        Repeat::new(DEVICES_START, "<unassignedDevice/>", DEVICES_END),
        Repeat::new("lo<p>Supported axl versions are ", "12.x, ", "</p>"),
        Repeat::new("lo<p>Supported axl versions are ", "99.x ", "</p>"),
        Repeat::new("lo<p>Supported axl versions are ", "9", "</p>"),
        Repeat::new("lk", "<h1>", ""),
        Repeat::new(FAULT_START, "word ", "</faultstring></s:Fault></s:Body></s:Envelope>"),
        Repeat::new(FAULT_START, "<a>", ""),
    ],
    feed,
};

const FAULT_START: &str = "lk<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'>\
                           <s:Body><s:Fault><faultstring>";
const SQL_START: &str = "fa<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
                         <executeSQLQueryResponse><return>";
const SQL_END: &str = "</return></executeSQLQueryResponse></s:Body></s:Envelope>";
const DEVICES_START: &str = "da<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'>\
                             <s:Body><listUnassignedDeviceResponse><return>";
const DEVICES_END: &str = "</return></listUnassignedDeviceResponse></s:Body></s:Envelope>";

/// The operations, by letter: see [`feed`].
const OPERATIONS: usize = 12;

fn seeds() -> Vec<Vec<u8>> {
    let user = include_str!("../../../core/fixtures/axl/licensed-user.xml");
    let device = "<return><unassignedDevice uuid='{1F1D3AFF-F77D-319B-7693-3C2221E6AF78}'><name>SEP1\
                  </name><licenseType>Basic</licenseType></unassignedDevice></return>";
    let smart = "<return>ok<LicenseDetails><SmartLicensing>ENABLED</SmartLicensing>\
                 <RegistrationStatus><Status>REGISTERED</Status></RegistrationStatus>\
                 <Authorization><Status>AUTHORIZED</Status></Authorization><Entitlements>\
                 <Entitlement><Tag>x</Tag><Count>3</Count></Entitlement></Entitlements>\
                 </LicenseDetails></return>";
    let totals = "<return><row><name>CUWL Standard    </name><value>42</value><UserValue>40\
                  </UserValue><DeviceValue>x</DeviceValue></row></return>";
    let usage = "<return><row><pkid>1f1d3aff-f77d-319b-7693-3c2221e6af78</pkid><userid>ada  \
                 </userid><em>f</em><snr>t</snr><tin>2</tin></row></return>";
    let capabilities = "<return><licenseCapabilities uuid='{x}'><userid>ada</userid>\
                        <enableUps>true</enableUps><enableUpc>0</enableUpc></licenseCapabilities>\
                        </return>";
    let report = "<return><licenseUnitReport><phoneLicenseFeature><unitsUsed>3</unitsUsed>\
                  <unitsAuthorized>10</unitsAuthorized><unitsRemaining>7</unitsRemaining>\
                  </phoneLicenseFeature></licenseUnitReport></return>";
    let done = "<return>true</return>";
    let mut seeds = vec![
        reply::write(0, 200, include_str!("../../../core/fixtures/axl/ccm-version.xml")),
        reply::write(1, 200, user),
        reply::write(2, 200, response("doUpdateLicenseUsage", done)),
        reply::write(3, 200, response("listUnassignedDevice", device)),
        reply::write(4, 200, response("getSmartLicenseStatus", smart)),
        reply::write(4, 200, response("getSmartLicenseStatus", &smart[8..smart.len() - 9])),
        reply::write(5, 200, response("executeSQLQuery", totals)),
        reply::write(6, 200, response("executeSQLQuery", usage)),
        reply::write(7, 200, response("listLicenseCapabilities", capabilities)),
        reply::write(8, 200, response("getLicenseCapabilities", capabilities)),
        reply::write(9, 200, response("updateLicenseCapabilities", done)),
        reply::write(10, 200, response("getLicenseUnitReport", report)),
    ];
    for (status, body) in soap::faults() {
        seeds.push(reply::write(0, status, &body));
        seeds.push(reply::write(1, status, &body));
        seeds.push(reply::write(11, status, body));
    }
    seeds
}

fn feed(input: &[u8]) {
    let Some(reply::Input { which, reply, .. }) = reply::read(input, OPERATIONS) else { return };
    let api = Api::new("https://cucm.example:8443").expect("a good address");
    let who = Credentials { user: "axl".into(), password: Secret::from(TOKEN) };
    let version = Version::parse("14.0").expect("a known version");
    let uuid = Uuid::from_u128(7);
    let key = || CapabilitiesKey::Uuid(uuid);
    let reply = &reply;
    match which {
        0 => ccm_version(&api, &who, version, reply),
        1 => {
            let asked = GetLicensedUser::new(&api, &who, version, UserKey::Uuid(uuid));
            complained(decoded(&asked, reply).flatten().map(|found| found.complaints));
        }
        2 => {
            let _ = decoded(&DoUpdateLicenseUsage::new(&api, &who, version), reply);
        }
        3 => {
            let criteria = DeviceCriteria::default();
            let asked = ListUnassignedDevice::new(&api, &who, version, criteria, 0, 1_000);
            listed(decoded(&asked, reply));
        }
        4 => {
            let status = decoded(&GetSmartLicenseStatus::new(&api, &who, version), reply);
            complained(status.map(|status| status.complaints));
        }
        5 => listed(decoded(&ReadLicenseTotals::new(&api, &who, version), reply)),
        6 => listed(decoded(&ListResourceUsage::new(&api, &who, version, None, 0, 9), reply)),
        7 => listed(decoded(&ListLicenseCapabilities::new(&api, &who, version, None, 0, 9), reply)),
        8 => listed(decoded(&GetLicenseCapabilities::new(&api, &who, version, key()), reply)),
        9 => {
            let change = CapabilityChange::default();
            let asked = UpdateLicenseCapabilities::new(&api, &who, version, key(), change);
            let _ = decoded(&asked, reply);
        }
        10 => drop(decoded(&GetLicenseUnitReport::new(&api, &who, version), reply)),
        _ => {
            let error = within_memory(reply.body.len(), || fault("testing", reply));
            check::error(&error);
            let mut listing = Listing::new(1_000);
            let _ = listing.failed(&error, 7);
            assert!(listing.page().is_none_or(|(_, rows)| (1..=1_000).contains(&rows)));
        }
    }
}

fn decoded<O: Operation>(operation: &O, reply: &Reply) -> Option<O::Output> {
    let decoded = within_memory(reply.body.len(), || operation.decode(reply));
    decoded.map_err(|error| check::error(&error)).ok()
}

fn listed<T>(page: Option<Page<T>>) {
    complained(page.map(|page| page.complaints));
}

fn complained(complaints: Option<Vec<String>>) {
    let complaints = complaints.unwrap_or_default();
    assert!(complaints.len() <= 100, "{} complaints", complaints.len());
    for place in &complaints {
        check::path(place);
    }
}

fn ccm_version(api: &Api, who: &Credentials, version: Version, reply: &Reply) {
    for asked in [None, Some(version)] {
        let asked = GetCcmVersion::new(api, who, asked);
        let answer = within_memory(reply.body.len(), || asked.decode(reply));
        match &answer {
            Ok(found) => assert!(!found.full.is_empty(), "a release without a text"),
            Err(error) => check::error(error),
        }
        // Finding the version ends, whatever a cluster keeps answering.
        let mut discovery = Discovery::new(None);
        let steps = (0..20).map(|_| discovery.answered(answer.clone()));
        let end = steps.into_iter().find(|step| !matches!(step, DiscoveryStep::Ask(_)));
        match end.expect("it comes to an end") {
            DiscoveryStep::Fail { error, .. } => check::error(&error),
            DiscoveryStep::Speak(_) | DiscoveryStep::Ask(_) => {}
        }
    }
}

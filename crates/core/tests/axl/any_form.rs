//! A reply means the same in whatever form it is written.

use std::fmt::Debug;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use seatree_core::Operation;
use seatree_core::axl::legacy::*;
use seatree_core::axl::sql::*;
use seatree_core::axl::*;
use seatree_core::estate::Uuid;
use seatree_core::http::Reply;

use crate::surface::{Element, element, field, write};
use crate::{api, credentials, list, v};

/// An output whose complaints come in the order of the fields, which means nothing.
trait Told: PartialEq + Debug {
    fn complaints(&mut self) -> Option<&mut Vec<String>> {
        None
    }
}

macro_rules! told {
    ($($output:ty),+) => {
        $(impl Told for $output {
            fn complaints(&mut self) -> Option<&mut Vec<String>> {
                Some(&mut self.complaints)
            }
        })+
    };
}

told!(UserPage, SmartLicenseStatus, LicenseUnitReport);
impl Told for Outcome {}
impl Told for CcmVersion {}

impl<T: PartialEq + Debug> Told for Page<T> {
    fn complaints(&mut self) -> Option<&mut Vec<String>> {
        Some(&mut self.complaints)
    }
}

impl Told for Option<FoundUser> {
    fn complaints(&mut self) -> Option<&mut Vec<String>> {
        self.as_mut().map(|found| &mut found.complaints)
    }
}

/// Compares what a form says with what the plainest one says, which must be understood.
fn same<O: Operation>(operation: &O, response: &Element, bytes: &[u8]) -> Result<(), TestCaseError>
where
    O::Output: Told,
{
    let read = |form: &str| {
        let mut read = operation.decode(&Reply::new(200, form));
        if let Ok(read) = &mut read
            && let Some(complaints) = read.complaints()
        {
            complaints.sort();
        }
        read
    };
    let plain = read(&write(response, &[]));
    prop_assert!(plain.is_ok(), "{:?}", plain);
    let form = write(response, bytes);
    prop_assert_eq!(read(&form), plain, "{}", form);
    Ok(())
}

fn looks() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..400)
}

fn text() -> impl Strategy<Value = Option<String>> {
    option::of("\\PC{1,8}")
}

fn uuid() -> impl Strategy<Value = Option<Uuid>> {
    option::of(any::<u128>().prop_map(Uuid::from_u128))
}

/// Elements of such fields, in any number.
fn records(
    name: &'static str,
    fields: &'static [&'static str],
) -> impl Strategy<Value = Vec<Element>> {
    let values = vec(option::of("t|false|7|-|\\PC{1,8}"), fields.len());
    let record = (values, uuid()).prop_map(move |(values, uuid)| {
        let fields = fields.iter().zip(values).map(|(name, value)| field(name, value));
        element(name, fields).with_uuid(uuid)
    });
    // Few enough for all complaints to be kept.
    vec(record, 1..3)
}

fn answer(name: &'static str, inside: Vec<Element>) -> Element {
    element(name, [element("return", inside)])
}

const USER: [&str; 8] = [
    "userId",
    "firstName",
    "lastName",
    "snrEnabled",
    "emEnabled",
    "deviceCount",
    "licenseType",
    "licenseUsed",
];

proptest! {
    #[test]
    fn users(users in records("licensedUser", &USER), looks in looks()) {
        same(&list(), &answer("listLicensedUserResponse", users.clone()), &looks)?;
        let key = UserKey::Uuid(Uuid::from_u128(1));
        let get = GetLicensedUser::new(&api(), &credentials(), v("14.0"), key);
        same(&get, &answer("getLicensedUserResponse", users), &looks)?;
    }

    #[test]
    fn devices(
        devices in records(
            "unassignedDevice",
            &["name", "description", "deviceType", "licenseType", "extension"],
        ),
        looks in looks(),
    ) {
        let criteria = DeviceCriteria::default();
        let list =
            ListUnassignedDevice::new(&api(), &credentials(), v("14.0"), criteria, 0, 500);
        same(&list, &answer("listUnassignedDeviceResponse", devices), &looks)?;
    }

    #[test]
    fn smart_status(
        said in text(),
        enabled in text(),
        status in option::of("Registered|Authorized|Out of Compliance|\\PC{1,8}"),
        expires in text(),
        entitlements in records("Entitlement", &["Tag", "Count", "Status"]),
        looks in looks(),
    ) {
        let details = element("LicenseDetails", [
            field("SmartLicensing", enabled),
            element("Registration", [
                field("Status", status.clone()),
                field("RegistrationExpires", expires.clone()),
            ]),
            element("Authorization", [
                field("Status", status),
                field("AuthorizationExpires", expires),
            ]),
            element("LicenseStatus", entitlements),
        ]);
        let response = element("getSmartLicenseStatusResponse", [field("return", said), details]);
        let get = GetSmartLicenseStatus::new(&api(), &credentials(), v("14.0"));
        same(&get, &response, &looks)?;
    }

    #[test]
    fn sql_rows(
        totals in records("row", &["name", "value", "uservalue", "devicevalue"]),
        usage in records("row", &["pkid", "fkenduser", "em", "snr", "tin", "userid", "lastname"]),
        looks in looks(),
    ) {
        let read = ReadLicenseTotals::new(&api(), &credentials(), v("9.1"));
        same(&read, &answer("executeSQLQueryResponse", totals), &looks)?;
        let list = ListResourceUsage::new(&api(), &credentials(), v("9.1"), None, 0, 500);
        same(&list, &answer("executeSQLQueryResponse", usage), &looks)?;
    }

    #[test]
    fn what_users_were_enabled_for(
        users in records("licenseCapabilities", &["userid", "enableUps", "enableUpc"]),
        looks in looks(),
    ) {
        let list = ListLicenseCapabilities::new(&api(), &credentials(), v("8.5"), None, 0, 500);
        same(&list, &answer("listLicenseCapabilitiesResponse", users.clone()), &looks)?;
        let key = CapabilitiesKey::UserId("ada".into());
        let get = GetLicenseCapabilities::new(&api(), &credentials(), v("8.5"), key);
        same(&get, &answer("getLicenseCapabilitiesResponse", users), &looks)?;
    }

    #[test]
    fn license_units(
        server in text(),
        units in vec(option::of("7|-1|many|t"), 9),
        software in text(),
        looks in looks(),
    ) {
        let mut units = units.into_iter();
        let mut field_of = |name| field(name, units.next().flatten());
        let phones = ["unitsAuthorized", "unitsUsed", "unitsRemaining", "unitsPending", "status"];
        let report = element("licenseUnitReport", [
            field("serverName", server),
            element("phoneLicenseFeature", phones.map(&mut field_of)),
            element("ccmNodeLicenseFeature", [phones[0], phones[1], phones[2]].map(&mut field_of)),
            element("softwareLicenseVersion", [
                field("swVersion", software),
                field_of("status"),
            ]),
        ]);
        let get = GetLicenseUnitReport::new(&api(), &credentials(), v("8.5"));
        same(&get, &answer("getLicenseUnitReportResponse", vec![report]), &looks)?;
    }

    #[test]
    fn outcomes_and_releases(
        outcome in "true|false|\\{1f1d3aff-f77d-319b-7693-3c2221e6af78\\}",
        release in "[0-9]{1,2}\\.[0-9]\\.1\\.10000-20",
        looks in looks(),
    ) {
        let update = DoUpdateLicenseUsage::new(&api(), &credentials(), v("14.0"));
        let response = element("doUpdateLicenseUsageResponse", [field("return", Some(outcome))]);
        same(&update, &response, &looks)?;
        let ask = GetCcmVersion::new(&api(), &credentials(), None);
        let component = element("componentVersion", [field("version", Some(release))]);
        same(&ask, &answer("getCCMVersionResponse", vec![component]), &looks)?;
    }
}

//! Services in every format, read back by other people's readers.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use seatree_core::address::Address;
use seatree_core::config;
use seatree_core::estate::{Figure, Uuid};
use seatree_core::export::{
    ExportError, Extent, ServicesJson, ServicesPlan, ServicesTable, ServicesWriter, Source,
};
use seatree_core::live_platform::{Customer, Factors, LicenseType, ServiceLicense};
use seatree_core::services::{Licenses, Service};
use seatree_core::{Problem, UpstreamError};

use super::WRITTEN_AT_S;

const ID: &str = "b11a3f8a-9220-457a-938f-cae531f79d67";

fn plan() -> ServicesPlan {
    let source = Source {
        name: "Live Platform".to_owned(),
        kind: config::Kind::LivePlatform,
        address: Address::parse("https://live.example.net/tenantui").unwrap(),
        read_at_s: Some(WRITTEN_AT_S - 60),
        extent: Extent::Partial,
    };
    ServicesPlan {
        sources: vec![("live".to_owned(), source)],
        written_at_s: WRITTEN_AT_S,
        scope: "All services".to_owned(),
    }
}

fn service(name: &str, licenses: Licenses) -> Service {
    let customer = Customer {
        guid: Uuid::parse(ID),
        full_name: name.to_owned(),
        short_name: "short".to_owned(),
        license_type: LicenseType(Some(9)),
        ..Customer::default()
    };
    Service { connection: "live".to_owned(), customer, licenses }
}

/// As the vendor prints it, but for a factor that is off.
fn read() -> Licenses {
    Licenses::Read(Box::new(ServiceLicense {
        acquired: Figure::known(19),
        licensed: Figure::known(20),
        monitored: Figure::UNKNOWN,
        factors: Factors {
            direct_routing: Figure::known(6),
            operator_connect: Figure::known(2),
            life_cycle: Figure::known(4),
            user_interface: Figure::known(10),
            service_numbers: Figure::known(2),
        },
        enabled: vec![("Managed Users - By Template".to_owned(), false)],
        last_update: Some("2026-11-22T20:41:33.0202209+00:00".to_owned()),
        last_update_s: Some(WRITTEN_AT_S),
        settings_level: Some("2".to_owned()),
        ..ServiceLicense::default()
    }))
}

fn services() -> Vec<Service> {
    let failed = UpstreamError::new("reading the licenses of a service", Problem::NothingFound);
    vec![
        service("=HYPERLINK(\"https://example.invalid\")", read()),
        service("Failed, Ltd", Licenses::Failed(Box::new(failed))),
        service("Lead", Licenses::NoneYet),
    ]
}

fn write(
    begin: impl FnOnce(&mut Vec<u8>) -> Result<Box<dyn ServicesWriter>, ExportError>,
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut writer = begin(&mut file).unwrap();
    for service in services() {
        writer.service(&service, &["over limit", "stale"], &mut file).unwrap();
    }
    assert_eq!(writer.end(&mut file), Ok(3));
    file
}

#[test]
fn a_csv_has_each_figure_under_its_heading_and_runs_no_name() {
    let file = write(|out| Ok(Box::new(ServicesTable::csv(plan(), out))));
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = csv::Reader::from_reader(file);
    let titles = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, title: &str| {
        &rows[row][titles.iter().position(|known| known == title).unwrap()]
    };
    let shown = |row: usize| titles.iter().zip(&rows[row]).filter(|(_, cell)| !cell.is_empty());
    let expected = [
        ("Connection", "Live Platform"),
        ("Service", "'=HYPERLINK(\"https://example.invalid\")"),
        ("Short name", "short"),
        ("Service id", ID),
        ("License type", "type 9"),
        ("Acquired", "19"),
        ("Licensed", "20"),
        ("Available", "-1"),
        ("Utilization (%)", "105.26"),
        ("Direct Routing configured", "6"),
        ("Operator Connect configured", "2"),
        ("LifeCycle Management configured", "4"),
        ("User interface configured", "10"),
        ("Service numbers configured", "2"),
        ("Switched off", "LifeCycle Management"),
        ("Not counted", "4"),
        ("License settings flags level", "2"),
        ("Last update (UTC)", "2026-11-22T20:41:33Z"),
        ("State", "read"),
        ("Findings", "over limit; stale"),
        ("Source", "Live Platform"),
        ("Source address", "https://live.example.net/tenantui"),
        ("Read at (UTC)", "2026-11-22T20:40:33Z"),
        ("Source state", "partly read"),
    ];
    assert_eq!(shown(0).collect::<Vec<_>>(), expected);
    assert_eq!(cell(0, "Monitored users"), "", "unknown is empty, not 0");
    assert_eq!((cell(1, "State"), cell(1, "Acquired")), ("failed", ""));
    assert!(cell(1, "Reason").contains("reading the licenses of a service"));
    assert_eq!((cell(2, "State"), cell(2, "Not counted")), ("no license yet", ""));
    let figures = |row| shown(row).filter(|(title, _)| title.ends_with("configured")).count();
    assert_eq!((figures(1), figures(2)), (0, 0));
}

#[test]
fn copied_text_has_as_many_cells_in_every_line() {
    let text =
        String::from_utf8(write(|out| Ok(Box::new(ServicesTable::tsv(plan(), out))))).unwrap();
    let cells: Vec<usize> = text.lines().map(|line| line.split('\t').count()).collect();
    assert_eq!(cells, [cells[0]; 4]);
    assert!(text.contains("\t105%\t"));
}

#[test]
fn a_spreadsheet_has_numbers_as_numbers_and_a_sheet_named_for_services() {
    let file = write(|out| Ok(Box::new(ServicesTable::xlsx(plan(), 3, out)?)));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    assert_eq!(book.sheet_names(), ["Services", "About"]);
    let sheet = book.worksheet_range("Services").unwrap();
    assert_eq!(sheet.height(), 4);
    let row: Vec<&Data> = sheet.rows().nth(1).unwrap().iter().collect();
    assert_eq!(row[1], &Data::String("=HYPERLINK(\"https://example.invalid\")".to_owned()));
    assert_eq!(row[8], &Data::Float(-1.0));
    let about = book.worksheet_range("About").unwrap();
    let words: Vec<String> = about.rows().flatten().map(ToString::to_string).collect();
    assert!(words.iter().any(|words| words == "Services exported from Seatree"));
    assert!(words.iter().any(|words| words.contains("no base for it")));
    assert!(words.iter().any(|words| words == "https://live.example.net/tenantui"));
}

#[test]
fn json_has_names_as_sent_and_tells_counted_from_configured() {
    let file = write(|out| Ok(Box::new(ServicesJson::begin(plan(), out))));
    let document: serde_json::Value = serde_json::from_slice(&file).unwrap();
    assert_eq!((&document["row_count"], &document["version"]), (&3.into(), &1.into()));
    assert_eq!(document["sources"][0]["name"], "Live Platform");
    let service = &document["services"][0];
    assert_eq!(service["name"], "=HYPERLINK(\"https://example.invalid\")");
    assert_eq!(service["source"], 0);
    assert_eq!((&service["id"], &service["license_type"]), (&ID.into(), &9.into()));
    let licenses = &service["licenses"];
    assert_eq!((&licenses["available"], &licenses["not_counted"]), (&(-1).into(), &4.into()));
    assert!(licenses["monitored"].is_null());
    assert_eq!(licenses["utilization"], 1.0526);
    assert_eq!(licenses["last_update"], "2026-11-22T20:41:33.0202209+00:00");
    assert_eq!(licenses["last_update_at"], "2026-11-22T20:41:33Z");
    let expected = serde_json::json!({
        "name": "Managed Users - By LifeCycle Management", "priority": 2, "switch": "off",
        "configured": 4, "counted": 0,
    });
    assert_eq!(licenses["factors"][2], expected);
    assert_eq!(licenses["factors"][0]["switch"], "always on");
    assert_eq!(licenses["factors"][3]["switch"], "not said");
    let failed = &document["services"][1];
    assert!(failed["licenses"].is_null() && failed["error"].is_string());
    assert_eq!(failed["findings"], serde_json::json!(["over limit", "stale"]));
}

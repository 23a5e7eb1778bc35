//! Spreadsheets, read by calamine and as XML.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx as Workbook, open_workbook_from_rs};
use proptest::prelude::*;
use proptest::sample::Index;
use quick_xml::events::Event;
use seatree_core::estate::{Kind, NodeRef};
use seatree_core::export::{ExportError, Plan, Xlsx};

use super::model::{Connection, Model, Node, Value, model, pick};
use super::{WRITTEN_AT_S, write};

fn xlsx(model: &Model, rows: &[NodeRef]) -> (Vec<u8>, u64) {
    write(model, rows, |plan, out| {
        Ok(Box::new(Xlsx::begin(plan, rows.len() as u64, WRITTEN_AT_S, "all rows", out)?))
    })
    .unwrap()
}

/// What XML and a cell can hold of a text.
fn held(text: &str) -> String {
    let illegal = |c: char| {
        (c.is_ascii_control() && !matches!(c, '\t' | '\r' | '\n'))
            || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    text.chars().map(|c| if illegal(c) { '\u{fffd}' } else { c }).collect()
}

#[expect(clippy::cast_precision_loss, reason = "what a spreadsheet does")]
fn matches(read: &Data, value: &Value) -> bool {
    match value {
        Value::Empty => matches!(read, Data::Empty),
        Value::Text(text) if text.is_empty() => matches!(read, Data::Empty),
        Value::Text(text) => match read {
            Data::String(read) => *read == held(text),
            _ => false,
        },
        Value::Count(count) if count.unsigned_abs() > 999_999_999_999_999 => {
            *read == Data::String(count.to_string())
        }
        Value::Count(count) => match read {
            Data::Float(read) => read.to_bits() == (*count as f64).to_bits(),
            Data::Int(read) => read == count,
            _ => false,
        },
        Value::Share(in_use, assigned) => {
            let exact = *in_use as f64 / *assigned as f64;
            matches!(read, Data::Float(read) if (read - exact).abs() <= 0.000_051 + exact.abs() * 1e-9)
        }
        Value::Time(unix_s) => match read {
            Data::DateTime(read) => {
                ((read.as_f64() - 25_569.0) * 86_400.0 - *unix_s as f64).abs() < 0.001
            }
            _ => false,
        },
    }
}

fn open(file: Vec<u8>) -> Workbook<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(file)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_spreadsheet_reads_back_as_the_table(
        model in model(),
        picked in prop::option::of(prop::collection::vec(any::<Index>(), 0..20)),
    ) {
        let rows = pick(&model, picked.as_deref());
        let (file, written) = xlsx(&model, &rows);
        prop_assert_eq!(written, rows.len() as u64);
        let mut book = open(file);
        prop_assert_eq!(book.sheet_names(), ["Licenses", "About"]);
        let formulas = book.worksheet_formula("Licenses").unwrap();
        prop_assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
        let sheet = book.worksheet_range("Licenses").unwrap();
        let (titles, expected) = model.table(&rows);
        let read = |row: usize, column: usize| {
            let at = (u32::try_from(row).unwrap(), u32::try_from(column).unwrap());
            sheet.get_value(at).cloned().unwrap_or_default()
        };
        for (column, title) in titles.iter().enumerate() {
            prop_assert_eq!(read(0, column), Data::String(title.clone()));
        }
        for (row, cells) in expected.iter().enumerate() {
            for (column, value) in cells.iter().enumerate() {
                let read = read(row + 1, column);
                prop_assert!(matches(&read, value), "{}: {:?} is not {:?}", titles[column], read, value);
            }
        }
        prop_assert_eq!(sheet.height(), rows.len() + 1);
    }

    #[test]
    fn rows_are_grouped_below_the_written_rows_that_hold_them(
        model in model(),
        picked in prop::option::of(prop::collection::vec(any::<Index>(), 0..20)),
    ) {
        let rows = pick(&model, picked.as_deref());
        let estate = model.estate();
        let holds = |above: NodeRef, at: NodeRef| {
            let tree = estate.tree(at.tree).unwrap();
            let mut up = std::iter::successors(tree.parent(at.node), |&node| tree.parent(node));
            above.tree == at.tree && up.any(|node| node == above.node)
        };
        // A chain: the nearest row before it that holds it, the one that holds that, and so on.
        let mut chains: Vec<Vec<NodeRef>> = Vec::new();
        for &at in &rows {
            let mut chain = chains.last().cloned().unwrap_or_default();
            while chain.last().is_some_and(|&above| !holds(above, at)) {
                chain.pop();
            }
            chain.push(at);
            chains.push(chain);
        }
        let (file, _) = xlsx(&model, &rows);
        let levels = attributes(&part(file, "xl/worksheets/sheet1.xml"), "row", "outlineLevel");
        let levels: Vec<usize> =
            levels.iter().skip(1).map(|level| level.as_ref().map_or(0, |l| l.parse().unwrap())).collect();
        let expected: Vec<usize> = chains.iter().map(|chain| (chain.len() - 1).min(7)).collect();
        prop_assert_eq!(levels, expected);
    }
}

/// A file of the archive, whose sums the archive's reader checks.
fn part(file: Vec<u8>, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

/// An attribute of every element of a name; reading to the end shows that the XML is well-formed.
fn attributes(xml: &str, element: &str, attribute: &str) -> Vec<Option<String>> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == element => {
                let value = tag.try_get_attribute(attribute).unwrap();
                found.push(value.map(|value| value.value.into_owned()));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// connection > tenant > two subscriptions
fn small() -> Model {
    let node = |climb, kind, name: &str| Node {
        climb,
        kind,
        name: name.to_owned(),
        id: None,
        billing_id: String::new(),
        figures: [[Some(12), Some(15), None, None], [None; 4], [None; 4], [None; 4], [None; 4]],
        findings: Vec::new(),
    };
    let nodes = vec![
        node(0, Kind::Tenant, "Harbor"),
        node(0, Kind::Subscription, "Pier"),
        node(1, Kind::Subscription, &"x".repeat(40_000)),
    ];
    let connection = Connection { name: "Netaxis".to_owned(), read_at_s: Some(0), nodes };
    Model { connections: vec![connection] }
}

#[test]
fn every_part_is_well_formed_and_named_by_its_type() {
    let model = small();
    let (file, _) = xlsx(&model, &model.rows());
    let archive = zip::ZipArchive::new(Cursor::new(file.clone())).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in &names {
        attributes(&part(file.clone(), name), "x", "x");
    }
    let overrides = attributes(&part(file, "[Content_Types].xml"), "Override", "PartName");
    for named in overrides.into_iter().flatten() {
        assert!(names.contains(&named[1..].to_owned()), "{named}");
    }
}

#[test]
fn headings_stay_in_sight_and_filter_every_row() {
    let model = small();
    let (file, _) = xlsx(&model, &model.rows());
    let sheet = part(file.clone(), "xl/worksheets/sheet1.xml");
    assert_eq!(attributes(&sheet, "pane", "state"), [Some("frozen".to_owned())]);
    assert_eq!(attributes(&sheet, "autoFilter", "ref"), [Some("A1:R5".to_owned())]);
    assert_eq!(attributes(&sheet, "outlinePr", "summaryBelow"), [Some("0".to_owned())]);
    assert!(part(file, "xl/workbook.xml").contains(">Licenses!$A$1:$R$5</definedName>"));
}

#[test]
fn a_second_sheet_tells_what_the_rows_are() {
    let model = small();
    let (file, _) = xlsx(&model, &model.rows());
    let about = open(file).worksheet_range("About").unwrap();
    let cells: Vec<String> = about.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for told in ["all rows", "4", "Netaxis", "DRaaS", "https://prov.example.net/api", "partly read"]
    {
        assert!(cells.iter().any(|cell| cell == told), "{told}");
    }
    assert!(cells.iter().any(|cell| cell.contains("lost their end")), "{cells:?}");
}

#[test]
fn more_rows_than_a_sheet_holds_are_refused_with_what_to_do() {
    let begin = |rows| {
        let plan = Plan::new(&small().estate(), Vec::new());
        Xlsx::begin(plan, rows, WRITTEN_AT_S, "all", &mut Vec::new()).map(drop)
    };
    assert_eq!(begin(1_048_575), Ok(()));
    let refused = begin(1_048_576).unwrap_err();
    assert_eq!(refused, ExportError::TooManyRows { rows: 1_048_576, most: 1_048_575 });
    assert!(refused.to_string().contains("export as CSV"), "{refused}");
}

//! What people read: patterns, plurals and other languages.
#![expect(clippy::expect_used, reason = "what the tests share may fail them too")]

use proptest::prelude::*;
use seatree_core::words::{Catalog, Voice, fill, later, number, said, speak, tr};
use seatree_core::{plural, say};

/// As the build writes it, with the keys of the texts below.
const GERMAN: &str = "one other
Dh\\@jÖffnen
?;YUO{n} Zeile\t{n} Zeilen";

fn grouped(count: i64) -> String {
    if count < 1_000 {
        count.to_string()
    } else {
        format!("{}.{:03}", count / 1_000, count % 1_000)
    }
}

/// As French has it: none is one, and millions are many.
fn of_french(count: i64) -> String {
    match count {
        0 | 1 => "one",
        1_000_000 => "many",
        _ => "other",
    }
    .to_owned()
}

/// A catalog of a few texts, as the build makes one.
fn catalog(categories: &str, texts: &[(&str, &str)]) -> &'static Catalog {
    let mut lines = vec![categories.to_owned()];
    lines.extend(texts.iter().map(|(english, text)| format!("{}{text}", letters(english))));
    Catalog::read(lines.join("\n")).expect("a catalog")
}

/// FNV-1a of a text, its upper thirty bits by six.
fn letters(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let digit = |at: u32| u8::try_from((hash >> 2) >> (6 * (4 - at)) & 63).expect("six bits");
    (0..5).map(|at| char::from(b'0' + digit(at))).collect()
}

fn speak_french(texts: &[(&str, &str)]) {
    let catalog = catalog("one many other", texts);
    speak(Voice { catalog: Some(catalog), number: grouped, category: of_french });
}

#[test]
fn english_is_spoken_until_told_otherwise() {
    const TITLE: &str = later("Title");
    assert_eq!(tr("Open"), "Open");
    assert_eq!(said(TITLE), "Title");
    assert_eq!(say!("{part} of {whole}", part = "1", whole = String::from("2")), "1 of 2");
    assert_eq!(plural!(1, "{n} row", "{n} rows"), "1 row");
    assert_eq!(plural!(0_usize, "{n} row", "{n} rows"), "0 rows");
    assert_eq!(number(12_345_u32), "12345");
}

#[test]
fn another_language_has_its_own_words_in_its_own_order() {
    speak_french(&[("Open", "Ouvrir"), ("{part} of {whole}", "sur {whole}, {part} ({part})")]);
    assert_eq!(tr("Open"), "Ouvrir");
    let (part, whole) = ("1", "2");
    assert_eq!(say!("{part} of {whole}", part, whole), "sur 2, 1 (1)");
    // What nobody has translated yet stays English.
    assert_eq!(tr("Close"), "Close");
    assert_eq!(say!("In {place}", place = "Gent"), "In Gent");
}

#[test]
fn a_catalog_that_the_build_wrote_is_read() {
    let catalog = Catalog::read(GERMAN.to_owned()).expect("a catalog");
    let category = |count| if count == 1 { "one" } else { "other" }.to_owned();
    speak(Voice { catalog: Some(catalog), number: grouped, category });
    assert_eq!(tr("Open"), "Öffnen");
    assert_eq!(plural!(1, "{n} row", "{n} rows"), "1 Zeile");
    assert_eq!(plural!(0, "{n} row", "{n} rows"), "0 Zeilen");
}

#[test]
fn counting_follows_the_language() {
    speak_french(&[
        ("{n} rows", "{n} ligne\t{n} de lignes\t{n} lignes"),
        ("{n} rows in {name}", "{name} : {n} ligne\t{name} : {n} lignes"),
    ]);
    let rows = |count: i64| plural!(count, "{n} row", "{n} rows");
    assert_eq!([rows(0), rows(1), rows(2)], ["0 ligne", "1 ligne", "2 lignes"]);
    assert_eq!([rows(1_500), rows(1_000_000)], ["1.500 lignes", "1000.000 de lignes"]);
    // A catalog that lacks a form has the last one said.
    let in_gent = |count| plural!(count, "{n} row in {name}", "{n} rows in {name}", name = "Gent");
    assert_eq!([in_gent(1), in_gent(7)], ["Gent : 1 ligne", "Gent : 7 lignes"]);
    assert_eq!(plural!(7, "{n} cell", "{n} cells"), "7 cells");
}

#[test]
fn values_are_never_patterns() {
    let hostile = "{whole} {n} {part} {{part}} {";
    assert_eq!(say!("{part} of {whole}", part = hostile, whole = "2"), format!("{hostile} of 2"));
    let counted = plural!(3, "{n} row in {name}", "{n} rows in {name}", name = hostile);
    assert_eq!(counted, format!("3 rows in {hostile}"));
    // Nor are braces that hold no name.
    assert_eq!(say!("{ … } of {a}{", a = "1"), "{ … } of 1{");
}

#[test]
fn what_is_no_catalog_is_none() {
    for lines in ["", "\n", "<!doctype html>\n<p>Not found", "one other\nab", "one other\n~~~~~x"] {
        assert!(Catalog::read(lines.to_owned()).is_none(), "{lines:?}");
    }
}

/// A piece of a pattern.
#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Value(usize),
}

const NAMES: [&str; 3] = ["a", "b_c", "d"];

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let piece = prop_oneof![
        "[a-zäß ,.:]{0,6}".prop_map(Piece::Text),
        (0..NAMES.len()).prop_map(Piece::Value),
    ];
    prop::collection::vec(piece, 0..12)
}

proptest! {
    /// Every value stands where its name does, to the letter, and nothing else changes.
    #[test]
    fn replacing_is_exact(pieces in pieces(), values in prop::array::uniform3(".{0,8}")) {
        let pattern: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Value(at) => format!("{{{}}}", NAMES[*at]),
            })
            .collect();
        let expected: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Value(at) => values[*at].as_str(),
            })
            .collect();
        speak_french(&[("{a}{b_c}{d}", pattern.as_str())]);
        let values = [values[0].as_str(), &values[1], &values[2]];
        prop_assert_eq!(fill("{a}{b_c}{d}", &values), expected);
    }
}

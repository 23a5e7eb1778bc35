//! The parts of a spreadsheet beside its sheets.

use super::MOST_LEVELS;

macro_rules! head {
    () => {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    };
}
macro_rules! main {
    () => {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    };
}
macro_rules! relations {
    () => {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    };
}
macro_rules! package {
    () => {
        "http://schemas.openxmlformats.org/package/2006/"
    };
}
macro_rules! content {
    () => {
        "application/vnd.openxmlformats-officedocument.spreadsheetml."
    };
}

pub(super) const CONTENT_TYPES: &str = concat!(
    head!(),
    "<Types xmlns=\"",
    package!(),
    "content-types\"><Default Extension=\"rels\" ContentType=\"application/\
     vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
     ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"",
    content!(),
    "sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"",
    content!(),
    "styles+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"",
    content!(),
    "worksheet+xml\"/><Override PartName=\"/xl/worksheets/sheet2.xml\" ContentType=\"",
    content!(),
    "worksheet+xml\"/></Types>"
);

pub(super) const RELATIONS: &str = concat!(
    head!(),
    "<Relationships xmlns=\"",
    package!(),
    "relationships\"><Relationship Id=\"rId1\" Type=\"",
    relations!(),
    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
);

pub(super) const WORKBOOK_RELATIONS: &str = concat!(
    head!(),
    "<Relationships xmlns=\"",
    package!(),
    "relationships\"><Relationship Id=\"rId1\" Type=\"",
    relations!(),
    "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"",
    relations!(),
    "/worksheet\" Target=\"worksheets/sheet2.xml\"/><Relationship Id=\"rId3\" Type=\"",
    relations!(),
    "/styles\" Target=\"styles.xml\"/></Relationships>"
);

/// What each sheet begins with.
pub(super) const SHEET_HEAD: &str = concat!(head!(), "<worksheet xmlns=\"", main!(), "\">");

/// The list of sheets, with the cells that the first one filters.
pub(super) fn workbook(name: &str, area: &str) -> String {
    let before = concat!(
        head!(),
        "<workbook xmlns=\"",
        main!(),
        "\" xmlns:r=\"",
        relations!(),
        "\"><bookViews><workbookView/></bookViews><sheets><sheet name=\""
    );
    let between = "\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"About\" sheetId=\"2\" r:id=\"rId2\"/>\
                   </sheets><definedNames><definedName name=\"_xlnm._FilterDatabase\" \
                   localSheetId=\"0\" hidden=\"1\">";
    let after = "</definedName></definedNames></workbook>";
    [before, name, between, name, "!", area, after].concat()
}

/// What cells look like, in the order of `sheet::Style`.
pub(super) fn styles() -> String {
    let mut styles = concat!(
        head!(),
        "<styleSheet xmlns=\"",
        main!(),
        "\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/>\
         <numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd hh:mm:ss\"/></numFmts>\
         <fonts count=\"3\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>\
         <font><b/><sz val=\"14\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\
         <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill>\
         <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8EDF2\"/></patternFill></fill>\
         </fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border>\
         </borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" \
         borderId=\"0\"/></cellStyleXfs><cellXfs count=\"14\">\
         <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" \
         applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
         <xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" \
         applyNumberFormat=\"1\"/>\
         <xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" \
         applyNumberFormat=\"1\"/>\
         <xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" \
         applyNumberFormat=\"1\"/>\
         <xf numFmtId=\"0\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
    )
    .to_owned();
    for level in 0..=MOST_LEVELS {
        styles.push_str(
            "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" \
             applyAlignment=\"1\"><alignment horizontal=\"left\" indent=\"",
        );
        styles.push_str(&level.to_string());
        styles.push_str("\"/></xf>");
    }
    styles.push_str(
        "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>\
         </cellStyles></styleSheet>",
    );
    styles
}

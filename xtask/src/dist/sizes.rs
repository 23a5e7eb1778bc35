//! How large the files are: as they are, and as they travel.

use std::fmt;

use anyhow::{Context, Result};
use serde_json::Value;

struct Row {
    file: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// The files of one folder.
pub(super) struct Sizes {
    rows: Vec<Row>,
}

impl Sizes {
    pub(super) fn from_json(text: &str) -> Result<Self> {
        let rows: Vec<Value> =
            serde_json::from_str(text).context("the compressor printed no JSON")?;
        let row = |value: &Value| {
            let number = |name: &str| value.get(name)?.as_u64();
            Some(Row {
                file: value.get("file")?.as_str()?.to_owned(),
                raw: number("raw")?,
                gzip: number("gzip")?,
                brotli: number("brotli")?,
            })
        };
        let rows = rows
            .iter()
            .map(row)
            .collect::<Option<_>>()
            .context("the compressor left out a size")?;
        Ok(Self { rows })
    }

    /// Bytes until the page can show something: itself and every file it names.
    pub(super) fn first_load(&self, index: &str) -> u64 {
        self.rows
            .iter()
            .filter(|row| row.file == "index.html" || index.contains(&row.file))
            .map(|row| row.brotli)
            .sum()
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.rows.iter().map(|row| row.file.len()).max().unwrap_or(0).max(5);
        let mut line = |file: &str, raw: &str, gzip: &str, brotli: &str| {
            writeln!(f, "  {file:<width$}{raw:>12}{gzip:>12}{brotli:>12}")
        };
        line("file", "raw", "gzip", "brotli")?;
        for row in &self.rows {
            line(&row.file, &kilobytes(row.raw), &kilobytes(row.gzip), &kilobytes(row.brotli))?;
        }
        let sum = |of: fn(&Row) -> u64| kilobytes(self.rows.iter().map(of).sum());
        line("all", &sum(|row| row.raw), &sum(|row| row.gzip), &sum(|row| row.brotli))
    }
}

/// In units of 1000 bytes, to one decimal, rounded.
pub(super) fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_in_kilobytes() {
        assert_eq!(kilobytes(0), "0.0 kB");
        assert_eq!(kilobytes(149_951), "150.0 kB");
        assert_eq!(kilobytes(1_249), "1.2 kB");
    }

    #[test]
    fn the_first_load_is_the_page_and_what_it_names() {
        let sizes = Sizes::from_json(
            r#"[{"file":"index.html","raw":9,"gzip":8,"brotli":7},
                {"file":"app-1.js","raw":90,"gzip":80,"brotli":70},
                {"file":"later.js","raw":900,"gzip":800,"brotli":700}]"#,
        )
        .expect("valid");
        assert_eq!(sizes.first_load(r#"<script src="./app-1.js">"#), 77);
    }
}

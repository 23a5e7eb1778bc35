//! Catalogs as the page reads them: `seatree_core::words::Catalog` describes the form.

#[path = "../../../crates/core/src/words/pattern.rs"]
pub(super) mod pattern;

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    path::Path,
};

use anyhow::{Context, Result};

use super::{
    catalog::{self, Catalog, Translation},
    language::{self, Language},
};
use crate::project::Project;

/// What the names of the page's catalogs hold, so that changed ones have other names.
pub(crate) fn version(project: &Project) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for language in language::ALL {
        hasher.write(lines(&catalog::read(project, language)?, language).as_bytes());
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Writes the catalogs into a folder, as `TAG-VERSION.txt`.
pub(crate) fn pack(project: &Project, folder: &Path) -> Result<()> {
    let version = version(project)?;
    for language in language::ALL {
        let catalog = catalog::read(project, language)?;
        let file = folder.join(format!("{}-{version}.txt", language.tag));
        fs::write(&file, lines(&catalog, language))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// A catalog's lines.
fn lines(catalog: &Catalog, language: &Language) -> String {
    let mut lines = vec![language.categories.join(" ")];
    lines.extend(catalog.iter().map(|(key, translation)| {
        let mut line = letters(pattern::key(key));
        match translation {
            Translation::Text(text) => line.push_str(text),
            Translation::Forms(forms) => {
                let form = |category: &&str| forms.get(*category).map_or("", String::as_str);
                let forms: Vec<&str> = language.categories.iter().map(form).collect();
                line.push_str(&forms.join(&pattern::BETWEEN_FORMS.to_string()));
            }
        }
        line
    }));
    lines.join("\n")
}

/// A key as letters, the highest first.
fn letters(key: u32) -> String {
    let letter = |at: usize| {
        let digit = key >> (6 * (pattern::KEY_BYTES - 1 - at)) & 63;
        char::from(pattern::FIRST_LETTER + u8::try_from(digit).unwrap_or_default())
    };
    (0..pattern::KEY_BYTES).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalog_is_a_line_per_text() {
        let json =
            r#"{ "Open": "Öffnen", "{n} rows": { "one": "{n} Zeile", "other": "{n} Zeilen" } }"#;
        let catalog = catalog::parse(json).expect("a catalog");
        // As crates/core/tests/words.rs reads it.
        assert_eq!(
            lines(&catalog, &language::ALL[0]),
            "one other\nDh\\@jÖffnen\n?;YUO{n} Zeile\t{n} Zeilen"
        );
    }
}

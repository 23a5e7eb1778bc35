//! What people read, in every language: the texts of the sources, and `locales/` that translates them.

mod bare;
mod catalog;
mod comparison;
mod language;
mod literal;
mod pack;
mod sources;

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use serde_json::{Map, Value, json};

use crate::project::Project;
use catalog::Catalog;

pub(crate) use pack::{pack, version};

/// The texts of the sources, by the English text that catalogs know them by.
type Texts = BTreeMap<String, Text>;

/// One text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Text {
    /// For a counted text, what is said of one.
    one: Option<String>,
    /// The source files it is in.
    files: Vec<String>,
}

/// Prints, for each language, what is missing, what no source has any more, and what does not fit.
pub(crate) fn run(project: &Project) -> Result<()> {
    let texts = sources::texts(project)?;
    let same = comparison::same_keys(&texts);
    ensure!(same.is_empty(), "{}", same.join("; "));
    let mut all = Map::new();
    for language in language::ALL {
        let catalog = catalog::read(project, language)?;
        let missing: Vec<Value> = missing(&texts, &catalog)
            .map(|(key, text)| match &text.one {
                Some(one) => json!({ "key": key, "one": one, "in": text.files }),
                None => json!({ "key": key, "in": text.files }),
            })
            .collect();
        let wrong = comparison::wrong(&texts, &catalog, language);
        all.insert(language.tag.to_owned(), json!({ "missing": missing, "wrong": wrong }));
    }
    println!("{:#}", Value::Object(all));
    Ok(())
}

/// The texts that a catalog does not have.
fn missing<'a>(
    texts: &'a Texts,
    catalog: &'a Catalog,
) -> impl Iterator<Item = (&'a String, &'a Text)> {
    texts.iter().filter(|(key, _)| !catalog.contains_key(*key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_text() {
        let project = Project::here();
        let texts = sources::texts(&project).expect("sources");
        assert!(texts.len() > 20, "few texts found: {}", texts.len());
        let mut wrong = comparison::same_keys(&texts);
        for language in language::ALL {
            let catalog = catalog::read(&project, language).expect("a catalog");
            wrong.extend(comparison::wrong(&texts, &catalog, language));
            // A language that nobody has begun with yet is English.
            if !catalog.is_empty() {
                let lacks = |(key, text): (&String, &Text)| {
                    let (tag, files) = (language.tag, text.files.join(", "));
                    format!("locales/{tag}.json: {key:?} of {files} is missing")
                };
                wrong.extend(missing(&texts, &catalog).map(lacks));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

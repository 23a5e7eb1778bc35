//! One language's file in `locales/`.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::language::Language;
use crate::project::Project;

/// What texts are in one language, by their English text.
pub(super) type Catalog = BTreeMap<String, Translation>;

/// One text in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Translation {
    Text(String),
    /// A counted text: by plural category.
    Forms(BTreeMap<String, String>),
}

/// Reads a catalog; one that does not exist is empty.
pub(super) fn read(project: &Project, language: &Language) -> Result<Catalog> {
    let file = project.path(&format!("locales/{}.json", language.tag));
    if !file.exists() {
        return Ok(Catalog::new());
    }
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    parse(&text).with_context(|| format!("{} is no catalog", file.display()))
}

pub(super) fn parse(text: &str) -> Result<Catalog> {
    let Value::Object(entries) = serde_json::from_str(text)? else {
        bail!("it is no object");
    };
    let translation = |(key, value): (String, Value)| {
        let translation = match value {
            Value::String(text) => Translation::Text(text),
            Value::Object(forms) => Translation::Forms(
                forms
                    .into_iter()
                    .map(|(category, form)| match form {
                        Value::String(form) => Ok((category, form)),
                        _ => bail!("{key:?}: {category} is no text"),
                    })
                    .collect::<Result<_>>()?,
            ),
            _ => bail!("{key:?} is neither text nor forms"),
        };
        Ok((key, translation))
    };
    entries.into_iter().map(translation).collect()
}

//! Whether a catalog says what the sources say.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Text, Texts,
    catalog::{Catalog, Translation},
    language::Language,
    pack::pattern,
};

/// What does not fit, one line each, naming file and key.
pub(super) fn wrong(texts: &Texts, catalog: &Catalog, language: &Language) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, translation) in catalog {
        let problems = match texts.get(key) {
            None => vec!["is no text of the sources".to_owned()],
            Some(text) => problems(key, text, translation, language),
        };
        let line = |problem| format!("locales/{}.json: {key:?} {problem}", language.tag);
        wrong.extend(problems.into_iter().map(line));
    }
    wrong
}

/// Texts that a page could not tell apart.
pub(super) fn same_keys(texts: &Texts) -> Vec<String> {
    let mut known: BTreeMap<u32, &str> = BTreeMap::new();
    let mut same = Vec::new();
    for text in texts.keys() {
        if let Some(other) = known.insert(pattern::key(text), text) {
            same.push(format!(
                "{text:?} and {other:?} have the same key: say one of them otherwise"
            ));
        }
    }
    same
}

fn problems(key: &str, text: &Text, translation: &Translation, language: &Language) -> Vec<String> {
    match (translation, text.one.is_some()) {
        (Translation::Text(said), false) => problem(key, said, false).into_iter().collect(),
        (Translation::Forms(forms), true) => {
            let categories: Vec<&str> = forms.keys().map(String::as_str).collect();
            let mut wanted = language.categories.to_vec();
            wanted.sort_unstable();
            if categories != wanted {
                return vec![format!("has the forms {categories:?}, not {wanted:?}")];
            }
            let problem = |(category, form): (&String, &String)| {
                problem(key, form, category == "one" && language.one_is_1)
                    .map(|problem| format!("({category}) {problem}"))
            };
            forms.iter().filter_map(problem).collect()
        }
        (Translation::Text(_), true) => vec!["is counted: it needs forms".to_owned()],
        (Translation::Forms(_), false) => vec!["is not counted: it needs one text".to_owned()],
    }
}

/// What is wrong with one text; `n` may be left out where it is always 1.
fn problem(key: &str, said: &str, without_n: bool) -> Option<String> {
    if said.trim().is_empty() != key.trim().is_empty() {
        return Some("is empty".to_owned());
    }
    if said.contains(['\n', '\r', '\t']) {
        return Some("holds a tab or the end of a line".to_owned());
    }
    let edges = |text: &str| (text.starts_with(' '), text.ends_with(' '));
    if edges(said) != edges(key) {
        return Some(
            "begins or ends with a space where the English text does not, or without".to_owned(),
        );
    }
    let (mut wanted, mut has) = (places(key), places(said));
    if without_n {
        wanted.remove("n");
        has.remove("n");
    }
    (wanted != has).then(|| format!("names {has:?}, not {wanted:?}"))
}

/// The names of a pattern.
fn places(pattern: &str) -> BTreeSet<&str> {
    let mut from = 0;
    let next = || {
        let (start, end) = pattern::next_place(pattern.as_bytes(), from)?;
        from = end + 1;
        pattern.get(start..end)
    };
    std::iter::from_fn(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locales::{catalog, language};

    fn complaints(tag: &str, json: &str) -> Vec<String> {
        let text = |one: Option<&str>| Text { one: one.map(str::to_owned), files: Vec::new() };
        let texts = Texts::from([
            ("Open".to_owned(), text(None)),
            ("{a} of {b} ".to_owned(), text(None)),
            ("{n} rows in {name}".to_owned(), text(Some("{n} row in {name}"))),
        ]);
        let language = language::ALL.iter().find(|language| language.tag == tag).expect(tag);
        wrong(&texts, &catalog::parse(json).expect("a catalog"), language)
    }

    #[test]
    fn what_fits_is_not_complained_of() {
        let json = r#"{
            "Open": "Öffnen", "{a} of {b} ": "von {b} sind es {a} ",
            "{n} rows in {name}": { "one": "eine Zeile in {name}", "other": "{n} Zeilen in {name}" }
        }"#;
        assert_eq!(complaints("de", json), Vec::<String>::new());
    }

    #[test]
    fn what_does_not_fit_is_named_with_file_and_key() {
        for (json, says) in [
            (r#"{ "Closed": "Zu" }"#, "is no text of the sources"),
            (r#"{ "Open": " " }"#, "is empty"),
            (r#"{ "Open": "Öffnen " }"#, "a space"),
            (r#"{ "Open": "Auf\tZu" }"#, "a tab"),
            (r#"{ "Open": { "other": "Öffnen" } }"#, "one text"),
            (r#"{ "{a} of {b} ": "{a} von allen " }"#, r#"names {"a"}, not {"a", "b"}"#),
            (r#"{ "{n} rows in {name}": "Zeilen" }"#, "needs forms"),
            (r#"{ "{n} rows in {name}": { "other": "{n} Zeilen in {name}" } }"#, "the forms"),
            (
                r#"{ "{n} rows in {name}": { "one": "{n} in {name}", "other": "viele in {name}" } }"#,
                "(other) names",
            ),
        ] {
            let wrong = complaints("de", json);
            assert_eq!(wrong.len(), 1, "{json}: {wrong:?}");
            assert!(wrong[0].starts_with("locales/de.json: \""), "{wrong:?}");
            assert!(wrong[0].contains(says), "{wrong:?}");
        }
    }

    #[test]
    fn one_names_its_count_where_it_is_also_said_of_none() {
        let json = r#"{ "{n} rows in {name}":
            { "one": "une ligne de {name}", "many": "{n} de lignes de {name}", "other": "{n} lignes de {name}" } }"#;
        assert_eq!(complaints("fr", json).len(), 1);
    }
}

//! Collects the texts from the Rust sources.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::{Text, Texts, bare, literal};
use crate::project::Project;

/// Where texts are.
const FOLDERS: [&str; 2] = ["src", "crates/core/src"];
/// What gives them, and says the same names of no text.
const NOT_IN: [&str; 2] = ["crates/core/src/words.rs", "crates/core/src/words/"];

/// Every text of the sources.
pub(super) fn texts(project: &Project) -> Result<Texts> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        list(&project.path(folder), &mut files)?;
    }
    let mut texts = Texts::new();
    for file in files {
        let name = Path::new(&file).strip_prefix(project.root()).unwrap_or(Path::new(&file));
        let name = name.to_string_lossy().replace('\\', "/");
        if NOT_IN.iter().any(|not| name.starts_with(not)) {
            continue;
        }
        let source = fs::read_to_string(&file).with_context(|| format!("cannot read {name}"))?;
        add(&mut texts, &name, &source)?;
    }
    Ok(texts)
}

fn list(folder: &Path, into: &mut Vec<String>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, into)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

/// Adds the texts of one file.
fn add(texts: &mut Texts, file: &str, source: &str) -> Result<()> {
    let tokens: TokenStream =
        source.parse().map_err(|error| anyhow::anyhow!("{file} is no Rust source: {error}"))?;
    let mut found = Found { file, texts };
    found.walk(tokens)
}

struct Found<'a> {
    file: &'a str,
    texts: &'a mut Texts,
}

impl Found<'_> {
    fn walk(&mut self, tokens: TokenStream) -> Result<()> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Group(group) if is_test(&tokens, at, group) => {
                    // The item that is only for tests: to the end of its block, or of its line.
                    while tokens.get(at + 1).is_some_and(|token| !is_end(token)) {
                        at += 1;
                    }
                    at += 1;
                }
                TokenTree::Group(group) => self.walk(group.stream())?,
                TokenTree::Ident(ident) => {
                    let is_macro = matches!(tokens.get(at + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                    let behind = tokens.get(at + 1 + usize::from(is_macro));
                    if let Some(TokenTree::Group(group)) = behind {
                        let name = ident.to_string();
                        if name == "view" && is_macro {
                            self.view(group)?;
                        }
                        self.call(&name, is_macro, group)?;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        Ok(())
    }

    /// A view, which says nothing by itself.
    fn view(&self, view: &Group) -> Result<()> {
        match bare::texts(view.stream()).first() {
            None => Ok(()),
            Some(text) => bail!("{}: {text:?} in a view is said in English only", self.file),
        }
    }

    /// What is said by one call.
    fn call(&mut self, name: &str, is_macro: bool, arguments: &Group) -> Result<()> {
        let first = match (name, is_macro) {
            ("tr" | "later", false) | ("say", true) => 0,
            ("plural", true) => 1,
            _ => return Ok(()),
        };
        let mut arguments = split(arguments.stream()).into_iter().skip(first);
        let mut next = || {
            let argument = arguments.next()?;
            let [TokenTree::Literal(written)] = argument.as_slice() else { return None };
            literal::text(&written.to_string())
        };
        let text = next();
        let (key, one) = if name == "plural" { (next(), text) } else { (text, None) };
        let Some(key) = key else {
            bail!("{}: what {name} says is no literal", self.file);
        };
        if name == "plural" && one.is_none() {
            bail!("{}: what {name} says of one is no literal", self.file);
        }
        let known = self
            .texts
            .entry(key.clone())
            .or_insert_with(|| Text { one: one.clone(), files: Vec::new() });
        if known.one != one {
            bail!("{}: {key:?} is counted in another way in {}", self.file, known.files.join(", "));
        }
        if known.files.last().is_none_or(|file| file != self.file) {
            known.files.push(self.file.to_owned());
        }
        Ok(())
    }
}

/// Whether this is the inside of `#[cfg(test)]`.
fn is_test(tokens: &[TokenTree], at: usize, group: &Group) -> bool {
    let is_attribute = at.checked_sub(1).is_some_and(
        |before| matches!(&tokens[before], TokenTree::Punct(mark) if mark.as_char() == '#'),
    );
    is_attribute && group.stream().to_string().replace(' ', "") == "cfg(test)"
}

fn is_end(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    }
}

/// Arguments, at their commas.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut arguments = vec![Vec::new()];
    for token in tokens {
        match (&token, arguments.last_mut()) {
            (TokenTree::Punct(mark), _) if mark.as_char() == ',' => arguments.push(Vec::new()),
            (_, Some(last)) => last.push(token),
            (_, None) => {}
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Result<Texts> {
        let mut texts = Texts::new();
        add(&mut texts, "a.rs", source)?;
        Ok(texts)
    }

    #[test]
    fn texts_are_found_wherever_they_are_said() {
        let found = texts(
            r#"
            const TITLE: &str = later("Title");
            fn view() { view! { <p title=tr("Hint")>{words::tr("Text")} " · "</p> } }
            fn filled() { say!("{a} of {b}", a, b = format!("{x}, {y}")); seatree_core::say!("In {a}", a) }
            fn counted() { plural!(f(1, 2), "{n} row", "{n} rows") }
            "#,
        )
        .expect("readable");
        let keys: Vec<&str> = found.keys().map(String::as_str).collect();
        assert_eq!(keys, ["Hint", "In {a}", "Text", "Title", "{a} of {b}", "{n} rows"]);
        assert_eq!(found["{n} rows"].one.as_deref(), Some("{n} row"));
        assert_eq!(found["Hint"].files, ["a.rs"]);
    }

    #[test]
    fn what_only_tests_and_comments_say_is_none() {
        let source = r#"
            /// tr("Documented")
            // tr("Commented")
            #[cfg(test)]
            mod tests { fn a() { tr("Tested") } }
            #[cfg(test)]
            use words::tr;
            fn b() { tr("Said") }
        "#;
        let found = texts(source).expect("readable");
        assert_eq!(found.keys().collect::<Vec<_>>(), ["Said"]);
    }

    #[test]
    fn what_is_no_literal_is_named_with_its_file() {
        for source in ["fn a() { tr(name) }", "fn a() { plural!(1, one, \"{n} rows\") }"] {
            let error = texts(source).expect_err(source).to_string();
            assert!(error.starts_with("a.rs: "), "{error}");
        }
        let twice =
            r#"fn a() { plural!(1, "a row", "{n} rows"); plural!(1, "{n} row", "{n} rows") }"#;
        assert!(texts(twice).expect_err("twice").to_string().contains("{n} rows"));
    }
}

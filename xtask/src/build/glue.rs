//! The script between the page's module and the browser, as small as it gets.
//!
//! wasm-bindgen names what the module imports by a hash each: in the module and in the script they
//! are a good part of what does not compress. And it keeps what libraries export, used or not.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::module::Module;

/// Classes that make streams of Rust's, out of a library that comes with leptos. The page makes none.
const UNUSED: &str = "IntoUnderlying";

/// Takes the unused exports out of a module and its script, so that the optimizer can take away
/// what only they reach.
pub(super) fn drop_unused(wasm: &Path, script: &Path) -> Result<()> {
    let mut module = read_module(wasm)?;
    let unused = UNUSED.to_ascii_lowercase();
    module.retain_exports(|name| !name.contains(&unused))?;
    write(wasm, &module.to_bytes())?;
    let text = without_unused(&read(script)?);
    ensure!(!text.contains(UNUSED), "{} still names {UNUSED}", script.display());
    write(script, text.as_bytes())
}

/// Gives what a module imports from its script names of a letter or two, in both.
pub(super) fn shorten(wasm: &Path, script: &Path) -> Result<()> {
    let mut module = read_module(wasm)?;
    let mut short = BTreeMap::new();
    module.rename_imports(|from, name| {
        if !from.ends_with("_bg.js") {
            return None;
        }
        let next = short_name(short.len());
        Some(short.entry(name.to_owned()).or_insert(next).clone())
    })?;
    write(wasm, &module.to_bytes())?;
    write(script, renamed(&read(script)?, &short)?.as_bytes())
}

/// The script without the unused classes. wasm-bindgen writes each from a line of its own to a
/// brace in the first column.
fn without_unused(script: &str) -> String {
    let mut out = String::new();
    let mut lines = script.lines();
    while let Some(line) = lines.next() {
        let is_class = line.starts_with("export class ") && line.contains(UNUSED);
        let is_constant = line.starts_with("const ") && line.contains(UNUSED);
        if is_class {
            lines.by_ref().find(|line| *line == "}");
        } else if is_constant {
            lines.by_ref().find(|line| line.ends_with(");"));
        } else if !line.contains(UNUSED) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The script with short names for what the module imports, without what it does not.
/// wasm-bindgen writes each as a field of eight spaces, from its name to a line `},`.
fn renamed(script: &str, short: &BTreeMap<String, String>) -> Result<String> {
    const FIELD: &str = "        ";
    let mut out = String::new();
    let mut found = 0;
    let mut lines = script.lines();
    while let Some(line) = lines.next() {
        let field = line.strip_prefix(FIELD).filter(|field| field.starts_with("__wb"));
        if let Some((name, rest)) = field.and_then(|field| field.split_once(':')) {
            if let Some(short) = short.get(name) {
                found += 1;
                out.extend([FIELD, short, ":", rest, "\n"]);
            } else {
                lines.by_ref().find(|line| *line == "        },");
            }
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    let wanted = short.len();
    ensure!(
        found == wanted,
        "the script has {found} of {wanted} functions that the module imports"
    );
    Ok(out)
}

/// `a` to `z`, then `aa` and so on: no word of the language is among so few.
fn short_name(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap_or_default());
    match number / 26 {
        0 => letter(number).to_string(),
        above => format!("{}{}", short_name(above - 1), letter(number)),
    }
}

fn read_module(file: &Path) -> Result<Module> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Module::parse(&bytes).with_context(|| format!("cannot read {}", file.display()))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "\
export class IntoUnderlyingSource {
    free() {
        wasm.__wbg_intounderlyingsource_free(0);
    }
}
if (Symbol.dispose) IntoUnderlyingSource.prototype[Symbol.dispose] = 1;
function imports() {
    return {
        __wbg_now_d0b7f4bea9f38490: function() {
            return {
            };
        },
        __wbg_enqueue_4a01c128f9a0de16: function() { return handleError(function (arg0) {
        },
        __wbindgen_throw_1: function(arg0) {
            throw __wbg_now_d0b7f4bea9f38490;
        },
    };
}
const IntoUnderlyingSourceFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_intounderlyingsource_free(ptr, 1));
const other = 1;
";

    #[test]
    fn unused_classes_go_with_all_that_names_them() {
        let text = without_unused(SCRIPT);
        assert!(!text.contains("nderlying"), "{text}");
        assert!(text.contains("const other = 1;") && text.contains("__wbg_now"), "{text}");
    }

    #[test]
    fn imports_are_renamed_where_they_are_given_and_what_nobody_imports_goes() {
        let names = ["__wbg_now_d0b7f4bea9f38490", "__wbindgen_throw_1"];
        let short: BTreeMap<String, String> =
            (0..).zip(names).map(|(at, name)| (name.to_owned(), short_name(at))).collect();
        let text = renamed(&without_unused(SCRIPT), &short).unwrap();
        assert!(text.contains("        a: function() {"), "{text}");
        assert!(text.contains("        b: function(arg0) {"), "{text}");
        assert!(text.contains("throw __wbg_now") && !text.contains("enqueue"), "{text}");
        let more = [short.clone(), BTreeMap::from([("missing".to_owned(), "c".to_owned())])];
        assert!(renamed(SCRIPT, &more.into_iter().flatten().collect()).is_err());
    }

    #[test]
    fn names_are_short_and_each_of_its_own() {
        let names: std::collections::BTreeSet<String> = (0..1_000).map(short_name).collect();
        assert_eq!(names.len(), 1_000);
        assert_eq!(
            (short_name(0), short_name(25), short_name(26)),
            ("a".into(), "z".into(), "aa".into())
        );
        assert!(!names.contains("__proto__"));
    }
}

//! What other pages take from the site: the script with the elements, and its style sheet.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use anyhow::{Context, Result};

use crate::project::Project;

/// As they are, beside the script: the page for frames, and what editors and type checkers read.
const TAKEN: [&str; 5] =
    ["embed.html", "embed-frame.js", "embed-frame.css", "embed.d.ts", "custom-elements.json"];

/// Puts them into `site`, whose page names the files that they share with it.
pub(super) fn embed(project: &Project, site: &Path) -> Result<()> {
    let page = read(&site.join("index.html"))?;
    let style = style(project, site, &page)?;
    let name = |after: &str, ending: &str| {
        named(&page, after, ending).with_context(|| format!("the page names no {after}…{ending}"))
    };
    let script = read(&project.path("src/embed/script/embed.js"))?
        .replace("{script}", &name("data-js=\"./", "\"")?)
        .replace("{module}", &name("data-wasm=\"./", "\"")?)
        .replace("{parts}", &format!("parts-{}", name("href=\"./parts-", "\"")?))
        .replace("{style}", &style);
    write(&site.join("embed.js"), &script)?;
    for name in TAKEN {
        let file = project.path("src/embed/script").join(name);
        write(&site.join(name), &read(&file)?)?;
    }
    Ok(())
}

/// One sheet of the page's own and the elements': asked for once, whichever elements there are.
fn style(project: &Project, site: &Path, page: &str) -> Result<String> {
    let own = named(page, "href=\"./style-", "\"").context("the page names no sheet")?;
    let mut all = read(&site.join(format!("style-{own}")))?;
    all.push_str(&read(&project.path("style/embed.css"))?);
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    let name = format!("embed-{:016x}.css", hasher.finish());
    write(&site.join(&name), &all)?;
    Ok(name)
}

/// What stands between two texts, the first time.
fn named(page: &str, after: &str, ending: &str) -> Option<String> {
    let (_, rest) = page.split_once(after)?;
    rest.split_once(ending).map(|(name, _)| name.to_owned())
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_what_is_shared_with_it() {
        let page = "<script src=\"./boot.js\" data-js=\"./seatree-1.js\" data-wasm=\"./seatree-1_bg.wasm\">";
        assert_eq!(named(page, "data-js=\"./", "\"").as_deref(), Some("seatree-1.js"));
        assert_eq!(named(page, "href=\"./parts-", "\""), None);
    }
}

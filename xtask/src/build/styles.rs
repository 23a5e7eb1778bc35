//! One sheet for the whole page: a dozen would each be asked for, and compressed without the others.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use anyhow::{Context, Result, ensure};

/// Puts the sheets that the page in `site` names into one, in their order.
pub(super) fn join(site: &Path) -> Result<()> {
    let index = site.join("index.html");
    let page = fs::read_to_string(&index).context("cannot read the page that trunk built")?;
    let names = sheets(&page);
    ensure!(!names.is_empty(), "trunk's page names no sheet");
    let mut all = String::new();
    for name in &names {
        let file = site.join(name);
        let sheet =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        all.push_str(&sheet);
        fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    fs::write(site.join(&name), all).context("cannot write the page's sheet")?;
    fs::write(&index, with_one(&page, &names, &name)).context("cannot write the page")
}

const BEFORE: &str = "<link rel=\"stylesheet\" href=\"./";
const AFTER: &str = "\"/>";

/// The sheets a page names, in their order.
fn sheets(page: &str) -> Vec<&str> {
    let links = page.split(BEFORE).skip(1);
    links.filter_map(|rest| rest.split_once(AFTER).map(|(name, _)| name)).collect()
}

/// The page with one sheet in the place of all.
fn with_one(page: &str, names: &[&str], one: &str) -> String {
    let link = |name: &str| [BEFORE, name, AFTER].concat();
    let mut page = page.to_owned();
    for (at, name) in names.iter().enumerate() {
        page = if at == 0 {
            page.replacen(&link(name), &link(one), 1)
        } else {
            page.replacen(&format!("  {}\n", link(name)), "", 1)
        };
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n  <link rel=\"stylesheet\" href=\"./tokens-1.css\"/>\n  <link rel=\"stylesheet\" href=\"./tree-2.css\"/>\n</head>";

    #[test]
    fn a_page_names_its_sheets_in_their_order() {
        assert_eq!(sheets(PAGE), ["tokens-1.css", "tree-2.css"]);
    }

    #[test]
    fn one_sheet_takes_the_place_of_all() {
        let page = with_one(PAGE, &sheets(PAGE), "style-3.css");
        assert_eq!(page, "<head>\n  <link rel=\"stylesheet\" href=\"./style-3.css\"/>\n</head>");
    }
}

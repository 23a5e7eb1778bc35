//! `dist`: a static site and an edge bundle, ready to deploy, with their sizes.

mod sizes;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{build, process::output_of, project::Project, tools};
use sizes::Sizes;

/// Builds and fills `dist/site` and `dist/edge`.
pub(crate) fn run(project: &Project) -> Result<()> {
    tools::node_packages(project)?;
    let site = empty(project, "dist/site")?;
    copy(&build::site(project)?, &site)?;
    let edge = empty(project, "dist/edge")?;
    let bundle = build::edge(project)?;
    for name in ["index.js", "index_bg.wasm"] {
        let file = bundle.join(name);
        fs::copy(&file, edge.join(name))
            .with_context(|| format!("cannot copy {}", file.display()))?;
    }
    copy(&project.path("crates/edge/deploy"), &edge)?;

    println!("==> Compressing");
    let site_sizes = compress(project, &site, Keep::BesideTheFiles)?;
    let edge_sizes = compress(project, &edge, Keep::Nothing)?;
    let index =
        fs::read_to_string(site.join("index.html")).context("the page has no index.html")?;
    println!("\ndist/site\n{site_sizes}\ndist/edge\n{edge_sizes}");
    println!("First load, brotli: {}", sizes::kilobytes(site_sizes.first_load(&index)));
    Ok(())
}

fn empty(project: &Project, name: &str) -> Result<PathBuf> {
    let folder = project.path(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    let entries = fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))?;
    for entry in entries {
        let path = entry.with_context(|| format!("cannot list {}", from.display()))?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name))
                .with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

/// What becomes of the compressed files.
#[derive(Clone, Copy)]
enum Keep {
    /// Static hosts send `file.br` and `file.gz` in place of `file`.
    BesideTheFiles,
    /// Only their sizes are of interest.
    Nothing,
}

/// By Node, which has both compressors: no crate of ours needs them.
fn compress(project: &Project, folder: &Path, keep: Keep) -> Result<Sizes> {
    let mut node = Command::new("node");
    node.arg(project.path("xtask/src/dist/compress.mjs")).arg(folder);
    if let Keep::BesideTheFiles = keep {
        node.arg("--write");
    }
    Sizes::from_json(&output_of(&mut node)?)
}

//! Whether an output still fits what it was made from.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::Hasher,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::project::Project;

/// The fingerprint of some inputs, kept beside the outputs. Contents count, not times: another
/// branch and back rebuilds nothing.
pub(super) struct Stamp<'a> {
    project: &'a Project,
    inputs: &'a [&'a str],
    tools: &'a [&'a str],
    file: PathBuf,
    fingerprint: String,
}

impl<'a> Stamp<'a> {
    /// Of these files and folders of the project; those that do not exist count as absent. `tools`
    /// are the versions that shape the output.
    pub(super) fn of(
        project: &'a Project,
        name: &str,
        inputs: &'a [&'a str],
        tools: &'a [&'a str],
    ) -> Result<Self> {
        let file = project.target(&format!("xtask/{name}.stamp"));
        let fingerprint = fingerprint(project, inputs, tools)?;
        Ok(Self { project, inputs, tools, file, fingerprint })
    }

    /// Whether `output` exists and was made from the same.
    pub(super) fn fits(&self, output: &Path) -> bool {
        output.exists() && fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.fingerprint)
    }

    /// Before a build: should it fail half-way, its output fits nothing.
    pub(super) fn remove(&self) {
        // Absent is what is wanted.
        let _ = fs::remove_file(&self.file);
    }

    /// After a build that went well. Where something was edited meanwhile, nobody knows which of
    /// it the output is made from: then it fits nothing.
    pub(super) fn write(&self) -> Result<()> {
        if fingerprint(self.project, self.inputs, self.tools)? != self.fingerprint {
            return Ok(());
        }
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&self.file, &self.fingerprint)
            .with_context(|| format!("cannot write {}", self.file.display()))
    }
}

fn fingerprint(project: &Project, inputs: &[&str], tools: &[&str]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for tool in tools {
        hasher.write(tool.as_bytes());
        hasher.write_u8(0);
    }
    for input in inputs {
        add(&mut hasher, project.root(), &project.path(input))?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(hasher: &mut DefaultHasher, root: &Path, path: &Path) -> Result<()> {
    if path.is_dir() {
        let mut entries = fs::read_dir(path)
            .and_then(|entries| {
                entries.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>()
            })
            .with_context(|| format!("cannot list {}", path.display()))?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(hasher, root, entry));
    }
    if path.is_file() {
        let name = path.strip_prefix(root).unwrap_or(path);
        hasher.write(name.as_os_str().as_encoded_bytes());
        hasher.write_u8(0);
        hasher.write(&fs::read(path).with_context(|| format!("cannot read {}", path.display()))?);
        hasher.write_u8(0);
    }
    Ok(())
}

//! The parts tests come in, by what they need to run.

use std::process::Command;

use anyhow::Result;

use super::{browser, node};
use crate::{process, project::Project};

/// One kind of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Core,
    Sandbox,
    Xtask,
    Browser,
    Edge,
    EndToEnd,
}

impl Part {
    /// Quick and basic ones first: what fails there explains what fails later.
    pub(crate) const ALL: [Self; 6] =
        [Self::Core, Self::Sandbox, Self::Xtask, Self::Browser, Self::Edge, Self::EndToEnd];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Sandbox => "sandbox",
            Self::Xtask => "xtask",
            Self::Browser => "browser",
            Self::Edge => "edge",
            Self::EndToEnd => "e2e",
        }
    }

    /// The part by that name. The error is a sentence for the user.
    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|part| part.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.into_iter().map(Self::name).collect();
            format!("there are no \"{name}\" tests; there are {}", names.join(", "))
        })
    }

    pub(super) fn run(self, project: &Project) -> Result<()> {
        match self {
            // What core decodes is also fed what no upstream should send, for some seconds.
            Self::Core => cargo_test(project, &["seatree-core", "seatree-fuzz"]),
            Self::Sandbox => cargo_test(project, &["seatree-sandbox"]),
            Self::Xtask => cargo_test(project, &["xtask", "seatree-bench"]),
            Self::Browser => browser::run(project),
            Self::Edge => node::edge(project),
            Self::EndToEnd => node::end_to_end(project),
        }
    }
}

fn cargo_test(project: &Project, packages: &[&str]) -> Result<()> {
    process::run(
        &format!("Testing {}", packages.join(" and ")),
        Command::new("cargo")
            .args(["test", "--quiet"])
            .args(packages.iter().flat_map(|package| ["--package", package]))
            .current_dir(project.root()),
    )
}

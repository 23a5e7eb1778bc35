//! The folder where tools are kept for all clones of a user.

use std::path::PathBuf;

use anyhow::{Context, Result};

/// `$SEATREE_TOOLS`, else `seatree/tools` in the user's cache folder.
pub(super) fn root() -> Result<PathBuf> {
    let set =
        |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("SEATREE_TOOLS")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("seatree/tools")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/seatree/tools")))
        .context("neither HOME nor SEATREE_TOOLS is set; set SEATREE_TOOLS to a folder where tools can be kept")
}

use crate::project::Project;
use anyhow::Result;
pub(crate) fn run(_project: &Project) -> Result<()> {
    Ok(())
}

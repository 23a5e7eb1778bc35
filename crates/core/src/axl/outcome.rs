//! What a changing operation returns.

use crate::estate::Uuid;

use super::xml::{Broken, Walk};

/// The schema's `StandardResponse`: "true", "false" or the uuid of what was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// The cluster says that it was not.
    NotDone,
    Changed(Uuid),
}

impl Outcome {
    fn of(text: &str) -> Option<Self> {
        match text.trim() {
            text if text.eq_ignore_ascii_case("true") => Some(Self::Done),
            text if text.eq_ignore_ascii_case("false") => Some(Self::NotDone),
            text => Uuid::parse(text).map(Self::Changed),
        }
    }

    /// None for anything else: whether it was done is then unknown.
    pub(super) fn read(walk: &mut Walk<'_>) -> Result<Option<Self>, Broken> {
        let mut outcome = None;
        let twice = walk.fields(|name, text| {
            if name == "return" {
                outcome = Self::of(text);
            }
        })?;
        // Two answers are none.
        Ok(outcome.filter(|_| twice.0.is_empty()))
    }
}

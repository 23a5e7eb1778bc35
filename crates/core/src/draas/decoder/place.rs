//! The path to the value being read, for complaints that name it.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Container {
    Object,
    Array,
}

/// A stack of field names and item numbers. Names share one buffer: nothing is allocated per field.
#[derive(Debug, Default)]
pub(super) struct Place {
    names: String,
    levels: Vec<Level>,
}

#[derive(Debug)]
enum Level {
    /// Where the current field's name starts in the buffer.
    Object { start: usize },
    /// The next item's number.
    Array { next: usize },
}

impl Place {
    pub(super) fn enter(&mut self, container: Container) {
        self.levels.push(match container {
            Container::Object => Level::Object { start: self.names.len() },
            Container::Array => Level::Array { next: 0 },
        });
    }

    pub(super) fn leave(&mut self) {
        if let Some(Level::Object { start }) = self.levels.pop() {
            self.names.truncate(start);
        }
    }

    pub(super) fn name(&mut self, name: &str) {
        if let Some(Level::Object { start }) = self.levels.last() {
            self.names.truncate(*start);
            self.names.push_str(name);
        }
    }

    /// Counts a value, if the place is within an array.
    pub(super) fn next_item(&mut self) {
        if let Some(Level::Array { next }) = self.levels.last_mut() {
            *next += 1;
        }
    }

    /// The innermost field's name; empty within an array.
    pub(super) fn key(&self) -> &str {
        match self.levels.last() {
            Some(Level::Object { start }) => &self.names[*start..],
            _ => "",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let starts = |level: &Level| match level {
            Level::Object { start } => Some(*start),
            Level::Array { .. } => None,
        };
        for (at, level) in self.levels.iter().enumerate() {
            match level {
                Level::Array { next } => write!(f, "[{}]", next.saturating_sub(1))?,
                Level::Object { start } => {
                    let end = self.levels[at + 1..].iter().find_map(starts);
                    let dot = if at == 0 { "" } else { "." };
                    write!(f, "{dot}{}", &self.names[*start..end.unwrap_or(self.names.len())])?;
                }
            }
        }
        Ok(())
    }
}

//! Where what is written goes: a file or the clipboard, in short turns.

use seatree_core::UpstreamError;
use seatree_core::export::ExportError;
use seatree_core::words::tr;

use super::format::Format;
use crate::platform::pace::Pace;
use crate::platform::part::Missing;
use crate::platform::save::File;
use crate::platform::stop::Stop;
use crate::platform::{clipboard, clock};

/// Bytes that are given to the browser at once.
const PIECE: usize = 1 << 20;
/// More than this would be one text of more than 25 MB or so.
const MOST_COPIED: usize = 100_000;

/// What was written.
pub struct Written {
    pub rows: u64,
    pub bytes: usize,
    /// None for the clipboard.
    pub name: Option<String>,
}

/// Why nothing was written.
#[derive(Clone)]
pub enum Failure {
    /// The person stopped it, or left.
    Stopped,
    Write(ExportError),
    TooMuchToCopy,
    /// The browser let nothing into the clipboard.
    Clipboard,
    /// The browser had no room for the file, or did not take it.
    Browser,
    /// The code for it could not be fetched.
    Missing(Box<UpstreamError>),
}

impl Failure {
    /// What happened and what to do; none where it was the person's own wish.
    pub fn words(&self) -> Option<String> {
        Some(match self {
            Self::Stopped => return None,
            Self::Missing(error) => error.to_string(),
            Self::Write(error) => error.to_string(),
            Self::TooMuchToCopy => {
                tr("Copying is for up to 100,000 rows: export as CSV, or filter first").to_owned()
            }
            Self::Clipboard => tr("The browser did not let the page copy: press Export again, or \
                                export as CSV")
            .to_owned(),
            Self::Browser => {
                tr("The browser did not take the file, perhaps for want of room: free \
                              some, or filter first")
                .to_owned()
            }
        })
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Self::Write(error)
    }
}

impl From<Missing> for Failure {
    fn from(missing: Missing) -> Self {
        Self::Missing(Box::new(missing.into()))
    }
}

/// Takes what is written.
pub struct Outlet {
    format: Format,
    file: File,
    pace: Pace,
    /// What was written and not taken yet.
    pub out: Vec<u8>,
}

impl Outlet {
    /// An outlet for so many rows.
    ///
    /// # Errors
    /// More rows than can be copied.
    pub fn new(format: Format, rows: usize) -> Result<Self, Failure> {
        if format == Format::Copied && rows > MOST_COPIED {
            return Err(Failure::TooMuchToCopy);
        }
        let out = Vec::with_capacity(PIECE + PIECE / 8);
        Ok(Self { format, file: File::new(format.media_type()), pace: Pace::begin(), out })
    }

    /// Takes what there is, if it is enough, and gives the browser a turn; true when it took some.
    ///
    /// # Errors
    /// That it was stopped meanwhile, or that the browser has no room.
    pub async fn breathe(&mut self, stop: &Stop) -> Result<bool, Failure> {
        let takes = self.out.len() >= PIECE && self.format != Format::Copied;
        if takes {
            self.keep()?;
        }
        self.pace.breathe().await;
        if stop.is_stopped() { Err(Failure::Stopped) } else { Ok(takes) }
    }

    /// Saves or copies it; the file is called after what it holds, in the plural.
    ///
    /// # Errors
    /// What the browser did not do.
    pub async fn finish(mut self, rows: u64, of: &str) -> Result<Written, Failure> {
        if self.format == Format::Copied {
            let text = String::from_utf8(self.out).map_err(|_| Failure::Clipboard)?;
            if !clipboard::write(&text).await {
                return Err(Failure::Clipboard);
            }
            return Ok(Written { rows, bytes: text.len(), name: None });
        }
        self.keep()?;
        let bytes = self.file.bytes();
        let name = ["seatree-", of, "-", &clock::today(), ".", self.format.ending()].concat();
        self.file.save(&name).map_err(|_| Failure::Browser)?;
        Ok(Written { rows, bytes, name: Some(name) })
    }

    fn keep(&mut self) -> Result<(), Failure> {
        let kept = self.file.push(&self.out);
        self.out.clear();
        if kept { Ok(()) } else { Err(Failure::Browser) }
    }
}

//! A page of users put into their table while it arrives.

use crate::error::UpstreamError;

use super::fault::Asked;
use super::licensed_user::Draft;
use super::list_licensed_user::{MAX_COMPLAINTS, RECORD, RESPONSE};
use super::push::{RecordSink, Records, Wanted};
use super::{UserTable, Version};

/// Reads a reply of [`ListLicensedUser`](super::ListLicensedUser) piece by piece, in any split.
///
/// A user is in the table as soon as their element ended, and stays there when the reply breaks
/// off later.
pub struct UserListDecoder {
    doing: &'static str,
    version: Version,
    records: Records,
    page: Page,
}

/// What one page held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageEnd {
    /// Users as sent, for [`Paging::accept`](super::Paging::accept).
    pub rows: usize,
    /// Of these, the ones that the table did not know by their uuid.
    pub new: usize,
    /// Paths of fields that were sent but could not be read; at most the first twenty.
    pub complaints: Vec<String>,
}

/// The part of a page that was read.
#[derive(Default)]
struct Page {
    draft: Draft,
    end: PageEnd,
}

impl UserListDecoder {
    pub(super) fn new(doing: &'static str, version: Version) -> Self {
        let wanted = Wanted { response: RESPONSE, record: RECORD };
        Self { doing, version, records: Records::new(wanted), page: Page::default() }
    }

    /// Reads one more piece of the reply.
    ///
    /// # Errors
    /// When the reply cannot become a page of users any more. The error of a short reply comes
    /// from [`finish`](Self::finish).
    pub fn push(&mut self, table: &mut UserTable, piece: &[u8]) -> Result<(), UpstreamError> {
        let asked = Asked { doing: self.doing, version: self.version.as_str() };
        self.records.push(&asked, piece, &mut Filling { page: &mut self.page, table })
    }

    /// Users of the reply that are in the table by now, also when the reply broke off.
    pub fn rows(&self) -> usize {
        self.page.end.rows
    }

    /// Ends the reply and tells what it held.
    ///
    /// # Errors
    /// As [`decode`](crate::Operation::decode) has them for the whole reply.
    pub fn finish(mut self, table: &mut UserTable) -> Result<PageEnd, UpstreamError> {
        let asked = Asked { doing: self.doing, version: self.version.as_str() };
        self.records.finish(&asked, &mut Filling { page: &mut self.page, table })?;
        Ok(self.page.end)
    }
}

struct Filling<'a> {
    page: &'a mut Page,
    table: &'a mut UserTable,
}

impl RecordSink for Filling<'_> {
    fn open(&mut self, uuid: Option<&str>) {
        let end = &mut self.page.end;
        self.page.draft.open(uuid, |field| end.complain(field));
    }

    #[inline]
    fn field(&mut self, name: &str, text: &str) {
        let end = &mut self.page.end;
        self.page.draft.field(name, text, |field| end.complain(field));
    }

    fn close(&mut self) {
        self.page.end.rows += 1;
        self.page.end.new += usize::from(self.table.push(&self.page.draft.user));
    }
}

impl PageEnd {
    #[cold]
    fn complain(&mut self, field: &'static str) {
        if self.complaints.len() < MAX_COMPLAINTS {
            self.complaints.push(format!("{RECORD}[{}].{field}", self.rows));
        }
    }
}

//! Rows of the estate, and services, as files: CSV, JSON, tab-separated text and spreadsheets.
//!
//! A [`Plan`] fixes the columns. A [`Writer`] then takes one row after the other, in the
//! order in which the caller has them, and appends to a buffer that the caller empties whenever it
//! likes. So neither the rows nor the file are ever in memory as a whole, and a page can write a
//! million rows in short turns.
//!
//! ```
//! use seatree_core::estate::{Estate, Kind, NodeRef, Tree};
//! use seatree_core::export::{Csv, Plan, Writer};
//!
//! let mut tree = Tree::new("Netaxis");
//! let tenant = tree.append(0, Kind::Tenant);
//! tree.set_name(tenant, "=HYPERLINK(\"https://example.net\")");
//! let mut estate = Estate::new();
//! estate.add(tree);
//!
//! let mut file = Vec::new();
//! let mut csv = Box::new(Csv::begin(Plan::new(&estate, Vec::new()), &mut file));
//! csv.row(&estate, NodeRef { tree: 0, node: tenant }, &[], &mut file)?;
//! assert_eq!(csv.end(&mut file)?, 1);
//! let row = "Netaxis,,,,\"'=HYPERLINK(\"\"https://example.net\"\")\",";
//! assert!(String::from_utf8_lossy(&file).contains(row));
//! # Ok::<(), seatree_core::export::ExportError>(())
//! ```
//!
//! # Assumptions
//! - A figure that an upstream did not send is an empty cell or `null`, never 0.
//! - Names are the upstream's, and a spreadsheet must not run them: see [`Csv`].
//! - An address comes from an [`Address`](crate::address::Address), which holds neither user nor
//!   query; nothing else of a connection is written.

mod csv;
mod error;
mod guard;
mod json;
mod number;
mod people;
mod plan;
mod services;
mod source;
mod table;
mod tsv;
pub(crate) mod utc;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use csv::Csv;
pub(crate) use csv::push_text;
pub use error::ExportError;
pub use json::Json;
pub use people::PeopleCsv;
pub use plan::Plan;
pub use services::{ServicesJson, ServicesPlan, ServicesTable, ServicesWriter};
pub use source::{Extent, Source};
pub use tsv::Tsv;
pub(crate) use utc::push as push_utc;
#[cfg(feature = "xlsx")]
pub use xlsx::Xlsx;

use crate::estate::{Estate, NodeRef};

/// Writes rows in one format.
pub trait Writer {
    /// Appends a row. `findings` are the words for what a person should look at there.
    ///
    /// # Errors
    /// [`ExportError::Changed`] when the node is gone; what the format cannot hold.
    fn row(
        &mut self,
        estate: &Estate,
        node: NodeRef,
        findings: &[&str],
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError>;

    /// Appends what comes after the rows, and tells how many there were.
    ///
    /// # Errors
    /// What the format cannot hold.
    fn end(self: Box<Self>, out: &mut Vec<u8>) -> Result<u64, ExportError>;
}

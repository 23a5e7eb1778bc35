//! Services in the formats that are tables.

use super::{ServicesPlan, ServicesWriter, state};
use crate::estate::{Figure, Uuid};
use crate::export::csv::CsvTable;
use crate::export::table::{About, Cell, Table, Width, source_cells, source_headings};
use crate::export::tsv::TsvTable;
#[cfg(feature = "xlsx")]
use crate::export::xlsx::XlsxTable;
use crate::export::{ExportError, Source, number};
use crate::live_platform::{Factor, Part, ServiceLicense};
use crate::services::Service;

/// What a reader of services has to know.
const NOTES: [&str; 5] = [
    "An empty cell is a figure that the platform did not send. It is not 0.",
    "Available is acquired minus licensed, and negative when over the limit.",
    "Utilization is licensed divided by acquired. Monitored users are no base for it.",
    "The figure of a factor is what is configured; one that is switched off is not counted.",
    "Each user counts once, under the first factor that applies; the columns are in that order.",
];

/// Writes services as a table: [`csv`](Self::csv), [`tsv`](Self::tsv) or, with the feature `xlsx`, a
/// spreadsheet. `docs/services.md` describes its columns.
#[derive(Debug)]
pub struct ServicesTable {
    plan: ServicesPlan,
    table: Box<dyn Table>,
}

impl ServicesTable {
    /// Begins comma-separated values, written as [`Csv`](crate::export::Csv) is.
    pub fn csv(plan: ServicesPlan, out: &mut Vec<u8>) -> Self {
        Self { plan, table: Box::new(CsvTable::begin(&headings, out)) }
    }

    /// Begins tab-separated text, written as [`Tsv`](crate::export::Tsv) is.
    pub fn tsv(plan: ServicesPlan, out: &mut Vec<u8>) -> Self {
        Self { plan, table: Box::new(TsvTable::begin(&headings, out)) }
    }

    /// Begins a spreadsheet of so many services at most, written as [`Xlsx`](crate::export::Xlsx) is.
    ///
    /// # Errors
    /// What a sheet cannot hold.
    #[cfg(feature = "xlsx")]
    pub fn xlsx(plan: ServicesPlan, services: u64, out: &mut Vec<u8>) -> Result<Self, ExportError> {
        const NAME: usize = 1;
        let table = XlsxTable::begin("Services", &headings, NAME, services, out)?;
        Ok(Self { plan, table: Box::new(table) })
    }
}

impl ServicesWriter for ServicesTable {
    fn service(
        &mut self,
        service: &Service,
        findings: &[&str],
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        let Self { plan, table } = self;
        let mut row = |put: &mut dyn FnMut(Cell<'_>)| {
            cells(plan, service, findings, put);
            Ok(())
        };
        table.row(0, &mut row, out)
    }

    fn end(self: Box<Self>, out: &mut Vec<u8>) -> Result<u64, ExportError> {
        let Self { plan, table } = *self;
        let sources: Vec<Source> = plan.sources.into_iter().map(|(_, source)| source).collect();
        let about = About {
            title: "Services exported from Seatree",
            notes: &NOTES,
            sources: &sources,
            written_at_s: plan.written_at_s,
            scope: &plan.scope,
        };
        table.end(&about, out)
    }
}

fn headings(put: &mut dyn FnMut(&str, Width)) {
    for title in ["Connection", "Service", "Short name"] {
        put(title, Width::Name);
    }
    put("Service id", Width::Id);
    put("Microsoft tenant", Width::Id);
    put("License type", Width::Name);
    for title in ["Acquired", "Licensed", "Available", "Utilization (%)"] {
        put(title, Width::Figure);
    }
    for factor in Factor::ALL {
        put(&[factor.short(), " configured"].concat(), Width::Figure);
    }
    put("Switched off", Width::Name);
    put("Not counted", Width::Figure);
    put("Monitored users", Width::Figure);
    put("License settings flags level", Width::Word);
    put("Last update (UTC)", Width::Time);
    put("State", Width::Word);
    for title in ["Reason", "Findings"] {
        put(title, Width::Name);
    }
    source_headings(put);
}

fn cells(plan: &ServicesPlan, service: &Service, findings: &[&str], put: &mut dyn FnMut(Cell<'_>)) {
    let source = plan.source(service).map(|(_, source)| source);
    let customer = &service.customer;
    let id = |id: Option<Uuid>| id.map_or(Cell::Empty, Cell::Uuid);
    put(source.map_or(Cell::Empty, |source| Cell::Text(&source.name)));
    put(Cell::Text(&customer.display_name()));
    put(Cell::Text(&customer.short_name));
    put(id(customer.guid));
    put(id(customer.microsoft_tenant));
    put(Cell::Text(&customer.license_type.name()));
    figures(service.license(), put);
    let (state, reason) = state(service);
    put(Cell::Text(state));
    put(reason.as_deref().map_or(Cell::Empty, Cell::Text));
    put(if findings.is_empty() { Cell::Empty } else { Cell::Findings(findings) });
    source_cells(source, put);
}

fn figures(license: Option<&ServiceLicense>, put: &mut dyn FnMut(Cell<'_>)) {
    let Some(license) = license else {
        (0..4 + Factor::ALL.len() + 5).for_each(|_| put(Cell::Empty));
        return;
    };
    let figure = |figure: Figure| figure.get().map_or(Cell::Empty, Cell::Count);
    put(figure(license.acquired));
    put(figure(license.licensed));
    put(figure(license.available()));
    put(number::utilization(&license.reading()).map_or(Cell::Empty, Cell::Share));
    let parts = license.parts();
    for part in &parts {
        put(figure(part.configured));
    }
    let off = parts.iter().filter(|part| !part.is_counted());
    let off = off.map(|Part { factor, .. }| factor.short()).collect::<Vec<_>>().join("; ");
    put(if off.is_empty() { Cell::Empty } else { Cell::Text(&off) });
    put(figure(license.not_counted()));
    put(figure(license.monitored));
    put(license.settings_level.as_deref().map_or(Cell::Empty, Cell::Text));
    // A time that cannot be read is shown as it was sent.
    put(match (license.last_update_s, &license.last_update) {
        (Some(unix_s), _) => Cell::Time(unix_s),
        (None, Some(sent)) => Cell::Text(sent),
        (None, None) => Cell::Empty,
    });
}

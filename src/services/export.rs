//! Exports of services: all, or as the page shows them.

use std::rc::Rc;

use leptos::prelude::*;
use seatree_core::config::Kind;
use seatree_core::export::{
    ExportError, ServicesJson, ServicesPlan, ServicesTable, ServicesWriter,
};
use seatree_core::plural;
use seatree_core::services::{Service, arrange};
use seatree_core::words::{later, said};

use super::list::outlook;
use crate::app::context::{Context, context};
use crate::connections::Entry;
use crate::export::{Failure, Format, Outlet, Progress, Rows, Write, Written, form, source};
use crate::platform::clock;
use crate::platform::part::part;
use crate::platform::stop::Stop;
use crate::ui::live::live_if;

/// Services written between two looks at the clock.
const AT_ONCE: usize = 64;

const ALL: &str = later("All services");
const SHOWN: &str = later("Services as shown, in this order");

pub(super) fn content() -> AnyView {
    let context = context();
    let all = Memo::new(move |_| context.services.with(<[Service]>::len));
    let shown = Memo::new(move |_| places(context).len());
    let rows = vec![Rows { name: said(ALL), count: all }, Rows { name: said(SHOWN), count: shown }];
    let narrows = shown.get_untracked() < all.get_untracked();
    let write: Write = Rc::new(move |format, which, stop, progress| {
        Box::pin(async move { run(context, format, which == 1, &stop, progress).await })
    });
    form(rows, usize::from(narrows), live_if(move || unread(context)), write)
}

/// The services that the page shows, by their places.
fn places(context: Context) -> Vec<usize> {
    let (filter, sort) = (context.services.filter.get(), context.services.sort.get());
    let outlook = outlook(context);
    context.services.with(|all| arrange(all, &filter, sort, outlook))
}

fn unread(context: Context) -> Option<AnyView> {
    let unread = context.services.with(|all| {
        all.iter().filter(|service| service.is_reading() || service.has_failed()).count()
    });
    (unread > 0).then(|| {
        let words = plural!(
            unread,
            "{n} service was not read. The file says so.",
            "{n} services were not read. The file says so."
        );
        view! { <p class="dim">{words}</p> }.into_any()
    })
}

async fn run(
    context: Context,
    format: Format,
    as_shown: bool,
    stop: &Stop,
    progress: Progress,
) -> Result<Written, Failure> {
    // All of them as they are now: what is read meanwhile does not mix with it.
    let services: Vec<Service> = untrack(|| {
        let places = as_shown.then(|| places(context));
        context.services.with(|all| match places {
            Some(places) => places.into_iter().filter_map(|at| all.get(at).cloned()).collect(),
            None => all.to_vec(),
        })
    });
    let mut outlet = Outlet::new(format, services.len())?;
    let plan = plan(context, as_shown);
    let mut writer = begin(format, plan, services.len(), &mut outlet.out).await?;
    let outlook = untrack(|| outlook(context));
    let mut done = 0;
    for some in services.chunks(AT_ONCE) {
        for service in some {
            let findings = service.marks(outlook).iter().map(crate::tree::finding_in_english);
            writer.service(service, &findings.collect::<Vec<_>>(), &mut outlet.out)?;
        }
        done += some.len();
        if outlet.breathe(stop).await? {
            progress(done, services.len());
        }
    }
    let rows = writer.end(&mut outlet.out)?;
    outlet.finish(rows, "services").await
}

fn plan(context: Context, as_shown: bool) -> ServicesPlan {
    let entries = context.connections.list_untracked();
    let live = entries.iter().filter(|entry| entry.connection.kind() == Kind::LivePlatform);
    let source = |entry: &Entry| {
        (entry.id().to_owned(), source(entry, !context.estate.holds_data(entry.id())))
    };
    let filter = context.services.filter.get_untracked();
    let scope = match (as_shown, filter.is_empty()) {
        (false, _) => ALL.to_owned(),
        (true, true) => SHOWN.to_owned(),
        (true, false) => [SHOWN, "; filter: ", &filter.to_query()].concat(),
    };
    ServicesPlan { sources: live.map(source).collect(), written_at_s: clock::now_s(), scope }
}

async fn begin(
    format: Format,
    plan: ServicesPlan,
    services: usize,
    out: &mut Vec<u8>,
) -> Result<Box<dyn ServicesWriter>, Failure> {
    Ok(match format {
        Format::Csv => Box::new(ServicesTable::csv(plan, out)),
        Format::Copied => Box::new(ServicesTable::tsv(plan, out)),
        Format::Json => Box::new(ServicesJson::begin(plan, out)),
        Format::Xlsx => spreadsheet().await?(plan, services as u64, out)?,
    })
}

/// Begins a spreadsheet of so many services.
type Spreadsheet =
    fn(ServicesPlan, u64, &mut Vec<u8>) -> Result<Box<dyn ServicesWriter>, ExportError>;

part!(
    xlsx,
    /// How a spreadsheet begins.
    fn spreadsheet() -> Spreadsheet {
        |plan, services, out| Ok(Box::new(ServicesTable::xlsx(plan, services, out)?))
    }
);

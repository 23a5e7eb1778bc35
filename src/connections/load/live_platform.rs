//! Reads the services of a Live Platform: the list, then each service's licenses.

use std::cell::{Cell, RefCell};

use futures_util::StreamExt;
use futures_util::stream::iter;
use leptos::task::spawn_local;
use seatree_core::config::Upstream;
use seatree_core::estate::{Kind, NodeId, Tree, Uuid};
use seatree_core::http::Secret;
use seatree_core::live_platform::{self as live, Api, Customer, Customers, LicenseInfo};
use seatree_core::{Problem, UpstreamError};

use super::{Load, Loaded, Reading, Session};
use crate::app::Context;
use crate::connections::Entry;
use crate::platform::fetch;
use crate::platform::part::part;
use crate::services::{Licenses, Service};

/// The vendor documents no limit; six is what a browser opens to one host anyway.
const AT_ONCE: usize = 6;
const LIST_S: u32 = 120;
const SERVICE_S: u32 = 60;
const DOING_LIST: &str = "listing the services";
const DOING_ONE: &str = "reading the licenses of a service";

/// Reads a platform.
pub(super) type Reader = for<'a> fn(&'a Load, &'a Api, &'a Secret) -> Reading<'a>;

part!(
    live_platform,
    /// The reader of Live Platforms.
    pub(super) fn reader() -> Reader {
        |load, api, token| Box::pin(read(load, api, token))
    }
);

async fn read(load: &Load, api: &Api, token: &Secret) -> Result<Loaded, UpstreamError> {
    let operation = Customers::new(api, token);
    let list =
        fetch::run(&operation, DOING_LIST, &load.way, load.stop.within(LIST_S)).await?.customers;
    show(load, &list);
    let total = list.len();
    load.progress(0, Some(total), "services");

    let done = Cell::new(0);
    let failed = Cell::new(0);
    // Nobody is signed in any more: asking for the rest would only lock something.
    let signed_out = RefCell::new(None);
    let read_one = async |(at, customer): (usize, &Customer)| {
        if load.stop.is_stopped() || signed_out.borrow().is_some() {
            return;
        }
        match one(load, api, token, customer).await {
            Err(error) if error.problem == Problem::SignedOut => {
                signed_out.replace(Some(error));
            }
            Err(error) if error.problem == Problem::Cancelled => {}
            outcome => {
                failed.set(failed.get() + usize::from(outcome.is_err()));
                put(load.context, load.id(), at, outcome);
            }
        }
        done.set(done.get() + 1);
        load.progress(done.get(), Some(total), "services");
    };
    iter(list.iter().enumerate()).for_each_concurrent(AT_ONCE, read_one).await;
    match signed_out.take() {
        Some(error) => Err(error),
        None => Ok(Loaded { failed_parts: failed.get(), ..Loaded::default() }),
    }
}

/// Reads one service again, such as after it failed.
pub fn retry(context: Context, entry: &Entry, at: usize) {
    let (Some(Session::LivePlatform(token)), Upstream::LivePlatform { api }) =
        (entry.session(), entry.connection.upstream.clone())
    else {
        return;
    };
    let Some(service) = context.services.find(entry.id(), at) else { return };
    context.services.set_licenses(entry.id(), at, Licenses::Reading);
    let way = super::ConnectionWay(entry.connection.clone());
    let entry = entry.clone();
    spawn_local(async move {
        let outcome = match service.customer.guid {
            Some(guid) => {
                let operation = LicenseInfo::new(&api, &token, guid);
                let deadline = crate::platform::stop::Stop::new().within(SERVICE_S);
                fetch::run(&operation, DOING_ONE, &way, deadline).await
            }
            None => Err(no_id()),
        };
        let came = outcome.is_ok();
        put(context, entry.id(), at, outcome);
        if came {
            entry.one_failure_less();
        }
    });
}

async fn one(
    load: &Load,
    api: &Api,
    token: &Secret,
    customer: &Customer,
) -> Result<live::ServiceLicense, UpstreamError> {
    let guid: Uuid = customer.guid.ok_or_else(no_id)?;
    let operation = LicenseInfo::new(api, token, guid);
    fetch::run(&operation, DOING_ONE, &load.way, load.stop.within(SERVICE_S)).await
}

/// The vendor: no id means that no license was applied yet.
fn no_id() -> UpstreamError {
    UpstreamError::new(DOING_ONE, Problem::NothingFound)
        .because("the list gives no umpCustomerGuid: no license has been applied yet")
}

/// Shows the list before its figures are there.
fn show(load: &Load, customers: &[Customer]) {
    let mut tree = Tree::new(&load.entry.connection.name);
    live::fill(&mut tree, customers);
    load.context.estate.replace(load.id(), tree);
    let rows = customers.iter().map(|customer| Service {
        connection: load.id().to_owned(),
        customer: customer.clone(),
        licenses: Licenses::Reading,
    });
    load.context.services.replace(load.id(), rows.collect());
}

fn put(
    context: Context,
    id: &str,
    at: usize,
    outcome: Result<live::ServiceLicense, UpstreamError>,
) {
    if let Ok(license) = &outcome {
        context.estate.grow(id, |tree| {
            if let Some(node) = nth_service(tree, at) {
                live::set_license(tree, node, license);
            }
        });
    }
    let licenses = match outcome {
        Ok(license) => Licenses::Read(Box::new(license)),
        Err(error) => Licenses::Failed(Box::new(error)),
    };
    context.services.set_licenses(id, at, licenses);
}

/// Services stand directly below their connection, in the order of the list.
fn nth_service(tree: &Tree, at: usize) -> Option<NodeId> {
    let node = NodeId::try_from(at + 1).ok()?;
    (tree.contains(node) && tree.kind(node) == Kind::Service).then_some(node)
}

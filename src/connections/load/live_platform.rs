//! Reads the services of a Live Platform: the list, then each service's licenses.

mod reply;

use std::cell::{Cell, RefCell};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::iter;
use leptos::prelude::Set;
use leptos::task::spawn_local;
use seatree_core::config::Upstream;
use seatree_core::estate::{Kind, NodeId, Tree, Uuid};
use seatree_core::http::Secret;
use seatree_core::insight::{Mark, check_service};
use seatree_core::live_platform::{self as live, Api, Customer, Customers, LicenseInfo};
use seatree_core::services::{Licenses, Service};
use seatree_core::words::later;
use seatree_core::{Problem, UpstreamError};

use super::reply::{Asked, Replying};
use super::{Load, Loaded, Reading, Session};
use crate::app::Context;
use crate::app::context::PanelAt;
use crate::connections::Entry;
use crate::platform::pace::pause;
use crate::platform::part::part;
use crate::platform::stop::Stop;
use crate::platform::{clock, fetch};

/// The vendor documents no limit; six is what a browser opens to one host anyway.
const AT_ONCE: usize = 6;
const LIST_S: u32 = 120;
const SERVICE_S: u32 = 60;
/// How long to leave a busy platform alone before asking for a service again.
const WAITS_S: [u32; 3] = [1, 2, 4];
/// A platform that wants to be left alone for longer is told of, and asked again by hand.
const LONGEST_WAIT_S: u32 = 30;
const DOING_LIST: &str = later("listing the services");
const DOING_ONE: &str = later("reading the licenses of a service");

/// Reads a platform.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub read: for<'a> fn(&'a Load, &'a Api, &'a Secret) -> Reading<'a>,
    pub reply: for<'a> fn(&'a Load, &'a Api, Asked, &'a Secret) -> Replying<'a>,
}

part!(
    live_platform,
    /// The reader of Live Platforms.
    pub(super) fn reader() -> Reader {
        Reader {
            read: |load, api, token| Box::pin(read(load, api, token)),
            reply: |load, api, asked, token| Box::pin(reply::reply(load, api, asked, token)),
        }
    }
);

async fn read(load: &Load, api: &Api, token: &Secret) -> Result<Loaded, UpstreamError> {
    let operation = Customers::new(api, token);
    let list = fetch::run(&operation, DOING_LIST, &load.way, load.stop.within(LIST_S)).await?;
    let loaded = RefCell::new(Loaded::default());
    loaded.borrow_mut().extend(list.complaints);
    let list = list.customers;
    show(load, &list);
    // Those without an id have no license yet, and nothing to ask for.
    let asked: Vec<(usize, Uuid, &Customer)> = list
        .iter()
        .enumerate()
        .filter_map(|(at, customer)| Some((at, customer.guid?, customer)))
        .collect();
    let total = asked.len();
    load.progress(0, Some(total), later("services"));

    let done = Cell::new(0);
    // Nobody is signed in any more: asking for the rest would only lock something.
    let signed_out = RefCell::new(None);
    let read_one = async |(at, guid, customer): (usize, Uuid, &Customer)| {
        if load.stop.is_stopped() || signed_out.borrow().is_some() {
            return;
        }
        match one(&load.way, &load.stop, api, token, guid).await {
            Err(error) if error.problem == Problem::SignedOut => {
                signed_out.replace(Some(error));
            }
            Err(error) if error.problem == Problem::Cancelled => {}
            outcome => {
                note(&mut loaded.borrow_mut(), customer, &outcome);
                put(load.context, load.id(), at, outcome);
            }
        }
        done.set(done.get() + 1);
        load.progress(done.get(), Some(total), later("services"));
    };
    iter(asked).for_each_concurrent(AT_ONCE, read_one).await;
    if load.stop.is_stopped() {
        signed_out.replace(Some(UpstreamError::new(DOING_ONE, Problem::Cancelled)));
    }
    match signed_out.take() {
        Some(error) => {
            load.context.services.give_up(load.id(), &error);
            Err(error)
        }
        None => Ok(loaded.into_inner()),
    }
}

/// What of a service could not be read, all of it or some fields.
fn note(
    loaded: &mut Loaded,
    customer: &Customer,
    outcome: &Result<live::ServiceLicense, UpstreamError>,
) {
    let name = customer.display_name();
    match outcome {
        Err(error) => loaded.fail(format!("{name}: {}", error.what())),
        Ok(license) => {
            loaded.extend(license.complaints.iter().map(|path| format!("{name}: {path}")));
        }
    }
}

/// Reads these services of a connection again, by their places, such as after they failed.
pub fn retry(context: Context, entry: &Entry, places: Vec<usize>) {
    let (Some(Session::LivePlatform(token)), Upstream::LivePlatform { api }) =
        (entry.session(), entry.connection.upstream.clone())
    else {
        // Nobody is signed in any more: that is where to go on.
        context.panel.set(Some(PanelAt::Connection(entry.id().to_owned())));
        return;
    };
    let again: Vec<(usize, Uuid, Customer)> = places
        .into_iter()
        .filter_map(|at| {
            let customer = context.services.find(entry.id(), at)?.customer;
            Some((at, customer.guid?, customer))
        })
        .collect();
    for (at, ..) in &again {
        context.services.set_licenses(entry.id(), *at, Licenses::Reading);
    }
    let (way, stop) = (super::ConnectionWay(entry.connection.clone()), entry.join());
    let entry = entry.clone();
    spawn_local(async move {
        let signed_out = RefCell::new(None);
        let read_one = async |(at, guid, customer): (usize, Uuid, Customer)| {
            // Asking for the rest would end the same.
            let told = signed_out.borrow().clone();
            let outcome = match told {
                Some(error) => Err(error),
                None => one(&way, &stop, &api, &token, guid).await,
            };
            if let Err(error) = &outcome
                && error.problem == Problem::SignedOut
            {
                signed_out.replace(Some(error.clone()));
            }
            if !context.services.is_at(entry.id(), at, &customer) {
                // The list was read again meanwhile, and this service with it.
                return;
            }
            let came = outcome.is_ok();
            put(context, entry.id(), at, outcome);
            if came {
                entry.one_failure_less();
            }
        };
        iter(again).for_each_concurrent(AT_ONCE, read_one).await;
    });
}

/// A platform that is busy is asked again a few times.
async fn one(
    way: &super::ConnectionWay,
    stop: &Stop,
    api: &Api,
    token: &Secret,
    guid: Uuid,
) -> Result<live::ServiceLicense, UpstreamError> {
    let operation = LicenseInfo::new(api, token, guid);
    let mut waits_s = WAITS_S.into_iter();
    loop {
        let outcome = fetch::run(&operation, DOING_ONE, way, stop.within(SERVICE_S)).await;
        let Err(UpstreamError { problem: Problem::Throttled { retry_after_s, .. }, .. }) = outcome
        else {
            return outcome;
        };
        let wait_s = waits_s.next().map(|wait_s| retry_after_s.unwrap_or(0).max(wait_s));
        match wait_s.filter(|&wait_s| wait_s <= LONGEST_WAIT_S) {
            Some(wait_s) => pause(stop, Duration::from_secs(wait_s.into())).await,
            None => return outcome,
        }
    }
}

/// Shows the list before its figures are there.
fn show(load: &Load, customers: &[Customer]) {
    let mut tree = Tree::new(&load.entry.connection.name);
    live::fill(&mut tree, customers);
    load.context.estate.replace(load.id(), tree);
    let rows = customers.iter().map(|customer| Service::listed(load.id(), customer.clone()));
    load.context.services.replace(load.id(), rows.collect());
}

fn put(
    context: Context,
    id: &str,
    at: usize,
    outcome: Result<live::ServiceLicense, UpstreamError>,
) {
    let estate = context.estate;
    let set = |tree: &mut Tree| {
        let node = nth_service(tree, at)?;
        if let Ok(license) = &outcome {
            live::set_license(tree, node, license);
        }
        Some(node)
    };
    if let Some(node) = estate.grow(id, set).flatten() {
        match &outcome {
            Ok(license) => {
                estate.figures_came(id, node);
                if let Some(finding) = check_service(node, license) {
                    estate.found(id, finding);
                }
                if license.is_stale(clock::now_s()) {
                    estate.mark(id, node, Mark::Stale, true);
                }
            }
            Err(_) => estate.mark(id, node, Mark::Failed, true),
        }
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

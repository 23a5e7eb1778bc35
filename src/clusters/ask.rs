//! Asks clusters for what is shown beside their users.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::axl::legacy::ListLicenseCapabilities;
use seatree_core::axl::{
    Again, Api, Credentials, Criteria, DeviceCriteria, GetSmartLicenseStatus, ListLicensedUser,
    ListUnassignedDevice, Listing, Page, Version,
};
use seatree_core::words::later;
use seatree_core::{Operation, UpstreamError};

use super::aside::{Answer, ByConnection, Found, Pages, PagesState};
use super::at::{At, Which};
use super::list::List;
use crate::app::Context;
use crate::connections::Asking;
use crate::platform::pace::Pace;
use crate::platform::stop::Stop;
use crate::platform::{chance, clock, pace};

const SMART_S: u32 = 60;
/// A busy publisher takes minutes for a page.
const PAGE_S: u32 = 300;
const ROWS_PER_PAGE: u64 = 1_000;
const CUT: &str = later("The list went on past a million rows and was cut there.");
const DOING_SMART: &str = later("reading the Smart Licensing status");
const DOING_DEVICES: &str = later("listing the devices without an owner");
const DOING_CAPABILITIES: &str = later("listing the license capabilities of the users");
const DOING_SEARCH: &str = later("searching the users on the cluster");

/// Asks how a cluster stands with Smart Licensing.
pub(super) fn smart(context: Context, id: String) {
    let smart = context.clusters.asides().smart;
    smart.set(&id, Answer::Asking);
    spawn_local(async move {
        let asked = async {
            let asking = Asking::of(context, &id, DOING_SMART, Stop::new())?;
            asking.run(DOING_SMART, SMART_S, GetSmartLicenseStatus::new).await
        };
        let answer = match asked.await {
            Ok(what) => Answer::Told { at_s: clock::now_s(), what },
            Err(error) => Answer::Failed(Box::new(error)),
        };
        // Gone when the connection was removed meanwhile.
        smart.change(&id, |place| *place = answer);
    });
}

/// Lists the devices without an owner, or goes on where that failed.
pub(super) fn devices(context: Context, id: String) {
    let store = context.clusters.asides().devices;
    pages(context, store, id, DOING_DEVICES, |api, credentials, version, skip, first| {
        let all = DeviceCriteria::default();
        ListUnassignedDevice::new(api, credentials, version, all, skip, first)
    });
}

/// Lists what users were enabled for, or goes on where that failed.
pub(super) fn capabilities(context: Context, id: String) {
    let store = context.clusters.asides().capabilities;
    pages(context, store, id, DOING_CAPABILITIES, |api, credentials, version, skip, first| {
        ListLicenseCapabilities::new(api, credentials, version, None, skip, first)
    });
}

fn pages<T, O>(
    context: Context,
    store: ByConnection<Pages<T>>,
    id: String,
    doing: &'static str,
    make: fn(&Api, &Credentials, Version, u64, u64) -> O,
) where
    O: Operation<Output = Page<T>> + 'static,
{
    let stop = Stop::new();
    let goes_on = store.change(&id, |pages| {
        pages.stop.stop();
        pages.stop = stop.clone();
        pages.state = PagesState::Reading;
    });
    if goes_on.is_none() {
        let (rows, notes) = (Vec::new(), Vec::new());
        let listing = Listing::new(ROWS_PER_PAGE);
        let stop = stop.clone();
        store.set(&id, Pages { rows, listing, state: PagesState::Reading, notes, stop });
    }
    spawn_local(async move {
        let read = read_pages(context, store, &id, doing, make, &stop).await;
        if stop.is_stopped() {
            return;
        }
        store.change(&id, |pages| {
            pages.state = match read {
                Ok(()) => PagesState::Whole { at_s: clock::now_s() },
                Err(error) => PagesState::Failed(Box::new(error)),
            };
        });
    });
}

async fn read_pages<T, O>(
    context: Context,
    store: ByConnection<Pages<T>>,
    id: &str,
    doing: &'static str,
    make: fn(&Api, &Credentials, Version, u64, u64) -> O,
    stop: &Stop,
) -> Result<(), UpstreamError>
where
    O: Operation<Output = Page<T>>,
{
    let asking = Asking::of(context, id, doing, stop.clone())?;
    let listing = store.with_untracked(id, |pages| pages.map(|pages| pages.listing.clone()));
    let Some(mut listing) = listing else { return Ok(()) };
    while let Some((skip, first)) = listing.page() {
        let page = asking
            .run(doing, PAGE_S, |api, credentials, version| {
                make(api, credentials, version, skip, first)
            })
            .await;
        let error = match page {
            Ok(page) => {
                listing.came(page.rows.len(), page.rows.len());
                store.change(id, |pages| {
                    pages.rows.extend(page.rows);
                    pages.notes.extend(page.complaints);
                    pages.listing = listing.clone();
                    if listing.is_cut() {
                        pages.notes.push(CUT.to_owned());
                    }
                });
                continue;
            }
            Err(error) => error,
        };
        again(&mut listing, error, stop).await?;
    }
    Ok(())
}

/// Waits where the same page may be asked for once more.
async fn again(
    listing: &mut Listing,
    error: UpstreamError,
    stop: &Stop,
) -> Result<(), UpstreamError> {
    match listing.failed(&error, chance::byte()) {
        Again::Now => Ok(()),
        Again::After(time) => {
            pace::pause(stop, time).await;
            Ok(())
        }
        Again::Never => Err(error),
    }
}

/// Has a cluster search its users, and shows what it finds. What was found before gives way.
pub(super) fn search(at: At, id: String, criteria: Criteria) {
    let found = at.context().clusters.asides().found;
    let list = found.quietly(&id, |found| {
        found.stop.stop();
        List::like(Some(&found.list))
    });
    let list = list.unwrap_or_else(|| List::like(None));
    let stop = Stop::new();
    let listing = Listing::new(ROWS_PER_PAGE);
    let state = PagesState::Reading;
    found.set(&id, Found { criteria, list, state, listing, stop });
    at.which.set(Which::Found);
    go_on_searching(at, id);
}

/// Goes on where a search failed.
pub(super) fn go_on_searching(at: At, id: String) {
    let context = at.context();
    let found = context.clusters.asides().found;
    let stop = Stop::new();
    let begun = found.change(&id, |found| {
        found.stop.stop();
        found.stop = stop.clone();
        found.state = PagesState::Reading;
    });
    if begun.is_none() {
        return;
    }
    spawn_local(async move {
        let read = find(context, &id, &stop).await;
        if stop.is_stopped() {
            return;
        }
        found.change(&id, |found| {
            found.state = match read {
                Ok(()) => PagesState::Whole { at_s: clock::now_s() },
                Err(error) => PagesState::Failed(Box::new(error)),
            };
        });
    });
}

/// Stops a search. What it found stays.
pub(super) fn stop_searching(context: Context, id: &str) {
    context.clusters.asides().found.change(id, |found| {
        found.stop.stop();
        found.state = PagesState::Failed(Box::new(UpstreamError::new(
            DOING_SEARCH,
            seatree_core::Problem::Cancelled,
        )));
    });
}

async fn find(context: Context, id: &str, stop: &Stop) -> Result<(), UpstreamError> {
    let found = context.clusters.asides().found;
    let asking = Asking::of(context, id, DOING_SEARCH, stop.clone())?;
    let begun = found.with_untracked(id, |found| {
        found.map(|found| (found.criteria.clone(), found.listing.clone()))
    });
    let Some((criteria, mut listing)) = begun else { return Ok(()) };
    while let Some((skip, first)) = listing.page() {
        let page = asking
            .run(DOING_SEARCH, PAGE_S, |api, credentials, version| {
                let criteria = criteria.clone();
                ListLicensedUser::new(api, credentials, version, criteria, skip, first)
            })
            .await;
        match page {
            Ok(page) => {
                let rows = page.users.len();
                let new = found.quietly(id, |found| {
                    page.users.iter().filter(|user| found.list.users.push(user)).count()
                });
                listing.came(rows, new.unwrap_or(0));
                found.quietly(id, |found| found.listing = listing.clone());
                let mut pace = Pace::begin();
                while found.quietly(id, |found| found.list.go_on()) == Some(false) {
                    pace.breathe().await;
                }
                found.change(id, |_| ());
            }
            Err(error) => again(&mut listing, error, stop).await?,
        }
    }
    Ok(())
}

//! Reads the licensed users of a cluster, page by page.

use seatree_core::axl::{
    self, Api, Credentials, Criteria, GetCcmVersion, ListLicensedUser, Paging, UserPage, Version,
};
use seatree_core::estate::Tree;
use seatree_core::{Problem, UpstreamError};

use super::{Load, Loaded, Reading};
use crate::platform::fetch;
use crate::platform::pace::{Pace, pause};
use crate::platform::part::part;

/// A user takes some 320 bytes on the wire and the server stops at 8 MB: far below it, and small
/// enough that the first rows come soon.
const ROWS_PER_PAGE: u64 = 1_000;
/// How long to leave a busy cluster alone before asking again, each time longer.
const WAITS_S: [u32; 4] = [1, 2, 4, 8];
const VERSION_S: u32 = 30;
/// A busy publisher takes minutes for a page.
const PAGE_S: u32 = 300;
const DOING_VERSION: &str = "asking for the cluster's version";
const DOING_LIST: &str = "listing the licensed users";

/// Reads a cluster.
pub(super) type Reader =
    for<'a> fn(&'a Load, &'a Api, Option<Version>, &'a Credentials) -> Reading<'a>;

part!(
    cucm,
    /// The reader of clusters.
    pub(super) fn reader() -> Reader {
        |load, api, version, credentials| Box::pin(read(load, api, version, credentials))
    }
);

async fn read(
    load: &Load,
    api: &Api,
    version: Option<Version>,
    credentials: &Credentials,
) -> Result<Loaded, UpstreamError> {
    let ask = async |version| {
        let operation = GetCcmVersion::new(api, credentials, version);
        fetch::run(&operation, DOING_VERSION, &load.way, load.stop.within(VERSION_S)).await
    };
    let found = match (ask(version).await, version) {
        // Finding out: the refusal itself names the versions to choose from.
        (Err(UpstreamError { problem: Problem::WrongVersion { supported, .. }, .. }), None)
            if supported.iter().any(|spoken| Version::parse(spoken).is_some()) =>
        {
            ask(supported.iter().find_map(|spoken| Version::parse(spoken))).await?
        }
        (found, _) => found?,
    };
    let schema = version.or(found.schema).ok_or_else(|| {
        let asked = found.full.clone();
        UpstreamError::new(DOING_VERSION, Problem::WrongVersion { asked, supported: Vec::new() })
    })?;
    if !schema.has_list_licensed_user() {
        // The operation that lists users came with 11.0.
        let (asked, supported) = ("11.0 or later".to_owned(), vec![schema.to_string()]);
        return Err(UpstreamError::new(DOING_LIST, Problem::WrongVersion { asked, supported }));
    }
    load.context.clusters.start(load.id(), &found.full, schema);
    users(load, api, credentials, schema).await?;
    load.context.clusters.with_users(load.id(), |users| {
        let mut tree = Tree::new(&load.entry.connection.name);
        axl::fill(&mut tree, users);
        load.context.estate.replace(load.id(), tree);
    });
    Ok(Loaded::default())
}

/// One page after the other: the server has 16 MB for all clients together.
async fn users(
    load: &Load,
    api: &Api,
    credentials: &Credentials,
    schema: Version,
) -> Result<(), UpstreamError> {
    let mut paging = Paging::new(ROWS_PER_PAGE);
    let mut pace = Pace::begin();
    let mut waited = 0;
    while let Some((skip, first)) = paging.next() {
        let operation =
            ListLicensedUser::new(api, credentials, schema, Criteria::default(), skip, first);
        let deadline = load.stop.within(PAGE_S);
        match fetch::run(&operation, DOING_LIST, &load.way, deadline).await {
            Ok(page) => {
                waited = 0;
                paging.accept(page.users.len());
                if !add(load, page, &mut pace).await {
                    // The server ignores where a page should begin: this is all it will ever say.
                    paging.stop();
                }
            }
            Err(UpstreamError {
                problem: Problem::Throttled { suggested_rows: None, retry_after_s },
                ..
            }) if waited < WAITS_S.len() => {
                let seconds = retry_after_s.unwrap_or(WAITS_S[waited]);
                waited += 1;
                pause(&load.stop, seconds).await;
            }
            Err(error) => {
                let Problem::Throttled { suggested_rows: suggested @ Some(_), .. } = error.problem
                else {
                    return Err(error);
                };
                if !paging.shrink(suggested) {
                    return Err(error);
                }
            }
        }
    }
    Ok(())
}

/// Shows a page's users; `false` when none of them was new.
async fn add(load: &Load, page: UserPage, pace: &mut Pace) -> bool {
    let empty = page.users.is_empty();
    let before = load.context.clusters.count(load.id());
    let mut users = page.users.into_iter().peekable();
    while users.peek().is_some() {
        let part = users.by_ref().take(500);
        let listed = load.context.clusters.add_users(load.id(), part);
        load.progress(listed, None, "users");
        pace.breathe().await;
    }
    empty || load.context.clusters.count(load.id()) > before
}

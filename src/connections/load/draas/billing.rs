//! The lists that have billing ids, page by page.

use seatree_core::UpstreamError;
use seatree_core::draas::{
    Api, Entities, Listed as Item, ListedEntity, ListedSubscription, Page, Pager, Query,
    Subscriptions, join_entities, join_subscriptions,
};
use seatree_core::http::Secret;
use seatree_core::words::later;

use super::super::Load;
use super::super::billing::{List, Listed};
use super::session::run;
use crate::connections::session::DraasSession;

/// Reads a list and joins it onto the tree, as far as it came.
pub(super) async fn read(
    load: &Load,
    api: &Api,
    list: List,
    session: DraasSession,
) -> Result<Listed, UpstreamError> {
    let estate = load.context.estate;
    let (is_listed, trouble) = match list {
        List::Level { of, level, below } => {
            let doing = Entities::new(api, level, &Query::all(), &Secret::default()).doing();
            let first = Query { parent: below, ..Query::all() };
            let page = async |query: &Query| {
                run(load, &session, doing, |token| Entities::new(api, level, query, token)).await
            };
            let (items, trouble) = all::<ListedEntity>(doing, first, page).await;
            estate.annotate(load.id(), |tree| {
                join_entities(tree, &items);
            });
            (items.iter().any(|item| item.uuid == Some(of)), trouble)
        }
        List::Subscriptions { of, tenant } => {
            let doing = later("listing the subscriptions of the tenant");
            let page = async |query: &Query| {
                run(load, &session, doing, |token| Subscriptions::new(api, tenant, query, token))
                    .await
            };
            let (items, trouble) = all::<ListedSubscription>(doing, Query::all(), page).await;
            let with_tenant = items.iter().map(|item| (tenant, item));
            estate.annotate(load.id(), |tree| {
                join_subscriptions(tree, with_tenant);
            });
            (items.iter().any(|item| item.id == Some(of)), trouble)
        }
    };
    match trouble {
        Some(error) => Err(error),
        None if is_listed => Ok(Listed::Yes),
        None => Ok(Listed::No),
    }
}

/// All pages of a list, or those before something went wrong.
async fn all<T: Item>(
    doing: &'static str,
    first: Query,
    page: impl AsyncFn(&Query) -> Result<Page<T>, UpstreamError>,
) -> (Vec<T>, Option<UpstreamError>) {
    let mut pager = Pager::<T>::new(first);
    let mut items = Vec::new();
    while let Some(query) = pager.next() {
        match page(&query).await {
            Ok(page) => items.extend(pager.take(doing, page)),
            Err(error) => return (items, Some(error)),
        }
    }
    (items, pager.trouble().cloned())
}

//! The rows of the list, in their order.

use std::cmp::Ordering;

use super::{Filter, Outlook, Service, Sort};

/// The services that a filter leaves, by their places, in an order; without one as they came.
pub fn arrange(
    services: &[Service],
    filter: &Filter,
    sort: Option<Sort>,
    outlook: Outlook,
) -> Vec<usize> {
    let rows = filter.find(services, outlook);
    let Some(Sort { by, descending }) = sort else { return rows };
    let mut keyed: Vec<_> =
        rows.into_iter().map(|at| (by.value(&services[at], outlook), at)).collect();
    keyed.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) if descending => b.compare(a),
        (Some(a), Some(b)) => a.compare(b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    keyed.into_iter().map(|(_, at)| at).collect()
}

//! Building what is served, tested and shipped. Each part is built once and again only when
//! something it is made from has changed.

mod bench;
mod edge;
mod embed;
mod glue;
mod module;
mod sandbox;
mod site;
mod split;
mod stamp;
mod styles;

pub(crate) use bench::{bench, bench_native};
pub(crate) use edge::edge;
pub(crate) use sandbox::sandbox;
pub(crate) use site::{bench_site, site};

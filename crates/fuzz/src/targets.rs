//! One file per family of decoders.

#![expect(clippy::expect_used, reason = "a panic is how a target tells that a rule is broken")]

mod address;
mod axl_list;
mod axl_replies;
mod config;
mod draas_replies;
mod draas_tree;
mod edge_estate;
mod gate_operations;
mod gate_requests;
mod gate_settings;
mod json;
mod limits_import;
mod live_platform;
mod reply;
mod route;
mod soap;
mod tree;
mod visitors;

use crate::Target;

pub(crate) const ALL: &[Target] = &[
    draas_tree::TARGET,
    draas_replies::TARGET,
    live_platform::TARGET,
    axl_list::TARGET,
    axl_replies::TARGET,
    edge_estate::TARGET,
    json::TARGET,
    route::TARGET,
    config::TARGET,
    gate_settings::TARGET,
    gate_requests::TARGET,
    gate_operations::TARGET,
    visitors::TARGET,
    address::TARGET,
    limits_import::TARGET,
];

//! What an element's attributes say.

use seatree_core::view::{Filter, Layout};
use wasm_bindgen::JsValue;

use super::node::NodeName;
use crate::platform::theme::{Density, Theme};
use crate::platform::value;

/// Which element it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Tree,
    Summary,
    Users,
}

impl Element {
    /// By the end of its tag's name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "tree" => Some(Self::Tree),
            "summary" => Some(Self::Summary),
            "users" => Some(Self::Users),
            _ => None,
        }
    }
}

/// Where its figures come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Source {
    /// The address of the edge.
    pub edge: String,
    /// What the edge calls the upstream; empty where it knows one alone.
    pub upstream: String,
    /// The part that is shown of what the token opens, as `reseller:UUID`; empty for all of it.
    pub scope: String,
}

/// All of it. What cannot be read counts as not said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub source: Source,
    /// The node that is to be shown.
    pub node: Option<NodeName>,
    pub columns: Option<Layout>,
    pub filter: Filter,
    pub is_read_only: bool,
    pub theme: Theme,
    pub density: Density,
    /// The tag of the language, such as `de` or `fr-CH`.
    pub lang: Option<String>,
    /// Where the script's own files are.
    pub folder: String,
}

impl Wanted {
    /// `attributes` is an object with a text for each attribute that is there.
    pub(super) fn read(attributes: &JsValue) -> Self {
        let said = |name: &str| value::text_of(attributes, name);
        let text = |name: &str| said(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        Self {
            source: Source {
                edge: text("edge"),
                upstream: text("connection"),
                scope: text("scope"),
            },
            node: said("node").and_then(|text| NodeName::parse(&text)),
            columns: said("columns").and_then(|text| columns(&text)),
            filter: filter(&text("filter")),
            is_read_only: said("read-only").is_some(),
            theme: if text("theme") == "dark" { Theme::Dark } else { Theme::Light },
            density: if text("density") == "dense" { Density::Dense } else { Density::Roomy },
            lang: said("lang"),
            folder: text("folder"),
        }
    }
}

/// The columns beside the name, parted by commas or blanks: `msTeamsUsers.assigned`.
fn columns(text: &str) -> Option<Layout> {
    let parts = text.split([',', ' ', '\n', '\t']).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.filter(|part| *part != "name").collect();
    if parts.is_empty() { None } else { Layout::from_text(&format!("name,{}", parts.join(","))) }
}

/// Words to find, or what the page's own address says of a filter: `q=harbor&findings=over`.
fn filter(text: &str) -> Filter {
    if text.contains('=') {
        Filter::from_query(text)
    } else {
        Filter { text: text.to_owned(), ..Filter::default() }
    }
}

//! The tree's part of the address bar: filter, sort, columns and the focused node, so that a link
//! shows a colleague the same. Never a secret: only what was typed into the filter, and ids.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::estate::NodeRef;
use seatree_core::view::{Address, Filter, Layout, Range, Sort};

use crate::app::Page;
use crate::app::context::Context;
use crate::platform::part::part;
use crate::platform::place;

/// What the address bar says of the tree.
#[derive(Clone, Debug, Default, PartialEq)]
struct Place {
    filter: Filter,
    sort: Option<Sort>,
    is_flat: bool,
    layout: Option<Layout>,
    /// A connection and a node in it.
    at: Option<(String, Address)>,
}

/// Keeps the address bar and the tree alike for as long as the page is shown. Without its code,
/// which comes after the first screen, the page works as well.
pub fn follow(context: Context, page: Memo<Page>, address: ReadSignal<String>) {
    let owner = Owner::current().unwrap_or_default();
    spawn_local(async move {
        if let Ok(follow) = code().await {
            owner.with(|| follow(context, page, address));
        }
    });
}

part!(
    start,
    /// What keeps them alike.
    fn code() -> fn(Context, Memo<Page>, ReadSignal<String>) {
        keep_alike
    }
);

fn keep_alike(context: Context, page: Memo<Page>, address: ReadSignal<String>) {
    let shown = StoredValue::new(None::<Place>);
    let wanted = RwSignal::new(None::<(String, Address)>);
    // What the address bar says: at the start, by a link, or when the person goes back.
    Effect::new(move |was_tree: Option<bool>| {
        let address = address.get();
        let is_tree = Page::at(&address) == Page::Licenses;
        let query = address.split_once('?').map(|(_, query)| query);
        // Coming from another page without anything said, the tree stays as it was.
        if is_tree && (query.is_some() || was_tree == Some(true)) {
            let place = Place::read(query.unwrap_or_default());
            if shown.with_value(|shown| shown.as_ref() != Some(&place)) {
                place.show(context);
                let is_there = untrack(|| Place::of(context, None).at == place.at);
                wanted.set(place.at.clone().filter(|_| !is_there));
                shown.set_value(Some(place));
            }
        }
        is_tree
    });
    // A node of a link can only be shown once it has been read, and the filter of the link found it.
    // What the link filters is what its sender saw: it stays, even if that hides the node.
    let found_node = StoredValue::new(None::<NodeRef>);
    let matches = Memo::new(move |_| context.estate.with(|forest| forest.rows.matches()));
    Effect::new(move |_| {
        let Some((id, address)) = wanted.get() else { return };
        // The connections themselves may only come now.
        let entries = context.connections.list();
        let Some(entry) = entries.into_iter().find(|entry| entry.id() == id) else { return };
        entry.state.track();
        let found = context.estate.with_untracked(|forest| {
            let index = forest.trees().position(|(tree, _)| tree == id)?;
            let tree = u16::try_from(index).ok()?;
            Some(NodeRef { tree, node: address.find(forest.estate.tree(tree)?)? })
        });
        let Some(node) = found else { return };
        // Read, not tracked: what was never read tells of no change.
        let _ = matches.get();
        found_node.set_value(Some(node));
        if context.estate.reveal(node) {
            wanted.set(None);
            context.go_to_node(node);
        } else {
            context.tree.current.set(Some(node));
        }
    });
    // Who goes elsewhere is not waiting for it any more.
    Effect::new(move |before: Option<Option<NodeRef>>| {
        let now = context.tree.current.get();
        let is_elsewhere = before.is_some_and(|before| before != now);
        if now.is_some() && is_elsewhere && now != found_node.get_value() {
            wanted.set(None);
        }
        now
    });
    // What the tree shows.
    Effect::new(move |was_tree: Option<bool>| {
        let place = Place::of(context, wanted.get());
        if page.get() != Page::Licenses {
            return false;
        }
        let comes_back = was_tree == Some(false);
        let before = shown.get_value();
        if comes_back && context.place.here().contains('?') {
            // Going back has just said what to show.
            return true;
        }
        if before.as_ref() == Some(&place) && !comes_back {
            return true;
        }
        let narrows =
            |before: &Place| before.filter != place.filter || before.is_flat != place.is_flat;
        if before.as_ref().is_some_and(narrows) {
            // Nor is who looks for something else.
            wanted.set(None);
        }
        let is_step = before.is_some_and(|before| before.steps() != place.steps());
        let address = place.write();
        shown.set_value(Some(place));
        if is_step && !comes_back {
            context.place.go_to(&address);
        } else {
            context.place.put(address);
        }
        true
    });
}

impl Place {
    fn of(context: Context, wanted: Option<(String, Address)>) -> Self {
        let current = context.tree.current.get();
        let at = current.and_then(|node| {
            context.estate.with_untracked(|forest| {
                let tree = forest.estate.tree(node.tree).filter(|tree| tree.contains(node.node))?;
                let id = forest.connection(node.tree)?.to_owned();
                Some((id, Address::of(tree, node.node)))
            })
        });
        Self {
            filter: context.tree.filter.get(),
            sort: context.tree.sort.get(),
            is_flat: context.tree.is_flat.get(),
            layout: context.tree.layout.get(),
            at: wanted.or(at),
        }
    }

    /// What is worth a step back: not typing, moving about, and making room.
    fn steps(&self) -> Self {
        let open = |range: &Range| Range { least: None, most: None, ..range.clone() };
        let ranges = self.filter.ranges.iter().map(open).collect();
        let filter = Filter { text: String::new(), ranges, ..self.filter.clone() };
        Self { filter, at: None, layout: None, ..self.clone() }
    }

    fn show(&self, context: Context) {
        if context.tree.filter.get_untracked() != self.filter {
            context.change_filter(|filter| *filter = self.filter.clone());
        }
        if context.tree.sort.get_untracked() != self.sort {
            context.sort_by(self.sort.clone());
        }
        if context.tree.is_flat.get_untracked() != self.is_flat {
            context.flatten(self.is_flat);
        }
        // A link without columns leaves the reader's own.
        if self.layout.is_some() {
            context.tree.layout.set(self.layout.clone());
        }
    }

    fn write(&self) -> String {
        let mut parts = Vec::new();
        let filter = self.filter.to_query();
        if !filter.is_empty() {
            parts.push(filter);
        }
        if let Some(sort) = &self.sort {
            parts.push(format!("sort={}", place::encode(&sort.to_string())));
        }
        if self.is_flat {
            parts.push("flat".to_owned());
        }
        if let Some(layout) = &self.layout {
            parts.push(format!("columns={}", layout.to_text()));
        }
        if let Some((connection, address)) = &self.at {
            let (connection, address) =
                (place::encode(connection), place::encode(&address.to_string()));
            parts.push(format!("at={connection}/{address}"));
        }
        let page = Page::Licenses.href();
        if parts.is_empty() { page.to_owned() } else { format!("{page}?{}", parts.join("&")) }
    }

    /// What cannot be read is left out.
    fn read(query: &str) -> Self {
        let mut place = Self { filter: Filter::from_query(query), ..Self::default() };
        for part in query.split('&') {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match key {
                "sort" => place.sort = place::decode(value).and_then(|text| text.parse().ok()),
                "flat" => place.is_flat = true,
                "columns" => place.layout = Layout::from_text(value),
                "at" => {
                    place.at = value.split_once('/').and_then(|(connection, address)| {
                        let address = place::decode(address)?.parse().ok()?;
                        Some((place::decode(connection)?, address))
                    });
                }
                _ => {}
            }
        }
        place
    }
}

//! The page's part of the address bar: which cluster, and what is shown of it. Never what is looked
//! for there: that is mostly the name of a person.

use leptos::prelude::*;

use super::at::At;
use super::tabs::Tab;
use crate::app::Page;
use crate::platform::place;

/// What the address bar says.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    cluster: Option<String>,
    tab: Tab,
}

/// Keeps the address bar and the page alike for as long as the page is shown.
pub(super) fn follow(at: At) {
    let here = at.context().place;
    let address = here.follow();
    let said = StoredValue::new(None::<Place>);
    Effect::new(move |_| {
        let address = address.get();
        if Page::at(&address) != Page::Clusters {
            return;
        }
        let place = Place::read(address.split_once('?').map_or("", |(_, query)| query));
        if said.with_value(|said| said.as_ref() != Some(&place)) {
            at.chosen.set(place.cluster.clone());
            at.tab.set(place.tab);
            said.set_value(Some(place));
        }
    });
    Effect::new(move |_| {
        let place = Place { cluster: at.chosen.get(), tab: at.tab.get() };
        if said.with_value(|said| said.as_ref().is_some_and(|said| *said != place)) {
            here.go_to(&place.write());
            said.set_value(Some(place));
        }
    });
}

impl Place {
    fn read(query: &str) -> Self {
        let mut place = Self { cluster: None, tab: Tab::Users };
        for part in query.split('&') {
            match part.split_once('=') {
                Some(("cluster", id)) => place.cluster = place::decode(id),
                Some(("show", word)) => place.tab = Tab::named(word).unwrap_or(Tab::Users),
                _ => {}
            }
        }
        place
    }

    fn write(&self) -> String {
        let cluster = self.cluster.as_ref().map(|id| ["cluster=", &place::encode(id)].concat());
        let tab = (self.tab != Tab::Users).then(|| ["show=", self.tab.word()].concat());
        let parts: Vec<String> = cluster.into_iter().chain(tab).collect();
        let page = Page::Clusters.href();
        if parts.is_empty() { page.to_owned() } else { [page, "?", &parts.join("&")].concat() }
    }
}

//! Where a person is on the page of the clusters, and what they look at there.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::axl::{Answer, Capability, LicensedUser};
use seatree_core::people::{Sorted, Wanted};

use super::list::List;
use super::store::Cluster;
use super::tabs::Tab;
use crate::app::Context;
use crate::connections::{Entry, State};
use crate::platform::pace::Pace;

/// Where a person is on the page. Copying it shares it.
#[derive(Clone, Copy)]
pub(super) struct At {
    /// Kept apart: every part of the page holds a copy of this.
    context: StoredValue<Context>,
    /// The connection whose cluster was chosen; the first one's while none was.
    pub chosen: RwSignal<Option<String>>,
    pub tab: RwSignal<Tab>,
    pub which: RwSignal<Which>,
    /// Whose license is explained.
    pub person: RwSignal<Option<Person>>,
    /// Changes when another list is wanted of what was found.
    pub arranged: RwSignal<u32>,
}

/// Which users are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that were read.
    Read,
    /// Those that the cluster found when it was asked.
    Found,
}

/// A user as a list has them, by themselves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Person {
    /// Which list, and where in it.
    list: u32,
    row: u32,
    pub user: LicensedUser,
}

impl Person {
    pub(super) fn of(list: &List, row: u32) -> Self {
        let user = list.users.user(row as usize);
        let user = LicensedUser {
            uuid: user.uuid,
            user_id: user.user_id.to_owned(),
            first_name: user.first_name.to_owned(),
            last_name: user.last_name.to_owned(),
            license_type: user.license_type.map_or_else(String::new, |of| of.name().to_owned()),
            snr: user.snr,
            em: user.em,
            device_count: user.device_count,
            license_used: user.license_used,
        };
        Self { list: list.number, row, user }
    }

    /// Where they are in a list, perhaps one that was read later.
    pub(super) fn row_in(&self, list: &List) -> Option<u32> {
        if list.number == self.list {
            return Some(self.row);
        }
        list.users.find(self.user.uuid?)?.try_into().ok()
    }
}

impl At {
    pub(super) fn new(context: Context) -> Self {
        Self {
            context: StoredValue::new(context),
            chosen: RwSignal::new(None),
            tab: RwSignal::new(Tab::Users),
            which: RwSignal::new(Which::Read),
            person: RwSignal::new(None),
            arranged: RwSignal::new(0),
        }
    }

    /// The page as a whole.
    pub(super) fn context(self) -> Context {
        self.context.get_value()
    }

    /// The cluster that is looked at; the caller runs again when it changes.
    pub(super) fn with<T>(self, look: impl FnOnce(&Cluster) -> T) -> Option<T> {
        self.with_growing(|cluster| look(cluster.shown()))
    }

    /// The same as far as it is read by now, also while what was read before is looked at.
    pub(super) fn with_growing<T>(self, look: impl FnOnce(&Cluster) -> T) -> Option<T> {
        let chosen = self.chosen.get();
        self.context().clusters.with(|clusters| find(clusters, chosen.as_deref()).map(look))
    }

    pub(super) fn with_untracked<T>(self, look: impl FnOnce(&Cluster) -> T) -> Option<T> {
        let chosen = self.chosen.get_untracked();
        self.context().clusters.with_untracked(|clusters| {
            find(clusters, chosen.as_deref()).map(|cluster| look(cluster.shown()))
        })
    }

    /// Its connection.
    pub(super) fn id(self) -> Option<String> {
        self.with(|cluster| cluster.connection.clone())
    }

    pub(super) fn id_untracked(self) -> Option<String> {
        self.with_untracked(|cluster| cluster.connection.clone())
    }

    pub(super) fn entry(self) -> Option<Entry> {
        self.context().connections.find(&self.id()?)
    }

    /// Whether its cluster can tell something.
    pub(super) fn can(self, capability: Capability) -> bool {
        let answer = self.with(|cluster| capability.on(&cluster.spoken));
        matches!(answer, Some(Answer::Available { .. }))
    }

    /// Whether its users are being read.
    pub(super) fn is_reading(self) -> bool {
        self.entry().is_some_and(|entry| matches!(entry.state.get(), State::Loading(_)))
    }

    /// The users that are shown; the caller runs again when they change.
    pub(super) fn with_list<T>(self, look: impl FnOnce(&List) -> T) -> Option<T> {
        self.arranged.track();
        match self.which.get() {
            Which::Read => self.with(|cluster| look(&cluster.list)),
            Which::Found => {
                let id = self.id()?;
                let found = self.context().clusters.asides().found;
                found.with(&id, |found| found.map(|found| look(&found.list)))
            }
        }
    }

    /// Shows others of the users, or in another order; soon, in short turns.
    pub(super) fn arrange(self, change: impl FnOnce(&mut Wanted, &mut Option<Sorted>)) {
        let Some(id) = self.id_untracked() else { return };
        let change = |list: &mut List| {
            let (mut wanted, mut sorted) = (list.people.wanted().clone(), list.people.sorted());
            change(&mut wanted, &mut sorted);
            list.arrange(wanted, sorted);
        };
        if self.change_list(&id, change).is_some() {
            self.settle(id);
        }
    }

    fn change_list<T>(self, id: &str, change: impl FnOnce(&mut List) -> T) -> Option<T> {
        // None once the page was left.
        let which = self.which.try_get_untracked()?;
        let clusters = self.context().clusters;
        match which {
            Which::Read => clusters.change_list(id, change),
            Which::Found => clusters.asides().found.quietly(id, |found| change(&mut found.list)),
        }
    }

    /// Brings the list up to date in turns.
    pub(super) fn settle(self, id: String) {
        self.tell();
        spawn_local(async move {
            let mut pace = Pace::begin();
            while self.change_list(&id, List::go_on) == Some(false) {
                pace.breathe().await;
            }
            self.tell();
        });
    }

    /// Whether the page was left.
    pub(super) fn is_left(self) -> bool {
        self.which.try_get_untracked().is_none()
    }

    fn tell(self) {
        self.arranged.try_update(|times| *times = times.wrapping_add(1));
    }
}

fn find<'a>(clusters: &'a [Cluster], chosen: Option<&str>) -> Option<&'a Cluster> {
    let chosen = clusters.iter().find(|cluster| Some(cluster.connection.as_str()) == chosen);
    chosen.or_else(|| clusters.first())
}

//! The clusters read so far, as the pages share them.

use leptos::prelude::*;
use seatree_core::axl::legacy::LicenseUnitReport;
use seatree_core::axl::sql::LicenseTotal;
use seatree_core::axl::{Listing, Source, Spoken};

use super::aside::Asides;
use super::list::List;
use crate::platform::clock;
use crate::platform::seldom::Seldom;

/// One cluster with its users.
pub struct Cluster {
    pub connection: String,
    pub spoken: Spoken,
    /// Where totals and users come from.
    pub source: Source,
    pub list: List,
    /// The cluster's own, where they were read from its database.
    pub totals: Vec<LicenseTotal>,
    /// What the oldest releases count instead of users.
    pub units: Option<LicenseUnitReport>,
    /// Whether its reading came to a good end.
    pub is_whole: bool,
    /// When users began to come, in the page's milliseconds, and how many there were before.
    pub began: (f64, usize),
    /// Where the users go on, when their reading was cut short.
    listing: Option<Listing>,
    /// What was read before, until this is whole.
    former: Option<Box<Cluster>>,
    /// A later reading that was cut short, while this is shown.
    cut: Option<Box<Cluster>>,
    reading: Reading,
}

/// One reading of a cluster, told from the ones before and after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading(u32);

/// A reading that goes on where it was cut short.
pub struct Resumed {
    pub reading: Reading,
    pub spoken: Spoken,
    pub source: Source,
    pub listing: Listing,
}

/// All clusters that answered.
#[derive(Clone, Copy)]
pub struct Clusters {
    all: RwSignal<Vec<Cluster>>,
    telling: StoredValue<Seldom, LocalStorage>,
    asides: StoredValue<Asides, LocalStorage>,
}

impl Cluster {
    fn new(connection: &str, spoken: &Spoken, former: Option<&Self>) -> Self {
        Self {
            connection: connection.to_owned(),
            spoken: spoken.clone(),
            source: Source::Operation,
            list: List::like(former.map(|former| &former.list)),
            totals: Vec::new(),
            units: None,
            is_whole: false,
            began: (clock::elapsed_ms(), 0),
            listing: None,
            former: None,
            cut: None,
            reading: Reading(former.map_or(0, |former| former.reading.0.wrapping_add(1))),
        }
    }

    /// What is to be looked at: while all of it is read again, what was read before.
    pub fn shown(&self) -> &Self {
        self.former.as_deref().filter(|former| former.is_whole).unwrap_or(self)
    }

    fn shown_list(&mut self) -> &mut List {
        match &mut self.former {
            Some(former) if former.is_whole => &mut former.list,
            _ => &mut self.list,
        }
    }

    /// Looks for what is looked for in the list that this one is going to replace.
    pub fn follow_former(&mut self) {
        if let Some(former) = &self.former {
            let people = &former.list.people;
            self.list.arrange(people.wanted().clone(), people.sorted());
        }
    }

    /// How many users came before a reading that can be gone on with was cut short.
    pub fn cut_after(&self) -> Option<usize> {
        let cut = self.cut.as_deref().unwrap_or(self);
        cut.listing.is_some().then(|| cut.list.users.len())
    }
}

impl Clusters {
    pub fn new() -> Self {
        Self {
            all: RwSignal::new(Vec::new()),
            telling: StoredValue::new_local(Seldom::default()),
            asides: StoredValue::new_local(Asides::new()),
        }
    }

    /// What is asked beside the users.
    pub fn asides(&self) -> Asides {
        self.asides.get_value()
    }

    pub fn with<T>(&self, look: impl FnOnce(&[Cluster]) -> T) -> T {
        self.all.with(|clusters| look(clusters))
    }

    pub fn with_untracked<T>(&self, look: impl FnOnce(&[Cluster]) -> T) -> T {
        self.all.with_untracked(|clusters| look(clusters))
    }

    /// Begins a cluster's list anew. What was read before comes back if this fails.
    pub fn start(&self, connection: &str, spoken: &Spoken) -> Reading {
        let mut reading = Reading::default();
        self.all.update(|clusters| {
            let place = clusters.iter_mut().find(|c| c.connection == connection);
            let mut new = Cluster::new(connection, spoken, place.as_deref());
            reading = new.reading;
            match place {
                // In its place, so that the one being looked at stays.
                Some(place) => {
                    std::mem::swap(place, &mut new);
                    // One that was itself cut short gives way to the one before it.
                    place.former = new.former.take().or_else(|| Some(Box::new(new)));
                }
                None => clusters.push(new),
            }
        });
        reading
    }

    /// Goes on with the users where their reading was cut short; none when it was not.
    pub fn resume(&self, connection: &str) -> Option<Resumed> {
        self.all.try_update(|clusters| {
            let place = clusters.iter_mut().find(|c| c.connection == connection)?;
            let reading = Reading(place.reading.0.wrapping_add(1));
            if let Some(cut) = place.cut.take() {
                let shown = std::mem::replace(place, *cut);
                place.former = Some(Box::new(shown));
            }
            let listing = place.listing.take()?;
            place.reading = reading;
            place.began = (clock::elapsed_ms(), place.list.users.len());
            let (spoken, source) = (place.spoken.clone(), place.source);
            Some(Resumed { reading, spoken, source, listing })
        })?
    }

    /// Ends what [`start`](Self::start) or [`resume`](Self::resume) began: well, or with what was
    /// read before.
    pub fn end<T, E>(&self, connection: &str, reading: Reading, outcome: &Result<T, E>) {
        self.all.update(|clusters| {
            let Some(place) = find(clusters, connection, reading) else { return };
            place.is_whole = outcome.is_ok();
            place.follow_former();
            let former = place.former.take();
            if outcome.is_ok() {
                self.asides().forget_what_ages(connection);
            }
            if let (Err(_), Some(former)) = (outcome, former) {
                let cut = std::mem::replace(place, *former);
                place.reading = reading;
                place.cut = cut.listing.is_some().then(|| Box::new(cut));
            }
        });
    }

    pub fn remove(&self, connection: &str) {
        self.all.update(|clusters| clusters.retain(|c| c.connection != connection));
        self.asides().remove(connection);
    }

    /// Lets a reader add to a cluster without telling; none when its connection was removed
    /// meanwhile, or is read anew.
    pub fn grow_quietly<T>(
        &self,
        connection: &str,
        reading: Reading,
        add: impl FnOnce(&mut Cluster) -> T,
    ) -> Option<T> {
        self.all.try_update_untracked(|all| find(all, connection, reading).map(add))?
    }

    /// Has the page look at what changed, at a person's pace.
    pub fn tell_soon(&self) {
        let all = self.all;
        self.telling.with_value(|telling| telling.ask(move || all.notify()));
    }

    /// Remembers where the users go on.
    pub fn cut(&self, connection: &str, reading: Reading, listing: Listing) {
        self.grow_quietly(connection, reading, |cluster| cluster.listing = Some(listing));
    }

    /// Changes the list that is shown of a cluster, without telling.
    pub fn change_list<T>(
        &self,
        connection: &str,
        change: impl FnOnce(&mut List) -> T,
    ) -> Option<T> {
        self.all.try_update_untracked(|clusters| {
            let cluster = clusters.iter_mut().find(|c| c.connection == connection)?;
            Some(change(cluster.shown_list()))
        })?
    }
}

fn find<'a>(
    clusters: &'a mut [Cluster],
    connection: &str,
    reading: Reading,
) -> Option<&'a mut Cluster> {
    clusters.iter_mut().find(|c| c.connection == connection && c.reading == reading)
}

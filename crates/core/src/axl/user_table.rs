//! All users of a cluster, kept as columns.

use std::collections::{HashMap, HashSet};

use crate::estate::{Figure, Uuid};

use super::{LicenseType, LicensedUser};

/// Texts kept of each user: id, first and last name.
const TEXTS: usize = 3;

/// The users of one cluster: a hundred thousand of them in some ten megabytes.
#[derive(Debug, Default)]
pub struct UserTable {
    seen: HashSet<Uuid>,
    uuid: Vec<Option<Uuid>>,
    text: String,
    /// Where each text ends in `text`; [`TEXTS`] per user.
    ends: Vec<usize>,
    types: Vec<LicenseType>,
    /// Each type's place in `types`, by its name and by every spelling that was sent.
    places: HashMap<String, Option<u32>>,
    license_type: Vec<Option<u32>>,
    snr: Vec<Option<bool>>,
    em: Vec<Option<bool>>,
    device_count: Vec<Figure>,
    license_used: Vec<Figure>,
}

/// One user of a [`UserTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserRow<'a> {
    pub uuid: Option<Uuid>,
    pub user_id: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub license_type: Option<&'a LicenseType>,
    pub snr: Option<bool>,
    pub em: Option<bool>,
    pub device_count: Figure,
    pub license_used: Figure,
}

impl UserTable {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a user; false when one with the same uuid is there already.
    pub fn push(&mut self, user: &LicensedUser) -> bool {
        if user.uuid.is_some_and(|uuid| !self.seen.insert(uuid)) {
            return false;
        }
        self.uuid.push(user.uuid);
        for text in [&user.user_id, &user.first_name, &user.last_name] {
            self.text.push_str(text);
            self.ends.push(self.text.len());
        }
        let license_type = self.intern(&user.license_type);
        self.license_type.push(license_type);
        self.snr.push(user.snr);
        self.em.push(user.em);
        self.device_count.push(user.device_count);
        self.license_used.push(user.license_used);
        true
    }

    fn intern(&mut self, sent: &str) -> Option<u32> {
        if let Some(&known) = self.places.get(sent) {
            return known;
        }
        let place = LicenseType::of(sent).and_then(|named| {
            if let Some(&known) = self.places.get(named.name()) {
                return known;
            }
            let place = u32::try_from(self.types.len()).ok()?;
            self.places.insert(named.name().to_owned(), Some(place));
            self.types.push(named);
            Some(place)
        });
        self.places.insert(sent.to_owned(), place);
        place
    }

    pub fn len(&self) -> usize {
        self.uuid.len()
    }

    pub fn is_empty(&self) -> bool {
        self.uuid.is_empty()
    }

    /// The user at a place.
    ///
    /// # Panics
    /// When there are not as many.
    pub fn user(&self, i: usize) -> UserRow<'_> {
        UserRow {
            uuid: self.uuid[i],
            user_id: self.text(i, 0),
            first_name: self.text(i, 1),
            last_name: self.text(i, 2),
            license_type: self.license_type[i].map(|place| &self.types[place as usize]),
            snr: self.snr[i],
            em: self.em[i],
            device_count: self.device_count[i],
            license_used: self.license_used[i],
        }
    }

    fn text(&self, user: usize, which: usize) -> &str {
        let at = user * TEXTS + which;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[at]]
    }

    pub fn users(&self) -> impl ExactSizeIterator<Item = UserRow<'_>> {
        (0..self.len()).map(|i| self.user(i))
    }

    /// How many licenses of each type the users require, the least type first.
    ///
    /// These are sums over [`required_known_for`](Self::required_known_for) users; a type of
    /// which no user's figure is known is unknown.
    pub fn required(&self) -> Vec<(LicenseType, Figure)> {
        let mut totals = vec![Figure::UNKNOWN; self.types.len()];
        let mut unnamed = Figure::UNKNOWN;
        for (place, &used) in self.license_type.iter().zip(&self.license_used) {
            let total = match place {
                Some(place) => &mut totals[*place as usize],
                // Who uses no license needs no type.
                None if used == Figure::known(0) => continue,
                None => &mut unnamed,
            };
            if used.is_known() {
                *total = if total.is_known() { total.plus(used) } else { used };
            }
        }
        if unnamed.is_known() {
            totals.push(unnamed);
        }
        let named = self.types.iter().cloned().chain([LicenseType::Unnamed]);
        let mut required: Vec<(LicenseType, Figure)> = Vec::with_capacity(totals.len());
        for (license_type, total) in named.zip(totals) {
            // A handful of types: a sort's code would be larger than their list.
            let place = required.partition_point(|(before, _)| *before <= license_type);
            required.insert(place, (license_type, total));
        }
        required
    }

    /// Of how many users the reply said how many licenses they use. When that is less than
    /// [`len`](Self::len), the totals are too low.
    pub fn required_known_for(&self) -> usize {
        self.license_used.iter().filter(|used| used.is_known()).count()
    }

    /// How many users are said to require no license at all.
    pub fn without_license(&self) -> usize {
        self.license_used.iter().filter(|used| used.get() == Some(0)).count()
    }
}

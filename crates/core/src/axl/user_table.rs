//! All users of a cluster, kept as columns.

mod seen;
mod tally;

use std::collections::HashMap;
use std::num::NonZeroU16;

use self::seen::Seen;
use self::tally::Tally;
use crate::estate::{AllocatedBytes, Figure, Uuid, room};
use crate::scan::same;

use super::{LicenseType, LicensedUser};

/// Cisco has six; a reply that invents more is no list of users.
const MAX_TYPES: u16 = 1_000;

/// The users of one cluster: a hundred thousand of them in some eight megabytes.
#[derive(Debug, Default)]
pub struct UserTable {
    rows: Vec<Row>,
    uuids: Vec<u128>,
    text: String,
    seen: Seen,
    types: Vec<LicenseType>,
    tally: Tally,
    /// Each type's place in `types`, by its name and by every spelling that was sent.
    places: HashMap<String, Option<u16>>,
    /// The spelling that came last: the next is mostly one of few.
    last: (String, Option<u16>),
}

/// What is known of a user beside texts and uuid, in 24 bytes.
#[derive(Debug)]
struct Row {
    /// Where id, first and last name end in the text; they begin where the one before ends.
    ends: [u32; 3],
    device_count: Count,
    license_used: Count,
    /// None for a user without one.
    license_type: Option<NonZeroU16>,
    snr: Option<bool>,
    em: Option<bool>,
}

/// A count of a user in four bytes; more than fits is unknown, and said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Count(i32);

impl Count {
    fn of(figure: Figure) -> Self {
        Self(figure.get().and_then(|count| i32::try_from(count).ok()).unwrap_or(-1))
    }

    fn figure(self) -> Figure {
        if self.0 < 0 { Figure::UNKNOWN } else { Figure::known(i64::from(self.0)) }
    }
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
        let place = self.rows.len();
        if user.uuid.is_some_and(|uuid| !self.seen.insert(uuid, place, &self.uuids)) {
            return false;
        }
        let texts = [&user.user_id, &user.first_name, &user.last_name];
        let ends = texts.map(|text| {
            room::push_str(&mut self.text, text);
            u32::try_from(self.text.len()).unwrap_or(u32::MAX)
        });
        let license_type = self.intern(&user.license_type);
        room::push(&mut self.uuids, user.uuid.map_or(0, Uuid::as_u128));
        let row = Row {
            ends,
            device_count: Count::of(user.device_count),
            license_used: Count::of(user.license_used),
            license_type: license_type.and_then(|place| NonZeroU16::new(place + 1)),
            snr: user.snr,
            em: user.em,
        };
        self.tally.add(license_type, row.license_used.figure());
        room::push(&mut self.rows, row);
        true
    }

    fn intern(&mut self, sent: &str) -> Option<u16> {
        if !same(self.last.0.as_bytes(), sent.as_bytes()) {
            self.last.1 = self.place(sent);
            self.last.0.clear();
            self.last.0.push_str(sent);
        }
        self.last.1
    }

    fn place(&mut self, sent: &str) -> Option<u16> {
        if let Some(&known) = self.places.get(sent) {
            return known;
        }
        let place = LicenseType::of(sent).and_then(|named| {
            if let Some(&known) = self.places.get(named.name()) {
                return known;
            }
            let place = u16::try_from(self.types.len()).ok().filter(|place| *place < MAX_TYPES)?;
            self.places.insert(named.name().to_owned(), Some(place));
            self.types.push(named);
            Some(place)
        });
        if self.places.len() < 4 * usize::from(MAX_TYPES) {
            self.places.insert(sent.to_owned(), place);
        }
        place
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What the table takes of the memory, used or not; the texts, and the rest.
    pub fn allocated_bytes(&self) -> AllocatedBytes {
        let rest = size_of::<Self>()
            + self.rows.capacity() * size_of::<Row>()
            + self.uuids.capacity() * size_of::<u128>()
            + self.seen.allocated_bytes()
            + self.types.capacity() * size_of::<LicenseType>()
            + self.tally.allocated_bytes()
            + self.places.capacity() * size_of::<(String, Option<u16>)>()
            + self.places.keys().map(String::capacity).sum::<usize>();
        AllocatedBytes { names: self.text.capacity(), rest }
    }

    /// The user at a place.
    ///
    /// # Panics
    /// When there are not as many.
    pub fn user(&self, i: usize) -> UserRow<'_> {
        let row = &self.rows[i];
        let start = i.checked_sub(1).map_or(0, |before| self.rows[before].ends[2]);
        let text =
            |start: u32, end: u32| self.text.get(start as usize..end as usize).unwrap_or_default();
        let [user_id, first_name, last_name] = row.ends;
        let uuid = self.uuids[i];
        UserRow {
            uuid: (uuid != 0).then(|| Uuid::from_u128(uuid)),
            user_id: text(start, user_id),
            first_name: text(user_id, first_name),
            last_name: text(first_name, last_name),
            license_type: row.license_type.map(|place| &self.types[usize::from(place.get() - 1)]),
            snr: row.snr,
            em: row.em,
            device_count: row.device_count.figure(),
            license_used: row.license_used.figure(),
        }
    }

    pub fn users(&self) -> impl ExactSizeIterator<Item = UserRow<'_>> {
        (0..self.len()).map(|i| self.user(i))
    }

    /// Where the user with this uuid is.
    pub fn find(&self, uuid: Uuid) -> Option<usize> {
        self.seen.find(uuid, &self.uuids)
    }

    /// How many licenses of each type the users require, the least type first.
    ///
    /// Unknown for a type of which one user's figure is: the sum of the others would be too low.
    pub fn required(&self) -> Vec<(LicenseType, Figure)> {
        let named = self.types.iter().cloned().zip(self.tally.licenses());
        let unnamed = self.tally.unnamed().map(|figure| (LicenseType::Unnamed, figure));
        in_order(named.chain(unnamed))
    }

    /// How many users there are of each type, the least type first; they need not be as many as
    /// the licenses they require.
    pub fn users_by_type(&self) -> Vec<(LicenseType, usize)> {
        in_order(self.types.iter().cloned().zip(self.tally.users()))
    }

    /// Of how many users the reply said how many licenses they use. When that is less than
    /// [`len`](Self::len), some totals are unknown.
    pub fn required_known_for(&self) -> usize {
        self.tally.known()
    }

    /// How many users are said to require no license at all.
    pub fn without_license(&self) -> usize {
        self.tally.without()
    }
}

/// A handful of types: a sort's code would be larger than their list.
fn in_order<T>(types: impl Iterator<Item = (LicenseType, T)>) -> Vec<(LicenseType, T)> {
    let mut sorted: Vec<(LicenseType, T)> = Vec::new();
    for (license_type, of) in types {
        let place = sorted.partition_point(|(before, _)| *before <= license_type);
        sorted.insert(place, (license_type, of));
    }
    sorted
}

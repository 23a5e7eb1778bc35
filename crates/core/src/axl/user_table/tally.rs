//! What the users of a table require, added up as they come.

use crate::estate::Figure;

/// Sums over all users, so that a page can show them while the list is read.
#[derive(Debug)]
pub(super) struct Tally {
    /// By the type's place in the table.
    types: Vec<OfType>,
    /// Licenses in use of which the reply does not say the type; unknown while there are none.
    unnamed: Figure,
    known: usize,
    without: usize,
}

#[derive(Clone, Copy, Debug)]
struct OfType {
    users: usize,
    licenses: Figure,
}

impl Default for Tally {
    fn default() -> Self {
        Self { types: Vec::new(), unnamed: Figure::UNKNOWN, known: 0, without: 0 }
    }
}

impl Tally {
    pub(super) fn add(&mut self, license_type: Option<u16>, used: Figure) {
        self.known += usize::from(used.is_known());
        self.without += usize::from(used == Figure::known(0));
        match license_type.map(usize::from) {
            Some(place) => {
                if place >= self.types.len() {
                    let none = OfType { users: 0, licenses: Figure::known(0) };
                    self.types.resize(place + 1, none);
                }
                let of = &mut self.types[place];
                of.users += 1;
                of.licenses = of.licenses.plus(used);
            }
            // Who uses no license needs no type; who is sent without both perhaps uses none.
            None if used == Figure::known(0) || !used.is_known() => {}
            None if self.unnamed.is_known() => self.unnamed = self.unnamed.plus(used),
            None => self.unnamed = used,
        }
    }

    /// By the type's place.
    pub(super) fn licenses(&self) -> impl Iterator<Item = Figure> {
        self.types.iter().map(|of| of.licenses)
    }

    /// By the type's place.
    pub(super) fn users(&self) -> impl Iterator<Item = usize> {
        self.types.iter().map(|of| of.users)
    }

    pub(super) fn unnamed(&self) -> Option<Figure> {
        self.unnamed.is_known().then_some(self.unnamed)
    }

    pub(super) fn known(&self) -> usize {
        self.known
    }

    pub(super) fn without(&self) -> usize {
        self.without
    }

    pub(super) fn allocated_bytes(&self) -> usize {
        self.types.capacity() * size_of::<OfType>()
    }
}

//! One user and the license they require.

use crate::estate::{Figure, Uuid};
use crate::json::figure_of_text;
use crate::scan::same;

use super::xml::{Broken, Element, Walk};

/// A user as `listLicensedUser` has it. Every field may be missing from a reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicensedUser {
    pub uuid: Option<Uuid>,
    pub user_id: String,
    pub first_name: String,
    pub last_name: String,
    /// As sent; [`LicenseType`](super::LicenseType) evens out the spellings.
    pub license_type: String,
    /// Single number reach, the one feature that raises what a user requires.
    pub snr: Option<bool>,
    /// Extension mobility; not in the list before 12.5, and unknown then.
    pub em: Option<bool>,
    pub device_count: Figure,
    pub license_used: Figure,
}

/// More of a field is of no use to anyone; Cisco's schema allows 128 characters.
pub(super) const MAX_TEXT: usize = 1024;

const MAX_COUNT: i64 = i32::MAX as i64;

/// A user whose fields still arrive; one value serves for all of a list.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) user: LicensedUser,
    /// One bit per field that was there.
    seen: u8,
}

impl Draft {
    /// Begins the next user. `complain` gets the names of fields that hold something else than
    /// they should.
    pub(super) fn open(&mut self, uuid: Option<&str>, complain: impl FnOnce(&'static str)) {
        let user = &mut self.user;
        for text in
            [&mut user.user_id, &mut user.first_name, &mut user.last_name, &mut user.license_type]
        {
            text.clear();
        }
        (user.snr, user.em) = (None, None);
        (user.device_count, user.license_used) = (Figure::UNKNOWN, Figure::UNKNOWN);
        self.seen = 0;
        let uuid = uuid.map(str::trim).filter(|uuid| !uuid.is_empty());
        user.uuid = uuid.and_then(Uuid::parse);
        if uuid.is_some() && user.uuid.is_none() {
            complain("uuid");
        }
    }

    /// Takes a field by its name without a prefix. Of one that is there twice, the last counts,
    /// and it is complained about.
    pub(super) fn field(&mut self, name: &str, text: &str, mut complain: impl FnMut(&'static str)) {
        let (mask, known) = match (name.len(), name.as_bytes().first()) {
            (6, _) => (1, "userId"),
            (9, Some(b'f')) => (1 << 1, "firstName"),
            (8, _) => (1 << 2, "lastName"),
            (10, _) => (1 << 3, "snrEnabled"),
            (9, _) => (1 << 4, "emEnabled"),
            (11, Some(b'd')) => (1 << 5, "deviceCount"),
            (11, _) if name.ends_with('e') => (1 << 6, "licenseType"),
            (11, _) => (1 << 7, "licenseUsed"),
            _ => return,
        };
        if !same(name.as_bytes(), known.as_bytes()) {
            return;
        }
        let cut = &text[..text.floor_char_boundary(MAX_TEXT)];
        let user = &mut self.user;
        let understood = match mask {
            0b1 => keep(&mut user.user_id, cut),
            0b10 => keep(&mut user.first_name, cut),
            0b100 => keep(&mut user.last_name, cut),
            0b1000 => flag(&mut user.snr, cut),
            0b1_0000 => flag(&mut user.em, cut),
            0b10_0000 => count(&mut user.device_count, cut),
            0b100_0000 => keep(&mut user.license_type, cut),
            _ => count(&mut user.license_used, cut),
        };
        if !understood || cut.len() < text.len() || self.seen & mask != 0 {
            complain(known);
        }
        self.seen |= mask;
    }
}

impl LicensedUser {
    /// Reads the element just opened.
    pub(super) fn read(
        walk: &mut Walk<'_>,
        element: &Element<'_>,
        text: &mut String,
        mut complain: impl FnMut(&'static str),
    ) -> Result<Self, Broken> {
        let mut draft = Draft::default();
        draft.open(element.attribute("uuid").as_deref(), &mut complain);
        while let Some(field) = walk.child()? {
            walk.text(text)?;
            if !field.nil && field.is_axl() {
                draft.field(field.local(), text, &mut complain);
            }
        }
        Ok(draft.user)
    }
}

fn keep(place: &mut String, text: &str) -> bool {
    place.clear();
    place.push_str(text);
    true
}

/// The schema types these as text; its own booleans are true, false, t, f, 1 and 0.
fn flag(place: &mut Option<bool>, text: &str) -> bool {
    // As they are mostly written.
    if same(text.as_bytes(), b"false") || same(text.as_bytes(), b"true") {
        *place = Some(text.len() == 4);
        return true;
    }
    let text = text.trim();
    let is_one_of = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    *place = if is_one_of(["true", "t", "1"]) {
        Some(true)
    } else if is_one_of(["false", "f", "0"]) {
        Some(false)
    } else {
        None
    };
    place.is_some() || text.is_empty()
}

/// A count is not negative, and nobody has billions of devices.
fn count(place: &mut Figure, text: &str) -> bool {
    // As it is mostly written.
    if let [digit @ b'0'..=b'9'] = text.as_bytes() {
        *place = Figure::known(i64::from(digit - b'0'));
        return true;
    }
    let figure = figure_of_text(text)
        .filter(|figure| figure.get().is_none_or(|count| (0..=MAX_COUNT).contains(&count)));
    *place = figure.unwrap_or_default();
    figure.is_some()
}

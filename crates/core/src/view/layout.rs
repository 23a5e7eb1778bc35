//! Which columns a person wants to see, in which order and how wide.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::Column;

/// What may stand in an address as it is, and separates nothing here.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// The narrowest a column can be made, in CSS pixels.
pub const LEAST_WIDTH: u16 = 48;
/// The widest.
pub const MOST_WIDTH: u16 = 900;
/// More than anybody can look at.
const MOST_COLUMNS: usize = 100;

/// The columns of the tree in their order, after the name.
///
/// As text, for the address bar and the browser's memory:
/// `name:320,msTeamsUsers.assigned,!msTeamsUsers.inUse:90` has a name 320 pixels wide and a pinned
/// second column of 90.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub columns: Vec<Placed>,
    /// None for as wide as there is room.
    pub name_width: Option<u16>,
}

/// One column of a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub column: Column,
    /// In CSS pixels; none for its usual width.
    pub width: Option<u16>,
    /// Stays in sight when the others scroll sideways.
    pub is_pinned: bool,
}

impl From<Column> for Placed {
    fn from(column: Column) -> Self {
        Self { column, width: None, is_pinned: false }
    }
}

impl Layout {
    /// These columns, as wide as usual.
    pub fn of(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { columns: columns.into_iter().map(Placed::from).collect(), name_width: None }
    }

    /// Pinned columns first: they stand beside the name.
    pub fn in_order(&self) -> impl Iterator<Item = &Placed> {
        let pinned = self.columns.iter().filter(|placed| placed.is_pinned);
        pinned.chain(self.columns.iter().filter(|placed| !placed.is_pinned))
    }

    pub fn find(&self, column: &Column) -> Option<usize> {
        self.columns.iter().position(|placed| placed.column == *column)
    }

    /// Shows a column after the others of its meter, or hides it.
    pub fn toggle(&mut self, column: &Column) {
        if let Some(at) = self.find(column) {
            self.columns.remove(at);
        } else {
            let same = |placed: &Placed| placed.column.meter_key() == column.meter_key();
            let at = self.columns.iter().rposition(same).map_or(self.columns.len(), |at| at + 1);
            self.columns.insert(at, column.clone().into());
        }
    }

    /// Moves a column before or after its neighbor.
    pub fn shift(&mut self, column: &Column, by: Shift) {
        let Some(at) = self.find(column) else { return };
        let to = match by {
            Shift::Earlier => at.saturating_sub(1),
            Shift::Later => (at + 1).min(self.columns.len() - 1),
        };
        self.columns.swap(at, to);
    }

    /// Puts a column where another is.
    pub fn put(&mut self, column: &Column, at: &Column) {
        let (Some(from), Some(to)) = (self.find(column), self.find(at)) else { return };
        let placed = self.columns.remove(from);
        self.columns.insert(to, placed);
    }

    pub fn pin(&mut self, column: &Column, is_pinned: bool) {
        if let Some(at) = self.find(column) {
            self.columns[at].is_pinned = is_pinned;
        }
    }

    /// Makes a column, or the name for none, as wide as asked, within what is sensible.
    pub fn resize(&mut self, column: Option<&Column>, width: u16) {
        let width = Some(width.clamp(LEAST_WIDTH, MOST_WIDTH));
        match column {
            None => self.name_width = width,
            Some(column) => {
                if let Some(at) = self.find(column) {
                    self.columns[at].width = width;
                }
            }
        }
    }

    pub fn to_text(&self) -> String {
        let mut text = String::from("name");
        let width = |text: &mut String, width: Option<u16>| {
            if let Some(width) = width {
                // Writing into a string cannot fail.
                let _ = write!(text, ":{width}");
            }
        };
        width(&mut text, self.name_width);
        for placed in &self.columns {
            text.push_str(if placed.is_pinned { ",!" } else { "," });
            text.extend(utf8_percent_encode(&placed.column.to_string(), ENCODED));
            width(&mut text, placed.width);
        }
        text
    }

    /// Reads what [`to_text`](Self::to_text) wrote; what names no column, or one twice, is left
    /// out. None when it begins with no name.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split(',').take(MOST_COLUMNS + 1);
        let (name, name_width) = with_width(parts.next()?);
        if name != "name" {
            return None;
        }
        let mut layout = Self { columns: Vec::new(), name_width };
        for part in parts {
            let (column, is_pinned) = part.strip_prefix('!').map_or((part, false), |p| (p, true));
            let (column, width) = with_width(column);
            let Ok(column) = percent_decode_str(column).decode_utf8() else { continue };
            let Ok(column) = column.parse::<Column>() else { continue };
            if layout.find(&column).is_none() {
                layout.columns.push(Placed { column, width, is_pinned });
            }
        }
        Some(layout)
    }
}

fn with_width(part: &str) -> (&str, Option<u16>) {
    let Some((name, width)) = part.split_once(':') else { return (part, None) };
    let width = width.parse::<u16>().ok().map(|width| width.clamp(LEAST_WIDTH, MOST_WIDTH));
    (name, width)
}

/// Where a column moves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    Earlier,
    Later,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::view::Shows;

    fn column(meter: &str, shows: Shows) -> Column {
        Column::new(meter, shows)
    }

    fn placed() -> impl Strategy<Value = Placed> {
        let column = ("\\PC{1,8}", 0..Shows::ALL.len())
            .prop_map(|(meter, shows)| Column::new(&meter, Shows::ALL[shows]));
        (column, prop::option::of(LEAST_WIDTH..=MOST_WIDTH), any::<bool>())
            .prop_map(|(column, width, is_pinned)| Placed { column, width, is_pinned })
    }

    proptest! {
        #[test]
        fn a_layout_comes_back_from_its_text(
            mut columns in prop::collection::vec(placed(), 0..8),
            name_width in prop::option::of(LEAST_WIDTH..=MOST_WIDTH),
        ) {
            let mut seen = std::collections::HashSet::new();
            columns.retain(|placed| seen.insert(placed.column.clone()));
            let layout = Layout { columns, name_width };
            prop_assert_eq!(Layout::from_text(&layout.to_text()), Some(layout));
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC*") {
            if let Some(layout) = Layout::from_text(&text) {
                prop_assert!(layout.columns.len() <= MOST_COLUMNS);
            }
        }
    }

    #[test]
    fn the_text_is_one_that_people_can_read() {
        let mut layout =
            Layout::of([column("msTeamsUsers", Shows::Assigned), column("a,b:c", Shows::InUse)]);
        layout.resize(None, 320);
        layout.resize(Some(&column("a,b:c", Shows::InUse)), 10);
        layout.pin(&column("a,b:c", Shows::InUse), true);
        assert_eq!(layout.to_text(), "name:320,msTeamsUsers.assigned,!a%2Cb%3Ac.inUse:48");
        assert_eq!(Layout::from_text("nonsense"), None);
        assert_eq!(
            Layout::from_text("name:x,what,a.inUse,a.inUse:5000").map(|l| l.to_text()),
            Some("name,a.inUse".to_owned())
        );
    }

    #[test]
    fn a_shown_column_joins_those_of_its_meter_and_pinned_ones_come_first() {
        let [assigned, in_use, users] = [Shows::Assigned, Shows::InUse, Shows::Users]
            .map(|shows| column("msTeamsUsers", shows));
        let sip = column("sipTrunkChannels", Shows::Assigned);
        let mut layout = Layout::of([assigned.clone(), in_use.clone(), sip.clone()]);
        layout.toggle(&users);
        assert_eq!(layout.find(&users), Some(2));
        layout.toggle(&assigned);
        layout.pin(&sip, true);
        let shown: Vec<_> = layout.in_order().map(|placed| placed.column.clone()).collect();
        assert_eq!(shown, [sip.clone(), in_use.clone(), users.clone()]);
        layout.shift(&in_use, Shift::Later);
        layout.put(&sip, &in_use);
        assert_eq!(
            layout.to_text(),
            "name,msTeamsUsers.users,!sipTrunkChannels.assigned,msTeamsUsers.inUse"
        );
    }
}

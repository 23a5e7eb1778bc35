//! The columns of a tree: which figure of which meter.

use std::fmt;
use std::str::FromStr;

use crate::estate::{Figure, Measure, Meter, NodeId, Tree};

/// One figure of one meter, as a column of the tree shows it.
///
/// Its text, `msTeamsUsers.inUse`, names it in addresses and in what the browser remembers: the
/// upstream's own key of the meter, then what is shown of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Column {
    meter: Box<str>,
    pub shows: Shows,
}

/// What a column shows of its meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shows {
    Assigned,
    InUse,
    /// Assigned − in use.
    Available,
    /// In use ÷ assigned.
    Utilization,
    /// Of what is in use, by people.
    Users,
    /// Of what is in use, by resource accounts.
    ResourceAccounts,
}

impl Shows {
    pub const ALL: [Self; 6] = [
        Self::Assigned,
        Self::InUse,
        Self::Available,
        Self::Utilization,
        Self::Users,
        Self::ResourceAccounts,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::InUse => "inUse",
            Self::Available => "available",
            Self::Utilization => "utilization",
            Self::Users => "users",
            Self::ResourceAccounts => "resourceAccounts",
        }
    }

    /// The count it shows of a node's meter; a utilization is none.
    #[inline]
    pub(super) fn figure(self, tree: &Tree, node: NodeId, meter: Meter) -> Figure {
        let figure = |measure| tree.figure(node, meter, measure);
        match self {
            Self::Assigned => figure(Measure::Assigned),
            Self::InUse => figure(Measure::InUse),
            Self::Available => figure(Measure::Assigned).minus(figure(Measure::InUse)),
            Self::Utilization => Figure::UNKNOWN,
            Self::Users => figure(Measure::Users),
            Self::ResourceAccounts => figure(Measure::ResourceAccounts),
        }
    }
}

impl Column {
    /// A column of the meter with this upstream key.
    pub fn new(meter_key: &str, shows: Shows) -> Self {
        Self { meter: meter_key.into(), shows }
    }

    /// The upstream key of its meter.
    pub fn meter_key(&self) -> &str {
        &self.meter
    }

    /// Its meter in a tree; none where the tree has no such meter.
    pub fn meter(&self, tree: &Tree) -> Option<Meter> {
        tree.find_meter(&self.meter)
    }

    /// The count it shows of a node. A utilization is no count: see
    /// [`Reading::utilization`](crate::estate::Reading::utilization).
    pub fn figure(&self, tree: &Tree, node: NodeId) -> Figure {
        self.meter(tree).map_or(Figure::UNKNOWN, |meter| self.shows.figure(tree, node, meter))
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.meter, self.shows.key())
    }
}

/// A text that names no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoColumn;

impl FromStr for Column {
    type Err = NoColumn;

    fn from_str(text: &str) -> Result<Self, NoColumn> {
        // The meter's key is the upstream's and may hold dots; what is shown of it is ours.
        let (meter, shows) = text.rsplit_once('.').ok_or(NoColumn)?;
        let shows = Shows::ALL.into_iter().find(|known| known.key() == shows).ok_or(NoColumn)?;
        if meter.is_empty() { Err(NoColumn) } else { Ok(Self::new(meter, shows)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::Kind;

    #[test]
    fn a_column_is_named_by_its_meters_key_and_what_it_shows() {
        for shows in Shows::ALL {
            let column = Column::new("any.where", shows);
            assert_eq!(column.to_string().parse(), Ok(column));
        }
        for text in ["", "msTeamsUsers", ".assigned", "msTeamsUsers.free"] {
            assert_eq!(text.parse::<Column>(), Err(NoColumn), "{text}");
        }
    }

    #[test]
    fn a_column_shows_what_was_sent_and_nothing_of_a_meter_the_tree_does_not_know() {
        let mut tree = Tree::new("Netaxis");
        let tenant = tree.append(0, Kind::Tenant);
        tree.set_figure(tenant, Meter::TEAMS_USERS, Measure::Assigned, Figure::known(12));
        tree.set_figure(tenant, Meter::TEAMS_USERS, Measure::InUse, Figure::known(15));
        let shown = |shows| Column::new("msTeamsUsers", shows).figure(&tree, tenant);
        assert_eq!(shown(Shows::Assigned), Figure::known(12));
        assert_eq!(shown(Shows::Available), Figure::known(-3));
        assert_eq!(shown(Shows::Users), Figure::UNKNOWN);
        assert_eq!(Column::new("agents", Shows::Assigned).figure(&tree, tenant), Figure::UNKNOWN);
    }
}

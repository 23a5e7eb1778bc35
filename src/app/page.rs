//! The pages and their places in the address bar.

use seatree_core::words::tr;

/// One page of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Licenses,
    Services,
    Clusters,
    Changes,
}

impl Page {
    pub const ALL: [Self; 4] = [Self::Licenses, Self::Services, Self::Clusters, Self::Changes];

    pub fn name(self) -> &'static str {
        match self {
            Self::Licenses => tr("Licenses"),
            Self::Services => tr("Services"),
            Self::Clusters => tr("Clusters"),
            Self::Changes => tr("Changes"),
        }
    }

    pub fn href(self) -> &'static str {
        match self {
            Self::Licenses => "#/licenses",
            Self::Services => "#/services",
            Self::Clusters => "#/clusters",
            Self::Changes => "#/changes",
        }
    }

    /// The page at a place; anything unknown is the first page.
    pub fn at(place: &str) -> Self {
        let place = place.split('?').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|page| page.href().strip_prefix('#') == Some(place))
            .unwrap_or(Self::Licenses)
    }
}

//! What the columns of an export are, and where its rows come from.

use super::source::Source;
use crate::estate::{Estate, Kind, Measure, Meter, NodeRef, Reading, Tree};
use crate::view::Shows;

/// What the columns of an export are, and where its rows come from: the columns are a fixed set and
/// those of the licenses that occur.
///
/// Which occur is asked of the whole estate, so that a filtered export has the columns of a whole
/// one.
#[derive(Clone, Debug)]
pub struct Plan {
    /// By tree.
    pub(super) sources: Vec<Source>,
    pub(super) meters: Vec<MeterColumns>,
}

/// The columns of one license.
#[derive(Clone, Debug)]
pub(super) struct MeterColumns {
    /// The upstream's key.
    pub(super) key: Box<str>,
    /// What it is in each tree.
    of: Vec<Option<Meter>>,
    pub(super) shows: Vec<Shows>,
}

/// The levels that a path has a column for.
pub(super) const LEVELS: [Kind; 5] =
    [Kind::Connection, Kind::Group, Kind::Distributor, Kind::Reseller, Kind::Tenant];

impl Plan {
    /// The columns for an estate; `sources` are its connections in the order of its trees.
    pub fn new(estate: &Estate, sources: Vec<Source>) -> Self {
        let mut meters: Vec<MeterColumns> = Vec::new();
        for (index, tree) in estate.trees().iter().enumerate() {
            for (meter, key) in tree.meters() {
                let holds = |measure| tree.holds(meter, measure);
                if !MEASURES.into_iter().any(holds) {
                    continue;
                }
                let at = meters.iter().position(|known| &*known.key == key);
                let at = at.unwrap_or_else(|| {
                    let of = vec![None; estate.trees().len()];
                    meters.push(MeterColumns { key: key.into(), of, shows: Vec::new() });
                    meters.len() - 1
                });
                meters[at].of[index] = Some(meter);
            }
        }
        for columns in &mut meters {
            let shows = Shows::ALL.into_iter().filter(|shows| columns.occur(estate, *shows));
            columns.shows = shows.collect();
        }
        // In the order of the vendors' levels, then of the unknown ones by name.
        meters.sort_by(|a, b| order(&a.key).cmp(&order(&b.key)).then_with(|| a.key.cmp(&b.key)));
        Self { sources, meters }
    }
}

const MEASURES: [Measure; 4] =
    [Measure::Assigned, Measure::InUse, Measure::Users, Measure::ResourceAccounts];

/// The meters every tree knows come first, in their own order.
fn order(key: &str) -> usize {
    Meter::KNOWN_KEYS.iter().position(|known| *known == key).unwrap_or(usize::MAX)
}

impl MeterColumns {
    fn occur(&self, estate: &Estate, shows: Shows) -> bool {
        let mut trees = self.of.iter().zip(estate.trees());
        trees.any(|(meter, tree)| {
            let Some(meter) = *meter else { return false };
            let holds = |measure| tree.holds(meter, measure);
            match shows {
                Shows::Assigned => holds(Measure::Assigned),
                Shows::InUse => holds(Measure::InUse),
                Shows::Available | Shows::Utilization => {
                    holds(Measure::Assigned) && holds(Measure::InUse)
                }
                Shows::Users => holds(Measure::Users),
                Shows::ResourceAccounts => holds(Measure::ResourceAccounts),
            }
        })
    }

    /// Whether a tree has this license.
    pub(super) fn is_in(&self, tree: u16) -> bool {
        self.of.get(usize::from(tree)).is_some_and(Option::is_some)
    }

    /// The figures of a node; unknown where its tree has no such license.
    pub(super) fn reading(&self, tree: &Tree, at: NodeRef) -> Reading {
        let meter = self.of.get(usize::from(at.tree)).copied().flatten();
        meter.map(|meter| tree.reading(at.node, meter)).unwrap_or_default()
    }

    /// The heading of one of its columns, in the vendor's words.
    pub(super) fn heading(&self, shows: Shows) -> String {
        let of = match &*self.key {
            "msTeamsUsers" => "Teams users",
            "sipTrunkChannels" => "SIP channels",
            "livePlatformUsers" => match shows {
                Shows::Assigned => return "Live Platform users acquired".to_owned(),
                Shows::InUse => return "Live Platform users licensed".to_owned(),
                _ => "Live Platform users",
            },
            // What users require is all that a cluster tells.
            "required" if shows == Shows::InUse => return "CUCM licenses required".to_owned(),
            key => key,
        };
        let what = match shows {
            Shows::Assigned => "assigned",
            Shows::InUse => "in use",
            Shows::Available => "available",
            Shows::Utilization => "utilization (%)",
            Shows::Users => "in use by users",
            Shows::ResourceAccounts => "in use by resource accounts",
        };
        [of, what].join(" ")
    }
}

/// The names above and at a node, by level; the nearest where a level is there twice.
pub(super) fn path(tree: &Tree, at: NodeRef) -> [Option<&str>; LEVELS.len()] {
    let mut path = [None; LEVELS.len()];
    let mut next = Some(at.node);
    while let Some(node) = next {
        if let Some(level) = LEVELS.iter().position(|kind| *kind == tree.kind(node))
            && path[level].is_none()
        {
            path[level] = Some(tree.name(node));
        }
        next = tree.parent(node);
    }
    path
}

/// The tree of a node, while it is there.
pub(super) fn tree_of(estate: &Estate, at: NodeRef) -> Option<&Tree> {
    estate.tree(at.tree).filter(|tree| tree.contains(at.node))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::Figure;

    fn headings(plan: &Plan) -> Vec<String> {
        let meters = plan.meters.iter();
        meters.flat_map(|m| m.shows.iter().map(|shows| m.heading(*shows))).collect()
    }

    #[test]
    fn only_licenses_that_occur_have_columns() {
        let mut draas = Tree::new("Netaxis");
        let agents = draas.meter("agents").unwrap();
        let tenant = draas.append(0, Kind::Tenant);
        draas.set_figure(tenant, agents, Measure::Assigned, Figure::known(4));
        draas.set_figure(tenant, Meter::SIP_CHANNELS, Measure::Assigned, Figure::known(4));
        draas.set_figure(tenant, Meter::TEAMS_USERS, Measure::InUse, Figure::known(4));
        let mut cucm = Tree::new("Cluster");
        let license = cucm.append(0, Kind::LicenseType);
        cucm.set_figure(license, Meter::REQUIRED, Measure::InUse, Figure::known(9));
        let mut estate = Estate::new();
        estate.add(cucm);
        estate.add(draas);
        let plan = Plan::new(&estate, Vec::new());
        let expected = [
            "Teams users in use",
            "SIP channels assigned",
            "CUCM licenses required",
            "agents assigned",
        ];
        assert_eq!(headings(&plan), expected);
    }

    #[test]
    fn a_license_with_both_figures_has_what_follows_from_them() {
        let mut tree = Tree::new("Live");
        let service = tree.append(0, Kind::Service);
        tree.set_figure(service, Meter::LIVE_USERS, Measure::Assigned, Figure::known(4));
        tree.set_figure(service, Meter::LIVE_USERS, Measure::InUse, Figure::known(5));
        let mut estate = Estate::new();
        estate.add(tree);
        let expected = [
            "Live Platform users acquired",
            "Live Platform users licensed",
            "Live Platform users available",
            "Live Platform users utilization (%)",
        ];
        assert_eq!(headings(&Plan::new(&estate, Vec::new())), expected);
    }
}

//! What can be amiss, where, and how far.

use crate::api::NodeName;
use crate::estate::Measure;
use crate::insight::Identity;

/// What receivers choose and operators mute by, named as findings are in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// In use has reached a threshold.
    Near,
    /// More in use than assigned.
    Over,
    /// Figures that do not add up.
    Sums,
    /// The upstream cannot be read.
    Upstream,
}

impl Topic {
    pub const ALL: [Self; 4] = [Self::Near, Self::Over, Self::Sums, Self::Upstream];

    pub fn word(self) -> &'static str {
        match self {
            Self::Near => "near",
            Self::Over => "over",
            Self::Sums => "sums",
            Self::Upstream => "upstream",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.word() == word)
    }
}

/// Something that can be amiss.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The upstream as a whole.
    Upstream,
    /// What is in use of a license, against what is assigned. Licenses have the upstream's own keys.
    License { node: NodeName, license: String },
    /// A figure of a license, against what others make it.
    Sum { node: NodeName, license: String, figure: Measure, rule: Identity },
}

impl Place {
    /// A text for this place alone, to keep things by.
    pub fn key(&self) -> String {
        match self {
            Self::Upstream => "upstream".to_owned(),
            // The upstream's own text comes last: whatever it holds, the rest is read as written.
            Self::License { node, license } => format!("license {node} {license}"),
            Self::Sum { node, license, figure, rule } => {
                format!("sum {} {} {node} {license}", figure.word(), rule.word())
            }
        }
    }

    /// The place of a [key](Self::key).
    pub fn parse(key: &str) -> Option<Self> {
        if key == "upstream" {
            return Some(Self::Upstream);
        }
        let (what, rest) = key.split_once(' ')?;
        match what {
            "license" => {
                let (node, license) = rest.split_once(' ')?;
                Some(Self::License { node: NodeName::parse(node)?, license: license.to_owned() })
            }
            "sum" => {
                let mut parts = rest.splitn(4, ' ');
                Some(Self::Sum {
                    figure: Measure::parse(parts.next()?)?,
                    rule: Identity::parse(parts.next()?)?,
                    node: NodeName::parse(parts.next()?)?,
                    license: parts.next()?.to_owned(),
                })
            }
            _ => None,
        }
    }

    pub(super) fn node(&self) -> Option<NodeName> {
        match self {
            Self::Upstream => None,
            Self::License { node, .. } | Self::Sum { node, .. } => Some(*node),
        }
    }

    /// What it is about when it has come this far.
    pub(super) fn topic(&self, level: Level) -> Topic {
        match (self, level) {
            (Self::Upstream, _) => Topic::Upstream,
            (Self::Sum { .. }, _) => Topic::Sums,
            (Self::License { .. }, Level::Near(_)) => Topic::Near,
            (Self::License { .. }, Level::Wrong) => Topic::Over,
        }
    }
}

/// How far it has come; the higher the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// In use has reached so many percent of the limit: the highest threshold that it has.
    Near(u32),
    /// Over the limit; a sum that is off; an upstream that is down.
    Wrong,
}

/// More percent than any threshold has.
const WRONG: u32 = 1_000;

impl Level {
    /// As a number, to keep it.
    pub fn number(self) -> u32 {
        match self {
            Self::Near(percent) => percent,
            Self::Wrong => WRONG,
        }
    }

    pub fn from_number(number: u32) -> Self {
        if number >= WRONG { Self::Wrong } else { Self::Near(number) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_its_key_whatever_the_upstream_calls_its_licenses() {
        let tenant = NodeName::parse("tenant:53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap();
        let name = "subscription:53fd92c7-fbef-44fd-af76-d92334432ac9:2";
        let subscription = NodeName::parse(name).unwrap();
        for license in ["msTeamsUsers", "", " ", "a b", "sum assigned", "\"\n\u{202e}"] {
            let license = license.to_owned();
            for node in [tenant, subscription] {
                let mut places = vec![Place::License { node, license: license.clone() }];
                for figure in Measure::ALL {
                    for rule in Identity::ALL {
                        let license = license.clone();
                        places.push(Place::Sum { node, license, figure, rule });
                    }
                }
                for place in places {
                    assert_eq!(Place::parse(&place.key()), Some(place));
                }
            }
        }
        assert_eq!(Place::parse(&Place::Upstream.key()), Some(Place::Upstream));
        for odd in ["", "upstream ", "license", "license x y", "sum a b c d", "other x"] {
            assert_eq!(Place::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn levels_are_kept_as_numbers() {
        for level in [Level::Near(1), Level::Near(80), Level::Near(100), Level::Wrong] {
            assert_eq!(Level::from_number(level.number()), level);
        }
        assert!(Level::Near(80) < Level::Near(90) && Level::Near(100) < Level::Wrong);
    }
}

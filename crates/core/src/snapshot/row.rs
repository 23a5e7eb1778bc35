//! What is kept of one node.

use std::collections::BTreeMap;

use super::{Key, figures};
use crate::api::{Estate, NodeName};
use crate::estate::{NodeId, Reading};
use crate::insight::Marks;

/// A node at one moment: where it stood, its name, its figures, and what of them is to be looked
/// at. Nothing else of a reply is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The node above; none at the top, or where that cannot be named.
    pub parent: Option<Key>,
    pub name: String,
    /// By the platform's own keys, each that has a figure.
    pub licenses: BTreeMap<String, Reading>,
    pub marks: Marks,
}

impl Row {
    /// The row of a node as it is now.
    pub(super) fn of(estate: &Estate, node: NodeId) -> Self {
        let tree = estate.members().tree();
        let above = tree.parent(node).and_then(|above| NodeName::of(tree, above));
        let licenses = tree
            .meters()
            .filter(|(meter, _)| tree.has_figures(node, *meter))
            .map(|(meter, key)| (key.to_owned(), tree.reading(node, meter)));
        Self {
            parent: above.map(Key::of),
            name: tree.name(node).to_owned(),
            licenses: licenses.collect(),
            marks: estate.marks(node),
        }
    }

    /// Figures and marks as they are kept.
    pub fn figures(&self) -> Vec<u8> {
        figures::write(self.marks, &self.licenses)
    }

    /// What was kept; none of what was not written by [`figures`](Self::figures).
    pub fn read(parent: Option<&[u8]>, name: String, figures: &[u8]) -> Option<Self> {
        let parent = match parent {
            Some(bytes) => Some(Key::read(bytes)?),
            None => None,
        };
        let (marks, licenses) = figures::read(figures)?;
        Some(Self { parent, name, licenses, marks })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::estate::Figure;
    use crate::insight::Mark;

    fn figure() -> impl Strategy<Value = Figure> {
        prop_oneof![
            Just(Figure::UNKNOWN),
            (-300_i64..300).prop_map(Figure::known),
            prop::sample::select(vec![i64::MAX, i64::MIN + 1, 0, 1 << 53]).prop_map(Figure::known),
        ]
    }

    fn row() -> impl Strategy<Value = Row> {
        let reading = (figure(), figure(), figure(), figure()).prop_map(|(a, b, c, d)| Reading {
            assigned: a,
            in_use: b,
            users: c,
            resource_accounts: d,
        });
        let key = prop_oneof![Just("msTeamsUsers".to_owned()), "\\PC{0,20}"];
        let licenses = prop::collection::btree_map(key, reading, 0..5);
        let marks = prop::collection::vec(prop::sample::select(Mark::ALL.to_vec()), 0..4);
        ("\\PC{0,20}", licenses, marks).prop_map(|(name, licenses, marks)| Row {
            parent: None,
            name,
            licenses,
            marks: marks.into_iter().collect(),
        })
    }

    proptest! {
        #[test]
        fn a_row_is_read_back_as_it_was(row in row()) {
            prop_assert_eq!(Row::read(None, row.name.clone(), &row.figures()), Some(row));
        }

        #[test]
        fn damaged_figures_are_none_or_others_never_a_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            let _ = Row::read(None, String::new(), &bytes);
        }
    }

    #[test]
    fn what_is_usual_takes_a_few_bytes() {
        let reading = Reading {
            assigned: Figure::known(12),
            in_use: Figure::known(15),
            users: Figure::known(14),
            resource_accounts: Figure::known(1),
        };
        let channels = Reading { assigned: Figure::known(30), ..Reading::default() };
        let licenses = [("msTeamsUsers", reading), ("sipTrunkChannels", channels)];
        let licenses = licenses.map(|(key, reading)| (key.to_owned(), reading)).into();
        assert_eq!(Row { licenses, ..Row::default() }.figures().len(), 10);
    }
}

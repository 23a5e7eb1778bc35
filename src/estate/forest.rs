//! The trees of all connections, and what a person sees and chose of them.

use seatree_core::estate::{Estate, NodeRef, Tree};
use seatree_core::insight::{Mark, Survey};
use seatree_core::view::{Filter, Needle, Rows, Selection};

use super::arranger::Arranger;
use super::identity::Identities;
use super::view::SortPace;

/// Connections and the first level below them are open as they arrive.
const OPEN_ABOVE: u8 = 2;

/// The estate with its rows; one tree per connection, in the connections' order.
pub struct Forest {
    ids: Vec<String>,
    pub estate: Estate,
    pub rows: Rows,
    /// What to look at in each tree.
    pub(super) surveys: Vec<Survey>,
    pub selection: Selection,
    pub(super) filter: Filter,
    /// What the filter's text is to be found by; none without a text.
    pub(super) needle: Option<Needle>,
    pub(super) arranger: Option<Arranger>,
    pub(super) pace: SortPace,
    pub(super) identities: Identities,
    readings: u64,
}

impl Forest {
    pub(super) fn new() -> Self {
        Self {
            ids: Vec::new(),
            estate: Estate::new(),
            rows: Rows::new(OPEN_ABOVE),
            surveys: Vec::new(),
            selection: Selection::default(),
            filter: Filter::default(),
            needle: None,
            arranger: None,
            pace: SortPace::default(),
            identities: Identities::default(),
            readings: 0,
        }
    }

    pub(super) fn index(&self, connection: &str) -> Option<u16> {
        let index = self.ids.iter().position(|id| id == connection)?;
        u16::try_from(index).ok()
    }

    /// The connection a tree belongs to.
    pub fn connection(&self, tree: u16) -> Option<&str> {
        self.ids.get(usize::from(tree)).map(String::as_str)
    }

    /// A number that is another one once a node may be another one than it was: after a connection
    /// was read again, or removed.
    pub fn readings(&self) -> u64 {
        self.readings
    }

    /// Nodes may be other ones from now on.
    pub(super) fn count_reading(&mut self) {
        self.readings += 1;
    }

    /// The trees with the connections they belong to.
    pub fn trees(&self) -> impl Iterator<Item = (&str, &Tree)> {
        self.ids.iter().map(String::as_str).zip(self.estate.trees())
    }

    /// What to look at in a node, the worst first.
    pub fn marks(&self, at: NodeRef) -> Vec<Mark> {
        let survey = self.survey(at.tree);
        survey.map(|survey| survey.marks(at.node).iter().collect()).unwrap_or_default()
    }

    /// How many nodes have a finding.
    pub fn count(&self, mark: Mark) -> usize {
        self.surveys.iter().map(|survey| survey.counts().of(mark)).sum()
    }

    pub fn survey(&self, tree: u16) -> Option<&Survey> {
        self.surveys.get(usize::from(tree))
    }

    pub(super) fn add(&mut self, id: &str, name: &str) {
        self.ids.push(id.to_owned());
        self.estate.add(Tree::new(name));
        self.surveys.push(Survey::default());
        self.identities.add();
    }

    pub(super) fn remove(&mut self, index: u16) {
        self.count_reading();
        self.ids.remove(usize::from(index));
        self.surveys.remove(usize::from(index));
        self.identities.remove(index);
        self.estate.remove(index);
        self.rows.remove(index);
        self.selection.remove(index);
    }
}

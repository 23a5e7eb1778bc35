//! Whatever a person and the upstreams do, in any order, the rows are those of the model.

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::Index;
use seatree_core::estate::{Estate, Kind, NodeId, NodeRef, Tree};
use seatree_core::view::{Bits, Column, Find, LEAF_KINDS, Rows, Shows, Sort, SortBy};

use crate::model::{Every, Model, ModelTree, Usually};
use crate::readings::{Reading, again, reading, same};
use crate::world::{Sprout, grow, listed, nodes, sprouts};

#[derive(Clone, Debug)]
enum Step {
    Toggle(Index),
    Open(Index),
    ExpandSiblings(Index),
    ExpandAll,
    CollapseAll,
    ExpandTo(u8),
    Reveal(Index),
    Sort(Option<Sort>),
    Resort,
    Narrow(Option<Every>),
    Flat(Option<Vec<Kind>>),
    Add,
    Grow(Index, Vec<Sprout>),
    Follow { looking: bool },
    Forget(Index),
    Again { tree: Index, reading: Reading, looking: bool },
    Remove(Index),
}

fn sort() -> impl Strategy<Value = Sort> {
    let column = |meter: &'static str| {
        let shows = prop::sample::select(&Shows::ALL[..]);
        shows.prop_map(move |shows| SortBy::Column(Column::new(meter, shows)))
    };
    let by = prop_oneof![
        2 => Just(SortBy::Name),
        1 => Just(SortBy::Kind),
        1 => Just(SortBy::Severity),
        4 => column("msTeamsUsers"),
        1 => column("agents"),
        1 => column("unheardOf"),
    ];
    (by, any::<bool>()).prop_map(|(by, descending)| Sort { by, descending })
}

fn every() -> impl Strategy<Value = Every> {
    (1_u32..12, 0_u32..12).prop_map(|(nth, from)| Every { nth, from })
}

fn kinds() -> impl Strategy<Value = Vec<Kind>> {
    prop_oneof![Just(LEAF_KINDS.to_vec()), Just(vec![Kind::Tenant, Kind::Connection])]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => any::<Index>().prop_map(Step::Toggle),
        2 => any::<Index>().prop_map(Step::Open),
        2 => any::<Index>().prop_map(Step::ExpandSiblings),
        1 => Just(Step::ExpandAll),
        1 => Just(Step::CollapseAll),
        1 => (0_u8..5).prop_map(Step::ExpandTo),
        3 => any::<Index>().prop_map(Step::Reveal),
        2 => prop::option::of(sort()).prop_map(Step::Sort),
        1 => Just(Step::Resort),
        3 => prop::option::weighted(0.8, every()).prop_map(Step::Narrow),
        1 => prop::option::of(kinds()).prop_map(Step::Flat),
        1 => Just(Step::Add),
        5 => (any::<Index>(), sprouts(12)).prop_map(|(tree, sprouts)| Step::Grow(tree, sprouts)),
        5 => prop::bool::weighted(0.8).prop_map(|looking| Step::Follow { looking }),
        1 => any::<Index>().prop_map(Step::Forget),
        3 => (any::<Index>(), reading(), prop::bool::weighted(0.8))
            .prop_map(|(tree, reading, looking)| Step::Again { tree, reading, looking }),
        1 => any::<Index>().prop_map(Step::Remove),
    ]
}

/// The rows and their model, side by side.
struct Pair {
    estate: Estate,
    rows: Rows,
    model: Model,
    filter: Option<Every>,
    /// Connections there have been.
    added: u16,
}

impl Pair {
    fn new(open_above: u8) -> Self {
        let (rows, model) = (Rows::new(open_above), Model::new(open_above));
        Self { estate: Estate::new(), rows, model, filter: None, added: 0 }
    }

    fn add(&mut self, tree: Tree) {
        self.estate.add(tree);
        self.model.connections.push(self.added);
        self.added += 1;
    }

    fn row(&self, index: Index) -> Option<(usize, NodeRef)> {
        let row = (!self.rows.is_empty()).then(|| index.index(self.rows.len()))?;
        Some((row, self.rows.get(row).unwrap()))
    }

    fn tree(&self, index: Index) -> Option<u16> {
        let count = self.estate.trees().len();
        (count > 0).then(|| u16::try_from(index.index(count)).unwrap())
    }

    fn node(&self, index: Index) -> Option<NodeRef> {
        let nodes = nodes(&self.estate);
        // The rows have to have met the tree.
        let met = |at: &&NodeRef| usize::from(at.tree) < self.model.trees.len();
        (!nodes.is_empty()).then(|| index.get(&nodes)).filter(met).copied()
    }

    fn bits(&self, every: Every) -> Vec<Bits> {
        let mut all = vec![Bits::new(); self.estate.trees().len()];
        for at in nodes(&self.estate) {
            if every.matches(self.model.connections[usize::from(at.tree)], at.node) {
                all[usize::from(at.tree)].insert(at.node);
            }
        }
        all
    }

    fn take(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Toggle(_) | Step::Open(_) | Step::ExpandSiblings(_) | Step::Reveal(_) => {
                self.open(&step)?;
            }
            Step::ExpandAll => self.expand(Usually::Shallower(u16::MAX), Rows::expand_all),
            Step::CollapseAll => self.expand(Usually::Shallower(0), Rows::collapse_all),
            Step::ExpandTo(depth) => {
                let expand = |rows: &mut Rows, estate: &Estate| rows.expand_to(estate, depth);
                self.expand(Usually::Shallower(depth.into()), expand);
            }
            Step::Sort(sort) => {
                let severity = |tree, node| self.model.severity(tree, node);
                self.rows.sort(&self.estate, sort.clone(), &severity);
                self.model.sort = sort;
                self.model.rearrange(&self.estate);
            }
            Step::Resort => {
                self.rows.resort(&self.estate, &|tree, node| self.model.severity(tree, node));
                if self.model.sort.is_some() {
                    self.model.rearrange(&self.estate);
                }
            }
            Step::Narrow(filter) => {
                self.filter = filter;
                let bits = filter.map(|filter| self.bits(filter));
                let severity = |tree, node| self.model.severity(tree, node);
                self.rows.narrow(&self.estate, bits, &severity);
                self.model.narrow(&self.estate, filter);
            }
            Step::Flat(kinds) => {
                let severity = |tree, node| self.model.severity(tree, node);
                self.rows.flat(&self.estate, kinds.as_deref(), &severity);
                if self.model.flat != kinds {
                    self.model.flat = kinds;
                    self.model.rearrange(&self.estate);
                }
            }
            step => self.load(step),
        }
        Ok(())
    }

    fn open(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match *step {
            Step::Toggle(index) => {
                let Some((row, at)) = self.row(index) else { return Ok(()) };
                self.rows.toggle(&self.estate, row);
                if self.model.can_open(&self.estate, at) {
                    self.model.flip(at);
                }
            }
            Step::ExpandSiblings(index) => {
                let Some((row, at)) = self.row(index) else { return Ok(()) };
                let parent = |at: NodeRef| {
                    let parent = self.estate.trees()[usize::from(at.tree)].parent(at.node);
                    parent.map(|node| NodeRef { node, ..at })
                };
                let siblings = listed(&self.rows).into_iter().filter(|&s| parent(s) == parent(at));
                for sibling in siblings.collect::<Vec<_>>() {
                    self.model.open(&self.estate, sibling);
                }
                self.rows.expand_siblings(&self.estate, row);
            }
            Step::Open(index) => {
                let Some(at) = self.node(index) else { return Ok(()) };
                self.rows.open(&self.estate, at);
                self.model.open(&self.estate, at);
            }
            Step::Reveal(index) => {
                let Some(at) = self.node(index) else { return Ok(()) };
                let row = self.rows.reveal(&self.estate, at);
                let known = at.node < self.model.trees[usize::from(at.tree)].seen;
                if self.model.flat.is_none() && known && !self.model.hides(&self.estate, at) {
                    let tree = &self.estate.trees()[usize::from(at.tree)];
                    let above = std::iter::successors(tree.parent(at.node), |&n| tree.parent(n));
                    for node in above {
                        self.model.open(&self.estate, NodeRef { node, ..at });
                    }
                }
                let expected = self.model.rows(&self.estate);
                prop_assert_eq!(row, expected.iter().position(|&row| row == at));
            }
            _ => {}
        }
        Ok(())
    }

    fn expand(&mut self, usually: Usually, expand: impl FnOnce(&mut Rows, &Estate)) {
        expand(&mut self.rows, &self.estate);
        if self.model.flat.is_none() {
            self.model.expand_usually(usually);
        }
    }

    fn load(&mut self, step: Step) {
        match step {
            Step::Add if self.estate.trees().len() < 4 => self.add(Tree::new("connection")),
            Step::Grow(index, sprouts) => {
                if let Some(tree) = self.tree(index) {
                    grow(self.estate.tree_mut(tree).unwrap(), &sprouts);
                }
            }
            Step::Follow { looking } => {
                let filter = self.filter.filter(|_| looking);
                let look = look(&self.model, filter);
                self.rows.follow(&self.estate, filter.is_some().then_some(&look));
                self.model.follow(&self.estate, filter);
            }
            Step::Again { tree, reading, looking } => {
                let Some(index) = self.tree(tree) else { return };
                let touched = self.model.touched(&self.estate, index);
                let place = self.estate.tree_mut(index).unwrap();
                let new = again(place, reading);
                let former = std::mem::replace(place, new);
                let new = &self.estate.trees()[usize::from(index)];
                let touched = touched.map(|touched| {
                    let found = |(node, open)| Some((same(&former, node, new)?, open));
                    touched.into_iter().filter_map(found).collect()
                });
                let filter = self.filter.filter(|_| looking);
                let look = look(&self.model, filter);
                let find = filter.is_some().then_some(&look as Find);
                let severity = |tree, node| self.model.severity(tree, node);
                self.rows.carry_over(index, &former, &self.estate, find, &severity);
                self.model.carry_over(&self.estate, index, touched, filter);
            }
            Step::Forget(index) => {
                let Some(index) = self.tree(index) else { return };
                *self.estate.tree_mut(index).unwrap() = Tree::new("again");
                self.rows.forget(index);
                if let Some(tree) = self.model.trees.get_mut(usize::from(index)) {
                    *tree = ModelTree::default();
                }
            }
            Step::Remove(index) => {
                let Some(index) = self.tree(index) else { return };
                self.estate.remove(index);
                self.rows.remove(index);
                self.model.connections.remove(usize::from(index));
                if usize::from(index) < self.model.trees.len() {
                    self.model.trees.remove(usize::from(index));
                }
            }
            _ => {}
        }
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let Self { estate, rows, model, .. } = self;
        let expected = model.rows(estate);
        prop_assert_eq!(listed(rows), expected.clone());
        prop_assert_eq!(rows.len(), expected.len());
        prop_assert_eq!(rows.get(expected.len()), None);
        prop_assert_eq!(rows.is_stale(), model.stale);
        prop_assert_eq!(rows.matches(), model.matches());
        for at in nodes(estate) {
            let row = expected.iter().position(|&row| row == at);
            prop_assert_eq!(rows.row_of(at), row);
            if usize::from(at.tree) < model.trees.len() {
                prop_assert_eq!(rows.can_open(estate, at), model.can_open(estate, at));
                prop_assert_eq!(rows.is_open(estate, at), model.is_open(estate, at));
            }
        }
        let flat = model.flat.is_some();
        let tree = |at: NodeRef| &estate.trees()[usize::from(at.tree)];
        let parent = |at: NodeRef| {
            let parent = tree(at).parent(at.node).filter(|_| !flat);
            parent.map(|node| NodeRef { node, ..at })
        };
        for (row, &at) in expected.iter().enumerate() {
            let above =
                parent(at).map(|above| expected.iter().position(|&row| row == above).unwrap());
            prop_assert_eq!(rows.parent_row(estate, row), above);
            prop_assert_eq!(
                rows.level(estate, row),
                if flat { 1 } else { tree(at).depth(at.node) + 1 }
            );
            let siblings: Vec<_> =
                expected.iter().filter(|&&other| parent(other) == parent(at)).collect();
            let place = siblings.iter().position(|&&other| other == at).unwrap() + 1;
            prop_assert_eq!(rows.place_among_siblings(estate, row), (place, siblings.len()));
        }
        Ok(())
    }
}

/// Finds what the filter matches.
fn look(model: &Model, filter: Option<Every>) -> impl Fn(u16, Range<NodeId>, &mut Bits) + use<> {
    let connections = model.connections.clone();
    move |tree, fresh, into| {
        let connection = connections[usize::from(tree)];
        let matches = |node: &NodeId| filter.is_some_and(|f| f.matches(connection, *node));
        for node in fresh.filter(matches) {
            into.insert(node);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_rows_are_those_of_the_model(
        open_above in 0_u8..4,
        first in prop::collection::vec(sprouts(30), 0..3),
        steps in prop::collection::vec(step(), 0..30),
    ) {
        let mut pair = Pair::new(open_above);
        for sprouts in first {
            let mut tree = Tree::new("connection");
            grow(&mut tree, &sprouts);
            pair.add(tree);
        }
        pair.take(Step::Follow { looking: false })?;
        pair.check()?;
        for step in steps {
            let (before, revision) = (listed(&pair.rows), pair.rows.revision());
            pair.take(step)?;
            pair.check()?;
            let same = before == listed(&pair.rows);
            prop_assert!(same || revision != pair.rows.revision(), "what changed says so");
        }
    }
}

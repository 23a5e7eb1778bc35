//! One bit for each node of a tree.

use std::ops::Range;

/// A set of nodes; as long as its last member needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    pub fn new() -> Self {
        Self::default()
    }

    #[inline]
    pub fn contains(&self, node: u32) -> bool {
        self.words.get(node as usize / 64).is_some_and(|word| word >> (node % 64) & 1 == 1)
    }

    /// Adds a node; false when it was there already.
    #[inline]
    pub fn insert(&mut self, node: u32) -> bool {
        let word = self.word(node);
        let before = *word;
        *word |= 1 << (node % 64);
        *word != before
    }

    /// Takes a node out; false when it was not there.
    #[inline]
    pub fn remove(&mut self, node: u32) -> bool {
        let Some(word) = self.words.get_mut(node as usize / 64) else { return false };
        let before = *word;
        *word &= !(1 << (node % 64));
        *word != before
    }

    /// Takes a node in or out, whichever it is not.
    #[inline]
    pub fn flip(&mut self, node: u32) {
        *self.word(node) ^= 1 << (node % 64);
    }

    pub fn clear(&mut self) {
        self.words.clear();
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// How many nodes are in it.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Its nodes, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(&self.words).flat_map(|(index, &word)| members(index, word))
    }

    /// Its nodes within a range, in order.
    pub fn range(&self, nodes: Range<u32>) -> impl Iterator<Item = u32> + '_ {
        let (first, start) = (nodes.start / 64, nodes.start);
        let words = self.words.get(first as usize..).unwrap_or_default();
        (first..)
            .zip(words)
            .map_while(move |(index, &word)| (index * 64 < nodes.end).then_some((index, word)))
            .flat_map(|(index, word)| members(index, word))
            .skip_while(move |node| *node < start)
            .take_while(move |node| *node < nodes.end)
    }

    #[inline]
    fn word(&mut self, node: u32) -> &mut u64 {
        let at = node as usize / 64;
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        &mut self.words[at]
    }
}

/// The nodes of one word.
fn members(index: u32, word: u64) -> impl Iterator<Item = u32> {
    let rest = std::iter::successors(Some(word), |rest| Some(rest & rest.wrapping_sub(1)));
    rest.take_while(|rest| *rest != 0).map(move |rest| index * 64 + rest.trailing_zeros())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Bits;

    proptest! {
        #[test]
        fn bits_are_a_set(changes in prop::collection::vec((0_u32..300, 0..3), 0..200)) {
            let (mut bits, mut set) = (Bits::new(), BTreeSet::new());
            for (node, change) in changes {
                match change {
                    0 => prop_assert_eq!(bits.insert(node), set.insert(node)),
                    1 => prop_assert_eq!(bits.remove(node), set.remove(&node)),
                    _ => {
                        bits.flip(node);
                        if !set.remove(&node) {
                            set.insert(node);
                        }
                    }
                }
            }
            prop_assert_eq!(bits.iter().collect::<Vec<_>>(), set.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!((bits.count(), bits.is_empty()), (set.len(), set.is_empty()));
            for start in [0, 1, 63, 64, 100, 299, 500] {
                for end in [0, 1, 64, 130, 300, 600] {
                    let within: Vec<_> = set.iter().copied().filter(|n| (start..end).contains(n)).collect();
                    prop_assert_eq!(bits.range(start..end).collect::<Vec<_>>(), within);
                }
            }
            prop_assert!((0..400).all(|node| bits.contains(node) == set.contains(&node)));
        }
    }
}

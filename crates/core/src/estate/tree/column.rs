//! One kind of figure of every node.

use std::ops::Range;

use super::super::{Figure, room};

/// Four bytes a figure while all fit, as they do; eight from the first that does not.
///
/// Only as long as its last known figure.
#[derive(Debug)]
pub(super) enum Column {
    Narrow(Vec<i32>),
    Wide(Vec<Figure>),
}

const UNKNOWN: i32 = i32::MIN;

impl Default for Column {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

impl Column {
    #[inline]
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Narrow(figures) => figures.len(),
            Self::Wide(figures) => figures.len(),
        }
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> Figure {
        match self {
            Self::Narrow(figures) => match figures.get(index) {
                None | Some(&UNKNOWN) => Figure::UNKNOWN,
                Some(&count) => Figure::known(i64::from(count)),
            },
            Self::Wide(figures) => figures.get(index).copied().unwrap_or_default(),
        }
    }

    /// Whether any figure in a range is known.
    pub(super) fn has_known_in(&self, range: Range<usize>) -> bool {
        fn cut<T>(figures: &[T], range: Range<usize>) -> &[T] {
            let end = range.end.min(figures.len());
            figures.get(range.start..end).unwrap_or_default()
        }
        match self {
            Self::Narrow(figures) => cut(figures, range).iter().any(|count| *count != UNKNOWN),
            Self::Wide(figures) => cut(figures, range).iter().any(|figure| figure.is_known()),
        }
    }

    /// Sets a figure; all between the last and it become unknown.
    #[inline]
    pub(super) fn set(&mut self, index: usize, figure: Figure) {
        let narrow = match figure.get() {
            None => Some(UNKNOWN),
            Some(count) => i32::try_from(count).ok().filter(|count| *count != UNKNOWN),
        };
        match (self, narrow) {
            (Self::Narrow(figures), Some(count)) => put(figures, index, count, UNKNOWN),
            (Self::Wide(figures), _) => put(figures, index, figure, Figure::UNKNOWN),
            (narrow @ Self::Narrow(_), None) => {
                narrow.widen();
                narrow.set(index, figure);
            }
        }
    }

    #[cold]
    fn widen(&mut self) {
        let figures = (0..self.len()).map(|index| self.get(index)).collect();
        *self = Self::Wide(figures);
    }

    /// Makes room for the figures of so many nodes.
    pub(super) fn expect(&mut self, nodes: usize) {
        match self {
            Self::Narrow(figures) => room::expect(figures, nodes),
            Self::Wide(figures) => room::expect(figures, nodes),
        }
    }

    pub(super) fn fit(&mut self) {
        match self {
            Self::Narrow(figures) => figures.shrink_to_fit(),
            Self::Wide(figures) => figures.shrink_to_fit(),
        }
    }

    pub(super) fn allocated_bytes(&self) -> usize {
        match self {
            Self::Narrow(figures) => figures.capacity() * size_of::<i32>(),
            Self::Wide(figures) => figures.capacity() * size_of::<Figure>(),
        }
    }
}

#[inline]
fn put<T: Copy>(figures: &mut Vec<T>, index: usize, figure: T, unknown: T) {
    if let Some(place) = figures.get_mut(index) {
        *place = figure;
        return;
    }
    while figures.len() < index {
        room::push(figures, unknown);
    }
    room::push(figures, figure);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_beyond_four_bytes_are_kept_like_the_others() {
        let mut column = Column::default();
        let counts = [0, 7, i64::from(i32::MAX), i64::from(i32::MIN), i64::MAX, -1];
        for (index, count) in counts.into_iter().enumerate() {
            column.set(index * 2, Figure::known(count));
        }
        for (index, count) in counts.into_iter().enumerate() {
            assert_eq!(column.get(index * 2), Figure::known(count));
            assert_eq!(column.get(index * 2 + 1), Figure::UNKNOWN);
            assert!(column.has_known_in(index * 2..index * 2 + 1));
            assert!(!column.has_known_in(index * 2 + 1..index * 2 + 2));
        }
        column.set(0, Figure::UNKNOWN);
        assert_eq!(column.get(0), Figure::UNKNOWN);
    }
}

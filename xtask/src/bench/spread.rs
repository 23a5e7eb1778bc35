//! What several turns gave.

use serde_json::{Value, json};

/// The median of some turns, with the least and the most.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spread(Option<[f64; 3]>);

impl Spread {
    pub(super) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        let (Some(&least), Some(&most)) = (values.first(), values.last()) else {
            return Self(None);
        };
        let median = if values.len() % 2 == 1 {
            values[middle]
        } else {
            f64::midpoint(values[middle - 1], values[middle])
        };
        Self(Some([least, median, most]))
    }

    pub(super) fn median(self) -> Option<f64> {
        self.0.map(|[_, median, _]| median)
    }

    pub(super) fn least_and_most(self) -> Option<(f64, f64)> {
        self.0.map(|[least, _, most]| (least, most))
    }

    /// For programs; null where nothing was measured.
    pub(super) fn json(self) -> Value {
        match self.0 {
            None => Value::Null,
            Some([least, median, most]) => {
                json!({ "median": median, "least": least, "most": most })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_least_median_and_most() {
        let odd = Spread::of(vec![9.0, 1.0, 5.0]);
        assert_eq!((odd.median(), odd.least_and_most()), (Some(5.0), Some((1.0, 9.0))));
        assert_eq!(Spread::of(vec![1.0, 2.0, 4.0, 9.0]).median(), Some(3.0));
        assert_eq!(Spread::of(Vec::new()).median(), None);
    }
}

//! The engine that needs nothing but cargo: seeds, their mutations, and a watch over each.

mod minimize;
mod run;
mod supervise;
mod watchdog;

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

pub use minimize::minimize;
pub use run::{Findings, run};
pub use supervise::supervise;
pub use watchdog::Watchdog;

use crate::Target;
use crate::mutate::Mutator;

/// Bytes of most inputs, and of the few larger ones: what is wrong shows in small ones, too.
const USUAL: usize = 2_048;
const LARGE: usize = 65_536;
const LARGE_EVERY: u64 = 1_024;

/// The inputs of a target: number N of a seed is always the same one.
pub struct Inputs<'a> {
    target: &'a Target,
    seeds: Vec<Vec<u8>>,
    seed: u64,
}

impl<'a> Inputs<'a> {
    pub fn new(target: &'a Target, seed: u64) -> Self {
        Self { target, seeds: (target.seeds)(), seed }
    }

    /// First the seeds as they are, then what mutation makes of them.
    pub fn number(&self, number: u64) -> Vec<u8> {
        if let Some(seed) = usize::try_from(number).ok().and_then(|at| self.seeds.get(at)) {
            return seed.clone();
        }
        let max = if number.is_multiple_of(LARGE_EVERY) { LARGE } else { USUAL };
        // Neighbours must not be alike: a generator's first numbers show its seed.
        let seed = (self.seed ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut mutator = Mutator::new(seed ^ seed >> 29, self.target.words, max);
        let mut input = mutator.pick(&self.seeds).cloned().unwrap_or_default();
        let other = mutator.pick(&self.seeds).map_or(&[][..], Vec::as_slice);
        mutator.mutate(&mut input, other);
        input
    }
}

/// Why an input broke a rule, and where in the code that was noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub place: String,
    pub message: String,
}

thread_local! {
    static LAST: RefCell<Option<Broken>> = const { RefCell::new(None) };
}

/// Feeds one input.
///
/// # Errors
/// The panic it ended in.
pub fn feed(target: &Target, input: &[u8]) -> Result<(), Broken> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        panic::set_hook(Box::new(|info| {
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            let message = info.payload_as_str().unwrap_or("a panic without words").to_owned();
            LAST.with(|last| *last.borrow_mut() = Some(Broken { place, message }));
        }));
    });
    panic::catch_unwind(AssertUnwindSafe(|| (target.feed)(input))).map_err(|_| {
        LAST.with(|last| last.borrow_mut().take())
            .unwrap_or_else(|| Broken { place: String::new(), message: "a panic".to_owned() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_known_by_its_number() {
        let target = &Target::ALL[0];
        let (inputs, same) = (Inputs::new(target, 7), Inputs::new(target, 7));
        assert!((0..300).all(|number| inputs.number(number) == same.number(number)));
        let other = Inputs::new(target, 8);
        assert!((100..300).any(|number| inputs.number(number) != other.number(number)));
    }
}

//! A short turn of every target, the same each time, so that none of them rots.

use seatree_fuzz::Target;
use seatree_fuzz::engine::{self, Inputs, Watchdog};

const INPUTS: u64 = 1_500;
const GROWN_TO: [usize; 2] = [1 << 12, 1 << 18];

#[test]
fn every_target_holds_against_some_thousand_inputs() {
    let mut broken = Vec::new();
    for target in Target::ALL {
        let watchdog = Watchdog::over(target.name);
        let inputs = Inputs::new(target, 1);
        let mutated = (0..INPUTS).map(|number| inputs.number(number));
        let grown = GROWN_TO
            .into_iter()
            .flat_map(|bytes| target.repeats.iter().map(move |repeat| repeat.grown_to(bytes)));
        for input in mutated.chain(grown) {
            if let Err(why) = watchdog.watch(|| engine::feed(target, &input)) {
                let shown = String::from_utf8_lossy(&input[..input.len().min(400)]).into_owned();
                broken.push(format!("{}: {} at {}\n{shown}", target.name, why.message, why.place));
                break;
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

#[test]
fn every_target_has_seeds_and_a_name_of_its_own() {
    let mut names: Vec<&str> = Target::ALL.iter().map(|target| target.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Target::ALL.len());
    for target in Target::ALL {
        assert!((target.seeds)().len() > 2, "{}", target.name);
        assert!(!target.repeats.is_empty(), "{}", target.name);
    }
}

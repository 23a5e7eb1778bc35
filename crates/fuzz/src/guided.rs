//! libFuzzer's end of it: keeps what reaches new code and goes on from there. The target's name
//! comes in `SEATREE_FUZZ_TARGET`.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use seatree_fuzz::Target;
use seatree_fuzz::mutate::Mutator;

fn target() -> &'static Target {
    static TARGET: OnceLock<&'static Target> = OnceLock::new();
    TARGET.get_or_init(|| {
        let name = std::env::var("SEATREE_FUZZ_TARGET").unwrap_or_default();
        Target::named(&name).unwrap_or_else(|| panic!("there is no target {name:?}"))
    })
}

fuzz_target!(|input: &[u8]| (target().feed)(input));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed % 2 == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let mut input = data[..size].to_vec();
    Mutator::new(u64::from(seed), target().words, max_size).mutate(&mut input, &data[..size]);
    let length = input.len().min(max_size);
    data[..length].copy_from_slice(&input[..length]);
    length
});

//! Randomness that is the same on every machine and in every version.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// Which part of the world draws. Each has its own stream, so that more users do not change
/// the tree.
#[derive(Clone, Copy, Debug)]
pub enum Stream {
    Tree = 1,
    Services = 2,
    Users = 3,
    UnknownLicense = 4,
    Devices = 16,
}

/// A source of random values, fixed by seed and stream.
pub struct Random(ChaCha8Rng);

impl Random {
    pub fn new(seed: u64, stream: Stream) -> Self {
        // Written out instead of `seed_from_u64`: how that spreads its bits is its own affair.
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..24].copy_from_slice(b"seatree-sandbox1");
        let mut source = ChaCha8Rng::from_seed(key);
        source.set_stream(stream as u64);
        Self(source)
    }

    /// A number from 0 up to, not including, `bound`; 0 for a bound of 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number between both, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = high.saturating_sub(low) as usize + 1;
        low + u32::try_from(self.below(span)).unwrap_or_default()
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several; they must not be empty.
    pub fn pick<T: Copy>(&mut self, several: &[T]) -> T {
        several[self.below(several.len())]
    }

    /// A version 4 UUID in lower case.
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.0.next_u64(), self.0.next_u64());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            0x8000 | ((low >> 48) & 0x3fff),
            low & 0xffff_ffff_ffff
        )
    }
}

//! Randomness that is the same on every machine: `SplitMix64`.

pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `bound`, which must not be 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        // The remainder is below a u32.
        u32::try_from(self.next() % u64::from(bound)).unwrap_or_default()
    }

    pub(super) fn pick<T: Copy>(&mut self, several: &[T]) -> T {
        let count = u32::try_from(several.len()).unwrap_or(u32::MAX);
        several[self.below(count) as usize]
    }

    /// The hexadecimal groups of a UUID, in lower case.
    pub(super) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 52,
            low & 0xffff_ffff_ffff
        )
    }
}

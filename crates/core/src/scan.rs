//! Finding and comparing bytes, eight at a time, without unsafe code or a processor's own instructions.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Where the first of `wanted` is at or after `from`; the length of `bytes` when there is none.
#[inline]
pub(crate) fn first_of<const N: usize>(bytes: &[u8], from: usize, wanted: [u8; N]) -> usize {
    let mut at = from;
    while let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*word);
        let mut hits = 0;
        for byte in wanted {
            let same = word ^ (LOW * u64::from(byte));
            // The lowest mark is right; those above it may be carries.
            hits |= same.wrapping_sub(LOW) & !same;
        }
        hits &= HIGH;
        if hits != 0 {
            return at + (hits.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while at < bytes.len() && !wanted.contains(&bytes[at]) {
        at += 1;
    }
    at
}

/// Whether two texts are the same; short ones, without a call.
#[inline]
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let (a_words, a_rest) = a.as_chunks::<8>();
    let (b_words, b_rest) = b.as_chunks::<8>();
    let mut differ = 0;
    for (a, b) in a_words.iter().zip(b_words) {
        differ |= u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
    }
    for (a, b) in a_rest.iter().zip(b_rest) {
        differ |= u64::from(a ^ b);
    }
    differ == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{first_of, same};

    proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(
            bytes in proptest::collection::vec(prop_oneof![0x1f_u8..0x24, any::<u8>()], 0..40),
            from in 0_usize..40,
        ) {
            let from = from.min(bytes.len());
            let wanted = [b'"', b'\\', 0x80];
            let plain = bytes[from..].iter().position(|byte| wanted.contains(byte));
            prop_assert_eq!(first_of(&bytes, from, wanted), plain.map_or(bytes.len(), |i| from + i));
        }

        #[test]
        fn texts_are_the_same_when_they_are(
            a in proptest::collection::vec(any::<u8>(), 0..24),
            at: prop::sample::Index,
            bit in 0_u8..8,
        ) {
            prop_assert!(same(&a, &a.clone()));
            prop_assert!(!same(&a, &[a.as_slice(), &[0]].concat()));
            if !a.is_empty() {
                let mut b = a.clone();
                b[at.index(a.len())] ^= 1 << bit;
                prop_assert!(!same(&a, &b));
            }
        }
    }
}

//! Ways to split a reply.

use proptest::prelude::*;

/// Where to cut: few places, many, or everywhere.
pub fn cuts() -> impl Strategy<Value = Vec<prop::sample::Index>> {
    proptest::collection::vec(any::<prop::sample::Index>(), 0..12)
}

/// The pieces between the cuts, some of them empty.
pub fn split<'a>(whole: &'a [u8], cuts: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(whole.len() + 1)).collect();
    places.extend([0, whole.len()]);
    places.sort_unstable();
    places.windows(2).map(|pair| &whole[pair[0]..pair[1]]).collect()
}

/// Byte by byte, and every split into two.
pub fn all_simple(whole: &[u8]) -> impl Iterator<Item = Vec<&[u8]>> {
    let halves = (0..=whole.len()).map(|cut| vec![&whole[..cut], &whole[cut..]]);
    std::iter::once(whole.chunks(1).collect()).chain(halves)
}

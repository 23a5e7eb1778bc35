//! Inputs cut into pieces, as a network may.

use fastrand::Rng;

/// Ways to cut this input: whole, byte by byte when it is short, and some at random; always the
/// same ones for the same input.
pub fn ways_to_split(input: &[u8]) -> Vec<Vec<&[u8]>> {
    const BYTE_BY_BYTE: usize = 2_048;
    let seed = input.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut rng = Rng::with_seed(seed);
    let mut ways = vec![vec![input]];
    if input.len() <= BYTE_BY_BYTE {
        ways.push(input.chunks(1).collect());
    }
    let longest = (input.len() / 4).max(3);
    ways.push(at_random(input, longest, &mut rng));
    ways
}

fn at_random<'a>(mut input: &'a [u8], longest: usize, rng: &mut Rng) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    while !input.is_empty() {
        // Now and then nothing at all: an empty piece is one, too.
        let (piece, rest) = input.split_at(rng.usize(..=longest.min(input.len())));
        pieces.push(piece);
        input = rest;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::ways_to_split;

    #[test]
    fn every_way_is_the_whole_input() {
        for input in [&b""[..], b"x", b"some longer input of several pieces"] {
            let ways = ways_to_split(input);
            assert_eq!(ways.len(), 3);
            assert!(ways.iter().all(|pieces| pieces.concat() == input));
            assert_eq!(ways, ways_to_split(input));
        }
    }
}

//! From an input that breaks a rule to a short one that breaks the same.

/// Attempts, so that slow inputs do not take for ever.
const MAX_ATTEMPTS: usize = 4_000;

/// Takes away parts, ever smaller ones, as long as `still_breaks`.
pub fn minimize(input: &[u8], mut still_breaks: impl FnMut(&[u8]) -> bool) -> Vec<u8> {
    let mut shortest = input.to_vec();
    let mut attempts = 0;
    let mut length = shortest.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at < shortest.len() && attempts < MAX_ATTEMPTS {
            attempts += 1;
            let end = (at + length).min(shortest.len());
            let mut shorter = shortest.clone();
            shorter.drain(at..end);
            if still_breaks(&shorter) {
                shortest = shorter;
            } else {
                at = end;
            }
        }
        length /= 2;
    }
    shortest
}

#[cfg(test)]
mod tests {
    use super::minimize;

    #[test]
    fn what_does_not_matter_is_taken_away() {
        let input = b"some words before, then AB, then CD, and words after";
        let breaks = |input: &[u8]| input.contains(&b'A') && input.contains(&b'D');
        assert_eq!(minimize(input, breaks), b"AD");
    }

    #[test]
    fn what_breaks_for_ever_ends_empty() {
        assert_eq!(minimize(&[7; 1_000], |_| true), b"");
    }
}

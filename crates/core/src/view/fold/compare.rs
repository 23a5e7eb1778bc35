//! How names sort: without regard to case and accents, numbers by their value.

use std::cmp::Ordering;
use std::iter::Peekable;

use super::folded;

/// Which of two names comes first: "Tenant 2" before "Tenant 10", "Émile" before "Emma". Names that
/// differ in nothing else are told apart by their case and accents.
pub fn compare(a: &str, b: &str) -> Ordering {
    let finer = || a.cmp(b);
    if a.is_ascii() && b.is_ascii() {
        return compare_letters(lower(a), lower(b)).then_with(finer);
    }
    compare_letters(folded(a), folded(b)).then_with(finer)
}

/// The letters of a text that is all ASCII.
fn lower(text: &str) -> impl Iterator<Item = char> + '_ {
    text.bytes().map(|byte| char::from(byte.to_ascii_lowercase()))
}

fn compare_letters(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> Ordering {
    let (mut a, mut b) = (a.peekable(), b.peekable());
    loop {
        let order = match (a.peek(), b.peek()) {
            (None, None) => return Ordering::Equal,
            (Some(left), Some(right)) if left.is_ascii_digit() && right.is_ascii_digit() => {
                compare_numbers(&mut a, &mut b)
            }
            _ => a.next().cmp(&b.next()),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Compares the numbers that both start with, and takes them away.
fn compare_numbers(
    a: &mut Peekable<impl Iterator<Item = char>>,
    b: &mut Peekable<impl Iterator<Item = char>>,
) -> Ordering {
    while a.next_if_eq(&'0').is_some() {}
    while b.next_if_eq(&'0').is_some() {}
    let mut first_difference = Ordering::Equal;
    loop {
        match (a.next_if(char::is_ascii_digit), b.next_if(char::is_ascii_digit)) {
            (None, None) => return first_difference,
            (Some(_), None) => return Ordering::Greater,
            (None, Some(_)) => return Ordering::Less,
            (Some(left), Some(right)) => {
                first_difference = first_difference.then(left.cmp(&right));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A name in the order of its parts: letters, and numbers by length and digits.
    fn parts(text: &str) -> Vec<(char, usize, String)> {
        let letters: Vec<char> = folded(text).collect();
        let pieces = letters.chunk_by(|a, b| a.is_ascii_digit() && b.is_ascii_digit());
        let part = |piece: &[char]| {
            let digits: String = piece.iter().collect();
            let digits = digits.trim_start_matches('0');
            match piece[0] {
                '0'..='9' => ('0', digits.len(), digits.to_owned()),
                letter => (letter, 0, String::new()),
            }
        };
        pieces.map(part).collect()
    }

    proptest! {
        #[test]
        fn names_sort_by_letters_and_numbers_then_as_written(
            a in "[aAbÉe0-3 ]{0,8}|\\PC{0,6}",
            b in "[aAbÉe0-3 ]{0,8}|\\PC{0,6}",
        ) {
            prop_assert_eq!(compare(&a, &b), parts(&a).cmp(&parts(&b)).then_with(|| a.cmp(&b)));
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
        }
    }

    #[test]
    fn numbers_in_names_sort_by_their_value() {
        let mut names = ["Tenant 10", "tenant 2", "Émile", "Tenant 02", "Emma", "Tenant", ""];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["", "Émile", "Emma", "Tenant", "Tenant 02", "tenant 2", "Tenant 10"]);
    }
}

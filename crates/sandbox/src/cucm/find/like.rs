//! SQL's LIKE.

/// AXL searches in any case, a statement does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Matters,
    Ignored,
}

/// SQL's LIKE: `%` is any text, `_` any letter. Never matches an empty pattern.
pub fn like(pattern: &str, value: &str, case: Case) -> bool {
    let letters = |text: &str| match case {
        Case::Matters => text.chars().collect::<Vec<char>>(),
        Case::Ignored => text.chars().flat_map(char::to_lowercase).collect(),
    };
    let (pattern, value) = (letters(pattern), letters(value));
    if pattern.is_empty() {
        return false;
    }
    let (mut p, mut v) = (0, 0);
    // Where to go back to: behind the last `%`, with one more letter given to it.
    let mut back: Option<(usize, usize)> = None;
    while v < value.len() {
        match pattern.get(p) {
            Some('%') => {
                back = Some((p + 1, v));
                p += 1;
            }
            Some(letter) if *letter == '_' || *letter == value[v] => {
                p += 1;
                v += 1;
            }
            _ => {
                let Some((after, from)) = back else { return false };
                back = Some((after, from + 1));
                (p, v) = (after, from + 1);
            }
        }
    }
    pattern[p..].iter().all(|letter| *letter == '%')
}

#[cfg(test)]
mod tests {
    use super::{Case, like};

    #[test]
    fn like_takes_wildcards_and_any_case() {
        for (pattern, value, holds) in [
            ("%", "", true),
            ("%", "anything", true),
            ("", "", false),
            ("", "x", false),
            ("a%z", "AbcZ", true),
            ("a%z", "abcy", false),
            ("%b%b%", "abab", true),
            ("a_c", "abc", true),
            ("a_c", "ac", false),
            ("MÜL%", "müller", true),
            ("%er", "berer", true),
        ] {
            assert_eq!(like(pattern, value, Case::Ignored), holds, "{value} LIKE {pattern}");
        }
        assert!(!like("a%", "Abc", Case::Matters) && like("A%", "Abc", Case::Matters));
    }
}

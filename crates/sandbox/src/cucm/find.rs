//! Finds users as the database would.

use super::operation::{ListRequest, UserKey};
use crate::world::users::User;

/// A page of what matched, and how much matched in all.
pub struct Found<'a> {
    pub page: Vec<&'a User>,
    pub total: usize,
}

/// The users a search asks for. All criteria have to match; `skip` counts only with `first`.
pub fn matching<'a>(users: &'a [User], request: &ListRequest) -> Found<'a> {
    let holds = |criterion: &Option<String>, value: &str| match criterion {
        None => true,
        Some(pattern) => like(pattern, value),
    };
    let all: Vec<&User> = users
        .iter()
        .filter(|user| {
            holds(&request.user_id, &user.user_id)
                && holds(&request.first_name, &user.first_name)
                && holds(&request.last_name, &user.last_name)
        })
        .collect();
    let total = all.len();
    let page = match request.first {
        None => all,
        Some(first) => {
            let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
            all.into_iter().skip(count(request.skip)).take(count(first)).collect()
        }
    };
    Found { page, total }
}

/// One user. A UUID is taken with or without braces, in any case.
pub fn one<'a>(users: &'a [User], key: &UserKey) -> Option<&'a User> {
    let bare = |uuid: &str| uuid.trim_matches(['{', '}']).to_lowercase();
    users.iter().find(|user| match key {
        UserKey::Name(name) => user.user_id.eq_ignore_ascii_case(name),
        UserKey::Uuid(uuid) => bare(&user.uuid) == bare(uuid),
    })
}

/// SQL's LIKE, in any case: `%` is any text, `_` any letter. Never matches an empty pattern.
fn like(pattern: &str, value: &str) -> bool {
    // What every page of every client asks for, once per user.
    if pattern == "%" {
        return true;
    }
    let letters = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
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
    use super::like;

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
            assert_eq!(like(pattern, value), holds, "{value} LIKE {pattern}");
        }
    }
}

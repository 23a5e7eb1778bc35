//! Texts in views that are in no language but English: `"Open"` where `{tr("Open")}` should stand.

use proc_macro2::{TokenStream, TokenTree};

use super::literal;

/// Attributes that people read, or hear.
const READ: [&str; 6] =
    ["label", "title", "placeholder", "aria-label", "aria-description", "aria-valuetext"];
/// Names, units and words of programs, which are the same everywhere.
const SAME_EVERYWHERE: [&str; 3] = ["Seatree", "px", "118,msTeamsUsers,20"];

/// The bare texts of one view: what stands between its tags, and in its attributes.
pub(super) fn texts(view: TokenStream) -> Vec<String> {
    let mut bare = Vec::new();
    // The name of an attribute, as far as it was read, and whether its value comes next.
    let (mut name, mut is_value) = (String::new(), false);
    for token in view {
        match token {
            TokenTree::Literal(written) => {
                if !is_value || READ.contains(&name.as_str()) {
                    bare.extend(literal::text(&written.to_string()).filter(|text| is_read(text)));
                }
                (name, is_value) = (String::new(), false);
            }
            TokenTree::Ident(ident) if is_value || name.ends_with(['-', ':']) => {
                is_value = false;
                name.push_str(&ident.to_string());
            }
            TokenTree::Ident(ident) => name = ident.to_string(),
            TokenTree::Punct(mark) => match mark.as_char() {
                '=' => is_value = true,
                mark @ ('-' | ':') => name.push(mark),
                _ => (name, is_value) = (String::new(), false),
            },
            TokenTree::Group(_) => (name, is_value) = (String::new(), false),
        }
    }
    bare
}

fn is_read(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    letters > 1 && !SAME_EVERYWHERE.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn what_people_read_is_found_and_nothing_else() {
        let view = r#"
            <p class="wide dim" aria-label="Hint" title=tr("Said") style:inline-size="12px">
                "Text" " · " {tr("Said")} <b data-of="x">"?"</b> "Seatree"
            </p>
            <input type="text" placeholder="Type here" aria-hidden="true" />
        "#;
        assert_eq!(texts(view.parse().expect("tokens")), ["Hint", "Text", "Type here"]);
    }
}

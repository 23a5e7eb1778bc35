//! Names of controls for those who hear them.

/// The full name of a control that shows only `seen` of it. Who says what they see has to be
/// understood: what is seen is in the name, word for word, whatever a language makes of the two.
pub fn full(seen: &str, name: &str) -> String {
    if words(name).contains(&words(seen)) { name.to_owned() } else { format!("{seen}: {name}") }
}

/// The words of a text, each between spaces.
fn words(text: &str) -> String {
    let text = text.to_ascii_lowercase().replace(|letter: char| letter.is_ascii_punctuation(), " ");
    let words = text.split_ascii_whitespace().flat_map(|word| [word, " "]);
    std::iter::once(" ").chain(words).collect()
}

//! Names of controls for those who hear them.

/// The full name of a control that shows only `seen` of it. Who says what they see has to be
/// understood: what is seen is in the name, whatever the language makes of the two.
pub fn full(seen: &str, name: &str) -> String {
    if name.to_ascii_lowercase().contains(&seen.to_ascii_lowercase()) {
        name.to_owned()
    } else {
        format!("{seen}: {name}")
    }
}

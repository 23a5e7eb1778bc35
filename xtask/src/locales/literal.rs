//! What a string literal of a Rust source says.

/// The text of a literal as it is written, with its quotes; none for other literals.
pub(super) fn text(written: &str) -> Option<String> {
    if let Some(raw) = written.strip_prefix('r') {
        let inner = raw.trim_matches('#');
        return Some(inner.strip_prefix('"')?.strip_suffix('"')?.to_owned());
    }
    let mut rest = written.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut letters = after.chars();
        match letters.next()? {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            // A line that goes on in the next one.
            '\n' => letters = letters.as_str().trim_start().chars(),
            'u' => {
                let (code, behind) = letters.as_str().strip_prefix('{')?.split_once('}')?;
                text.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
                letters = behind.chars();
            }
            quoted @ ('"' | '\'' | '\\') => text.push(quoted),
            _ => return None,
        }
        rest = letters.as_str();
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn literals_are_read_as_rust_does() {
        assert_eq!(text(r#""a \"b\" \\ \u{2013} c""#).as_deref(), Some("a \"b\" \\ – c"));
        assert_eq!(text("\"one \\\n      line\"").as_deref(), Some("one line"));
        assert_eq!(text(r##"r#"a "b" \n"#"##).as_deref(), Some("a \"b\" \\n"));
        assert_eq!(text("7"), None);
        assert_eq!(text("b\"bytes\""), None);
    }
}

//! Texts that a spreadsheet might run.

/// Whether a spreadsheet might take a text for a formula, or see another text than what is there.
///
/// Names come from tenants. Excel, Sheets and Calc run a cell that begins with `=`, `+`, `-` or
/// `@`, and some of them also when that is full width, or comes after spaces or signs that are not
/// seen. A tab or line break at the beginning can move the rest into a cell of its own.
pub(super) fn needs_guard(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.chars().find(|c| !is_unseen(*c)).is_some_and(begins_formula)
}

fn begins_formula(c: char) -> bool {
    matches!(
        c,
        // As typed, full width, small.
        '=' | '+' | '-' | '@'
            | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
            | '\u{fe66}' | '\u{fe62}' | '\u{fe63}' | '\u{fe6b}'
            // Minus.
            | '\u{2212}'
    )
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{fffd}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        )
}

/// Whether a sign is one that text files do not carry: a control sign that breaks no line.
pub(super) fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

/// Appends a sign.
pub(super) fn push_char(out: &mut Vec<u8>, c: char) {
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::needs_guard;

    #[test]
    fn what_a_spreadsheet_may_run_is_guarded() {
        for text in [
            "=HYPERLINK(\"https://example.net\")",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\tx",
            "\nx",
            " =1",
            "\u{ff1d}1",
            "\u{feff}=1",
            "\u{202e}=1",
            "\0=1",
        ] {
            assert!(needs_guard(text), "{text:?}");
        }
    }

    #[test]
    fn other_names_stay_as_they_are() {
        for text in ["", "Harbor", "A=B", "'=1", "<img onerror=1>", "\u{202e}abc", "3-4", "🎉"] {
            assert!(!needs_guard(text), "{text:?}");
        }
    }
}

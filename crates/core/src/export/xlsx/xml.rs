//! Texts within the XML of a spreadsheet.

/// The most a cell holds, in UTF-16 units.
const MOST_UNITS: usize = 32_767;

/// Appends a text as it stands in a cell; false when it lost its end.
///
/// A reader takes `_x000D_` for the sign of that code, so what looks like it already is told apart
/// by writing its first sign so.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) -> bool {
    let (text, is_whole) = cut(text);
    let mut done = 0;
    for (at, c) in text.char_indices() {
        let instead: &[u8] = match c {
            '&' => b"&amp;",
            '<' => b"&lt;",
            '>' => b"&gt;",
            '"' => b"&quot;",
            '\r' => b"_x000D_",
            '_' if is_code(&text.as_bytes()[at..]) => b"_x005F_",
            '\t' | '\n' => continue,
            // What XML 1.0 does not hold in any form.
            '\0'..' ' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}".as_bytes(),
            _ => continue,
        };
        out.extend_from_slice(&text.as_bytes()[done..at]);
        out.extend_from_slice(instead);
        done = at + c.len_utf8();
    }
    out.extend_from_slice(&text.as_bytes()[done..]);
    if !is_whole {
        out.extend_from_slice("…".as_bytes());
    }
    is_whole
}

fn is_code(bytes: &[u8]) -> bool {
    match bytes {
        [b'_', b'x', digits @ .., b'_'] if digits.len() == 4 => {
            digits.iter().all(u8::is_ascii_hexdigit)
        }
        _ => bytes.len() > 7 && is_code(&bytes[..7]),
    }
}

/// As much of a text as a cell holds, with room for the sign that says so.
fn cut(text: &str) -> (&str, bool) {
    if text.len() <= MOST_UNITS {
        return (text, true);
    }
    let (mut units, mut end) = (0, 0);
    for (at, c) in text.char_indices() {
        if units < MOST_UNITS {
            end = at;
        }
        units += c.len_utf16();
        if units > MOST_UNITS {
            return (&text[..end], false);
        }
    }
    (text, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        let mut out = Vec::new();
        push_text(&mut out, text);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn texts_are_no_markup_and_no_codes() {
        assert_eq!(text("<img onerror=\"x\">&"), "&lt;img onerror=&quot;x&quot;&gt;&amp;");
        assert_eq!(text("a\r\nb\tc"), "a_x000D_\nb\tc");
        assert_eq!(text("_x000D_"), "_x005F_x000D_");
        assert_eq!(text("__x12aF_x"), "__x005F_x12aF_x");
        assert_eq!(text("_x000D"), "_x000D");
        assert_eq!(text("_x00 D_"), "_x00 D_");
        assert_eq!(text("a\0b\u{ffff}c\u{1b}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
    }

    #[test]
    fn a_text_that_a_cell_does_not_hold_loses_its_end() {
        let whole = "é".repeat(MOST_UNITS);
        assert_eq!(cut(&whole), (&*whole, true));
        for long in ["x".repeat(40_000), "🎉".repeat(16_384), format!("x{}", "🎉".repeat(16_384))]
        {
            let cut = text(&long);
            assert!(cut.ends_with('…'));
            let units = cut.encode_utf16().count();
            assert!((MOST_UNITS - 1..=MOST_UNITS).contains(&units), "{units}");
        }
    }
}

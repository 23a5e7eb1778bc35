use super::*;

#[derive(Default)]
struct Steps(Vec<String>);

impl Sink for Steps {
    fn start_object(&mut self, at: u64) {
        self.0.push(format!("{{{at}"));
    }
    fn end_object(&mut self) {
        self.0.push("}".into());
    }
    fn start_array(&mut self) {
        self.0.push("[".into());
    }
    fn end_array(&mut self) {
        self.0.push("]".into());
    }
    fn name(&mut self, name: Text<'_>) {
        self.0.push(format!("{}:", read(name)));
    }
    fn value(&mut self, value: Value<'_>) {
        self.0.push(match value {
            Value::Text(text) => read(text),
            Value::Whole(value) => value.to_string(),
            Value::Number(digits) => String::from_utf8_lossy(digits).into_owned(),
            Value::Bool => "bool".into(),
            Value::Null => "null".into(),
        });
    }
}

fn read(text: Text<'_>) -> String {
    let mut out = String::new();
    let clean = text.read(1_000, &mut out);
    if clean == Clean::Yes { out } else { format!("{out} {clean:?}") }
}

fn steps<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<String>, Broken> {
    let (mut push, mut seen) = (Push::new(), Steps::default());
    for piece in pieces {
        push.feed(piece, &mut seen)?;
    }
    push.finish(&mut seen)?;
    Ok(seen.0)
}

#[test]
fn the_pieces_do_not_show() {
    for whole in [
        r#" {"a\u00fc":[1,-2.5e+3, true,null,"x\"y\\","",[{}]] ,"\\\"":{"😀":false}} "#,
        "-0.5",
        "\"\"",
        "[012]",
        "[tru]",
        "{\"a\" 1}",
        "[1,]",
        "[1]]",
        "[\"\\",
    ] {
        let whole = whole.as_bytes();
        let expected = steps([whole]);
        assert_eq!(steps(whole.chunks(1)), expected);
        for cut in 0..=whole.len() {
            assert_eq!(steps([&whole[..cut], &whole[cut..]]), expected, "{cut}");
        }
    }
}

#[test]
fn steps_come_in_order_and_resolved() {
    assert_eq!(
        steps([br#"{"a\u00fc":[1,"x\"y\ud83d\ude00"]}"#.as_slice()]).unwrap(),
        ["{0", "aü:", "[", "1", "x\"y😀", "]", "}"]
    );
}

#[test]
fn truncated_and_broken_texts_are_told_apart() {
    let fault = |text: &str| steps([text.as_bytes()]).unwrap_err();
    for text in ["{\"a\":", "", "[1", "\"a", "tru", "{\"a\":1", "[-"] {
        let expected = if text == "[-" { Fault::Syntax } else { Fault::Truncated };
        assert_eq!(fault(text).fault, expected, "{text}");
    }
    for (text, at_byte) in [
        ("{\"a\":1} x", 8),
        ("[01]", 1),
        ("[1 2]", 3),
        ("{1:2}", 1),
        ("[1}", 2),
        ("[nul]", 1),
        ("[NaN]", 1),
    ] {
        assert_eq!(fault(text), Broken { at_byte, fault: Fault::Syntax }, "{text}");
    }
    let (fits, too_deep) = ("[".repeat(64), "[".repeat(65));
    assert_eq!(fault(&fits).fault, Fault::Truncated);
    assert_eq!(fault(&too_deep), Broken { at_byte: 64, fault: Fault::TooDeep });
    assert!(steps([format!("{fits}{}", "]".repeat(64)).as_bytes()]).is_ok());
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(steps([b"\xef\xbb\xbf[]".as_slice()]).unwrap(), ["[", "]"]);
}

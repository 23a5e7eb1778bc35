//! A reply as a person may see it: word for word, without secrets.

mod hidden;
mod json;

use super::{Reply, Secret};
use hidden::hidden;

/// How far past its end a text is looked at, so that what is cut is known for a secret.
const BEYOND: usize = 64 * 1024;

/// What a reply says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// JSON is indented; its fields, their order and how numbers are written are as they came.
    /// Signs that cannot be seen or turn the direction of writing are written as `\u202e`.
    pub text: String,
    /// How often `…` stands for a secret.
    pub removed: usize,
    /// Whether the reply goes on.
    pub is_cut: bool,
}

impl Reply {
    /// The body for a person to read: at most `most` bytes of it, and some more for one sign.
    ///
    /// Taken out are fields and parameters whose name says that they hold a secret, what looks like
    /// a token, and `known`, wherever it stands.
    ///
    /// ```
    /// use seatree_core::http::{Reply, Secret};
    ///
    /// let reply = Reply::new(200, r#"{"inUse":5.0,"apiToken":"abc","note":"for s3cret-of-mine"}"#);
    /// let shown = reply.shown(&[Secret::from("s3cret-of-mine")], 200_000);
    /// let expected = "{\n  \"inUse\": 5.0,\n  \"apiToken\": \"…\",\n  \"note\": \"for …\"\n}";
    /// assert_eq!((shown.text.as_str(), shown.removed, shown.is_cut), (expected, 2, false));
    /// ```
    pub fn shown(&self, known: &[Secret], most: usize) -> Shown {
        let text = self.text();
        let mut page = Page { shown: Shown::default(), most, known };
        if serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok() {
            json::write(&text, &mut page);
        } else {
            page.say(&text);
        }
        page.shown
    }
}

/// What has been written so far.
struct Page<'a> {
    shown: Shown,
    most: usize,
    known: &'a [Secret],
}

impl Page<'_> {
    fn is_full(&self) -> bool {
        self.shown.is_cut
    }

    /// Writes signs of ours.
    fn push(&mut self, text: &str) {
        for sign in text.chars() {
            self.put(sign);
        }
    }

    /// Writes what stands for a secret.
    fn hide(&mut self) {
        self.shown.removed += 1;
        self.put('…');
    }

    /// Writes a piece of the reply, without secrets.
    fn say(&mut self, text: &str) {
        let text = &text[..text.floor_char_boundary(self.most.saturating_add(BEYOND))];
        let mut at = 0;
        for secret in hidden(text, self.known) {
            if self.is_full() {
                return;
            }
            self.say_all(&text[at..secret.start]);
            if !self.is_full() {
                self.hide();
            }
            at = secret.end;
        }
        self.say_all(&text[at..]);
    }

    fn say_all(&mut self, text: &str) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        for sign in text.chars() {
            if self.is_full() {
                return;
            }
            match sign {
                '\n' | '\t' => self.put(sign),
                '\r' => {}
                sign if is_unseen(sign) => {
                    let code = u32::from(sign);
                    self.put('\\');
                    self.put('u');
                    for shift in [12, 8, 4, 0] {
                        self.put(char::from(HEX[(code >> shift & 15) as usize]));
                    }
                }
                sign => self.put(sign),
            }
        }
    }

    fn put(&mut self, sign: char) {
        if self.shown.text.len() >= self.most {
            self.shown.is_cut = true;
        }
        if !self.is_full() {
            self.shown.text.push(sign);
        }
    }
}

/// Signs that show nothing of themselves, or have what follows shown elsewhere; all are below
/// U+10000.
fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::*;

    const ALL: usize = 1 << 30;

    fn shown(body: &str) -> Shown {
        Reply::new(200, body).shown(&[], ALL)
    }

    #[test]
    fn json_is_indented_and_nothing_else_of_it_changes() {
        let body = r#" {"b":1.50e+1,"a":[],"b":-0,"c":{ },"d":["x\u0041\"",null,true,{"e":[[1],2]}]}
        "#;
        let expected = r#"{
  "b": 1.50e+1,
  "a": [],
  "b": -0,
  "c": {},
  "d": [
    "x\u0041\"",
    null,
    true,
    {
      "e": [
        [
          1
        ],
        2
      ]
    }
  ]
}"#;
        assert_eq!(shown(body), Shown { text: expected.to_owned(), removed: 0, is_cut: false });
    }

    #[test]
    fn a_field_whose_name_says_so_is_hidden_whatever_it_holds() {
        let body = r#"{"a":{"AdminPassword":"p1"},"refresh_token":{"x":["p1"]},"2fa_payload":7,
            "t\u006fken":"p1","X-Api-Key":["p1","}"],"ApplicationClientId":"p1","Authorization":"p1",
            "HasPassword":true,"password":null,"keys":"kept"}"#;
        let shown = shown(body);
        let value: Value = serde_json::from_str(&shown.text).unwrap();
        let expected = json!({"a": {"AdminPassword": "…"}, "refresh_token": "…", "2fa_payload": "…",
            "token": "…", "X-Api-Key": "…", "ApplicationClientId": "…", "Authorization": "…",
            "HasPassword": true, "password": null, "keys": "kept"});
        assert_eq!(value, expected);
        assert_eq!(shown.removed, 7);
    }

    #[test]
    fn what_is_no_json_is_shown_as_it_came() {
        let page = "<html>\r\n\t<h1>502 Bad Gateway</h1>\n</html>\n";
        assert_eq!(shown(page).text, page.replace('\r', ""));
        assert_eq!(shown("{\"a\": 1").text, "{\"a\": 1");
        assert_eq!(shown("").text, "");
    }

    #[test]
    fn a_bottomless_reply_stays_within_its_limit() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        let shown = Reply::new(200, deep).shown(&[], 1_000);
        assert!(shown.is_cut && shown.text.len() == 1_000);
    }

    #[test]
    fn signs_that_cannot_be_seen_are_written_out() {
        assert_eq!(
            shown("\"a\u{202e}b\u{200b}\u{85}\u{7f}\"").text,
            r#""a\u202eb\u200b\u0085\u007f""#
        );
        assert_eq!(shown("a\u{0}\u{feff}b\u{2028}").text, r"a\u0000\ufeffb\u2028");
    }

    #[test]
    fn a_long_reply_is_cut_between_signs_and_says_so() {
        let body = format!("[{}1]", "\"äöü\",".repeat(1_000));
        for most in 0..60 {
            let shown = Reply::new(200, body.as_str()).shown(&[], most);
            assert!(shown.is_cut && shown.text.len() <= most + 1, "{most}: {}", shown.text.len());
        }
        let text = "x".repeat(1_000);
        let whole = Reply::new(200, text.as_str()).shown(&[], 1_000);
        assert_eq!((whole.text, whole.is_cut), (text, false));
    }

    #[test]
    fn a_secret_across_the_cut_is_not_shown_in_part() {
        let token = Secret::from("my-own-token-1234");
        for (before, after) in [("\"", "\""), ("<a>", "</a>")] {
            let body = format!("{before}{}{after}", token.expose());
            for most in 0..body.len() + 4 {
                let shown =
                    Reply::new(200, body.as_str()).shown(std::slice::from_ref(&token), most);
                assert!(!shown.text.contains("my"), "{most}: {}", shown.text);
            }
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let word = "[a-f \u{e4}\u{202e}\"\\\\\n]{0,12}";
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            word.prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 60, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(word, inner, 0..6)
                    .prop_map(|fields| Value::from(fields.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn json_without_secrets_means_what_it_meant(value in value()) {
            let body = value.to_string();
            let shown = shown(&body);
            let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
            // Read alike: reading a float twice may round it twice.
            prop_assert_eq!(read(&shown.text), read(&body));
            prop_assert_eq!(shown.removed, 0);
        }

        #[test]
        fn any_bytes_can_be_shown(body: Vec<u8>, most in 0..200_usize) {
            let shown = Reply::new(200, body).shown(&[], most);
            prop_assert!(shown.text.len() < most + 4);
        }

        #[test]
        fn a_known_secret_is_nowhere(before in ".{0,20}", after in ".{0,20}", is_json: bool) {
            let secret = Secret::from("K0wn-secret");
            let text = format!("{before}{}{after}", secret.expose());
            let body = if is_json { json!([{ "a": text }]).to_string() } else { text };
            let shown = Reply::new(200, body).shown(&[secret], ALL);
            prop_assert!(!shown.text.contains("K0wn-secret"), "{}", shown.text);
        }
    }
}

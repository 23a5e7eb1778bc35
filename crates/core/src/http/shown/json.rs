//! JSON, indented token by token, so that it stays as it came.

use super::Page;
use super::hidden::is_secret_name;

const INDENT: &str = "  ";
/// Further in nobody can follow.
const MOST_INDENTS: usize = 32;

/// Writes a text that is known to be JSON.
pub(super) fn write(text: &str, page: &mut Page<'_>) {
    let mut walk = Walk { text, at: 0, page };
    walk.blanks();
    walk.value();
}

struct Walk<'a, 'b, 'c> {
    text: &'a str,
    at: usize,
    page: &'b mut Page<'c>,
}

/// What is open around a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Object,
    Array,
}

impl Walk<'_, '_, '_> {
    /// One value with all that is in it. The nesting is on a list: what is written may be deep.
    fn value(&mut self) {
        let mut open: Vec<Open> = Vec::new();
        while self.at < self.text.len() && !self.page.is_full() {
            match self.peek() {
                b'{' => self.open(&mut open, Open::Object),
                b'[' => self.open(&mut open, Open::Array),
                b'}' | b']' => {
                    open.pop();
                    self.line(open.len());
                    self.copy(1);
                }
                b',' => {
                    self.copy(1);
                    self.line(open.len());
                    self.blanks();
                    self.name(open.last());
                }
                _ => self.leaf(),
            }
            self.blanks();
        }
    }

    fn open(&mut self, open: &mut Vec<Open>, what: Open) {
        self.copy(1);
        self.blanks();
        if matches!(self.peek(), b'}' | b']') {
            self.copy(1);
            return;
        }
        open.push(what);
        self.line(open.len());
        self.name(open.last());
    }

    /// The name of a field, where one is due, and its value if that is a secret.
    fn name(&mut self, within: Option<&Open>) {
        if within != Some(&Open::Object) {
            return;
        }
        let end = self.end_of_text();
        let quoted = &self.text[self.at..end];
        let is_secret = if quoted.contains('\\') {
            serde_json::from_str::<String>(quoted).is_ok_and(|name| is_secret_name(&name))
        } else {
            is_secret_name(quoted)
        };
        self.leaf();
        self.blanks();
        // The colon.
        self.at += 1;
        self.page.push(": ");
        self.blanks();
        // That there is none, or whether there is one, gives nothing away.
        if is_secret && !matches!(self.peek(), b'n' | b't' | b'f') {
            self.skip();
            self.page.push("\"");
            self.page.hide();
            self.page.push("\"");
        }
    }

    /// A text, number or word.
    fn leaf(&mut self) {
        if self.peek() == b'"' {
            let end = self.end_of_text();
            let text = &self.text[self.at + 1..end - 1];
            self.page.push("\"");
            self.page.say(text);
            self.page.push("\"");
            self.at = end;
            return;
        }
        let rest = &self.text[self.at..];
        let length = rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(rest.len());
        self.copy(length);
    }

    /// Passes over a value.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            match self.peek() {
                b'"' => self.at = self.end_of_text(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                // What it stands in goes on, or ends.
                b',' | b'}' | b']' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// After the closing quote of the text that begins here.
    fn end_of_text(&self) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        loop {
            match bytes.get(at) {
                Some(b'\\') => at += 2,
                Some(b'"') => return at + 1,
                Some(_) => at += 1,
                None => return bytes.len(),
            }
        }
    }

    fn copy(&mut self, bytes: usize) {
        self.page.push(&self.text[self.at..self.at + bytes]);
        self.at += bytes;
    }

    fn line(&mut self, depth: usize) {
        self.page.push("\n");
        for _ in 0..depth.min(MOST_INDENTS) {
            self.page.push(INDENT);
        }
    }
}

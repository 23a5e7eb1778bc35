//! Words of a statement.

use super::super::fault::Fault;

/// A word, in lower case unless it is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Word(String),
    Number(u64),
    Text(String),
    Sign(&'static str),
}

/// Two letters before one.
const SIGNS: [&str; 10] = ["<>", "!=", "(", ")", ",", ".", "*", "=", ";", "-"];

/// Informix' words for whatever it cannot read.
pub fn syntax_error() -> Fault {
    Fault::sql(-201, "A syntax error has occurred.")
}

pub fn tokens(statement: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut rest = statement.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = if first.is_ascii_alphabetic() || first == '_' {
            let (word, after) = split(rest, |c| c.is_ascii_alphanumeric() || c == '_');
            (Token::Word(word.to_ascii_lowercase()), after)
        } else if first.is_ascii_digit() {
            let (digits, after) = split(rest, |c| c.is_ascii_digit());
            (Token::Number(digits.parse().map_err(|_| syntax_error())?), after)
        } else if first == '\'' || first == '"' {
            quoted(rest, first)?
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
            let sign = sign.ok_or_else(syntax_error)?;
            (Token::Sign(sign), &rest[sign.len()..])
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn split(text: &str, holds: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|letter| !holds(letter)).unwrap_or(text.len());
    text.split_at(end)
}

/// Quotes within are written twice.
fn quoted(text: &str, quote: char) -> Result<(Token, &str), Fault> {
    let mut value = String::new();
    let mut rest = &text[1..];
    loop {
        let end = rest.find(quote).ok_or_else(syntax_error)?;
        value.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        if !rest.starts_with(quote) {
            return Ok((Token::Text(value), rest));
        }
        value.push(quote);
        rest = &rest[1..];
    }
}

//! SQL that no text can break out of.

/// A statement made of the program's own words, numbers and quoted texts.
///
/// Its words are `'static`, so that what a person or an upstream wrote can only come in through
/// [`text`](Self::text), which doubles quotes: inside a literal Informix knows no other escape.
///
/// ```
/// use seatree_core::axl::sql::Statement;
///
/// let find = Statement::new("SELECT pkid FROM enduser WHERE userid = ").text("o'brien' OR 'a'='a");
/// assert_eq!(
///     find.as_str(),
///     "SELECT pkid FROM enduser WHERE userid = 'o''brien'' OR ''a''=''a'"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement(String);

impl Statement {
    pub fn new(words: &'static str) -> Self {
        Self(words.to_owned())
    }

    #[must_use]
    pub fn and(mut self, words: &'static str) -> Self {
        self.0.push_str(words);
        self
    }

    #[must_use]
    pub fn number(mut self, number: u64) -> Self {
        self.0.push_str(&number.to_string());
        self
    }

    /// A text literal. Control characters are left out: a literal cannot hold line ends.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.0.push('\'');
        for c in text.chars().filter(|c| !c.is_control()) {
            if c == '\'' {
                self.0.push(c);
            }
            self.0.push(c);
        }
        self.0.push('\'');
        self
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As the content of an element: CDATA, cut where the text itself would end it.
    pub(super) fn cdata(&self) -> String {
        format!("<![CDATA[{}]]>", self.0.replace("]]>", "]]]]><![CDATA[>"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Statement;

    /// Reads literals as the database does: the statement without them, and their texts.
    fn read(sql: &str) -> (String, Vec<String>) {
        let (mut words, mut texts) = (String::new(), Vec::new());
        let mut chars = sql.chars().peekable();
        while let Some(c) = chars.next() {
            if c != '\'' {
                words.push(c);
                continue;
            }
            let mut text = String::new();
            while let Some(c) = chars.next() {
                if c == '\'' && chars.next_if_eq(&'\'').is_none() {
                    break;
                }
                text.push(c);
            }
            texts.push(text);
        }
        (words, texts)
    }

    proptest! {
        #[test]
        fn no_text_leaves_its_literal(a in any::<String>(), b in "[' \\\\;\\-a]{0,12}") {
            let sql = Statement::new("WHERE a = ").text(&a).and(" AND b = ").text(&b).and(";");
            let kept = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
            let expected = ("WHERE a =  AND b = ;".to_owned(), vec![kept(&a), kept(&b)]);
            prop_assert_eq!(read(sql.as_str()), expected);
        }
    }

    #[test]
    fn the_end_of_cdata_is_cut_in_two() {
        let sql = Statement::new("SELECT ").text("a]]>b");
        assert_eq!(sql.cdata(), "<![CDATA[SELECT 'a]]]]><![CDATA[>b']]>");
    }
}

//! Statements.

use super::super::fault::Fault;
use super::super::operation::Paging;
use super::token::{Token, syntax_error, tokens};

/// A `SELECT`, without its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub items: Vec<Item>,
    pub from: Vec<Source>,
    /// All of them have to hold; those of `ON` are among them.
    pub conditions: Vec<Condition>,
    pub order: Vec<(ColumnName, Direction)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    Descending,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `*`, or that of one table.
    Everything(Option<String>),
    Column {
        column: ColumnName,
        name: Option<String>,
    },
    Count {
        name: Option<String>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// In lower case; of a function without its parentheses.
    pub name: String,
    pub alias: Option<String>,
    /// The names a function's columns are given; none for a table.
    pub function: Option<Vec<String>>,
    pub join: Join,
}

/// What becomes of rows that find no partner in this table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    Dropped,
    Kept,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnName {
    pub table: Option<String>,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    Same(ColumnName, ColumnName),
    Is(ColumnName, String),
    IsNot(ColumnName, String),
    Like(ColumnName, String),
}

/// Reads a statement.
///
/// # Errors
/// -201.
pub fn parse(text: &str) -> Result<(Statement, Paging), Fault> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0 };
    let parsed = parser.statement()?;
    parser.sign(";");
    if parser.at == parser.tokens.len() { Ok(parsed) } else { Err(syntax_error()) }
}

/// Words that cannot be an alias here.
const RESERVED: [&str; 13] = [
    "where", "order", "join", "inner", "left", "right", "outer", "on", "and", "group", "as",
    "from", "having",
];

fn expect(there: bool) -> Result<(), Fault> {
    if there { Ok(()) } else { Err(syntax_error()) }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn sign(&mut self, sign: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Sign(found)) if *found == sign);
        self.at += usize::from(there);
        there
    }

    fn word(&mut self, word: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Word(found)) if found == word);
        self.at += usize::from(there);
        there
    }

    fn name(&mut self) -> Result<String, Fault> {
        match self.peek() {
            Some(Token::Word(word)) if !RESERVED.contains(&word.as_str()) => {
                let word = word.clone();
                self.at += 1;
                Ok(word)
            }
            _ => Err(syntax_error()),
        }
    }

    fn number(&mut self) -> Result<u64, Fault> {
        let Some(Token::Number(number)) = self.peek() else { return Err(syntax_error()) };
        let number = *number;
        self.at += 1;
        Ok(number)
    }

    fn alias(&mut self) -> Result<Option<String>, Fault> {
        if self.word("as") {
            return self.name().map(Some);
        }
        let free =
            matches!(self.peek(), Some(Token::Word(word)) if !RESERVED.contains(&word.as_str()));
        if free { self.name().map(Some) } else { Ok(None) }
    }

    fn statement(&mut self) -> Result<(Statement, Paging), Fault> {
        let select = self.word("select");
        expect(select)?;
        let mut paging = Paging::default();
        if self.word("skip") {
            paging.skip = self.number()?;
        }
        if self.word("first") || self.word("limit") {
            paging.first = Some(self.number()?);
        }
        let mut items = vec![self.item()?];
        while self.sign(",") {
            items.push(self.item()?);
        }
        let from = self.word("from");
        expect(from)?;
        let mut conditions = Vec::new();
        let from = self.sources(&mut conditions)?;
        if self.word("where") {
            self.conditions(&mut conditions)?;
        }
        let order = self.order()?;
        Ok((Statement { items, from, conditions, order }, paging))
    }

    fn item(&mut self) -> Result<Item, Fault> {
        if self.sign("*") {
            return Ok(Item::Everything(None));
        }
        let first = self.name()?;
        if first == "count" && self.sign("(") {
            let whole = self.sign("*") && self.sign(")");
            expect(whole)?;
            return Ok(Item::Count { name: self.alias()? });
        }
        if !self.sign(".") {
            let column = ColumnName { table: None, name: first };
            return Ok(Item::Column { column, name: self.alias()? });
        }
        if self.sign("*") {
            return Ok(Item::Everything(Some(first)));
        }
        let column = ColumnName { table: Some(first), name: self.name()? };
        Ok(Item::Column { column, name: self.alias()? })
    }

    fn sources(&mut self, conditions: &mut Vec<Condition>) -> Result<Vec<Source>, Fault> {
        let mut sources = vec![self.source(Join::Dropped)?];
        loop {
            if self.sign(",") {
                sources.push(self.source(Join::Dropped)?);
                continue;
            }
            let left = self.word("left");
            let named = if left { self.word("outer") || left } else { self.word("inner") };
            if !self.word("join") {
                expect(!named)?;
                return Ok(sources);
            }
            sources.push(self.source(if left { Join::Kept } else { Join::Dropped })?);
            let on = self.word("on");
            expect(on)?;
            self.conditions(conditions)?;
        }
    }

    fn source(&mut self, join: Join) -> Result<Source, Fault> {
        let name = self.name()?;
        if name != "table" || !self.sign("(") {
            return Ok(Source { name, alias: self.alias()?, function: None, join });
        }
        let function = self.word("function");
        expect(function)?;
        let name = self.name()?;
        let closed = self.sign("(") && self.sign(")") && self.sign(")");
        expect(closed)?;
        let alias = self.alias()?;
        let opened = self.sign("(");
        expect(opened)?;
        let mut columns = vec![self.name()?];
        while self.sign(",") {
            columns.push(self.name()?);
        }
        let closed = self.sign(")");
        expect(closed)?;
        Ok(Source { name, alias, function: Some(columns), join })
    }

    fn column(&mut self) -> Result<ColumnName, Fault> {
        let first = self.name()?;
        if self.sign(".") {
            return Ok(ColumnName { table: Some(first), name: self.name()? });
        }
        Ok(ColumnName { table: None, name: first })
    }

    /// Joined by AND; in parentheses or not.
    fn conditions(&mut self, conditions: &mut Vec<Condition>) -> Result<(), Fault> {
        loop {
            if self.sign("(") {
                self.conditions(conditions)?;
                let closed = self.sign(")");
                expect(closed)?;
            } else {
                conditions.push(self.condition()?);
            }
            if !self.word("and") {
                return Ok(());
            }
        }
    }

    fn condition(&mut self) -> Result<Condition, Fault> {
        let column = self.column()?;
        if self.word("like") {
            return Ok(Condition::Like(column, self.literal()?));
        }
        if self.sign("<>") || self.sign("!=") {
            return Ok(Condition::IsNot(column, self.literal()?));
        }
        let equal = self.sign("=");
        expect(equal)?;
        match self.peek() {
            Some(Token::Word(_)) => Ok(Condition::Same(column, self.column()?)),
            _ => Ok(Condition::Is(column, self.literal()?)),
        }
    }

    fn literal(&mut self) -> Result<String, Fault> {
        let text = match self.peek() {
            Some(Token::Text(text)) => text.clone(),
            Some(Token::Number(number)) => number.to_string(),
            _ => return Err(syntax_error()),
        };
        self.at += 1;
        Ok(text)
    }

    fn order(&mut self) -> Result<Vec<(ColumnName, Direction)>, Fault> {
        let mut order = Vec::new();
        if !self.word("order") {
            return Ok(order);
        }
        let by = self.word("by");
        expect(by)?;
        loop {
            let column = self.column()?;
            let direction = if self.word("desc") {
                Direction::Descending
            } else {
                self.word("asc");
                Direction::Ascending
            };
            order.push((column, direction));
            if !self.sign(",") {
                return Ok(order);
            }
        }
    }
}

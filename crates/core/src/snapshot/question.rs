//! What the edge's worker asks of whoever keeps the snapshots of an upstream.

use serde::{Deserialize, Serialize};

use super::{Key, Opened, Range};
use crate::api::NodeName;
use crate::visitors::Scope;

/// A question, with what the visitor's scopes open. Only the worker asks: it has checked the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub upstream: String,
    pub about: About,
    pub range: Range,
    pub opened: Opened,
}

/// What is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Nothing: whoever keeps snapshots is to look when the next is due.
    Nothing,
    Snapshots,
    History(Key),
}

#[derive(Serialize, Deserialize)]
struct Written {
    upstream: String,
    about: String,
    from_s: u64,
    to_s: u64,
    is_whole: bool,
    tops: Vec<String>,
}

impl Question {
    /// The question that only wakes.
    pub fn wake(upstream: &str) -> Self {
        let opened = Opened::of(&[], upstream);
        let upstream = upstream.to_owned();
        Self { upstream, about: About::Nothing, range: Range::default(), opened }
    }

    pub fn json(&self) -> String {
        let about = match self.about {
            About::Nothing => String::new(),
            About::Snapshots => "snapshots".to_owned(),
            About::History(key) => key.name().to_string(),
        };
        let written = Written {
            upstream: self.upstream.clone(),
            about,
            from_s: self.range.from_s,
            to_s: self.range.to_s,
            is_whole: self.opened.is_whole(),
            tops: self.opened.tops().iter().map(|key| key.name().to_string()).collect(),
        };
        // Texts and numbers are always JSON.
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// None of what is no question.
    pub fn read(text: &str) -> Option<Self> {
        let written: Written = serde_json::from_str(text).ok()?;
        let about = match written.about.as_str() {
            "" => About::Nothing,
            "snapshots" => About::Snapshots,
            name => About::History(Key::of(NodeName::parse(name)?)),
        };
        let mut scopes: Vec<Scope> = Vec::new();
        for top in &written.tops {
            scopes.push(Scope::parse(top)?);
        }
        if written.is_whole {
            scopes.push(Scope::Upstream(written.upstream.clone()));
        }
        let opened = Opened::of(&scopes, &written.upstream);
        let range = Range { from_s: written.from_s, to_s: written.to_s };
        Some(Self { upstream: written.upstream, about, range, opened })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_back_as_it_was_asked() {
        let tenant = "tenant:53fd92c7-fbef-44fd-af76-d92334432ac9";
        let scopes = ["upstream:draas", tenant].map(|word| Scope::parse(word).unwrap());
        let key = Key::of(NodeName::parse(tenant).unwrap());
        for about in [About::Nothing, About::Snapshots, About::History(key)] {
            for scopes in [&scopes[..], &scopes[1..], &[]] {
                let opened = Opened::of(scopes, "draas");
                let range = Range { from_s: 1, ..Range::default() };
                let question = Question { upstream: "draas".to_owned(), about, range, opened };
                assert_eq!(Question::read(&question.json()), Some(question));
            }
        }
        let wake = Question::wake("draas");
        assert_eq!(Question::read(&wake.json()), Some(wake));
        assert_eq!(Question::read("{}"), None);
    }
}

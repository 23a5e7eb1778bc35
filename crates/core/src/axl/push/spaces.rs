//! Whose names the elements of an arriving text have.

use super::super::xml::Space;
use super::tokens::Fault;
use crate::scan::first_of;

/// As many declarations as may be in scope at once; resolving a name looks at each.
const MAX_DECLARED: usize = 128;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// What a prefix stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Space(Space),
    /// `http://www.w3.org/2001/XMLSchema-instance`, which has the attribute `nil`.
    Instance,
}

/// The namespaces declared on the elements now open.
pub(super) struct Spaces {
    declared: Vec<Declared>,
    /// Of names without a prefix.
    plain: Space,
}

struct Declared {
    depth: usize,
    prefix: Box<str>,
    meaning: Meaning,
}

impl Spaces {
    pub(super) fn new() -> Self {
        Self { declared: Vec::new(), plain: Space::None }
    }

    /// Takes up what the attributes of an element at this depth declare.
    pub(super) fn declare(&mut self, depth: usize, attributes: &str) -> Result<(), Fault> {
        if !mentions(attributes, "xmlns") {
            return Ok(());
        }
        for (name, value) in Attributes(attributes) {
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            match prefix {
                "xml" if value == XML => continue,
                "xml" | "xmlns" => return Err(Fault::broken("a reserved prefix is declared")),
                "" => {}
                _ if value == XML || value == XMLNS => {
                    return Err(Fault::broken("a reserved namespace is declared"));
                }
                _ => {}
            }
            if self.declared.len() >= MAX_DECLARED {
                return Err(Fault::broken("too many namespaces are declared"));
            }
            let meaning = meaning(value, prefix.is_empty());
            self.declared.push(Declared { depth, prefix: prefix.into(), meaning });
        }
        self.settle();
        Ok(())
    }

    /// Forgets what the element at this depth declared.
    pub(super) fn leave(&mut self, depth: usize) {
        if self.declared.last().is_some_and(|last| last.depth >= depth) {
            self.declared.retain(|declared| declared.depth < depth);
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.plain = match self.meaning_of("") {
            Some(Meaning::Space(space)) => space,
            Some(Meaning::Instance) => Space::Other,
            None => Space::None,
        };
    }

    fn meaning_of(&self, prefix: &str) -> Option<Meaning> {
        self.declared.iter().rev().find(|d| &*d.prefix == prefix).map(|d| d.meaning)
    }

    /// The namespace of names without a prefix.
    pub(super) fn plain(&self) -> Space {
        self.plain
    }

    /// An element's namespace, and its name without the prefix.
    pub(super) fn resolve<'a>(&self, name: &'a str) -> (Space, &'a str) {
        let Some((prefix, rest)) = name.split_once(':') else { return (self.plain, name) };
        let space = match self.meaning_of(prefix) {
            Some(Meaning::Space(space)) if !prefix.is_empty() => space,
            _ => Space::Other,
        };
        (space, rest.rsplit(':').next().unwrap_or_default())
    }

    /// Whether the attributes say `xsi:nil="true"`.
    pub(super) fn is_nil(&self, attributes: &str) -> bool {
        mentions(attributes, "nil")
            && Attributes(attributes).any(|(name, value)| {
                name.split_once(':').is_some_and(|(prefix, local)| {
                    local == "nil" && self.meaning_of(prefix) == Some(Meaning::Instance)
                }) && matches!(value, "true" | "1")
            })
    }
}

/// Whether a word stands anywhere in it.
fn mentions(attributes: &str, word: &str) -> bool {
    let (bytes, word) = (attributes.as_bytes(), word.as_bytes());
    let mut at = first_of(bytes, 0, [word[0]]);
    while at < bytes.len() {
        if bytes[at..].starts_with(word) {
            return true;
        }
        at = first_of(bytes, at + 1, [word[0]]);
    }
    false
}

fn meaning(name: &str, is_plain: bool) -> Meaning {
    Meaning::Space(match name {
        "http://www.w3.org/2001/XMLSchema-instance" => return Meaning::Instance,
        // Taking the default away is allowed, taking a prefix away leaves it without a meaning.
        "" if is_plain => Space::None,
        name => Space::named(name),
    })
}

/// The attributes of a tag up to the first that is none, with their values as written.
pub(super) struct Attributes<'a>(pub(super) &'a str);

impl<'a> Attributes<'a> {
    pub(super) fn get(self, wanted: &str) -> Option<&'a str> {
        self.into_iter().find(|(name, _)| *name == wanted).map(|(_, value)| value)
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let tag = std::mem::take(&mut self.0);
        let bytes = tag.as_bytes();
        let start = past_space(bytes, 0);
        let equals = first_of(bytes, start, [b'=']);
        let name = tag.get(start..equals)?.trim_end_matches([' ', '\t', '\r', '\n']);
        let open = past_space(bytes, equals + 1);
        let quote = *bytes.get(open).filter(|byte| matches!(byte, b'"' | b'\''))?;
        let close = first_of(bytes, open + 1, [quote]);
        if close == bytes.len() || name.is_empty() || name.bytes().any(is_space) {
            return None;
        }
        self.0 = &tag[close + 1..];
        Some((name, &tag[open + 1..close]))
    }
}

/// Where the next byte is that is no space.
fn past_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
        at += 1;
    }
    at
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

//! Writes license replies. By hand, because a group of a hundred thousand entities is one
//! reply, and because the order of keys is part of what is reproduced: alphabetical, so that
//! the name of an entity comes after its numbers and its uuid after all its children.

use std::fmt::Write as _;

use crate::world::tree::{EmptyLists, Entity, Index, Key, Level, Licenses, Tree, UNKNOWN_LICENSE};

/// Whether a reply lists what is below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Detail {
    Totals,
    Full,
}

/// Whether an entity carries its own totals: all do but the one asked for, whose totals
/// stand beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OwnTotals {
    Written,
    Beside,
}

/// The reply for one entity.
pub fn write(tree: &Tree, index: Index, detail: Detail) -> String {
    let entity = tree.get(index);
    let mut out = Object::open(String::new());
    let word = entity.level.singular();
    let full = detail == Detail::Full;
    out = write_unknown(tree, index, out);
    if full && word < "msTeamsUsers" {
        out = out.nested(word, |text| write_entity(tree, index, OwnTotals::Beside, text));
    }
    out = out.nested("msTeamsUsers", |text| write_teams(&entity.licenses, text));
    if full && ("msTeamsUsers".."sipTrunkChannels").contains(&word) {
        out = out.nested(word, |text| write_entity(tree, index, OwnTotals::Beside, text));
    }
    out = out.nested("sipTrunkChannels", |text| write_sip(&entity.licenses, text));
    if full && word > "sipTrunkChannels" {
        out = out.nested(word, |text| write_entity(tree, index, OwnTotals::Beside, text));
    }
    out.close()
}

fn write_entity(tree: &Tree, index: Index, totals: OwnTotals, text: String) -> String {
    let entity = tree.get(index);
    let mut out = Object::open(text);
    if totals == OwnTotals::Written {
        out = write_unknown(tree, index, out);
    }
    out = write_list(tree, entity, Level::Distributor, out);
    if let Key::Id(id) = entity.key {
        out = out.number("id", id);
    }
    if totals == OwnTotals::Written {
        out = out.nested("msTeamsUsers", |text| write_teams(&entity.licenses, text));
    }
    out = out.text("name", &entity.name);
    out = write_list(tree, entity, Level::Reseller, out);
    if totals == OwnTotals::Written {
        out = out.nested("sipTrunkChannels", |text| write_sip(&entity.licenses, text));
    }
    out = write_list(tree, entity, Level::Subscription, out);
    out = write_list(tree, entity, Level::Tenant, out);
    if let Key::Uuid(uuid) = &entity.key {
        out = out.text("uuid", uuid);
    }
    out.close()
}

fn write_list(tree: &Tree, entity: &Entity, level: Level, out: Object) -> Object {
    if !entity.level.below().contains(&level) {
        return out;
    }
    let mut children =
        entity.children.iter().copied().filter(|child| tree.get(*child).level == level).peekable();
    if children.peek().is_none() && entity.empty_lists == EmptyLists::LeftOut {
        return out;
    }
    out.nested(level.plural(), |mut text| {
        text.push('[');
        for (position, child) in children.enumerate() {
            if position > 0 {
                text.push(',');
            }
            text = write_entity(tree, child, OwnTotals::Written, text);
        }
        text.push(']');
        text
    })
}

/// Its key comes before all others.
fn write_unknown(tree: &Tree, index: Index, out: Object) -> Object {
    match tree.unknown_license(index) {
        Some(license) => out.nested(UNKNOWN_LICENSE, |text| {
            let out = Object::open(text).number("assigned", license.assigned);
            out.number("inUse", license.in_use).close()
        }),
        None => out,
    }
}

fn write_teams(licenses: &Licenses, text: String) -> String {
    Object::open(text)
        .number("assigned", licenses.teams_assigned)
        .number("inUse", licenses.teams_in_use())
        .number("inUseMsResourceAccount", licenses.teams_resource_accounts)
        .number("inUseMsUsers", licenses.teams_users)
        .close()
}

fn write_sip(licenses: &Licenses, text: String) -> String {
    Object::open(text).number("assigned", licenses.sip_assigned).close()
}

/// An object being written at the end of a text.
struct Object {
    text: String,
    separator: char,
}

impl Object {
    fn open(text: String) -> Self {
        Self { text, separator: '{' }
    }

    fn key(&mut self, key: &str) {
        self.text.push(self.separator);
        self.separator = ',';
        // Keys are ours and hold nothing to escape.
        self.text.push('"');
        self.text.push_str(key);
        self.text.push_str("\":");
    }

    fn number(mut self, key: &str, number: u64) -> Self {
        self.key(key);
        // Writing into a String cannot fail.
        let _ = write!(self.text, "{number}");
        self
    }

    fn text(mut self, key: &str, value: &str) -> Self {
        self.key(key);
        // The core is written in Go, whose encoder escapes these three as well.
        for letter in serde_json::Value::from(value).to_string().chars() {
            match letter {
                '<' => self.text.push_str("\\u003c"),
                '>' => self.text.push_str("\\u003e"),
                '&' => self.text.push_str("\\u0026"),
                _ => self.text.push(letter),
            }
        }
        self
    }

    fn nested(mut self, key: &str, write: impl FnOnce(String) -> String) -> Self {
        self.key(key);
        self.text = write(self.text);
        self
    }

    fn close(mut self) -> String {
        if self.separator == '{' {
            self.text.push('{');
        }
        self.text.push('}');
        self.text
    }
}

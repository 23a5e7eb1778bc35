//! Entries of lists. Their fields are in alphabetical order, as in all replies of the core.

use serde_json::{Map, Value, json};

use crate::world::billing::{billing_id, markup, status};
use crate::world::tree::{Entity, Index, Key, Level, Tree};

/// An entry of its level's list.
pub fn of(tree: &Tree, index: Index) -> Map<String, Value> {
    let entity = tree.get(index);
    let mut item = Map::new();
    match &entity.key {
        Key::Uuid(uuid) => item.insert("uuid".to_owned(), uuid.as_str().into()),
        Key::Id(id) => item.insert("id".to_owned(), (*id).into()),
    };
    item.insert("name".to_owned(), entity.name.as_str().into());
    item.insert("status".to_owned(), status(entity).into());
    if entity.level == Level::Group {
        return item;
    }
    match billing_id(entity) {
        Some(id) => item.insert("billingId".to_owned(), id.into()),
        // Told as null on one level, left out on the others.
        None if entity.level == Level::Tenant => item.insert("billingId".to_owned(), Value::Null),
        None => None,
    };
    match entity.level {
        // The vendor's portal takes a number when it makes one, and a text when it reads it.
        Level::Tenant => item.insert("markup".to_owned(), markup(entity).to_string().into()),
        Level::Subscription => None,
        _ => item.insert("markup".to_owned(), markup(entity).into()),
    };
    if let Some(owner) = entity.parent.map(|parent| tree.get(parent)) {
        item.insert("owner".to_owned(), self::owner(owner));
    }
    item
}

fn owner(entity: &Entity) -> Value {
    let uuid = match &entity.key {
        Key::Uuid(uuid) => uuid.as_str(),
        Key::Id(_) => "",
    };
    json!({ "name": entity.name, "type": entity.level.singular(), "uuid": uuid })
}

/// The details of a subscription, with what it is assigned as plain numbers.
pub fn subscription(tree: &Tree, index: Index) -> Map<String, Value> {
    let licenses = tree.get(index).licenses;
    let users = licenses.teams_users;
    let trunks = licenses.sip_assigned.div_ceil(30);
    let mut item = of(tree, index);
    item.remove("owner");
    for (name, value) in [
        ("isDeletable", Value::from(licenses.teams_in_use() == 0)),
        (
            "licenses",
            json!({
                "msTeamsUsers": licenses.teams_assigned,
                "sipTrunkChannels": licenses.sip_assigned,
            }),
        ),
        ("numberOfTrunkgroups", trunks.into()),
        ("numberOfUsers", users.into()),
        (
            "phoneNumbers",
            json!({
                "free": 5,
                "linkedToOperatorConnect": 0,
                "linkedToTrunkgroups": trunks,
                "linkedToUsers": users,
                "total": users + trunks + 5,
            }),
        ),
        ("suspensionProfileId", Value::Null),
    ] {
        item.insert(name.to_owned(), value);
    }
    item
}

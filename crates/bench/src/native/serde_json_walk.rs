//! `serde_json`'s whole-document `Value`, walked into the same tree.

use seatree_core::estate::{Figure, Kind, Measure, Meter, NodeId, Tree, Uuid};
use serde_json::Value;

const CHILDREN: [(&str, Kind); 4] = [
    ("distributors", Kind::Distributor),
    ("resellers", Kind::Reseller),
    ("tenants", Kind::Tenant),
    ("subscriptions", Kind::Subscription),
];

pub(super) fn tree(bytes: &[u8]) -> Result<Tree, String> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let mut tree = Tree::new("");
    let group = tree.append(0, Kind::Group);
    fill(&mut tree, group, &value);
    entity(&mut tree, group, &value["group"]);
    Ok(tree)
}

fn entity(tree: &mut Tree, node: NodeId, value: &Value) {
    if let Some(name) = value["name"].as_str() {
        tree.set_name(node, name);
    }
    if let Some(uuid) = value["uuid"].as_str().and_then(Uuid::parse) {
        tree.set_uuid(node, uuid);
    }
    if let Some(id) = value["id"].as_u64() {
        tree.set_subscription_id(node, id);
    }
    fill(tree, node, value);
    for (key, kind) in CHILDREN {
        for child in value[key].as_array().into_iter().flatten() {
            let place = tree.append(node, kind);
            entity(tree, place, child);
        }
    }
}

fn fill(tree: &mut Tree, node: NodeId, value: &Value) {
    let measures = [
        (Meter::TEAMS_USERS, "msTeamsUsers", Measure::Assigned, "assigned"),
        (Meter::TEAMS_USERS, "msTeamsUsers", Measure::InUse, "inUse"),
        (Meter::TEAMS_USERS, "msTeamsUsers", Measure::Users, "inUseMsUsers"),
        (Meter::TEAMS_USERS, "msTeamsUsers", Measure::ResourceAccounts, "inUseMsResourceAccount"),
        (Meter::SIP_CHANNELS, "sipTrunkChannels", Measure::Assigned, "assigned"),
    ];
    for (meter, object, measure, key) in measures {
        if let Some(count) = value[object][key].as_i64() {
            tree.set_figure(node, meter, measure, Figure::known(count));
        }
    }
}

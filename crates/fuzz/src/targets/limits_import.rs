//! Limits from files, and what a browser kept of drafts and of what was sent.

use seatree_core::edit::{Draft, Log, import};
use seatree_core::estate::{Figure, Kind, Measure, Meter, Tree, Uuid};
use serde_json::Value;

use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "limits-import",
    decodes: "limits from files, kept drafts and logs",
    seeds,
    words: mutate::TEXT,
    repeats: &[
        Repeat::new("", "118,msTeamsUsers,20\n", ""),
        Repeat::new("", "\"", ""),
        Repeat::new("118,", "\"\"", ",1"),
        Repeat::new("", ",", ""),
        Repeat::new("", "\r\n", "118,x,1"),
        Repeat::new("{\"changes\":[", "{},", "{}]}"),
    ],
    feed,
};

fn seeds() -> Vec<Vec<u8>> {
    [
        "118,msTeamsUsers,20\n7,sipTrunkChannels,0\n",
        "\u{feff}subscription id;license;new limit;tenant\r\n#118;\"Teams users\";20;\r\n",
        "7\tteams\t4\t00000000-0000-0000-0000-000000000001\n7,teams,4\n118,agents,1\nx,y,-1",
        r#"{"version":1,"changes":[{"connection":"a","tenant":"00000000-0000-0000-0000-000000000001","subscription":118,"meter":"msTeamsUsers","old":12,"new":20,"tenant_name":"T","name":"S"}]}"#,
        r#"{"version":1,"changes":[{"at":1,"who":"ada","connection":"N","connection_id":"a","tenant":"T","tenant_uuid":"00000000-0000-0000-0000-000000000001","subscription":"S","subscription_id":118,"license":"msTeamsUsers","from":12,"to":20,"result":"refused","detail":"no."}]}"#,
    ]
    .map(|seed| seed.as_bytes().to_vec())
    .to_vec()
}

/// Subscription 118 in one tenant, 7 in two.
fn tree() -> Tree {
    let mut tree = Tree::new("Netaxis");
    for (tenant, ids) in [(1, &[118, 7][..]), (2, &[7])] {
        let node = tree.append(0, Kind::Tenant);
        tree.set_uuid(node, Uuid::from_u128(tenant));
        for &id in ids {
            let node = tree.append(node, Kind::Subscription);
            tree.set_subscription_id(node, id);
            tree.set_figure(node, Meter::TEAMS_USERS, Measure::Assigned, Figure::known(12));
        }
    }
    tree
}

fn feed(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let tree = tree();
    let import = within_memory(input.len(), || import::import(&text, [("a", &tree)]));
    for (_, error) in import.errors.iter().take(100) {
        check::text(&error.to_string());
    }
    let lines = 1 + text.matches(['\n', '\r']).count();
    let numbers = import.lines.iter().map(|line| line.number);
    for number in numbers.chain(import.errors.iter().map(|(line, _)| *line)) {
        assert!((1..=lines).contains(&number), "line {number} of {lines}");
    }
    if let Ok(kept) = serde_json::from_str::<Value>(&text) {
        let draft = Draft::from_json(&kept);
        assert_eq!(Draft::from_json(&draft.to_json()), draft);
        let log = Log::from_json(&kept);
        assert_eq!(Log::from_json(&log.to_json()), log);
    }
}

//! The table of users and the nodes made of it.

use seatree_core::axl::*;
use seatree_core::estate::{Figure, Kind, Meter, Tree};

use crate::read;

#[test]
fn totals_come_per_license_type_in_ciscos_order() {
    let mut table = UserTable::new();
    for user in read(fixture!("licensed-users.xml")).unwrap().users {
        assert!(table.push(&user));
        assert!(!table.push(&user), "a user of an overlapping page counts once");
    }
    let used = |license_type: &str, used: Figure| LicensedUser {
        license_type: license_type.into(),
        license_used: used,
        ..LicensedUser::default()
    };
    for user in [
        used("UCM_EnhancedPlus", Figure::known(1)),
        used("HUCM_Foundation", Figure::known(3)),
        used("Basic", Figure::UNKNOWN),
        used("Enhanced", Figure::UNKNOWN),
        used("", Figure::known(2)),
        used("", Figure::UNKNOWN),
    ] {
        assert!(table.push(&user));
    }
    let required: Vec<(String, Figure)> =
        table.required().iter().map(|(named, total)| (named.to_string(), *total)).collect();
    assert_eq!(
        required,
        [
            ("Basic".into(), Figure::UNKNOWN),
            ("Enhanced".into(), Figure::UNKNOWN),
            ("Enhanced Plus".into(), Figure::known(2)),
            ("CUWL Standard".into(), Figure::known(1)),
            ("HUCM_Foundation".into(), Figure::known(3)),
            ("unnamed type".into(), Figure::known(2)),
        ]
    );
    assert_eq!((table.len(), table.required_known_for(), table.without_license()), (10, 7, 1));
}

#[test]
fn the_table_gives_back_what_was_put_in() {
    let users = read(fixture!("licensed-users.xml")).unwrap().users;
    let mut table = UserTable::new();
    for user in users.clone() {
        table.push(&user);
    }
    for (row, user) in table.users().zip(&users) {
        assert_eq!(row.uuid, user.uuid);
        assert_eq!(
            (row.user_id, row.first_name, row.last_name),
            (user.user_id.as_str(), user.first_name.as_str(), user.last_name.as_str())
        );
        assert_eq!(row.license_type.cloned(), LicenseType::of(&user.license_type));
        assert_eq!((row.snr, row.em), (user.snr, user.em));
        assert_eq!((row.device_count, row.license_used), (user.device_count, user.license_used));
    }
}

#[test]
fn license_types_become_nodes_that_require_and_own_nothing() {
    let mut table = UserTable::new();
    for user in read(fixture!("licensed-users.xml")).unwrap().users {
        table.push(&user);
    }
    let mut tree = Tree::new("CUCM");
    let nodes = fill(&mut tree, &table);
    let names: Vec<&str> = nodes.iter().map(|&node| tree.name(node)).collect();
    assert_eq!(names, ["Enhanced", "Enhanced Plus", "CUWL Standard"]);
    assert_eq!(tree.kind(nodes[0]), Kind::LicenseType);
    let reading = tree.reading(nodes[0], Meter::REQUIRED);
    assert_eq!((reading.in_use, reading.assigned), (Figure::known(1), Figure::UNKNOWN));
    assert_eq!(reading.available(), Figure::UNKNOWN);
}

//! License replies of every form, right and wrong.

use proptest::prelude::*;

/// A field with its value, as written.
type Field = String;

fn pick(from: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(from).prop_map(str::to_owned)
}

/// Anything that stands where a count should.
fn figure() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0_u64..5_000).prop_map(|count| count.to_string()),
        1 => any::<i64>().prop_map(|count| count.to_string()),
        4 => pick(&[
            "20.0", "2e1", "0.5e1", "1500e-2", "1.5", "-3", "-0", "0", "null", "true", "[]", "[1,{}]",
            "{}", "{\"assigned\":1}", "\"20\"", "\" 7 \"", "\"\"", "\"many\"", "\"\\u0031\\u0030\"",
            "\"1.0\"", "\"-1\"", "123456789012345678901234567890", "1e300", "9223372036854775807",
            "9223372036854775808", "2147483648", "-2147483648",
        ]),
    ]
}

fn license() -> impl Strategy<Value = String> {
    let name = pick(&[
        "assigned",
        "inUse",
        "inUseMsUsers",
        "inUseMsResourceAccount",
        "other",
        "assigne\\u0064",
    ]);
    prop_oneof![
        12 => fields(name.prop_flat_map(|name| figure().prop_map(move |f| format!("\"{name}\":{f}"))), 5),
        1 => pick(&["null", "[]", "5", "\"x\"", "{}", "true", "[{\"assigned\":1}]"]),
    ]
}

fn license_field() -> impl Strategy<Value = Field> {
    let name = pick(&["msTeamsUsers", "sipTrunkChannels", "agents", "mailboxes", "owner"]);
    (name, license()).prop_map(|(name, license)| format!("\"{name}\":{license}"))
}

fn plain_field() -> impl Strategy<Value = Field> {
    let name = prop_oneof![
        "\\PC{0,12}".prop_map(|name| serde_json::to_string(&name).unwrap()),
        pick(&["\"a\\u0062\\ud83d\\ude00\"", "null", "7", "[]", "{}", "\"\\n\\t\\\\\\\"\\/\""]),
    ];
    let uuid = pick(&[
        "\"87aacd3b-8faa-4bbe-9b08-d20886ee846a\"",
        "\"{87AACD3B-8FAA-4BBE-9B08-D20886EE846A}\"",
        "\"87aacd3b\"",
        "12",
        "null",
        "[]",
    ]);
    prop_oneof![
        3 => name.prop_map(|name| format!("\"name\":{name}")),
        3 => uuid.prop_map(|uuid| format!("\"uuid\":{uuid}")),
        2 => figure().prop_map(|id| format!("\"id\":{id}")),
        1 => pick(&["\"x\":[[[{\"a\":[\"]\",\"}\"]}]]]", "\"status\":\"ok\\\\\"", "\"y\":{\"z\":{}}"]),
    ]
}

/// An object of such fields in any order, with space in it. A name may come twice.
fn fields(
    field: impl Strategy<Value = Field> + 'static,
    most: usize,
) -> impl Strategy<Value = String> {
    let space = pick(&["", "", "", " ", "\n\t"]);
    (prop::collection::vec(field, 0..most), space).prop_map(|(fields, space)| {
        format!("{{{space}{}{space}}}", fields.join(&format!("{space},{space}")))
    })
}

fn entity() -> impl Strategy<Value = String> {
    let leaf = fields(prop_oneof![plain_field(), license_field()], 6);
    leaf.prop_recursive(4, 40, 4, |child| {
        let item = prop_oneof![12 => child, 1 => pick(&["null", "3", "[]", "\"x\""])];
        let list =
            prop::collection::vec(item, 0..4).prop_map(|items| format!("[{}]", items.join(",")));
        let name = pick(&["distributors", "resellers", "tenants", "subscriptions"]);
        let list =
            prop_oneof![12 => list, 1 => pick(&["null", "{}", "{\"assigned\":3}", "\"none\""])];
        let list = (name, list).prop_map(|(name, list)| format!("\"{name}\":{list}"));
        fields(prop_oneof![2 => plain_field(), 2 => license_field(), 3 => list], 7)
    })
}

/// A whole reply about a group.
pub fn reply() -> impl Strategy<Value = String> {
    let group = prop_oneof![12 => entity(), 1 => pick(&["null", "[]", "4"])]
        .prop_map(|group| format!("\"group\":{group}"));
    let other = pick(&["\"tenant\":{\"name\":\"x\"}", "\"page\":1", "\"inUse\":{\"inUse\":2}"]);
    fields(prop_oneof![4 => group, 4 => license_field(), 1 => other], 5)
}

//! The list of users, pushed piece by piece, against the same reply read as a whole.

use seatree_core::axl::{
    Api, Credentials, Criteria, ListLicensedUser, PageEnd, UserRow, UserTable, Version, fill,
};
use seatree_core::estate::Tree;
use seatree_core::http::{Reply, Secret};
use seatree_core::{Operation, UpstreamError};

use super::soap::{self, LIST_END, LIST_START};
use crate::measure::within_memory;
use crate::pieces::ways_to_split;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "axl-list",
    decodes: "AXL: a page of users, in pieces and as a whole",
    seeds,
    words: mutate::XML,
    repeats: &[
        Repeat::new(LIST_START, "<licensedUser/>", LIST_END),
        Repeat::new(LIST_START, "<licensedUser></licensedUser>", LIST_END),
        Repeat::new(
            LIST_START,
            "<licensedUser uuid='x'><userId>a</userId></licensedUser>",
            LIST_END,
        ),
        Repeat::new(LIST_START, "<licensedUser><licenseUsed>?</licenseUsed></licensedUser>", ""),
        Repeat::new(
            LIST_START,
            "<licensedUser><userId>&amp;<!-- c --></userId></licensedUser>",
            "",
        ),
        Repeat::new(LIST_START, "<licensedUser>", ""),
        Repeat::new(LIST_START, "<x>", ""),
        Repeat::new(LIST_START, "<x/>", ""),
        Repeat::new(LIST_START, "text ", LIST_END),
        Repeat::new(LIST_START, "&#65;", LIST_END),
        Repeat::new(LIST_START, "&", LIST_END),
        Repeat::new("<x ", "a='b' ", "/>"),
        Repeat::new("<x ", "xmlns:a='b' ", "/>"),
        Repeat::new("<", "x", "/>"),
        Repeat::new("<x a='", "b", "'/>"),
        Repeat::new("<!--", "-", "-->"),
        Repeat::new("<![CDATA[", "]", "]]>"),
        Repeat::new("<?x ", "?", "?>"),
        Repeat::new("<!DOCTYPE x [", "<!ENTITY y 'z'>", "]>"),
        Repeat::new("<html>", "<p>words ", "</html>"),
        Repeat::new("", "\u{feff}", ""),
    ],
    feed,
};

fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = soap::lists();
    seeds.extend(soap::faults().into_iter().map(|(_, body)| body));
    seeds.iter().map(|seed| seed.as_bytes().to_vec()).collect()
}

type Pushed = (UserTable, Result<PageEnd, UpstreamError>);

fn push(list: &ListLicensedUser, pieces: &[&[u8]]) -> Pushed {
    let mut table = UserTable::new();
    let mut decoder = list.decoder();
    for piece in pieces {
        if let Err(error) = decoder.push(&mut table, piece) {
            return (table, Err(error));
        }
    }
    let ended = decoder.finish(&mut table);
    (table, ended)
}

fn feed(input: &[u8]) {
    let api = Api::new("https://cucm.example:8443").expect("a good address");
    let credentials = Credentials { user: "axl".into(), password: Secret::from(check::TOKEN) };
    let version = Version::parse("14.0").expect("a known version");
    let list = ListLicensedUser::new(&api, &credentials, version, Criteria::default(), 0, 1_000);
    let mut first: Option<Pushed> = None;
    for pieces in ways_to_split(input) {
        let pushed = within_memory(input.len(), || push(&list, &pieces));
        match &first {
            None => {
                judge(&pushed);
                first = Some(pushed);
            }
            Some(first) => assert_same(first, &pushed),
        }
    }
    // Whole documents of that size are nobody's.
    if let Some(first) = first
        && input.len() <= 60_000
    {
        assert_same(&whole(&list, input), &first);
    }
}

/// What reading the reply as a whole makes of it.
fn whole(list: &ListLicensedUser, input: &[u8]) -> Pushed {
    let mut table = UserTable::new();
    let ended = list.decode(&Reply::new(200, input)).map(|page| PageEnd {
        rows: page.users.len(),
        new: page.users.iter().filter(|user| table.push(user)).count(),
        complaints: page.complaints,
    });
    (table, ended)
}

fn judge((table, ended): &Pushed) {
    match ended {
        Ok(end) => {
            assert!(end.new <= end.rows && end.new == table.len(), "{end:?}");
            assert!(end.complaints.len() <= 20);
            end.complaints.iter().for_each(|place| check::path(place));
        }
        Err(error) => check::error(error),
    }
    assert!(table.required_known_for() <= table.len());
    let mut tree = Tree::new("");
    assert_eq!(fill(&mut tree, table).len(), table.required().len());
}

fn assert_same((table, ended): &Pushed, (other, other_ended): &Pushed) {
    assert_eq!(ended, other_ended, "read another way, another end");
    // Of a reply that is no answer, some of its users may be there.
    if ended.is_ok() {
        let rows: Vec<UserRow<'_>> = table.users().collect();
        assert!(other.users().eq(rows), "read another way, other users");
        assert_eq!(table.required(), other.required());
    }
}

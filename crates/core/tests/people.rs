//! The list of users that are wanted, against the plainest way to make it.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

use std::cmp::Ordering;

use proptest::prelude::*;
use seatree_core::axl::{LicenseType, LicensedUser, UserRow, UserTable};
use seatree_core::estate::{Figure, Uuid};
use seatree_core::people::{By, Flag, People, Required, Rule, Sorted, Step, Steps, Wanted};
use seatree_core::view::{compare, folded};

const BYS: [By; 8] =
    [By::UserId, By::FirstName, By::LastName, By::License, By::Used, By::Devices, By::Snr, By::Em];

fn table(users: &[LicensedUser]) -> UserTable {
    let mut table = UserTable::new();
    for user in users {
        assert!(table.push(user));
    }
    table
}

fn figure() -> impl Strategy<Value = Figure> {
    prop_oneof![
        1 => Just(Figure::UNKNOWN),
        8 => (0_i64..13).prop_map(Figure::known),
        1 => Just(Figure::known(70_000)),
    ]
}

fn user() -> impl Strategy<Value = LicensedUser> {
    let name = || "[aAéb]{0,2}[0-9]{0,2}|[\\u{0}-\\u{ff}]{0,12}|Müller|mueller 10";
    let license = prop::sample::select(vec![
        "",
        "Essential",
        "Basic",
        "UCM_Enhanced",
        "Enhanced Plus",
        "CUWL Standard",
        "TelePresence Room",
        "HUCM_Foundation",
        "hucm_basic",
        "HUCM_B",
    ]);
    let flags = (any::<Option<bool>>(), any::<Option<bool>>());
    (name(), name(), name(), license, flags, figure(), figure()).prop_map(
        |(user_id, first_name, last_name, license, (snr, em), device_count, license_used)| {
            LicensedUser {
                uuid: None,
                user_id,
                first_name,
                last_name,
                license_type: license.into(),
                snr,
                em,
                device_count,
                license_used,
            }
        },
    )
}

fn flag() -> impl Strategy<Value = Option<Flag>> {
    prop::option::weighted(0.2, prop::sample::select(Flag::ALL.to_vec()))
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let required = prop::sample::select(vec![
        Required::Nothing,
        Required::Untold,
        Required::Type(LicenseType::Enhanced),
        Required::Type(LicenseType::Cuwl),
        Required::Type(LicenseType::Unnamed),
        Required::Type(LicenseType::Other("HUCM_B".into())),
    ]);
    let text = prop_oneof![3 => Just(String::new()), 1 => "[aébm1]{0,2}( [a1ü])?"];
    let bound = || prop::option::weighted(0.2, 0_u32..12);
    let step = prop::option::weighted(0.1, prop::sample::select(Step::ALL.to_vec()));
    let required = prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(required, 1..4)];
    (text, required, bound(), bound(), flag(), flag(), step).prop_map(
        |(text, required, least_devices, most_devices, snr, em, step)| Wanted {
            text,
            required,
            least_devices,
            most_devices,
            snr,
            em,
            step,
        },
    )
}

fn sorted() -> impl Strategy<Value = Option<Sorted>> {
    let by = prop::sample::select(BYS.to_vec());
    prop::option::of((by, any::<bool>()).prop_map(|(by, descending)| Sorted { by, descending }))
}

fn passes(wanted: &Wanted, user: &UserRow<'_>) -> bool {
    let plain = |text: &str| folded(text).collect::<String>();
    let names = [user.user_id, user.first_name, user.last_name].map(plain);
    let mut words = wanted.text.split_whitespace().map(plain);
    let devices = user.device_count.get();
    let is = |wanted: Option<Flag>, sent: Option<bool>| match wanted {
        None => true,
        Some(Flag::Yes) => sent == Some(true),
        Some(Flag::No) => sent == Some(false),
        Some(Flag::Unknown) => sent.is_none(),
    };
    words.all(|word| names.iter().any(|name| name.contains(&word)))
        && (wanted.required.is_empty() || wanted.required.contains(&Required::of(user)))
        && wanted.least_devices.is_none_or(|least| devices.is_some_and(|n| n >= least.into()))
        && wanted.most_devices.is_none_or(|most| devices.is_some_and(|n| n <= most.into()))
        && is(wanted.snr, user.snr)
        && is(wanted.em, user.em)
        && wanted.step.is_none_or(|step| Step::of(user) == Some(step))
}

/// None for what is unknown.
fn ordered(by: By, a: &UserRow<'_>, b: &UserRow<'_>) -> (bool, bool, Ordering) {
    fn with<T: Ord + Copy>(a: Option<T>, b: Option<T>) -> (bool, bool, Ordering) {
        (a.is_none(), b.is_none(), a.cmp(&b))
    }
    let names = |a: &str, b: &str| (a.is_empty(), b.is_empty(), compare(a, b));
    match by {
        By::UserId => names(a.user_id, b.user_id),
        By::FirstName => names(a.first_name, b.first_name),
        By::LastName => names(a.last_name, b.last_name),
        By::Used => with(a.license_used.get(), b.license_used.get()),
        By::Devices => with(a.device_count.get(), b.device_count.get()),
        By::Snr => with(a.snr, b.snr),
        By::Em => with(a.em, b.em),
        By::License => match (Required::of(a), Required::of(b)) {
            (
                Required::Type(LicenseType::Other(left)),
                Required::Type(LicenseType::Other(right)),
            ) => (false, false, compare(&left, &right)),
            (left, right) => {
                (left == Required::Untold, right == Required::Untold, left.cmp(&right))
            }
        },
    }
}

fn naive(users: &UserTable, wanted: &Wanted, sorted: Option<Sorted>) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..u32::try_from(users.len()).unwrap())
        .filter(|row| passes(wanted, &users.user(*row as usize)))
        .collect();
    if let Some(Sorted { by, descending }) = sorted {
        // A stable sort.
        rows.sort_by(|a, b| {
            let (a, b) = (users.user(*a as usize), users.user(*b as usize));
            match ordered(by, &a, &b) {
                (false, false, order) if descending => order.reverse(),
                (false, false, order) => order,
                (a, b, _) => a.cmp(&b),
            }
        });
    }
    rows
}

proptest! {
    #[test]
    fn the_list_is_a_filter_and_a_stable_sort_however_the_users_came(
        users in prop::collection::vec(user(), 0..60),
        wanted in wanted(),
        sorted in sorted(),
        pages in prop::collection::vec(0_usize..20, 0..8),
        turns in prop::collection::vec(1_usize..9, 1..5),
    ) {
        let mut growing = UserTable::new();
        let mut people = People::new(Wanted::default());
        people.arrange(wanted.clone(), sorted);
        let mut turns = turns.into_iter().cycle();
        let mut rest = users.iter();
        for page in pages.into_iter().chain([users.len()]) {
            for user in rest.by_ref().take(page) {
                growing.push(user);
            }
            // Not always to the end: more may come before everything was looked at.
            people.go_on(&growing, turns.next().unwrap());
        }
        while !people.go_on(&growing, turns.next().unwrap()) {}
        let expected = naive(&growing, &wanted, sorted);
        prop_assert_eq!(people.rows(), &expected);
        for row in 0..u32::try_from(growing.len()).unwrap() {
            let place = expected.iter().position(|at| *at == row);
            prop_assert_eq!(people.index_of(&growing, row), place);
        }
    }

    #[test]
    fn the_former_list_stands_until_the_next_one_is_complete(
        users in prop::collection::vec(user(), 1..40),
        (first, second) in (wanted(), wanted()),
        (one, other) in (sorted(), sorted()),
    ) {
        let users = table(&users);
        let mut people = People::new(first.clone());
        people.arrange(first.clone(), one);
        while !people.go_on(&users, 7) {}
        let before = people.rows().to_vec();
        people.arrange(second.clone(), other);
        prop_assert_eq!((people.wanted(), people.sorted()), (&second, other));
        while !people.go_on(&users, 3) {
            prop_assert_eq!(people.rows(), &before);
        }
        prop_assert_eq!(people.rows(), naive(&users, &second, other));
    }

    #[test]
    fn steps_are_as_many_as_the_users_they_let_through(
        users in prop::collection::vec(user(), 0..80),
        turn in 1_usize..30,
    ) {
        let users = table(&users);
        let mut steps = Steps::default();
        while !steps.go_on(&users, turn) {}
        let mut counted = 0;
        for (step, count) in steps.counts() {
            let wanted = Wanted { step: Some(step), ..Wanted::default() };
            prop_assert_eq!(naive(&users, &wanted, None).len(), count);
            counted += count;
        }
        prop_assert!(counted + steps.untold() <= users.len());
    }

    #[test]
    fn totals_grow_with_the_users(users in prop::collection::vec(user(), 0..60)) {
        let table = table(&users);
        let named = |user: &UserRow<'_>| user.license_type.cloned();
        let mut types: Vec<LicenseType> = table.users().filter_map(|user| named(&user)).collect();
        types.sort();
        types.dedup();
        let of = |named_as: &LicenseType| {
            table.users().filter(|user| user.license_type == Some(named_as)).collect::<Vec<_>>()
        };
        let counts: Vec<(LicenseType, usize)> =
            types.iter().map(|one| (one.clone(), of(one).len())).collect();
        prop_assert_eq!(table.users_by_type(), counts);
        let mut required: Vec<(LicenseType, Figure)> = types
            .iter()
            .map(|one| {
                let figures = of(one).into_iter().map(|user| user.license_used);
                (one.clone(), figures.fold(Figure::known(0), Figure::plus))
            })
            .collect();
        let unnamed: Vec<Figure> = table
            .users()
            .filter(|user| Required::of(user) == Required::Type(LicenseType::Unnamed))
            .map(|user| user.license_used)
            .collect();
        if !unnamed.is_empty() {
            let sum = unnamed.into_iter().fold(Figure::known(0), Figure::plus);
            required.push((LicenseType::Unnamed, sum));
        }
        prop_assert_eq!(table.required(), required);
        let used = |user: &UserRow<'_>| user.license_used;
        let known = table.users().filter(|user| used(user).is_known()).count();
        let without = table.users().filter(|user| used(user) == Figure::known(0)).count();
        prop_assert_eq!((table.required_known_for(), table.without_license()), (known, without));
    }
}

#[test]
fn users_are_found_by_their_uuid() {
    let mut table = UserTable::new();
    assert_eq!(table.find(Uuid::from_u128(7)), None);
    for number in 0..500_u128 {
        let uuid = (number % 3 > 0).then(|| Uuid::from_u128(number));
        table.push(&LicensedUser { uuid, ..LicensedUser::default() });
    }
    for number in 1..600_u128 {
        let place = usize::try_from(number).unwrap();
        let expected = (number < 500 && number % 3 > 0).then_some(place);
        assert_eq!(table.find(Uuid::from_u128(number)), expected, "{number}");
    }
}

#[test]
fn one_device_less_takes_each_to_the_next_cheaper_license() {
    for (license, devices, snr, used, expected) in [
        ("CUWL", 11, false, 2, Some(Step::AdditionalLicense)),
        ("CUWL", 11, false, 1, None),
        ("CUWL", 12, false, 2, None),
        ("CUWL", 4, false, 1, None),
        ("CUWL", 3, true, 1, Some(Step::CuwlToEnhancedPlus)),
        ("Enhanced Plus", 2, true, 1, Some(Step::EnhancedPlusToOne)),
        ("Enhanced", 1, true, 1, Some(Step::EnhancedToBasic)),
        ("Enhanced", 1, false, 1, Some(Step::EnhancedToNothing)),
        ("Basic", 1, true, 1, None),
        ("Basic", 1, false, 1, Some(Step::BasicToNothing)),
        ("Basic", 0, true, 1, None),
        ("Essential", 1, false, 1, Some(Step::EssentialToNothing)),
        ("TelePresence Room", 1, true, 1, Some(Step::RoomToBasic)),
        ("TelePresence Room", 1, false, 1, Some(Step::RoomToNothing)),
        ("TelePresence Room", 2, false, 1, None),
        // Contradictions.
        ("Enhanced", 2, false, 1, None),
        ("", 0, false, 0, None),
    ] {
        let user = LicensedUser {
            license_type: license.into(),
            device_count: Figure::known(devices),
            snr: Some(snr),
            license_used: Figure::known(used),
            ..LicensedUser::default()
        };
        let table = table(&[user]);
        let user = table.user(0);
        assert_eq!(Step::of(&user), expected, "{license} {devices} {snr}: {:?}", Rule::of(&user));
        if let Some(step) = expected {
            assert_eq!(Some(&step.frees()), user.license_type);
            assert!(!step.whose().is_empty() && !step.leaves().is_empty());
            assert_eq!(step.keeps_a_device(), devices > 1);
        }
    }
}

//! The list of services, held against the plainest way to make it.

use proptest::prelude::*;
use seatree_core::estate::{Figure, Uuid};
use seatree_core::insight::{Mark, Marks, Thresholds};
use seatree_core::live_platform::{Customer, Factor, Factors, LicenseType, ServiceLicense, Switch};
use seatree_core::services::{
    Census, Column, Filter, Licenses, Outlook, STALE_AFTER_S, Service, Sort, Totals, arrange,
};
use seatree_core::view::{compare, folded};
use seatree_core::{Problem, UpstreamError};

const NOW_S: i64 = 1_800_000_000;
const OUTLOOK: Outlook =
    Outlook { thresholds: Thresholds { near_percent: 80, over_percent: 100 }, now_s: NOW_S };
const SWITCHES: [&str; 4] = [
    "Managed Users - By Template",
    "Managed Users - By User Interface",
    "Managed Service Numbers",
    "Managed Robots",
];

fn figure() -> impl Strategy<Value = Figure> {
    prop::option::of(prop_oneof![0_i64..6, 0_i64..200, Just(i64::MAX)]).prop_map(Figure::from)
}

fn license() -> impl Strategy<Value = ServiceLicense> {
    let figures = prop::array::uniform8(figure());
    let enabled =
        prop::collection::vec((prop::sample::select(SWITCHES.to_vec()), any::<bool>()), 0..5);
    let age_s = prop::option::of(prop_oneof![-9_000..9_000_i64, 0..9 * STALE_AFTER_S]);
    (figures, enabled, age_s, any::<bool>()).prop_map(|(figures, enabled, age_s, adds_up)| {
        let [acquired, licensed, monitored, direct, operator, template, portal, numbers] = figures;
        let mut license = ServiceLicense {
            acquired,
            licensed,
            monitored,
            factors: Factors {
                direct_routing: direct,
                operator_connect: operator,
                life_cycle: template,
                user_interface: portal,
                service_numbers: numbers,
            },
            enabled: enabled.into_iter().map(|(name, on)| (name.to_owned(), on)).collect(),
            last_update_s: age_s.map(|age_s| NOW_S - age_s),
            ..ServiceLicense::default()
        };
        if adds_up {
            license.licensed = license.sum_of_factors();
        }
        license
    })
}

fn service() -> impl Strategy<Value = Service> {
    let name = prop_oneof!["[AaÉeb1-3 ]{0,5}", "harbor (bank|2|10)", Just(String::new())];
    let uuid = prop::option::of((1_u128..4).prop_map(Uuid::from_u128));
    let number = prop::option::of(0_i64..8);
    let licenses = prop_oneof![
        6 => license().prop_map(|license| Licenses::Read(Box::new(license))),
        1 => Just(Licenses::Reading),
        1 => Just(Licenses::NoneYet),
        1 => Just(Licenses::Failed(Box::new(UpstreamError::new("reading", Problem::NothingFound)))),
    ];
    (name.clone(), name, uuid.clone(), uuid, number, licenses).prop_map(
        |(full_name, short_name, guid, microsoft_tenant, number, licenses)| Service {
            connection: "live".to_owned(),
            customer: Customer {
                guid,
                full_name,
                short_name,
                microsoft_tenant,
                license_type: LicenseType(number),
                ..Customer::default()
            },
            licenses,
        },
    )
}

fn filter() -> impl Strategy<Value = Filter> {
    let text = prop_oneof![
        3 => Just(String::new()),
        2 => "[aeb12]{1,2}( [aeb])?",
        1 => Just(" HARBOR 10".to_owned()),
        1 => Just(Uuid::from_u128(2).to_string().to_uppercase()),
    ];
    let marks = prop::collection::vec(prop::sample::select(Mark::ALL.to_vec()), 0..3);
    let number = prop::option::weighted(0.3, prop::option::of(0_i64..8));
    (text, number, marks, prop::bool::weighted(0.2)).prop_map(
        |(text, number, marks, factor_off)| Filter {
            text,
            license_type: number.map(LicenseType),
            marks: marks.into_iter().collect(),
            factor_off,
        },
    )
}

/// The sum of what counts, in numbers that do not overflow.
fn counted(license: &ServiceLicense) -> Option<i128> {
    let is_off =
        |factor| license.enabled.iter().any(|(name, on)| !on && Factor::of(name) == Some(factor));
    let counted = Factor::ALL.into_iter().filter(|factor| !is_off(*factor));
    counted.map(|factor| license.factors.of(factor).get().map(i128::from)).sum()
}

fn has(service: &Service, mark: Mark) -> bool {
    let license = match &service.licenses {
        Licenses::Failed(_) => return mark == Mark::Failed,
        Licenses::Read(license) => license,
        _ => return false,
    };
    let acquired = license.acquired.get().map(i128::from);
    let licensed = license.licensed.get().map(i128::from);
    let of_both = |judge: fn(i128, i128) -> bool| {
        acquired.zip(licensed).is_some_and(|(acquired, licensed)| judge(acquired, licensed))
    };
    match mark {
        Mark::Over => of_both(|acquired, licensed| licensed > acquired),
        Mark::Near => of_both(|acquired, licensed| {
            licensed > 0 && licensed <= acquired && licensed * 100 >= acquired * 80
        }),
        Mark::Idle => of_both(|acquired, licensed| acquired > 0 && licensed == 0),
        Mark::SumOff => counted(license).zip(licensed).is_some_and(|(sum, licensed)| {
            // A sum that no figure can hold is not known.
            sum <= i64::MAX.into() && sum != licensed
        }),
        Mark::Stale => license.last_update_s.is_some_and(|at_s| NOW_S - at_s > STALE_AFTER_S),
        Mark::Failed => false,
    }
}

fn has_words(text: &str, name: &str) -> bool {
    let name: String = folded(name).collect();
    text.split_whitespace().all(|word| name.contains(&folded(word).collect::<String>()))
}

fn fits(filter: &Filter, service: &Service) -> bool {
    let customer = &service.customer;
    let id = Uuid::parse(filter.text.trim());
    let has_text = has_words(&filter.text, &customer.display_name())
        || has_words(&filter.text, &customer.short_name)
        || id.is_some() && [customer.guid, customer.microsoft_tenant].contains(&id);
    let off = |license: &ServiceLicense| {
        Factor::ALL.into_iter().any(|factor| license.switch(factor) == Switch::Off)
    };
    has_text
        && filter.license_type.is_none_or(|wanted| wanted == customer.license_type)
        && (filter.marks.is_empty() || filter.marks.iter().any(|mark| has(service, mark)))
        && (!filter.factor_off || service.license().is_some_and(off))
}

/// Whether a service must not come before another.
fn comes_after(sort: Sort, a: &Service, b: &Service) -> bool {
    if sort.by == Column::Name {
        let order = compare(&a.customer.display_name(), &b.customer.display_name());
        return if sort.descending { order.is_lt() } else { order.is_gt() };
    }
    // Every other column as a fraction; what is unknown is none.
    let value = |service: &Service| -> Option<(i128, i128)> {
        let license = service.license();
        let count = |figure: Figure| Some((i128::from(figure.get()?), 1));
        match sort.by {
            Column::Type => Some((service.customer.license_type.0?.into(), 1)),
            Column::Acquired => count(license?.acquired),
            Column::Licensed => count(license?.licensed),
            Column::Monitored => count(license?.monitored),
            Column::Available => count(license?.acquired.minus(license?.licensed)),
            Column::NotCounted => {
                let license = license?;
                let all: Option<i128> = Factor::ALL
                    .into_iter()
                    .filter(|factor| license.switch(*factor) == Switch::Off)
                    .map(|factor| license.factors.of(factor).get().map(i128::from))
                    .sum();
                all.filter(|sum| *sum <= i64::MAX.into()).map(|sum| (sum, 1))
            }
            Column::Utilization => {
                let acquired = license?.acquired.get().filter(|acquired| *acquired > 0)?;
                Some((license?.licensed.get()?.into(), acquired.into()))
            }
            Column::Age => Some(((NOW_S - license?.last_update_s?).max(0).into(), 1)),
            Column::Severity => {
                let marks: Marks =
                    Mark::ALL.into_iter().filter(|mark| has(service, *mark)).collect();
                Some((marks.severity().into(), 1))
            }
            Column::Name => None,
        }
    };
    match (value(a), value(b)) {
        (None, Some(_)) => true,
        (_, None) => false,
        (Some((a, of_a)), Some((b, of_b))) => {
            let (a, b) = (a * of_b, b * of_a);
            if sort.descending { a < b } else { a > b }
        }
    }
}

proptest! {
    #[test]
    fn rows_are_those_that_fit_in_their_order_and_equal_ones_as_they_came(
        services in prop::collection::vec(service(), 0..14),
        filter in filter(),
        by in prop::sample::select(Column::ALL.to_vec()),
        descending: bool,
    ) {
        let expected: Vec<usize> =
            (0..services.len()).filter(|at| fits(&filter, &services[*at])).collect();
        prop_assert_eq!(&arrange(&services, &filter, None, OUTLOOK), &expected);
        // By exchanging neighbors, which keeps equal ones as they are.
        let sort = Sort { by, descending };
        let mut sorted = expected;
        for end in (1..sorted.len()).rev() {
            for at in 0..end {
                if comes_after(sort, &services[sorted[at]], &services[sorted[at + 1]]) {
                    sorted.swap(at, at + 1);
                }
            }
        }
        prop_assert_eq!(arrange(&services, &filter, Some(sort), OUTLOOK), sorted);
    }

    #[test]
    fn what_is_counted_and_what_is_not_is_what_is_configured(license in license()) {
        let parts = license.parts();
        for part in parts {
            prop_assert_eq!(part.configured, license.factors.of(part.factor));
            prop_assert_eq!(part.is_counted(), license.is_counted(part.factor));
        }
        let counted = parts.iter().fold(Figure::known(0), |sum, part| sum.plus(part.counted()));
        prop_assert_eq!(license.sum_of_factors(), counted);
        let configured = parts.iter().fold(Figure::known(0), |sum, part| sum.plus(part.configured));
        if configured.is_known() {
            prop_assert_eq!(license.sum_of_factors().plus(license.not_counted()), configured);
        }
    }

    #[test]
    fn sums_and_counts_are_those_of_their_services(
        services in prop::collection::vec(service(), 0..14),
    ) {
        let totals = Totals::of(&services);
        let licenses: Vec<&ServiceLicense> = services.iter().filter_map(Service::license).collect();
        prop_assert_eq!((totals.services, totals.read), (services.len(), licenses.len()));
        for (sum, figure) in [
            (totals.acquired, (|license| license.acquired) as fn(&ServiceLicense) -> Figure),
            (totals.licensed, |license| license.licensed),
            (totals.available, |license| license.acquired.minus(license.licensed)),
            (totals.monitored, |license| license.monitored),
        ] {
            let known: Vec<i64> =
                licenses.iter().filter_map(|license| figure(license).get()).collect();
            prop_assert_eq!((sum.counted, sum.unknown), (known.len(), services.len() - known.len()));
            let exact: i128 = known.iter().copied().map(i128::from).sum();
            let expected = i64::try_from(exact).ok().filter(|_| !known.is_empty());
            prop_assert_eq!(sum.figure(), Figure::from(expected));
        }
        prop_assert_eq!(totals.not_counted.counted + totals.not_counted.unknown, services.len());

        let census = Census::of(&services, OUTLOOK);
        for mark in Mark::ALL {
            let marked = services.iter().filter(|service| has(service, mark)).count();
            prop_assert_eq!(census.marked(mark), marked, "{:?}", mark);
        }
        let failed = census.marked(Mark::Failed);
        let all = census.reading + census.read + census.none_yet + failed;
        prop_assert_eq!((all, census.services), (services.len(), services.len()));
        prop_assert_eq!(census.types.iter().map(|(_, count)| count).sum::<usize>(), services.len());
    }
}

#[test]
fn a_utilization_is_of_services_of_which_both_figures_are_known() {
    let of = |acquired: Option<i64>, licensed: Option<i64>| {
        let license = ServiceLicense {
            acquired: Figure::from(acquired),
            licensed: Figure::from(licensed),
            ..ServiceLicense::default()
        };
        let customer = Customer { guid: Some(Uuid::from_u128(1)), ..Customer::default() };
        let mut service = Service::listed("live", customer);
        service.licenses = Licenses::Read(Box::new(license));
        service
    };
    let services = [of(Some(10), Some(5)), of(Some(90), None), of(None, Some(70))];
    let totals = Totals::of(&services);
    assert_eq!(totals.acquired.figure(), Figure::known(100));
    assert_eq!(totals.of_both.utilization(), Some(0.5));
    assert_eq!((totals.available.figure(), totals.available.unknown), (Figure::known(5), 2));
}

#[test]
fn a_service_without_an_id_has_no_license_yet_and_nothing_failed() {
    let lead = Service::listed("live", Customer::default());
    assert_eq!(lead.licenses, Licenses::NoneYet);
    assert!(lead.marks(OUTLOOK).is_empty());
    let census = Census::of([&lead], OUTLOOK);
    assert_eq!((census.none_yet, census.marked(Mark::Failed)), (1, 0));
}

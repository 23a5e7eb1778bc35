//! The services ("customers") of Live Platform.

use super::names::{AWKWARD, Names, plain};
use super::random::{Random, Stream};

/// One service and its license info.
#[derive(Clone, Debug)]
pub struct Service {
    pub guid: String,
    pub short_name: String,
    pub full_name: String,
    /// 0 Hosted Essentials, 1 Hosted Essentials Plus, 2 Hosted Pro, 4 OC Essentials Plus,
    /// 5 OC Pro; any other is one no manual names.
    pub license_type: u8,
    /// As the list of services tells it, which is not always.
    pub listed_licenses: Option<u32>,
    pub microsoft_tenant: Option<String>,
    pub active_users: u32,
    pub acquired: u32,
    pub monitored: u32,
    pub factors: Factors,
    /// The three factors an operator can switch off.
    pub counted: Counted,
    /// Licensed users that no factor explains.
    pub unexplained: u32,
    pub last_update: String,
    pub license_info: LicenseInfo,
    pub monitored_as: Spelling,
    pub life_cycle_as: LifeCycleName,
}

/// Users and numbers by the factor they are counted under.
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub struct Factors {
    pub direct_routing: u32,
    pub operator_connect: u32,
    pub life_cycle: u32,
    pub user_interface: u32,
    pub service_numbers: u32,
}

/// Whether a factor adds to the licensed users.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Counted {
    pub life_cycle: bool,
    pub user_interface: bool,
    pub service_numbers: bool,
}

/// Whether the license info of a service can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LicenseInfo {
    Readable,
    /// Fails the first time.
    FailsOnce,
    /// Answers with an error message under status 200.
    Broken,
    /// There is none yet, nor a guid to ask with.
    Lead,
}

/// How `totalMonitoredUsers` is written: documented as string, printed as integer.
#[derive(Clone, Copy, Debug)]
pub enum Spelling {
    Integer,
    Text,
}

/// The two names of the same factor.
#[derive(Clone, Copy, Debug)]
pub enum LifeCycleName {
    ByTemplate,
    ByLifeCycleManagement,
}

impl Service {
    pub fn is_lead(&self) -> bool {
        self.license_info == LicenseInfo::Lead
    }

    /// Whether its license info can be read, if need be by asking again.
    pub fn is_readable(&self) -> bool {
        matches!(self.license_info, LicenseInfo::Readable | LicenseInfo::FailsOnce)
    }

    /// Users and numbers under factors that are switched off.
    pub fn not_counted(&self) -> u32 {
        let Counted { life_cycle, user_interface, service_numbers } = self.counted;
        let off = |count: u32, counted: bool| if counted { 0 } else { count };
        off(self.factors.life_cycle, life_cycle)
            + off(self.factors.user_interface, user_interface)
            + off(self.factors.service_numbers, service_numbers)
    }

    /// Users licensed now: what is counted, whatever is configured.
    pub fn licensed(&self) -> u32 {
        let switched = |count: u32, counted: bool| if counted { count } else { 0 };
        self.unexplained
            + self.factors.direct_routing
            + self.factors.operator_connect
            + switched(self.factors.life_cycle, self.counted.life_cycle)
            + switched(self.factors.user_interface, self.counted.user_interface)
            + switched(self.factors.service_numbers, self.counted.service_numbers)
    }
}

/// The service with a factor that is switched off and has a count.
const SWITCHED_OFF: u32 = 8;

/// The service whose license info was last updated years ago.
const STALE: u32 = 5;

/// Invents services, and leads after them. The third service, or the last of fewer, has no
/// readable license info; the first of the others fail once, as many as are wanted.
pub fn generate(seed: u64, count: u32, leads: u32, failing_once: u32) -> Vec<Service> {
    let mut random = Random::new(seed, Stream::Services);
    let mut names = Names::new();
    let broken = 2.min(count.saturating_sub(1));
    let mut services: Vec<Service> = (0..count + leads)
        .map(|number| {
            let mut service = service(&mut random, &mut names, number);
            service.license_info = match number {
                lead if lead >= count => LicenseInfo::Lead,
                third if third == broken && count > 1 => LicenseInfo::Broken,
                _ => LicenseInfo::Readable,
            };
            service
        })
        .collect();
    let readable = services.iter_mut().filter(|service| service.is_readable());
    for service in readable.take(failing_once as usize) {
        service.license_info = LicenseInfo::FailsOnce;
    }
    services.iter_mut().filter(|service| service.is_lead()).for_each(nothing_yet);
    services
}

/// A lead has no license, and nobody uses it.
fn nothing_yet(lead: &mut Service) {
    lead.listed_licenses = None;
    lead.factors = Factors::default();
    (lead.acquired, lead.monitored, lead.active_users) = (0, 0, 0);
}

fn service(random: &mut Random, names: &mut Names, number: u32) -> Service {
    let full_name = match number {
        4 => AWKWARD[0].to_owned(),
        7 => AWKWARD[1].to_owned(),
        _ => names.company(random),
    };
    let license_type = match number {
        0 => 5,
        6 => 9,
        _ => random.pick(&[0, 1, 1, 2, 2, 4, 4, 4, 5, 5]),
    };
    let mut factors = factors(random, license_type);
    let mut counted = Counted {
        life_cycle: random.chance(85),
        user_interface: random.chance(85),
        service_numbers: random.chance(80),
    };
    if number == SWITCHED_OFF {
        // Its five counts are more than what is licensed.
        factors.service_numbers += 3;
        counted.service_numbers = false;
    }
    let mut service = Service {
        guid: random.uuid(),
        short_name: format!(
            "{}{}",
            plain(&full_name).chars().take(10).collect::<String>(),
            number + 1
        ),
        full_name,
        license_type,
        listed_licenses: None,
        microsoft_tenant: (!random.chance(15)).then(|| random.uuid()),
        active_users: 0,
        acquired: 0,
        monitored: 0,
        factors,
        counted,
        unexplained: 0,
        last_update: match (number, time(random)) {
            (STALE, recent) => recent.replacen("2026", "2023", 1),
            (_, recent) => recent,
        },
        license_info: LicenseInfo::Readable,
        monitored_as: if number % 2 == 1 { Spelling::Text } else { Spelling::Integer },
        life_cycle_as: if number.is_multiple_of(3) {
            LifeCycleName::ByTemplate
        } else {
            LifeCycleName::ByLifeCycleManagement
        },
    };
    let licensed = service.licensed();
    service.acquired = match random.below(100) {
        0..8 => licensed.saturating_sub(random.between(1, 10)),
        8..20 => licensed + random.between(0, 3),
        20..28 => licensed * 5 + 50,
        _ => licensed + licensed * random.between(10, 90) / 100 + random.between(1, 20),
    };
    // Hosted Essentials is listed without a count.
    service.listed_licenses = (license_type != 0).then_some(service.acquired);
    let users = licensed - licensed.min(factors.service_numbers);
    service.monitored = users + random.between(0, users / 3 + 4);
    service.active_users = service.monitored - random.between(0, service.monitored / 5);
    service
}

fn factors(random: &mut Random, license_type: u8) -> Factors {
    let mut up_to = |most| random.between(0, most);
    let numbered = up_to(180);
    let mut factors = Factors {
        life_cycle: up_to(60),
        user_interface: up_to(40),
        service_numbers: up_to(25),
        ..Factors::default()
    };
    match license_type {
        // Only service numbers can be counted here.
        0 => (factors.life_cycle, factors.user_interface) = (0, 0),
        4 | 5 => factors.operator_connect = numbered,
        _ => factors.direct_routing = numbered,
    }
    factors
}

/// As .NET writes a time: seven digits of a second, and an offset. Some weeks apart, so that
/// stale ones are among them.
fn time(random: &mut Random) -> String {
    format!(
        "2026-{:02}-{:02}T{:02}:{:02}:{:02}.{:07}+00:00",
        random.between(8, 11),
        random.between(1, 21),
        random.between(0, 23),
        random.between(0, 59),
        random.between(0, 59),
        random.between(0, 9_999_999),
    )
}

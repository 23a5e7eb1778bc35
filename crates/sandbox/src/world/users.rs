//! The users of a CUCM cluster and the license each requires.

use std::collections::HashMap;

use super::names::{Names, plain};
use super::random::{Random, Stream};

/// One user. Everything a reply says is derived from these.
#[derive(Clone, Debug)]
pub struct User {
    /// In upper case and in braces, as AXL writes it.
    pub uuid: String,
    pub user_id: String,
    /// Imported from a directory, a user may have none; to the database that is not an empty one.
    pub first_name: Option<String>,
    pub last_name: String,
    pub single_number_reach: bool,
    pub extension_mobility: bool,
    /// Those that name this user as their owner.
    pub devices: u32,
    pub license: Option<License>,
    /// As AXL counts it: the eleventh device of a user takes another license.
    pub licenses_used: u32,
}

/// What a user can require.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum License {
    Cuwl,
    EnhancedPlus,
    Enhanced,
    Basic,
    Essential,
    TelePresenceRoom,
}

impl License {
    pub const ALL: [Self; 6] = [
        Self::Cuwl,
        Self::EnhancedPlus,
        Self::Enhanced,
        Self::Basic,
        Self::Essential,
        Self::TelePresenceRoom,
    ];

    /// No capture of AXL's own spelling is public; these are the usage report's.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cuwl => "CUWL Standard",
            Self::EnhancedPlus => "Enhanced Plus",
            Self::Enhanced => "Enhanced",
            Self::Basic => "Basic",
            Self::Essential => "Essential",
            Self::TelePresenceRoom => "TelePresence Room",
        }
    }

    /// As the database names it, without the spaces it fills the column up with.
    pub fn column_name(self) -> &'static str {
        match self {
            Self::EnhancedPlus => "EnhancedPlus",
            _ => self.name(),
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|license| license.name() == name)
    }

    /// Cisco's rule: the number of devices owned decides, then the model of a single one,
    /// and single number reach asks for Basic at least. Extension mobility costs nothing.
    fn required(devices: u32, only_device: Self, single_number_reach: bool) -> Option<Self> {
        match devices {
            0 => single_number_reach.then_some(Self::Basic),
            1 if only_device == Self::Essential && single_number_reach => Some(Self::Basic),
            1 => Some(only_device),
            2 => Some(Self::EnhancedPlus),
            _ => Some(Self::Cuwl),
        }
    }
}

/// Invents users, sorted by user id.
pub fn generate(seed: u64, count: u32) -> Vec<User> {
    let mut random = Random::new(seed, Stream::Users);
    let mut used = HashMap::new();
    let mut users: Vec<User> =
        (0..count).map(|number| user(&mut random, &mut used, number)).collect();
    users.sort_by(|a, b| a.user_id.cmp(&b.user_id));
    users
}

/// People and things that a careless reader stumbles over, by number. An underscore and a
/// percent sign in a user id are wildcards of LIKE.
fn awkward(number: u32) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match number {
        3 => ("svc_fax", "Lobby", "Fax & <Print>"),
        4 => ("svcxfax", "Office", "Copy"),
        5 => ("zed", "Zoë \"Zed\"", "O'Connor"),
        6 => ("cdata", "]]>", "<![CDATA[Smith]]>"),
        7 => ("room-3", "", "Conference Room 3"),
        8 => ("émile.müller", "Émile", "Müller"),
        9 => ("promo100%", "=HYPERLINK(\"http://127.0.0.1/\")", "Promotion"),
        10 => ("lhaddad", "ليلى", "حداد"),
        11 => ("nora", "Nora 🎧", "Ångström&amp;Söhne"),
        12 => (
            "barnaby.wolfeschlegelsteinhausenbergerdorff",
            "Barnaby Marmaduke Aloysius Benjy Cobweb Dartagnan Egbert Felix Gaspar",
            "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley",
        ),
        _ => return None,
    })
}

fn user(random: &mut Random, used: &mut HashMap<String, u32>, number: u32) -> User {
    let (first, last) = Names::person(random);
    let (stem, first, last) = if let Some((user_id, first, last)) = awkward(number) {
        (user_id.to_owned(), first, last)
    } else {
        let initial: String = plain(first).chars().take(1).collect();
        (format!("{initial}{}", plain(last)), first, last)
    };
    let namesakes = used.entry(stem.clone()).or_default();
    *namesakes += 1;
    let user_id = if *namesakes == 1 { stem } else { format!("{stem}{namesakes}") };
    let devices = match (number, random.below(100)) {
        (0, _) => 12,
        (1, _) | (_, 0..12) => 0,
        (_, 12..70) => 1,
        (_, 70..88) => 2,
        (_, 88..99) => random.between(3, 10),
        _ => random.between(11, 14),
    };
    let only_device = match random.below(100) {
        0..12 => License::Essential,
        12..24 => License::Basic,
        24..27 => License::TelePresenceRoom,
        _ => License::Enhanced,
    };
    let single_number_reach = number != 1 && random.chance(18);
    let license = License::required(devices, only_device, single_number_reach);
    User {
        uuid: format!("{{{}}}", random.uuid().to_uppercase()),
        user_id,
        first_name: (!first.is_empty()).then(|| first.to_owned()),
        last_name: last.to_owned(),
        single_number_reach,
        extension_mobility: random.chance(25),
        devices,
        license,
        licenses_used: match (license, devices) {
            (None, _) => 0,
            (Some(_), 0..=10) => 1,
            (Some(_), _) => 2,
        },
    }
}

//! Why a user requires a license, and what would lower it, in words.

use super::rule::{Rule, asked_of};
use crate::axl::UserRow;
use crate::words::{later, number, tr};
use crate::{plural, say};

/// Why a user requires what they do; whole sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    pub rule: Rule,
    /// What is so of this user, and the rule that this falls under.
    pub because: Vec<String>,
    /// What would take them to a cheaper license, the smallest change first; empty where nothing
    /// would, or nothing is known.
    pub lower: Vec<String>,
}

/// What no operation of AXL on licenses tells; whole sentences.
pub const NOT_TOLD: [&str; 4] = [
    later(
        "Which devices a user owns, and of which class: AXL gives their number only. The cluster's \
     administration lists the devices whose owner is this user.",
    ),
    later(
        "Whether a device is still used. A device counts while it names the user as its owner, \
     registered or not.",
    ),
    later(
        "How many licenses are owned or left. That is in Cisco's license manager, which also lends \
     higher licenses to whoever requires a lower one.",
    ),
    later(
        "How old the figures are. The cluster counts every six hours, and when its usage is updated \
     by hand.",
    ),
];

impl Why {
    pub fn of(user: &UserRow<'_>) -> Self {
        let rule = Rule::of(user);
        let devices = user.device_count.get().unwrap_or(0);
        let because = because(rule, user, devices);
        Self { rule, because, lower: lower(rule, user.snr, devices) }
    }
}

fn because(rule: Rule, user: &UserRow<'_>, devices: i64) -> Vec<String> {
    let owns = match devices {
        0 => tr("Owns no device.").to_owned(),
        devices => plural!(devices, "Owns {n} device.", "Owns {n} devices."),
    };
    match rule {
        Rule::Nothing => vec![
            tr("Owns no device and has no single number reach.").into(),
            tr("Such a user requires no license.").into(),
        ],
        Rule::SnrAlone => vec![
            tr("Owns no device; single number reach is on.").into(),
            tr("Single number reach by itself requires Basic.").into(),
        ],
        Rule::EssentialDevice => vec![
            owns,
            tr("Of one device its class decides, and this one is of class Essential: an analog phone, \
             an ATA, a 3905 or 6901, for example.")
                .into(),
        ],
        Rule::BasicDevice if user.snr == Some(false) => vec![
            owns,
            tr("Of one device its class decides, and this one is of class Basic: a 6911 or 6921, for \
             example.")
                .into(),
        ],
        Rule::BasicDevice => vec![
            owns,
            tr("Either the device is of class Basic, or it is of class Essential and single number \
             reach, which asks for Basic at least, raises it.")
                .into(),
        ],
        Rule::EnhancedDevice => vec![
            owns,
            tr("Of one device its class decides, and this one is of class Enhanced, as most phones, \
             personal video systems and soft clients are.")
                .into(),
        ],
        Rule::Room => vec![
            if user.device_count.is_known() { owns } else { tr("Owns a room system.").into() },
            tr("A TelePresence Room license covers a room system, and a phone beside it that has the \
             same owner.")
                .into(),
        ],
        Rule::TwoDevices => {
            vec![owns, tr("Two devices require Enhanced Plus, whatever their class is.").into()]
        }
        Rule::ThreeToTen => vec![
            owns,
            tr("Three to ten devices require CUWL Standard, whatever their class is.").into(),
        ],
        Rule::MoreThanTen => {
            let mut additional = tr("CUWL Standard reaches up to ten devices; beyond them an \
                 additional license is required.")
            .to_owned();
            if let Some(used) = user.license_used.get() {
                let counted = say!(
                    "The cluster counts {used} in all for this user.",
                    used = number(used)
                );
                additional = [&additional, " ", &counted].concat();
            }
            vec![owns, additional]
        }
        Rule::Contradicts => {
            let license = user.license_type.map_or(tr("no license"), |license| license.name());
            vec![
                owns,
                say!(
                    "Cisco's rules ask for {asked} then, and the cluster says {license}. Its figures \
                     may be of different times, or something else counts that AXL does not show: \
                     updating the usage may settle it.",
                    asked = asked_of(devices, user.snr),
                    license
                ),
            ]
        }
        Rule::UnknownType => vec![
            tr("The cluster names a license that Cisco's chapter on licenses does not have: its rule \
             is not known here.")
                .into(),
        ],
        Rule::DevicesUntold => vec![
            tr("The cluster did not say how many devices this user owns, which is what licenses \
             mostly follow from.")
                .into(),
        ],
        Rule::LicenseUntold => {
            vec![tr("The cluster does not say which license this user requires.").into()]
        }
    }
}

fn lower(rule: Rule, snr: Option<bool>, devices: i64) -> Vec<String> {
    let without_device = match snr {
        Some(true) => tr("Without the device: Basic stays, for single number reach."),
        Some(false) => tr("Without the device: no license."),
        None => tr("Without the device: no license, or Basic if single number reach is on."),
    };
    let one_left = match snr {
        Some(true) => {
            tr("Enhanced, or Basic where the device that stays is of class Basic or Essential.")
        }
        _ => tr("Enhanced, or less where the device that stays is of class Basic or Essential."),
    };
    let to_one = |by: i64| {
        plural!(by, "One device less: {left}", "{n} devices less: {left}", left = one_left)
    };
    let to_two = |by: i64| {
        plural!(by, "One device less: Enhanced Plus.", "{n} devices less: Enhanced Plus.")
    };
    // Another license than Basic goes; Basic stays.
    let to_basic = match snr {
        Some(true) => tr("Without the device: Basic, for single number reach."),
        _ => without_device,
    };
    match rule {
        Rule::SnrAlone => vec![tr("Single number reach off: no license.").into()],
        Rule::EssentialDevice => vec![without_device.into()],
        Rule::BasicDevice if snr == Some(false) => vec![
            tr("A device of class Essential in its place: Essential.").into(),
            without_device.into(),
        ],
        Rule::BasicDevice => vec![
            tr("Single number reach off: Essential, if the device is of class Essential; else Basic \
             stays.")
                .into(),
            tr("Neither the device nor single number reach: no license.").into(),
        ],
        Rule::EnhancedDevice => {
            let in_its_place = match snr {
                Some(true) => tr("A device of class Basic in its place: Basic."),
                _ => tr("A device of class Basic in its place: Basic, of class Essential: Essential."),
            };
            vec![in_its_place.into(), to_basic.into()]
        }
        Rule::Room if devices == 1 => vec![to_basic.into()],
        Rule::TwoDevices => vec![to_one(1)],
        Rule::ThreeToTen => vec![
            to_two(devices - 2),
            to_one(devices - 1),
        ],
        Rule::MoreThanTen => vec![
            plural!(
                devices - 10,
                "One device less: no additional license.",
                "{n} devices less: no additional license."
            ),
            to_two(devices - 2),
        ],
        Rule::Nothing
        | Rule::Room
        | Rule::Contradicts
        | Rule::UnknownType
        | Rule::DevicesUntold
        | Rule::LicenseUntold => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axl::LicenseType;
    use crate::estate::Figure;

    fn user(license: Option<&LicenseType>, devices: i64, snr: Option<bool>) -> UserRow<'_> {
        UserRow {
            uuid: None,
            user_id: "ada",
            first_name: "",
            last_name: "",
            license_type: license,
            snr,
            em: None,
            device_count: Figure::known(devices),
            license_used: Figure::known(i64::from(license.is_some())),
        }
    }

    /// What Cisco's chapter asks for: by devices, the class of a single one, single number reach.
    #[test]
    fn every_user_of_the_chapter_falls_under_its_rule() {
        use LicenseType::*;
        for (license, devices, snr, rule) in [
            (None, 0, false, Rule::Nothing),
            (Some(Basic), 0, true, Rule::SnrAlone),
            (Some(Essential), 1, false, Rule::EssentialDevice),
            (Some(Basic), 1, false, Rule::BasicDevice),
            (Some(Basic), 1, true, Rule::BasicDevice),
            (Some(Enhanced), 1, false, Rule::EnhancedDevice),
            (Some(Enhanced), 1, true, Rule::EnhancedDevice),
            (Some(TelePresenceRoom), 1, false, Rule::Room),
            (Some(TelePresenceRoom), 2, true, Rule::Room),
            (Some(EnhancedPlus), 2, false, Rule::TwoDevices),
            (Some(Cuwl), 3, true, Rule::ThreeToTen),
            (Some(Cuwl), 10, false, Rule::ThreeToTen),
            (Some(Cuwl), 11, false, Rule::MoreThanTen),
        ] {
            let why = Why::of(&user(license.as_ref(), devices, Some(snr)));
            assert_eq!(why.rule, rule, "{license:?} {devices} {snr}");
            let is_cheapest = matches!(rule, Rule::Nothing) || (rule == Rule::Room && devices > 1);
            assert_eq!(why.lower.is_empty(), is_cheapest, "{why:?}");
        }
    }

    #[test]
    fn what_does_not_follow_is_said_to_contradict() {
        use LicenseType::*;
        for (license, devices, snr) in [
            (None, 1, false),
            (None, 0, true),
            (Some(Basic), 0, false),
            (Some(Essential), 1, true),
            (Some(Enhanced), 0, true),
            (Some(Enhanced), 2, false),
            (Some(EnhancedPlus), 3, false),
            (Some(Cuwl), 2, false),
            (Some(TelePresenceRoom), 0, false),
        ] {
            let why = Why::of(&user(license.as_ref(), devices, Some(snr)));
            assert_eq!(why.rule, Rule::Contradicts, "{license:?} {devices} {snr}");
            assert!(why.lower.is_empty() && why.because[1].contains("Cisco's rules ask for"));
        }
        let enhanced = Enhanced;
        let why = Why::of(&user(Some(&enhanced), 2, Some(false)));
        let asked = "ask for Enhanced Plus, or TelePresence Room for a room system with its phone \
                     then, and the cluster says Enhanced.";
        assert!(why.because[1].contains(asked), "{why:?}");
    }

    #[test]
    fn what_is_not_told_is_not_guessed() {
        let enhanced = LicenseType::Enhanced;
        let untold = UserRow { device_count: Figure::UNKNOWN, ..user(Some(&enhanced), 0, None) };
        assert_eq!(Rule::of(&untold), Rule::DevicesUntold);
        let by_sql = UserRow { license_used: Figure::UNKNOWN, ..user(None, 1, Some(true)) };
        assert_eq!(Rule::of(&by_sql), Rule::LicenseUntold);
        let hcs = LicenseType::Other("HUCM_Foundation".into());
        assert_eq!(Rule::of(&user(Some(&hcs), 3, None)), Rule::UnknownType);
        let unnamed = UserRow { license_used: Figure::known(2), ..user(None, 0, None) };
        assert_eq!(Rule::of(&unnamed), Rule::UnknownType);
        let one = Why::of(&user(Some(&enhanced), 1, None));
        let unsure = "Without the device: no license, or Basic if single number reach is on.";
        assert_eq!(one.lower[1], unsure);
    }

    #[test]
    fn one_device_less_is_told_where_it_lowers() {
        let (plus, cuwl) = (LicenseType::EnhancedPlus, LicenseType::Cuwl);
        let lower = |license, devices, snr| Why::of(&user(Some(license), devices, Some(snr))).lower;
        assert!(lower(&plus, 2, false)[0].starts_with("One device less: Enhanced, or less"));
        assert!(lower(&plus, 2, true)[0].starts_with("One device less: Enhanced, or Basic"));
        assert_eq!(lower(&cuwl, 3, false)[0], "One device less: Enhanced Plus.");
        assert_eq!(lower(&cuwl, 7, false)[0], "5 devices less: Enhanced Plus.");
        assert_eq!(lower(&cuwl, 11, false)[0], "One device less: no additional license.");
    }

    #[test]
    fn everything_is_said_in_whole_sentences() {
        let types = ["Essential", "Basic", "Enhanced", "Enhanced Plus", "CUWL", "TelePresenceRoom"];
        let types = types.map(LicenseType::of).into_iter().chain([None, LicenseType::of("other")]);
        let mut said: Vec<String> = NOT_TOLD.map(str::to_owned).into();
        for license in types {
            for devices in [0, 1, 2, 3, 10, 11, 400] {
                for snr in [None, Some(false), Some(true)] {
                    let why = Why::of(&user(license.as_ref(), devices, snr));
                    assert!(!why.because.is_empty());
                    said.extend(why.because.into_iter().chain(why.lower));
                }
            }
        }
        for said in said {
            let begins = said.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            assert!(begins && said.ends_with('.') && !said.contains("  "), "{said}");
        }
    }
}

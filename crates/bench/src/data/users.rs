//! One page of AXL's `listLicensedUser`, schema 14.0, in the schema's order of fields.

use std::fmt::Write as _;

use super::{Reply, random::Random};
use crate::Found;

const FIRST_NAMES: [&str; 10] =
    ["Amélie", "Anders", "Björn", "Carla", "Daan", "François", "Ingrid", "Noor", "Søren", "Tess"];
const LAST_NAMES: [(&str, &str); 10] = [
    ("Aerts", "aerts"),
    ("Brüggemann", "bruggemann"),
    ("De Smet", "desmet"),
    ("González", "gonzalez"),
    ("Jørgensen", "jorgensen"),
    ("Müller &amp; Sohn", "muller"),
    ("O&apos;Sullivan", "osullivan"),
    ("Schäfer", "schafer"),
    ("Van den Berg", "vandenberg"),
    ("Whitfield", "whitfield"),
];
const TYPES: [&str; 7] = [
    "Basic",
    "CUWL Standard",
    "Enhanced",
    "Enhanced",
    "Enhanced Plus",
    "Essential",
    "TelePresence Room",
];

pub(super) fn reply(size: u32) -> Reply {
    let mut random = Random::new(u64::from(size));
    let mut truth = Found::default();
    let mut xml = String::from(
        "<?xml version='1.0' encoding='UTF-8'?>\
         <soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         <soapenv:Body><ns:listLicensedUserResponse xmlns:ns=\"http://www.cisco.com/AXL/API/14.0\">\
         <return>",
    );
    for number in 0..size {
        let used = user(&mut xml, number, &mut random);
        truth.items += 1;
        truth.sum += i64::from(used);
    }
    xml.push_str("</return></ns:listLicensedUserResponse></soapenv:Body></soapenv:Envelope>");
    Reply { body: xml.into_bytes(), truth, name_bytes: 0 }
}

/// Writes one user and gives how many licenses they use.
fn user(xml: &mut String, number: u32, random: &mut Random) -> u32 {
    let uuid = random.uuid().to_uppercase();
    let (first, (last, plain)) = (random.pick(&FIRST_NAMES), random.pick(&LAST_NAMES));
    let devices = random.pick(&[0, 1, 1, 1, 2, 2, 3, 12]);
    let used = match devices {
        0 => 0,
        12 => 2,
        _ => 1,
    };
    let license_type = match used {
        0 => "<licenseType/>".to_owned(),
        _ => format!("<licenseType>{}</licenseType>", random.pick(&TYPES)),
    };
    let (snr, em) = (random.below(5) == 0, random.below(4) == 0);
    // Writing to a String cannot fail.
    let _ = write!(
        xml,
        "<licensedUser uuid=\"{{{uuid}}}\"><userId>{plain}{number}</userId>\
         <firstName>{first}</firstName><lastName>{last}</lastName><snrEnabled>{snr}</snrEnabled>\
         <emEnabled>{em}</emEnabled><deviceCount>{devices}</deviceCount>{license_type}\
         <licenseUsed>{used}</licenseUsed></licensedUser>"
    );
    used
}

//! Devices without an owner: lobby phones, fax adapters, meeting rooms. Each requires a
//! license of its own.

use super::random::{Random, Stream};
use super::users::License;

/// A device whose owner is not set.
#[derive(Clone, Debug)]
pub struct Device {
    /// In upper case and in braces, as AXL writes it.
    pub uuid: String,
    pub name: String,
    pub description: String,
    pub model: Model,
    pub extension: String,
}

impl Device {
    pub fn license(&self) -> License {
        self.model.license
    }
}

/// A model as Unified CM names it, and the license a single one requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Model {
    pub name: &'static str,
    pub license: License,
    prefix: &'static str,
}

const MODELS: [Model; 10] = [
    model("Cisco 7841", License::Enhanced, "SEP"),
    model("Cisco 8811", License::Enhanced, "SEP"),
    model("Cisco 8845", License::Enhanced, "SEP"),
    model("Third-party SIP Device (Advanced)", License::Enhanced, "SEP"),
    model("Cisco 6921", License::Basic, "SEP"),
    model("Cisco 6911", License::Basic, "SEP"),
    model("Cisco ATA 191", License::Essential, "ATA"),
    model("Analog Phone", License::Essential, "AN"),
    model("Cisco 3905", License::Essential, "SEP"),
    model("Cisco Webex Room 55", License::TelePresenceRoom, "SEP"),
];

const fn model(name: &'static str, license: License, prefix: &'static str) -> Model {
    Model { name, license, prefix }
}

const PLACES: [&str; 9] = [
    "Lobby",
    "Warehouse gate 4",
    "Kitchen 2nd floor",
    "Conference \"Åre\" <video>",
    "Fax & Franking",
    "Reception]]>",
    "Elevator 1",
    "",
    "Café 'Süd'",
];

/// Invents devices, sorted by name.
pub fn generate(seed: u64, count: u32) -> Vec<Device> {
    let mut random = Random::new(seed, Stream::Devices);
    let mut devices: Vec<Device> = (0..count).map(|number| device(&mut random, number)).collect();
    devices.sort_by(|a, b| a.name.cmp(&b.name));
    devices
}

fn device(random: &mut Random, number: u32) -> Device {
    let uuid = random.uuid();
    // The first ones have each model once, so that small clusters do, too.
    let chosen = random.pick(&MODELS);
    let model = MODELS.get(number as usize).copied().unwrap_or(chosen);
    let hardware = uuid.rsplit('-').next().unwrap_or_default().to_uppercase();
    let extension = match random.below(10) {
        0 => String::new(),
        1 => format!("\\+3225550{:03}", random.below(1000)),
        _ => (4000 + random.below(5000)).to_string(),
    };
    Device {
        name: format!("{}{hardware}", model.prefix),
        uuid: format!("{{{}}}", uuid.to_uppercase()),
        description: random.pick(&PLACES).to_owned(),
        model,
        extension,
    }
}

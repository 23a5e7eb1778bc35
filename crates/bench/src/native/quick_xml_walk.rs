//! quick-xml's events, walked into one object a user.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};
use seatree_bench::Found;

#[derive(Default)]
pub(super) struct User {
    pub(super) uuid: String,
    pub(super) login: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) license_type: String,
    pub(super) snr: Option<bool>,
    pub(super) em: Option<bool>,
    pub(super) device_count: Option<i64>,
    pub(super) license_used: Option<i64>,
}

pub(super) fn users(bytes: &[u8]) -> Result<Vec<User>, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut reader = Reader::from_str(text);
    let mut users: Vec<User> = Vec::new();
    let mut text = String::new();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => {
                text.clear();
                if start.name().0 == "licensedUser" {
                    let mut user = User::default();
                    let uuid =
                        start.try_get_attribute("uuid").map_err(|error| error.to_string())?;
                    if let Some(uuid) = uuid {
                        uuid.value.as_ref().clone_into(&mut user.uuid);
                    }
                    users.push(user);
                }
            }
            Event::Text(piece) => text.push_str(&piece.xml10_content()),
            Event::CData(piece) => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(reference) => resolve(&reference, &mut text),
            Event::End(end) => {
                if let Some(user) = users.last_mut() {
                    field(user, end.name().0, &text);
                }
                text.clear();
            }
            Event::Eof => return Ok(users),
            _ => {}
        }
    }
}

pub(super) fn found(users: &[User]) -> Found {
    let sum = users.iter().filter_map(|user| user.license_used).sum();
    Found { items: users.len() as u64, sum }
}

fn resolve(reference: &BytesRef<'_>, text: &mut String) {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => text.push(character),
        _ => text.push_str(resolve_xml_entity(reference).unwrap_or_default()),
    }
}

fn field(user: &mut User, name: &str, text: &str) {
    match name {
        "userId" => text.clone_into(&mut user.login),
        "firstName" => text.clone_into(&mut user.first_name),
        "lastName" => text.clone_into(&mut user.last_name),
        "licenseType" => text.clone_into(&mut user.license_type),
        "snrEnabled" => user.snr = Some(text == "true"),
        "emEnabled" => user.em = Some(text == "true"),
        "deviceCount" => user.device_count = text.parse().ok(),
        "licenseUsed" => user.license_used = text.parse().ok(),
        _ => {}
    }
}

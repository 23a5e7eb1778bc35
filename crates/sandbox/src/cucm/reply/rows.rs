//! Replies with rows: lists, and single entries of them.

use std::borrow::Cow;

use super::Surface;
use crate::cucm::fault::Fault;
use crate::cucm::operation::capabilities::{Capabilities, CapabilitiesTag};
use crate::cucm::operation::devices::DeviceTag;
use crate::cucm::operation::users::Tag;
use crate::cucm::quirk::Quirk;
use crate::world::devices::Device;
use crate::world::users::User;

/// A list that is to be written.
pub struct List<Rows> {
    pub operation: &'static str,
    pub rows: Rows,
    /// How many match, on all pages.
    pub total: usize,
    /// Bytes the reply may have.
    pub limit: usize,
}

impl Surface<'_> {
    /// A list. Nothing found is an empty element, not an empty list.
    ///
    /// # Errors
    /// The fault of a reply that would be too large. Writing ends there, so that asking for
    /// everything costs no more than the largest reply.
    pub fn list<Row>(
        &self,
        list: List<impl Iterator<Item = Row>>,
        mut write: impl FnMut(&mut String, Row),
    ) -> Result<String, Fault> {
        let operation = list.operation;
        let mut rows = list.rows.peekable();
        if rows.peek().is_none() {
            return Ok(self.response(operation, "<return/>"));
        }
        let mut out = self.open(operation);
        out.push_str("<return>");
        for (row, before) in rows.zip(0..) {
            write(&mut out, row);
            if out.len() > list.limit {
                let fitting = (before + 1) * list.limit / out.len();
                return Err(Fault::too_large(operation, list.total, fitting, self.quirks));
            }
        }
        out.push_str("</return>");
        self.close(&mut out, operation);
        Ok(out)
    }

    /// A reply with one entry.
    pub fn entry(&self, operation: &str, write: impl FnOnce(&mut String)) -> String {
        let mut inner = "<return>".to_owned();
        write(&mut inner);
        inner.push_str("</return>");
        self.response(operation, &inner)
    }

    /// Only the fields that were asked for.
    pub fn user(&self, out: &mut String, user: &User, tags: &[Tag]) {
        self.row(out, "licensedUser", &user.uuid, tags, |tag| {
            let value = match tag {
                Tag::UserId => Cow::from(&user.user_id),
                Tag::FirstName => return (tag.name(), user.first_name.as_deref().map(Cow::from)),
                Tag::LastName => Cow::from(&user.last_name),
                Tag::SnrEnabled => truth(user.single_number_reach).into(),
                Tag::EmEnabled => truth(user.extension_mobility).into(),
                Tag::DeviceCount => user.devices.to_string().into(),
                Tag::LicenseType => user.license.map_or("", |license| license.name()).into(),
                Tag::LicenseUsed => user.licenses_used.to_string().into(),
            };
            (tag.name(), Some(value))
        });
    }

    pub fn device(&self, out: &mut String, device: &Device, tags: &[DeviceTag]) {
        self.row(out, "unassignedDevice", &device.uuid, tags, |tag| {
            let value = match tag {
                DeviceTag::Name => &device.name,
                DeviceTag::Description => &device.description,
                DeviceTag::DeviceType => device.model.name,
                DeviceTag::LicenseType => device.license().name(),
                DeviceTag::Extension => &device.extension,
            };
            (tag.name(), Some(value.into()))
        });
    }

    pub fn capabilities(
        &self,
        out: &mut String,
        user: &User,
        capabilities: Capabilities,
        tags: &[CapabilitiesTag],
    ) {
        self.row(out, "licenseCapabilities", &user.uuid, tags, |tag| {
            let value = match tag {
                CapabilitiesTag::UserId => &user.user_id,
                CapabilitiesTag::EnableUps => truth(capabilities.presence),
                CapabilitiesTag::EnableUpc => truth(capabilities.personal_communicator),
            };
            (tag.name(), Some(value.into()))
        });
    }

    /// A row of a statement's result: its columns, in lower case, in no order but its own.
    pub fn sql_row<'a>(
        &self,
        out: &mut String,
        columns: impl Iterator<Item = (&'a str, Cow<'a, str>)>,
    ) {
        out.push_str("<row>");
        for (name, value) in columns {
            self.field(out, name, Some(&value));
        }
        out.push_str("</row>");
    }

    fn row<'a, T: Copy>(
        &self,
        out: &mut String,
        element: &str,
        uuid: &str,
        tags: &[T],
        value: impl Fn(T) -> (&'static str, Option<Cow<'a, str>>),
    ) {
        out.extend(["<", element, " uuid=\"", uuid, "\">"]);
        let mut write = |tag: &T| {
            let (name, value) = value(*tag);
            self.field(out, name, value.as_deref());
        };
        if self.has(Quirk::FieldOrder) {
            tags.iter().rev().for_each(&mut write);
        } else {
            tags.iter().for_each(&mut write);
        }
        out.extend(["</", element, ">"]);
    }
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

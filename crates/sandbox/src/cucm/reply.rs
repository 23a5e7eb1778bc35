//! Writes AXL replies: the response element in its version's namespace, all below it in none.

use super::operation::Tag;
use super::release::{Release, Schema};
use super::xml::escape_into;
use crate::world::users::User;

/// A SOAP envelope around a body, on one line as real servers write it.
pub fn envelope(body: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope \
         xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>{body}\
         </soapenv:Body></soapenv:Envelope>\n"
    )
}

fn response(schema: Schema, operation: &str, inner: &str) -> String {
    let namespace = schema.namespace();
    envelope(&format!(
        "<ns:{operation}Response xmlns:ns=\"{namespace}\">{inner}</ns:{operation}Response>"
    ))
}

/// Reply of `getCCMVersion`.
pub fn ccm_version(schema: Schema, release: Release) -> String {
    let version = release.full_version();
    let inner = format!(
        "<return><componentVersion><version>{version}</version></componentVersion></return>"
    );
    response(schema, "getCCMVersion", &inner)
}

/// Reply of `getLicensedUser`.
pub fn licensed_user(schema: Schema, user: &User, tags: &[Tag]) -> String {
    let mut inner = "<return>".to_owned();
    write_user(&mut inner, user, tags);
    inner.push_str("</return>");
    response(schema, "getLicensedUser", &inner)
}

/// Reply of `listLicensedUser`. Nobody found is an empty element, not an empty list.
pub fn licensed_users(schema: Schema, users: &[&User], tags: &[Tag]) -> String {
    if users.is_empty() {
        return response(schema, "listLicensedUser", "<return/>");
    }
    let mut inner = "<return>".to_owned();
    for user in users {
        write_user(&mut inner, user, tags);
    }
    inner.push_str("</return>");
    response(schema, "listLicensedUser", &inner)
}

/// Only the fields that were asked for.
fn write_user(out: &mut String, user: &User, tags: &[Tag]) {
    out.push_str("<licensedUser uuid=\"");
    out.push_str(&user.uuid);
    out.push_str("\">");
    for tag in tags {
        let number;
        let value = match tag {
            Tag::UserId => user.user_id.as_str(),
            Tag::FirstName => user.first_name.as_str(),
            Tag::LastName => user.last_name.as_str(),
            Tag::SnrEnabled => truth(user.single_number_reach),
            Tag::EmEnabled => truth(user.extension_mobility),
            Tag::DeviceCount => {
                number = user.devices.to_string();
                &number
            }
            Tag::LicenseType => user.license.map_or("", |license| license.name()),
            Tag::LicenseUsed => {
                number = user.licenses_used.to_string();
                &number
            }
        };
        let name = tag.name();
        if value.is_empty() {
            out.extend(["<", name, "/>"]);
        } else {
            out.extend(["<", name, ">"]);
            escape_into(out, value);
            out.extend(["</", name, ">"]);
        }
    }
    out.push_str("</licensedUser>");
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

//! SOAP faults in Cisco's shape.

use super::reply::envelope;
use super::xml::{Unreadable, escape_into};

/// A fault. The request is missing from those that failed before it was understood.
#[derive(Clone, Debug)]
pub struct Fault {
    code: i32,
    message: String,
    request: Option<&'static str>,
}

impl Fault {
    /// The 8 MB throttle, with its suggestion of a smaller page.
    pub fn too_large(total: usize, fitting: usize) -> Self {
        let fewer = fitting.max(2);
        Self {
            code: -1,
            message: format!(
                "Query request too large. Total rows matched: {total} rows. \
                 Suggestive Row Fetch: less than {fewer} rows"
            ),
            request: Some("listLicensedUser"),
        }
    }

    pub fn user_not_found(request: &'static str) -> Self {
        let message = "Item not valid: The specified User was not found".to_owned();
        Self { code: 5007, message, request: Some(request) }
    }

    pub fn unreadable(why: &Unreadable) -> Self {
        Self { code: -1, message: format!("The request is not well-formed: {why}"), request: None }
    }

    /// The request does not follow the schema.
    pub fn schema(message: impl Into<String>) -> Self {
        Self { code: -1, message: message.into(), request: None }
    }

    pub fn envelope(&self) -> String {
        let mut message = String::new();
        escape_into(&mut message, &self.message);
        let request = self.request.map(|name| format!("<request>{name}</request>"));
        envelope(&format!(
            "<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>{message}\
             </faultstring><detail><axlError><axlcode>{}</axlcode><axlmessage>{message}\
             </axlmessage>{}</axlError></detail></soapenv:Fault>",
            self.code,
            request.unwrap_or_default()
        ))
    }
}

//! SOAP faults in the shapes in which CUCM sends them.

use super::quirk::Quirk;
use super::release::Release;
use super::reply::envelope;
use super::xml::{Unreadable, escape_into};

/// A fault.
#[derive(Clone, Debug)]
pub struct Fault {
    code: i32,
    message: String,
    shape: Shape,
}

/// How a fault says it.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// With code, message and the operation that failed.
    Whole(&'static str),
    /// With a code alone, as from the database.
    CodeAlone,
    /// What failed before it was understood; from 12.5 on under a prefix, as in Cisco's sample
    /// of `listChange`.
    NotUnderstood,
    /// By Axis, before AXL has seen the request: without any code.
    OperationNotFound,
}

impl Fault {
    /// The 8 MB throttle, with its suggestion of a smaller page.
    pub fn too_large(
        request: &'static str,
        total: usize,
        fitting: usize,
        quirks: &[Quirk],
    ) -> Self {
        let fewer = fitting.max(2);
        let suggest = if quirks.contains(&Quirk::SuggestedWording) {
            "Suggested row fetch"
        } else {
            "Suggestive Row Fetch"
        };
        Self {
            code: -1,
            message: format!(
                "Query request too large. Total rows matched: {total} rows. \
                 {suggest}: less than {fewer} rows"
            ),
            shape: Shape::Whole(request),
        }
    }

    /// The replies under way leave no room for another.
    pub fn memory(request: &'static str) -> Self {
        let message = "Maximum AXL Memory Allocation Consumed. Please retry once requests in \
                       progress have completed";
        Self { code: -1, message: message.to_owned(), shape: Shape::Whole(request) }
    }

    pub fn user_not_found(request: &'static str) -> Self {
        let message = "Item not valid: The specified User was not found".to_owned();
        Self { code: 5007, message, shape: Shape::Whole(request) }
    }

    /// The schema of the request does not have the operation.
    pub fn operation_not_found() -> Self {
        Self { code: -1, message: String::new(), shape: Shape::OperationNotFound }
    }

    pub fn unreadable(why: &Unreadable) -> Self {
        Self::schema(format!("The request is not well-formed: {why}"))
    }

    /// The request does not follow the schema.
    pub fn schema(message: impl Into<String>) -> Self {
        Self { code: -1, message: message.into(), shape: Shape::NotUnderstood }
    }

    /// The database refuses a statement, with Informix' number.
    pub fn sql(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), shape: Shape::CodeAlone }
    }

    /// As it is sent in answer to a request with this `SOAPAction`.
    pub fn envelope(&self, release: Release, action: &str) -> String {
        if let Shape::OperationNotFound = self.shape {
            return operation_not_found(action);
        }
        let mut message = String::new();
        escape_into(&mut message, &self.message);
        let code = self.code;
        let error = match self.shape {
            Shape::CodeAlone => format!("<axlError><axlcode>{code}</axlcode></axlError>"),
            Shape::Whole(request) => format!(
                "<axlError><axlcode>{code}</axlcode><axlmessage>{message}</axlmessage>\
                 <request>{request}</request></axlError>"
            ),
            Shape::NotUnderstood | Shape::OperationNotFound if release >= Release::V12_5 => {
                let namespace = release.newest_schema().namespace();
                format!(
                    "<ns2:axlError xmlns:ns2=\"{namespace}\"><axlcode>{code}</axlcode>\
                     <axlmessage>{message}</axlmessage></ns2:axlError>"
                )
            }
            Shape::NotUnderstood | Shape::OperationNotFound => format!(
                "<axlError><axlcode>{code}</axlcode><axlmessage>{message}</axlmessage></axlError>"
            ),
        };
        envelope(&format!(
            "<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>{message}\
             </faultstring><detail>{error}</detail></soapenv:Fault>"
        ))
    }
}

/// Axis' own words, as seen in life.
fn operation_not_found(action: &str) -> String {
    let mut escaped = String::new();
    escape_into(&mut escaped, action);
    envelope(&format!(
        "<soapenv:Fault><faultcode xmlns:axis2ns1=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         axis2ns1:Client</faultcode><faultstring>The endpoint reference (EPR) for the Operation \
         not found is https://127.0.0.1:8443/axl/services/AXLAPIService and the WSA Action = \
         {escaped}</faultstring><detail /></soapenv:Fault>"
    ))
}

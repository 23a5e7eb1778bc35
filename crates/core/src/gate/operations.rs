//! Which operations of AXL may be asked for.

use super::{
    envelope::{self, Call},
    statement::only_selects,
};
use crate::error::excerpt;

/// Names, and beginnings of names before a `*`. None refuses everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operations(Vec<String>);

/// What is wrong with a request's body, for the one who sent it.
pub(super) type Objection = String;

impl Operations {
    pub(super) fn new(patterns: Vec<String>) -> Self {
        Self(patterns)
    }

    pub(super) fn is_pattern(text: &str) -> bool {
        let name = text.strip_suffix('*').unwrap_or(text);
        !text.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }

    fn list(&self, operation: &str) -> bool {
        self.0.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => operation.starts_with(start),
            None => operation == pattern,
        })
    }

    /// Reads a request's body as the cluster will and says what it asks for, if that is listed.
    ///
    /// `media_type` is the value of `content-type`, `action` that of `soapaction`.
    pub(super) fn judge(
        &self,
        media_type: Option<&str>,
        action: Option<&str>,
        body: &[u8],
    ) -> Result<Call, Objection> {
        if !is_plain_xml(media_type.unwrap_or_default()) {
            return Err("An AXL request is sent as text/xml in UTF-8.".to_owned());
        }
        let call = envelope::read(body).map_err(|why| {
            format!("The body is not one plain AXL request: {why}. Send one operation in one SOAP envelope.")
        })?;
        if !self.list(&call.operation) {
            return Err(format!(
                "The edge does not list the operation {}. Ask its operator to add it to \"operations\" if the cluster shall be used that way.",
                excerpt(&call.operation)
            ));
        }
        if !agrees(action.unwrap_or_default(), &call.operation) {
            return Err(format!(
                "The SOAPAction names another operation than the body, which asks for {}.",
                excerpt(&call.operation)
            ));
        }
        if call.operation == "executeSQLQuery" && !call.sql.as_deref().is_some_and(only_selects) {
            return Err("executeSQLQuery is let through with one plain SELECT statement only: without comments, and without words that write or lock, such as INTO or FOR UPDATE.".to_owned());
        }
        Ok(call)
    }
}

/// Whether a request might ask for a long list: all do but those of which it is sure that they do
/// not.
pub(super) fn may_be_long(media_type: Option<&str>, body: &[u8]) -> bool {
    !is_plain_xml(media_type.unwrap_or_default())
        || envelope::read(body).map_or(true, |call| call.is_long())
}

/// XML, in the one encoding that is looked at. A multipart body would be taken apart by the
/// cluster, and then hold another envelope than the one that was read.
fn is_plain_xml(media_type: &str) -> bool {
    let mut parts = media_type.split(';').map(str::trim);
    let named = parts.next().unwrap_or_default().to_ascii_lowercase();
    ["text/xml", "application/xml", "application/soap+xml"].contains(&named.as_str())
        && parts.all(|parameter| {
            let lower = parameter.to_ascii_lowercase();
            match lower.strip_prefix("charset=") {
                Some(charset) => ["utf-8", "us-ascii"].contains(&charset.trim_matches('"')),
                None => lower.starts_with("action="),
            }
        })
}

/// Whether a `SOAPAction` such as `"CUCM:DB ver=12.5 listLicensedUser"` names this operation, or
/// none.
fn agrees(action: &str, operation: &str) -> bool {
    let action = action.trim();
    let plain = action.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(action);
    let words: Vec<&str> = plain.split_ascii_whitespace().collect();
    match words.as_slice() {
        [] => true,
        ["CUCM:DB", version] => version.starts_with("ver="),
        ["CUCM:DB", version, named] => version.starts_with("ver=") && *named == operation,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: Option<&str> = Some("text/xml; charset=utf-8");

    fn reading() -> Operations {
        Operations::new(["get*", "listLicensedUser", "executeSQLQuery"].map(str::to_owned).to_vec())
    }

    fn envelope(operation: &str, children: &str) -> Vec<u8> {
        format!(
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>\
             <n:{operation} xmlns:n='http://www.cisco.com/AXL/API/12.5'>{children}</n:{operation}>\
             </e:Body></e:Envelope>"
        )
        .into_bytes()
    }

    fn refused(media_type: Option<&str>, action: &str, body: &[u8]) -> String {
        reading().judge(media_type, Some(action), body).expect_err("an objection")
    }

    #[test]
    fn listed_ones_pass_and_lists_are_told_from_the_rest() {
        let action = Some("\"CUCM:DB ver=12.5 listLicensedUser\"");
        let call = reading().judge(XML, action, &envelope("listLicensedUser", "")).unwrap();
        assert!(call.is_long());
        let call = reading().judge(XML, None, &envelope("getCCMVersion", "")).unwrap();
        assert!(!call.is_long());
    }

    #[test]
    fn what_changes_something_is_refused_by_name() {
        for operation in
            ["updateUser", "doUpdateLicenseUsage", "executeSQLUpdate", "listUser", "GetUser"]
        {
            let objection = refused(XML, "", &envelope(operation, ""));
            assert!(objection.contains(operation), "{objection}");
        }
        let nothing = Operations::new(Vec::new());
        assert!(nothing.judge(XML, None, &envelope("getUser", "")).is_err());
    }

    #[test]
    fn a_header_that_says_something_else_is_refused() {
        let body = envelope("getUser", "");
        for action in [
            "\"CUCM:DB ver=12.5 updateUser\"",
            "updateUser",
            "CUCM:DB ver=12.5 getUser updateUser",
            "\"CUCM:DB getUser\"",
            "urn:x",
        ] {
            refused(XML, action, &body);
        }
        for action in ["", "\"\"", "CUCM:DB ver=8.5", "CUCM:DB ver=8.5 getUser"] {
            assert!(reading().judge(XML, Some(action), &body).is_ok(), "{action}");
        }
    }

    #[test]
    fn a_body_in_another_form_than_is_read_is_refused() {
        let body = envelope("getUser", "");
        for media_type in [
            "",
            "text/plain",
            "multipart/related; boundary=x; type=\"text/xml\"",
            "text/xml; charset=utf-16",
            "text/xml; charset=utf-7",
            "text/xml;boundary=x",
            "application/x-www-form-urlencoded",
        ] {
            refused(Some(media_type), "", &body);
        }
        refused(None, "", &body);
    }

    #[test]
    fn a_query_of_the_database_reads() {
        let judge = |sql: &str| {
            let body = envelope("executeSQLQuery", &format!("<sql>{sql}</sql>"));
            reading().judge(XML, None, &body)
        };
        assert!(judge("select * from LicenseTotals()").is_ok());
        assert!(judge("\n SELECT\tname from x where a &lt; 3").is_ok());
        for sql in [
            "update enduser set x=1",
            "delete from enduser",
            "select 1; delete from enduser",
            "selection",
            "",
            "execute procedure x()",
            "{a} select 1",
            "--\nselect 1",
            "sel&#101;ct1",
            "select</sql><sql>delete from enduser",
            "select * from enduser into temp x",
            "select * from enduser for update",
        ] {
            assert!(judge(sql).is_err(), "{sql}");
        }
        assert!(reading().judge(XML, None, &envelope("executeSQLQuery", "")).is_err());
    }

    #[test]
    fn patterns_are_names_or_their_beginnings() {
        for text in ["get*", "*", "executeSQLQuery"] {
            assert!(Operations::is_pattern(text), "{text}");
        }
        for text in ["", "*Phone", "get*Phone", "get Phone", "ns:get", "**"] {
            assert!(!Operations::is_pattern(text), "{text}");
        }
    }
}

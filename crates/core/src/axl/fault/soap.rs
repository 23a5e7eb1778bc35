//! SOAP faults, in the shapes that AXL is seen to send.

use crate::http::Reply;

use super::super::reading::body;
use super::super::xml::{Broken, Step, Walk};

/// A fault, whatever its prefixes and however much of its detail was left out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SoapFault {
    /// Cisco's `axlcode`; -1 for throttles, otherwise often one of the database.
    pub(super) code: Option<i64>,
    pub(super) message: String,
}

impl SoapFault {
    /// None when the reply holds no fault.
    pub(super) fn read(reply: &Reply) -> Option<Self> {
        let mut fault = None;
        // A fault cut short still says more than "not whole XML".
        let _ = read(reply, &mut fault);
        fault
    }

    pub(super) fn is_throttle(&self) -> bool {
        let said = self.message.to_ascii_lowercase();
        said.contains("query request too large")
            || said.contains("row fetch")
            || said.contains("maximum axl memory allocation")
    }

    /// The most rows of "Suggestive Row Fetch: less than 844 rows": 843.
    pub(super) fn suggested_rows(&self) -> Option<u64> {
        let said = self.message.to_ascii_lowercase();
        let (_, after) = said.split_once("row fetch")?;
        let (_, after) = after.split_once("less than")?;
        let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u64>().ok()?.checked_sub(1)
    }
}

fn read(reply: &Reply, fault: &mut Option<SoapFault>) -> Result<(), Broken> {
    let mut walk = Walk::new(&reply.body)?;
    if !body(&mut walk)? || !walk.child()?.is_some_and(|payload| payload.is_soap("Fault")) {
        return Ok(());
    }
    let fault = fault.insert(SoapFault::default());
    let mut reason = Reason::None;
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    loop {
        match walk.step()? {
            Step::Open(element) => {
                path.push(element.local().to_ascii_lowercase());
                text.clear();
            }
            Step::Text(piece) => text.push_str(&piece),
            Step::Close => {
                let Some(name) = path.pop() else {
                    return Ok(());
                };
                let said = text.trim();
                match name.as_str() {
                    "axlcode" | "code" if !said.is_empty() => {
                        fault.code = said.parse().ok().or(fault.code);
                    }
                    "axlmessage" | "message" if !said.is_empty() => {
                        said.clone_into(&mut fault.message);
                        reason = Reason::Axl;
                    }
                    // SOAP 1.1 and 1.2 name it differently.
                    "faultstring" | "text" if reason == Reason::None && !said.is_empty() => {
                        said.clone_into(&mut fault.message);
                        reason = Reason::Soap;
                    }
                    _ => {}
                }
                text.clear();
            }
            Step::End => return Ok(()),
        }
    }
}

/// Where the message came from: AXL's own words are better than SOAP's.
#[derive(PartialEq, Eq)]
enum Reason {
    None,
    Soap,
    Axl,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(inside: &str) -> SoapFault {
        let body = format!(
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header><x/>\
             </s:Header><s:Body><s:Fault>{inside}</s:Fault></s:Body></s:Envelope>"
        );
        SoapFault::read(&Reply::new(500, body)).unwrap()
    }

    #[test]
    fn axls_code_and_message_are_found_under_any_prefix() {
        let expected = SoapFault { code: Some(-239), message: "unique index & more".into() };
        for detail in [
            "<axlError><axlcode>-239</axlcode><axlmessage>unique index &amp; more</axlmessage>\
             <request>addUser</request></axlError>",
            "<n:axlError xmlns:n='http://www.cisco.com/AXL/API/14.0'>\
             <n:axlmessage>unique <![CDATA[index & more]]></n:axlmessage>\
             <n:axlcode> -239 </n:axlcode></n:axlError>",
        ] {
            let whole = format!("<faultstring>other</faultstring><detail>{detail}</detail>");
            assert_eq!(fault(&whole), expected, "{detail}");
        }
    }

    #[test]
    fn the_fault_string_stands_in_for_a_missing_message() {
        let bare = fault("<faultcode>s:Server</faultcode><faultstring>Broken</faultstring>");
        assert_eq!(bare, SoapFault { code: None, message: "Broken".into() });
        let no_words = fault(
            "<faultstring>Broken</faultstring><detail><axlError><axlcode>5003</axlcode>\
             <axlmessage/></axlError></detail>",
        );
        assert_eq!(no_words, SoapFault { code: Some(5003), message: "Broken".into() });
    }

    #[test]
    fn soap_1_2_is_understood() {
        let body = "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>\
                    <s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason>\
                    <s:Text xml:lang='en'>Broken</s:Text></s:Reason></s:Fault></s:Body>\
                    </s:Envelope>";
        let read = SoapFault::read(&Reply::new(500, body)).unwrap();
        assert_eq!(read, SoapFault { code: None, message: "Broken".into() });
    }

    #[test]
    fn the_suggestion_excludes_its_number() {
        let said = |message: &str| SoapFault { code: Some(-1), message: message.into() };
        for words in
            ["Suggestive Row Fetch: less than 844 rows", "Suggested row fetch: less than 844"]
        {
            assert_eq!(said(words).suggested_rows(), Some(843), "{words}");
            assert!(said(words).is_throttle());
        }
        let memory = said("Maximum AXL Memory Allocation Consumed. Please retry");
        assert!(memory.is_throttle());
        assert_eq!(memory.suggested_rows(), None);
        assert_eq!(said("row fetch: less than 0 rows").suggested_rows(), None);
        assert!(!said("Item not valid").is_throttle());
    }
}

use proptest::prelude::*;

use super::*;

const SOAP_1_1: &str = "xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'";
const NS: &str = "xmlns:n='http://www.cisco.com/AXL/API/12.5'";

fn body(inside: &str) -> String {
    format!("<e:Envelope {SOAP_1_1} {NS}><e:Header/><e:Body>{inside}</e:Body></e:Envelope>")
}

fn operation(text: &str) -> Result<String, String> {
    read(text.as_bytes()).map(|call| call.operation)
}

#[test]
fn the_operation_is_the_bodys_one_element_whatever_its_prefix() {
    for text in [
        body("<n:getUser><userid>a</userid></n:getUser>"),
        format!("\u{feff}{}", body("<n:getUser/>")),
        format!("<?xml version='1.0' encoding='UTF-8'?>\n{}", body("<n:getUser sequence='1'/>")),
        format!(
            "<Envelope xmlns='{}'><Body><getUser xmlns='http://www.cisco.com/AXL/API/8.5'/></Body></Envelope>",
            SOAP[1]
        ),
        format!(
            "<!-- a --><e:Envelope {SOAP_1_1}><!-- b -->\n<e:Body>\n<getUser xmlns='http://www.cisco.com/AXL/1.0'/>\n</e:Body></e:Envelope>\n"
        ),
    ] {
        assert_eq!(operation(&text).as_deref(), Ok("getUser"), "{text}");
    }
}

#[test]
fn what_could_be_read_in_two_ways_is_no_request() {
    let n = "<n:getUser/>";
    for text in [
        String::new(),
        "getUser".to_owned(),
        body(""),
        body("text"),
        body("<getUser/>"),
        body("<x:getUser xmlns:x='urn:x'/>"),
        body("<x:getUser/>"),
        body("<n:getUser/><n:updateUser/>"),
        body("<n:getUser/>x"),
        body("<n:getUser><a></n:getUser></a>"),
        body("<n:getUser"),
        body("<n:get-User/>"),
        body(&format!("<n:{}/>", "get".repeat(40))),
        body("<n:gеtUser/>"),
        body("<n:getUser a='1' a='2'/>"),
        body("<n:getUser>&other;</n:getUser>"),
        body("<?x y?><n:getUser/>"),
        format!("<!DOCTYPE a [<!ENTITY other 'x'>]>{}", body(n)),
        format!("<?xml version='1.0' encoding='UTF-16'?>{}", body(n)),
        format!("<?xml version='1.0' encoding='UTF-7'?>{}", body(n)),
        format!(" <?xml version='1.0'?>{}", body(n)),
        format!("{}{}", body(n), body(n)),
        format!("{}x", body(n)),
        format!(
            "<e:Envelope {SOAP_1_1} {NS}><e:Body>{n}</e:Body><e:Body><n:updateUser/></e:Body></e:Envelope>"
        ),
        format!("<e:Envelope {SOAP_1_1} {NS}><e:Body>{n}</e:Body><n:updateUser/></e:Envelope>"),
        format!(
            "<e:Envelope {SOAP_1_1} {NS}><e:Header><x/></e:Header><e:Body>{n}</e:Body></e:Envelope>"
        ),
        format!("<e:Envelope {SOAP_1_1} {NS}><e:Body>{n}</e:Body>"),
        format!("<e:Envelope {SOAP_1_1} {NS}><e:Body>{n}"),
        format!("<e:Envelope xmlns:e='urn:x' {NS}><e:Body>{n}</e:Body></e:Envelope>"),
        format!("<e:envelope {SOAP_1_1} {NS}><e:Body>{n}</e:Body></e:envelope>"),
        body(&format!("<n:getUser>{}{}</n:getUser>", "<a>".repeat(40), "</a>".repeat(40))),
        body("<n:executeSQLQuery><sql>select</sql><sql>delete</sql></n:executeSQLQuery>"),
        body("<n:executeSQLQuery><sql>select<b/></sql></n:executeSQLQuery>"),
    ] {
        assert!(operation(&text).is_err(), "{text}");
    }
    assert!(read(b"\xff\xfe<\0e\0").is_err());
}

#[test]
fn a_statement_is_read_with_its_entities() {
    let text =
        body("<n:executeSQLQuery><sql>select <![CDATA[a < ]]>&lt;&#51;</sql></n:executeSQLQuery>");
    assert_eq!(read(text.as_bytes()).unwrap().sql.as_deref(), Some("select a < <3"));
}

proptest! {
    #[test]
    fn nothing_but_the_listed_name_ever_stands_in_the_body(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("<n:getUser/>"), Just("<n:updateUser/>"), Just("<n:getUser>"), Just("</n:getUser>"),
                Just("<!--"), Just("-->"), Just("<![CDATA["), Just("]]>"), Just("</e:Body>"), Just("<e:Body>"),
                Just("</e:Envelope>"), Just("&lt;"), Just("'"), Just("\""), Just(">"), Just("x"), Just("<?p?>"),
                Just("<e:Header/>"), Just("<n:getUser a='"), Just("'/>")
            ],
            0..10,
        )
    ) {
        let text = body(&pieces.concat());
        if operation(&text).as_deref() == Ok("getUser") {
            // As plain a reading as there is: without comments, sections and attribute values, no
            // other operation is left.
            let mut plain = text;
            for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("'", "'")] {
                while let Some(start) = plain.find(open) {
                    let from = start + open.len();
                    let Some(end) = plain[from..].find(close) else { break };
                    plain.replace_range(start..from + end + close.len(), "");
                }
            }
            prop_assert!(!plain.contains("updateUser"), "{plain}");
        }
    }
}

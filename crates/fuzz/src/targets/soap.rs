//! Replies of AXL as seeds.

/// The vendor's shape around users.
pub(super) const LIST_START: &str = "<soapenv:Envelope xmlns:soapenv=\
     \"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body><ns:listLicensedUserResponse \
     xmlns:ns=\"http://www.cisco.com/AXL/API/14.0\"><return>";

pub(super) const LIST_END: &str =
    "</return></ns:listLicensedUserResponse></soapenv:Body></soapenv:Envelope>";

/// What an operation returns.
pub(super) fn response(operation: &str, inside: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv=\
         'http://schemas.xmlsoap.org/soap/envelope/'><soapenv:Body><ns:{operation}Response \
         xmlns:ns='http://www.cisco.com/AXL/API/12.5'>{inside}</ns:{operation}Response>\
         </soapenv:Body></soapenv:Envelope>"
    )
}

/// Pages of users, plain and odd.
pub(super) fn lists() -> Vec<String> {
    let odd = "<!-- c --><licensedUser uuid='{1F1D3AFF-F77D-319B-7693-3C2221E6AF78}'>\
               <firstName><![CDATA[A & B]]></firstName><userId>&#x41;&amp;b</userId><snrEnabled>t\
               </snrEnabled><deviceCount> 3 </deviceCount><licenseUsed/><x><userId>c</userId></x>\
               </licensedUser><licensedUser uuid=''/>";
    vec![
        include_str!("../../../core/fixtures/axl/licensed-users.xml").to_owned(),
        include_str!("../../../core/fixtures/axl/licensed-users-empty.xml").to_owned(),
        format!("{LIST_START}{odd}{LIST_END}"),
        response(
            "listLicensedUser",
            "<ns:return xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><ns:licensedUser>\
             <ns:userId>ü</ns:userId><lastName xsi:nil='true'>x</lastName><licenseUsed>1</licenseUsed>\
             </ns:licensedUser></ns:return>",
        ),
    ]
}

/// Faults and pages, with the status they come under.
pub(super) fn faults() -> Vec<(u16, String)> {
    [
        (500, include_str!("../../../core/fixtures/axl/fault-memory.xml")),
        (500, include_str!("../../../core/fixtures/axl/fault-too-large.xml")),
        (500, include_str!("../../../core/fixtures/axl/fault-user-not-found.xml")),
        (599, include_str!("../../../core/fixtures/axl/page-599.html")),
        (401, include_str!("../../../core/fixtures/axl/page-401.html")),
        (403, include_str!("../../../core/fixtures/axl/page-403.html")),
        (503, ""),
    ]
    .map(|(status, body)| (status, body.to_owned()))
    .to_vec()
}

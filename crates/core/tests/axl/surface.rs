//! Writes one reply in the many forms that mean the same.

use seatree_core::estate::Uuid;

/// An element of a reply, without its looks.
#[derive(Clone, Debug)]
pub struct Element {
    name: &'static str,
    uuid: Option<Uuid>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    /// None is a value that is not there.
    Text(Option<String>),
    Children(Vec<Element>),
}

pub fn field(name: &'static str, text: Option<impl ToString>) -> Element {
    let content = Content::Text(text.map(|text| text.to_string()));
    Element { name, uuid: None, content }
}

pub fn element(name: &'static str, children: impl IntoIterator<Item = Element>) -> Element {
    let content = Content::Children(children.into_iter().collect());
    Element { name, uuid: None, content }
}

impl Element {
    pub fn with_uuid(self, uuid: Option<Uuid>) -> Self {
        Self { uuid, ..self }
    }
}

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Bytes decide the looks; without any left it is the plainest form.
pub struct Surface<'a> {
    bytes: &'a [u8],
    /// The prefix of `xsi:nil`.
    xsi: &'static str,
    /// Before the names of children, when these are in AXL's namespace.
    child: &'static str,
    out: String,
}

/// A reply whose SOAP body holds `response`, in a form that `bytes` choose.
pub fn write(response: &Element, bytes: &[u8]) -> String {
    let mut surface = Surface { bytes, xsi: "xsi", child: "", out: String::new() };
    surface.envelope(response);
    surface.out
}

impl Surface<'_> {
    /// One of so many choices; the first is the plainest.
    fn choose(&mut self, choices: usize) -> usize {
        let Some((&byte, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        usize::from(byte) % choices
    }

    fn pick(&mut self, choices: &[&'static str]) -> &'static str {
        choices[self.choose(choices.len())]
    }

    fn put(&mut self, pieces: &[&str]) {
        self.out.extend(pieces.iter().copied());
    }

    fn envelope(&mut self, response: &Element) {
        let start = self.pick(&["", "<?xml version='1.0'?>", "\u{feff}", "<!-- a --> "]);
        let soap = self.pick(&["soapenv:", "SOAP-ENV:", "ns:", ""]);
        let colon = soap.trim_end_matches(':');
        let declared = if soap.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{colon}") };
        self.xsi = self.pick(&["xsi", "x", "i-1"]);
        self.put(&[start, "<", soap, "Envelope ", &declared, "='", SOAP, "'"]);
        // Since release 14 it is declared on the response, before on whatever is nil.
        let xsi = format!(" xmlns:{}=\"{XSI}\"", self.xsi);
        let xsi_on_response = self.choose(2) == 0;
        if !xsi_on_response {
            self.put(&[&xsi]);
        }
        self.put(&[">"]);
        match self.choose(3) {
            1 => self.put(&["<", soap, "Header/>"]),
            2 => self.put(&["<", soap, "Header><return>no</return></", soap, "Header>"]),
            _ => {}
        }
        self.between();
        self.put(&["<", soap, "Body>"]);
        self.between();
        // The schema has children in no namespace; some servers put them into AXL's.
        let (axl, child) = match (self.choose(4), soap) {
            // Without a prefix they would be SOAP's.
            (at, "") => [("axl:", "axl:"), ("ns2:", "ns2:")][at % 2],
            (0, _) => ("axl:", ""),
            (1, _) => ("ns2:", "ns2:"),
            (2, _) => ("_:", ""),
            _ => ("", ""),
        };
        self.child = child;
        let name = axl.trim_end_matches(':');
        let declared = if name.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{name}") };
        let scheme = self.pick(&["http", "https"]);
        self.put(&["<", axl, response.name, " ", &declared, "=\"", scheme]);
        self.put(&["://www.cisco.com/AXL/API/14.0\" sequence='1'"]);
        if xsi_on_response {
            self.put(&[&xsi]);
        }
        self.put(&[">"]);
        self.content(&response.content);
        self.put(&["</", axl, response.name, ">"]);
        self.between();
        self.put(&["</", soap, "Body></", soap, "Envelope>"]);
        let end = self.pick(&["", "\n", "<!-- end -->"]);
        self.put(&[end]);
    }

    fn content(&mut self, content: &Content) {
        match content {
            Content::Text(Some(text)) => self.text(text),
            Content::Text(None) => {}
            Content::Children(children) => {
                let mut left: Vec<&Element> = children.iter().collect();
                while !left.is_empty() {
                    self.between_fields();
                    let chosen = left[self.choose(left.len())].name;
                    // Rows keep their order among themselves.
                    let at = left.iter().position(|next| next.name == chosen).unwrap_or(0);
                    let next = left.remove(at);
                    self.element(next);
                }
                self.between_fields();
            }
        }
    }

    fn element(&mut self, element: &Element) {
        let open = format!("{}{}", self.child, element.name);
        let is_absent = matches!(element.content, Content::Text(None));
        let absent = if is_absent { self.choose(5) } else { 1 };
        if absent == 0 {
            return;
        }
        self.put(&["<", &open]);
        if let Some(uuid) = element.uuid {
            let uuid = uuid.to_string();
            let written = match self.choose(3) {
                0 => format!(" uuid=\"{{{}}}\"", uuid.to_uppercase()),
                1 => format!(" ctiid='7' uuid = '{{{uuid}}}'"),
                _ => format!("\n uuid=\"{uuid}\""),
            };
            self.put(&[&written]);
        }
        if is_absent {
            let xsi = self.xsi;
            match absent {
                1 => self.put(&["/>"]),
                2 => self.put(&[" ", xsi, ":nil=\"true\"/>"]),
                3 => self.put(&[" ", xsi, ":nil='1'>7</", &open, ">"]),
                _ => self.put(&["></", &open, "\n>"]),
            }
            return;
        }
        self.put(&[">"]);
        self.content(&element.content);
        self.put(&["</", &open, ">"]);
    }

    /// What may stand between elements and means nothing.
    fn between(&mut self) {
        let noise =
            self.pick(&["", "\n  ", "<!-- <return>no</return> -->", "<?none of=\"this\"?>"]);
        self.put(&[noise]);
    }

    /// Also something of another's, which is only allowed inside the answer.
    fn between_fields(&mut self) {
        self.between();
        let foreign =
            self.pick(&["", "", "", "<other:return xmlns:other='urn:other'>7</other:return>"]);
        self.put(&[foreign]);
    }

    fn text(&mut self, text: &str) {
        match self.choose(4) {
            0 => {
                for c in text.chars() {
                    match c {
                        '<' => self.put(&["&lt;"]),
                        '>' => self.put(&["&gt;"]),
                        '&' => self.put(&["&amp;"]),
                        c => self.out.push(c),
                    }
                }
            }
            1 => {
                let cut = text.replace("]]>", "]]]]><![CDATA[>");
                self.put(&["<![CDATA[", &cut, "]]>"]);
            }
            2 => {
                for c in text.chars() {
                    self.put(&[&format!("&#x{:x};", u32::from(c))]);
                }
            }
            _ => {
                for c in text.chars() {
                    match self.choose(4) {
                        1 => self.put(&["<!-- c -->"]),
                        2 => self.put(&["<![CDATA[]]>"]),
                        _ => {}
                    }
                    self.put(&[&format!("&#{};", u32::from(c))]);
                }
            }
        }
    }
}

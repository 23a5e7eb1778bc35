//! The edge's one configuration value, checked before anything is let through.

mod credentials;
mod error;
mod fields;
mod memory;
mod upstream;
mod visitors;
mod webhooks;

use std::collections::BTreeMap;

use fields::Fields;
use serde_json::Value;

pub use error::SettingsError;
pub(super) use upstream::Platform;
pub use upstream::Upstream;

use super::headers;
use crate::address::Address;
use crate::http::Secret;
use crate::visitors::Visitors;
use crate::webhooks::Webhooks;

const KNOWN: [&str; 7] =
    ["origins", "client_header", "visitors", "metrics", "log", "upstreams", "webhooks"];
/// Guessing a shorter one is too easy.
const LEAST_TOKEN_BYTES: usize = 16;
/// Of the configuration itself.
const MAX_BYTES: usize = 512 * 1024;

/// What is let through: pages by origin, upstreams by name. Empty means nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub(super) origins: Vec<String>,
    /// The header that the proxy in front sets to the client's address; none where there is none.
    pub(super) client_header: Option<String>,
    /// Whose tokens are taken, where the edge has credentials of its own.
    pub(super) visitors: Option<Visitors>,
    /// Who brings it sees metrics; nobody where there is none.
    pub(super) metrics_token: Option<Secret>,
    /// Whether a line is written for each request, and not only where something went wrong.
    pub(super) logs_all: bool,
    pub(super) upstreams: BTreeMap<String, Upstream>,
    /// Who is told what was found.
    pub(super) webhooks: Option<Webhooks>,
}

impl Settings {
    /// Reads JSON text that names no secrets.
    ///
    /// # Errors
    /// The first field that is wrong, by name.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        Self::with_secrets(text, &|_| None)
    }

    /// Reads JSON text. The secrets that it names come from the platform's own store.
    ///
    /// # Errors
    /// The first field that is wrong, by name; a secret that is not there counts as wrong.
    pub fn with_secrets(
        text: &str,
        secrets: &dyn Fn(&str) -> Option<Secret>,
    ) -> Result<Self, SettingsError> {
        if text.len() > MAX_BYTES {
            return Err(SettingsError::at("", format!("larger than {MAX_BYTES} bytes")));
        }
        let value: Value = serde_json::from_str(text)
            .map_err(|error| SettingsError::at("", format!("not JSON ({error})")))?;
        let fields = Fields::of("", &value, &KNOWN)?;
        let visitors = visitors::read(&fields, secrets)?;
        let origins = fields.texts("origins")?.unwrap_or_default();
        for (place, origin) in &origins {
            check_origin(origin).map_err(|problem| SettingsError::at(place, problem))?;
        }
        let mut upstreams = BTreeMap::new();
        for (name, value) in fields.members("upstreams")? {
            let place = format!("upstreams.{name}");
            if !is_upstream_name(name) {
                let problem =
                    "a name is made of lower-case letters, digits and -, such as \"cucm-berlin\"";
                return Err(SettingsError::unlisted("upstreams", name, problem));
            }
            let number = upstreams.len();
            let upstream = Upstream { number, ..Upstream::read(&place, value, secrets)? };
            // Otherwise whoever reaches the edge would have all that its credentials open.
            if upstream.credentials.is_some() && visitors.is_none() {
                let problem = "need \"visitors\", whose tokens say who may use them";
                return Err(SettingsError::at(&format!("{place}.credentials"), problem));
            }
            upstreams.insert(name.clone(), upstream);
        }
        let webhooks = webhooks::read(&fields, &upstreams, secrets)?;
        Ok(Self {
            origins: without_places(origins),
            client_header: client_header(&fields)?,
            visitors,
            metrics_token: metrics_token(&fields, secrets)?,
            logs_all: logs_all(&fields)?,
            upstreams,
            webhooks,
        })
    }

    /// This origin, if it is listed.
    pub(super) fn listed(&self, origin: &str) -> Option<&str> {
        self.origins.iter().find(|listed| *listed == origin).map(String::as_str)
    }
}

/// One that the proxy in front of the edge sets, whatever the client sent: the operator's to know.
fn client_header(fields: &Fields<'_>) -> Result<Option<String>, SettingsError> {
    if !fields.has("client_header") {
        return Ok(None);
    }
    let name = fields.text("client_header")?;
    if headers::is_name(name) {
        Ok(Some(name.to_owned()))
    } else {
        let problem = format!("\"{name}\" is no header name in lower case");
        Err(fields.wrong("client_header", &problem))
    }
}

fn metrics_token(
    fields: &Fields<'_>,
    secrets: &credentials::Secrets<'_>,
) -> Result<Option<Secret>, SettingsError> {
    let Some(metrics) = fields.object("metrics", &["token"])? else { return Ok(None) };
    operator_token(&metrics, "token", secrets).map(Some)
}

/// What those who run the edge show it.
fn operator_token(
    fields: &Fields<'_>,
    name: &str,
    secrets: &credentials::Secrets<'_>,
) -> Result<Secret, SettingsError> {
    let token = credentials::secret(fields, name, secrets)?;
    if token.expose().len() < LEAST_TOKEN_BYTES {
        return Err(fields.wrong(name, &format!("is shorter than {LEAST_TOKEN_BYTES} bytes")));
    }
    Ok(token)
}

fn logs_all(fields: &Fields<'_>) -> Result<bool, SettingsError> {
    if !fields.has("log") {
        return Ok(false);
    }
    match fields.text("log")? {
        "all" => Ok(true),
        "problems" => Ok(false),
        _ => Err(fields.wrong("log", "is none of \"problems\" and \"all\"")),
    }
}

/// An origin as browsers send it: anything else would never match, or match too much.
fn check_origin(origin: &str) -> Result<(), String> {
    if origin == "*" || origin == "null" {
        return Err(format!(
            "\"{origin}\" would open the edge to every page; list the pages' origins one by one"
        ));
    }
    let address = Address::parse(origin).map_err(|error| error.to_string())?;
    if address.as_str() == origin && address.origin() == origin {
        Ok(())
    } else {
        Err(format!(
            "\"{origin}\" is not how browsers send it: scheme, host and port in lower case, without a slash at the end"
        ))
    }
}

fn is_upstream_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn without_places(texts: Vec<(String, String)>) -> Vec<String> {
    texts.into_iter().map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Settings::parse(text).expect_err(text).to_string()
    }

    fn upstream(members: &str) -> String {
        format!(r#"{{"upstreams":{{"cucm":{{{members}}}}}}}"#)
    }

    /// An upstream that is a DRaaS platform, with these members more.
    fn platform(members: &str) -> String {
        let root = "group:cae902b4-2307-41ef-b554-43a12c63cc97";
        upstream(&format!(
            r#""address":"https://c.example","draas":{{"instance":"draas_v1","root":"{root}"{members}}}"#
        ))
    }

    #[test]
    fn a_platforms_tree_has_a_most_of_nodes() {
        let most = |members: &str| {
            let settings = Settings::parse(&platform(members)).unwrap();
            settings.upstreams["cucm"].platform.as_ref().map(|platform| platform.most_nodes)
        };
        assert_eq!(most(""), Some(1_000_000));
        assert_eq!(most(r#","most_nodes":300000"#), Some(300_000));
    }

    #[test]
    fn what_is_left_out_lets_nothing_through_and_has_safe_defaults() {
        assert_eq!(Settings::parse("{}"), Ok(Settings::default()));
        let settings = Settings::parse(&upstream(r#""address":"https://c.example:8443""#)).unwrap();
        let cucm = &settings.upstreams["cucm"];
        assert!(cucm.methods.is_empty() && cucm.paths.is_empty());
        assert_eq!(cucm.max_body, 1024 * 1024);
        assert_eq!((cucm.time_limit, cucm.total_limit), (60, 600));
        assert_eq!((cucm.rate, &cucm.operations), (None, &None));
        assert_eq!((cucm.under_way.client, cucm.under_way.all), (200, 1_000));
        assert_eq!(cucm.request_headers, headers::TO_UPSTREAM);
    }

    #[test]
    fn anyone_is_told_which_setting_is_wrong_and_no_name_or_value_in_it() {
        let address = r#""address":"https://c.example""#;
        let of = |name: &str| {
            format!(r#"{{"upstreams":{{"{name}":{{"address":"http://c.example/x"}}}}}}"#)
        };
        for (text, setting) in [
            ("{".to_owned(), ""),
            (r#"{"origins":["https://c.example","*"]}"#.to_owned(), "origins[1]"),
            (r#"{"c.example":1}"#.to_owned(), "*"),
            (of("berlin"), "upstreams.*.address"),
            (of("upstreams"), "upstreams.*.address"),
            (of("c.example"), "upstreams.*"),
            (upstream(&format!(r#"{address},"berlin":1"#)), "upstreams.*.*"),
            (upstream(&format!(r#"{address},"rate":{{"berlin":1}}"#)), "upstreams.*.rate.*"),
            (upstream(&format!(r#"{address},"paths":["/a","berlin"]"#)), "upstreams.*.paths[1]"),
            (platform(r#","most_nodes":0"#), "upstreams.*.draas.most_nodes"),
        ] {
            let error = Settings::parse(&text).expect_err(&text);
            assert_eq!(error.setting, setting, "{text}");
            let told = error.refusal().body();
            assert!(!told.contains("c.example") && !told.contains("berlin"), "{told}");
            assert!(told.contains(setting), "{told}");
            assert!(error.line("1").contains(&error.problem.replace('"', "\\\"")), "{error:?}");
        }
    }

    #[test]
    fn what_is_too_large_or_odd_is_told_in_short() {
        assert!(error(&" ".repeat(MAX_BYTES + 1)).starts_with("larger than"));
        let long = "x\u{202e}".repeat(5_000);
        let told = error(&format!(r#"{{"{long}":1}}"#));
        assert!(told.chars().count() < 800 && !told.contains('\u{202e}'), "{told}");
    }

    #[test]
    fn every_mistake_names_its_field() {
        let address = r#""address":"https://c.example""#;
        for (text, field) in [
            ("[]".to_owned(), "an object"),
            ("{".to_owned(), "not JSON"),
            (r#"{"origin":[]}"#.to_owned(), "origin: "),
            (r#"{"origins":"https://a.example"}"#.to_owned(), "origins: "),
            (r#"{"origins":["https://a.example",7]}"#.to_owned(), "origins[1]: "),
            (r#"{"upstreams":[]}"#.to_owned(), "upstreams: "),
            (r#"{"upstreams":{"Cu Cm":{}}}"#.to_owned(), "upstreams.Cu Cm: "),
            (upstream(""), "upstreams.cucm.address: "),
            (upstream(r#""address":7"#), "upstreams.cucm.address: "),
            (upstream(r#""address":"c.example""#), "upstreams.cucm.address: "),
            (upstream(r#""address":"https://c.example/axl""#), "upstreams.cucm.address: "),
            (upstream(r#""address":"https://u:p@c.example""#), "upstreams.cucm.address: "),
            (upstream(&format!(r#"{address},"methods":["get"]"#)), "upstreams.cucm.methods[0]: "),
            (
                upstream(&format!(r#"{address},"methods":["OPTIONS"]"#)),
                "upstreams.cucm.methods[0]: ",
            ),
            (upstream(&format!(r#"{address},"paths":["/a/../b"]"#)), "upstreams.cucm.paths[0]: "),
            (upstream(&format!(r#"{address},"paths":["axl/"]"#)), "upstreams.cucm.paths[0]: "),
            (
                upstream(&format!(r#"{address},"request_headers":["accept","cookie"]"#)),
                "upstreams.cucm.request_headers[1]: ",
            ),
            (
                upstream(&format!(r#"{address},"request_headers":["Accept"]"#)),
                "upstreams.cucm.request_headers[0]: ",
            ),
            (upstream(&format!(r#"{address},"max_body":-1"#)), "upstreams.cucm.max_body: "),
            (upstream(&format!(r#"{address},"redirects":true"#)), "upstreams.cucm.redirects: "),
            (r#"{"client_header":"X-Real-IP"}"#.to_owned(), "client_header: "),
            (upstream(&format!(r#"{address},"time_limit":0"#)), "upstreams.cucm.time_limit: "),
            (upstream(&format!(r#"{address},"time_limit":3601"#)), "upstreams.cucm.time_limit: "),
            (
                upstream(&format!(r#"{address},"time_limit":90,"total_limit":60"#)),
                "upstreams.cucm.total_limit: ",
            ),
            (upstream(&format!(r#"{address},"under_way":9"#)), "upstreams.cucm.under_way: "),
            (
                upstream(&format!(r#"{address},"under_way":{{"all":0}}"#)),
                "upstreams.cucm.under_way.all: ",
            ),
            (
                upstream(&format!(r#"{address},"under_way":{{"client":9,"all":8}}"#)),
                "upstreams.cucm.under_way.client: ",
            ),
            (upstream(&format!(r#"{address},"rate":600"#)), "upstreams.cucm.rate: "),
            (
                upstream(&format!(r#"{address},"rate":{{"requests":0,"seconds":1}}"#)),
                "upstreams.cucm.rate.requests: ",
            ),
            (
                upstream(&format!(r#"{address},"rate":{{"requests":9}}"#)),
                "upstreams.cucm.rate.seconds: ",
            ),
            (
                upstream(&format!(r#"{address},"operations":["list*","*Phone"]"#)),
                "upstreams.cucm.operations[1]: ",
            ),
            (upstream(&format!(r#"{address},"lists":2"#)), "upstreams.cucm.lists: "),
            (platform(r#","most_nodes":0"#), "upstreams.cucm.draas.most_nodes: "),
            (platform(r#","most_nodes":5000001"#), "upstreams.cucm.draas.most_nodes: "),
        ] {
            let error = error(&text);
            assert!(error.contains(field), "{text} gives {error}");
        }
    }

    #[test]
    fn an_origin_must_be_one_that_a_browser_sends() {
        for origin in ["*", "null", "https://a.example/", "https://A.example", "a.example", ""] {
            let text = format!(r#"{{"origins":["{origin}"]}}"#);
            assert!(error(&text).starts_with("origins[0]: "), "{origin}");
        }
        assert!(Settings::parse(r#"{"origins":["http://127.0.0.1:8700"]}"#).is_ok());
    }
}

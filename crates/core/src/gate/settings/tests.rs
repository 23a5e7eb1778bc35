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
    let of =
        |name: &str| format!(r#"{{"upstreams":{{"{name}":{{"address":"http://c.example/x"}}}}}}"#);
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
        (upstream(&format!(r#"{address},"methods":["OPTIONS"]"#)), "upstreams.cucm.methods[0]: "),
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

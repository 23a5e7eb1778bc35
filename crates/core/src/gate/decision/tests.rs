use proptest::prelude::*;

use super::*;
use crate::gate::Settings;

const PAGE: &str = "https://licenses.example";

fn gate() -> Gate {
    let settings = Settings::parse(
        r#"{"origins":["https://licenses.example"],"upstreams":{
            "cucm":{"address":"https://10.0.0.5:8443","methods":["GET","POST"],"paths":["/axl/"],"max_body":100},
            "shut":{"address":"https://10.0.0.6"}}}"#,
    );
    Gate::new(settings.expect("valid settings"))
}

fn decide(method: &str, target: &str, headers: &[(&str, &str)], body: Body) -> Decision {
    let header = |name: &str| {
        headers.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
    };
    gate().decide(&Ask { method, target, header: &header, body })
}

fn refused(method: &str, target: &str, headers: &[(&str, &str)], body: Body) -> Refusal {
    match decide(method, target, headers, body) {
        Decision::Refuse(refusal) => refusal,
        other => panic!("{method} {target} was not refused: {other:?}"),
    }
}

#[test]
fn a_listed_request_goes_to_its_upstream_with_listed_headers_only() {
    let sent = [
        ("origin", PAGE),
        ("authorization", "Basic eA=="),
        ("soapaction", "CUCM:DB ver=12.5 getCCMVersion"),
        ("cookie", "JSESSIONID=1"),
        ("x-forwarded-for", "10.1.1.1"),
        ("referer", "https://licenses.example/x"),
    ];
    let Decision::Read(unread) = decide("POST", "/to/cucm/axl/?a=b", &sent, Body::Length(100))
    else {
        panic!("not read")
    };
    let forward = gate().read(unread, b"<x/>").expect("no operations are listed");
    assert_eq!(forward.url, "https://10.0.0.5:8443/axl/?a=b");
    let names: Vec<&str> = forward.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["authorization", "soapaction"]);
}

#[test]
fn the_endpoint_of_an_encrypted_upstream_is_known() {
    let endpoint = |address: &str| {
        let settings = format!(
            r#"{{"origins":["{PAGE}"],"upstreams":{{"a":{{"address":"{address}","methods":["GET"],"paths":["/"]}}}}}}"#
        );
        let gate = Gate::new(Settings::parse(&settings).expect("valid settings"));
        let header = |name: &str| (name == "origin").then(|| PAGE.to_owned());
        match gate.decide(&Ask {
            method: "GET",
            target: "/to/a/",
            header: &header,
            body: Body::None,
        }) {
            Decision::Forward(forward) => {
                gate.tls_endpoint(&forward).map(|(host, port)| (host.to_owned(), port))
            }
            other => panic!("not forwarded: {other:?}"),
        }
    };
    assert_eq!(endpoint("https://c.example:8443"), Some(("c.example".to_owned(), 8443)));
    assert_eq!(endpoint("https://c.example"), Some(("c.example".to_owned(), 443)));
    assert_eq!(endpoint("https://[::1]:8443"), Some(("[::1]".to_owned(), 8443)));
    assert_eq!(endpoint("http://c.example:80"), None);
}

#[test]
fn a_page_that_is_not_listed_gets_nothing_to_read() {
    for headers in [
        &[][..],
        &[("origin", "https://licenses.example.evil.example")],
        &[("origin", "null")],
        &[("origin", "http://licenses.example")],
    ] {
        let refusal = refused("GET", "/to/cucm/axl/", headers, Body::None);
        assert_eq!(refusal.kind, RefusalKind::OriginRefused);
        assert!(refusal.headers().iter().all(|(name, _)| !name.starts_with("access-control-")));
    }
}

#[test]
fn a_listed_page_may_read_why_it_is_refused() {
    let page = [("origin", PAGE)];
    for (method, target, body, kind) in [
        ("GET", "/to/unity/axl/", Body::None, RefusalKind::UnknownUpstream),
        ("GET", "/to/cucm/ccmadmin/", Body::None, RefusalKind::PathRefused),
        ("GET", "/to/cucm/axl", Body::None, RefusalKind::PathRefused),
        ("GET", "/to/cucm/axl/../x", Body::None, RefusalKind::PathRefused),
        ("GET", "/to/cucm/axl/?a b", Body::None, RefusalKind::PathRefused),
        ("PUT", "/to/cucm/axl/", Body::None, RefusalKind::MethodRefused),
        ("post", "/to/cucm/axl/", Body::None, RefusalKind::MethodRefused),
        ("POST", "/to/cucm/axl/", Body::Length(101), RefusalKind::BodyTooLarge),
        ("POST", "/to/cucm/axl/", Body::Unannounced, RefusalKind::BodyTooLarge),
        ("GET", "/to/shut/", Body::None, RefusalKind::PathRefused),
    ] {
        let refusal = refused(method, target, &page, body);
        assert_eq!(refusal.kind, kind, "{method} {target}");
        assert!(
            refusal
                .headers()
                .contains(&("access-control-allow-origin".to_owned(), PAGE.to_owned()))
        );
    }
}

#[test]
fn a_refused_method_says_which_are_allowed() {
    let refusal = refused("DELETE", "/to/cucm/axl/", &[("origin", PAGE)], Body::None);
    assert!(refusal.headers().contains(&("allow".to_owned(), "GET, POST".to_owned())));
}

#[test]
fn addresses_of_nothing_are_not_found() {
    for target in ["/", "/to", "/to/", "/to/cucm", "/to/cucm?x", "/TO/cucm/axl/", "to/cucm/axl/"] {
        assert_eq!(
            refused("GET", target, &[("origin", PAGE)], Body::None).kind,
            RefusalKind::NotFound,
            "{target}"
        );
    }
}

#[test]
fn a_preflight_is_answered_with_the_upstreams_lists() {
    let asked = [("origin", PAGE), ("access-control-request-method", "POST")];
    let Decision::Preflight(headers) = decide("OPTIONS", "/to/cucm/axl/", &asked, Body::None)
    else {
        panic!("no preflight")
    };
    let value = |name: &str| {
        headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    };
    assert_eq!(value("access-control-allow-origin"), Some(PAGE));
    assert_eq!(value("access-control-allow-methods"), Some("GET, POST"));
    assert_eq!(
        value("access-control-allow-headers"),
        Some("authorization, content-type, soapaction, accept, x-requested-with")
    );
    assert_eq!(value("vary"), Some("Origin"));
    assert_eq!(value("access-control-allow-credentials"), None);
}

#[test]
fn a_preflight_passes_the_same_lists_as_its_request() {
    let post = ("access-control-request-method", "POST");
    let put = ("access-control-request-method", "PUT");
    let page = ("origin", PAGE);
    let kind = |target, headers: &[_]| refused("OPTIONS", target, headers, Body::None).kind;
    assert_eq!(kind("/to/cucm/axl/", &[post]), RefusalKind::OriginRefused);
    assert_eq!(kind("/to/cucm/axl/", &[page, put]), RefusalKind::MethodRefused);
    assert_eq!(kind("/to/cucm/axl/", &[page]), RefusalKind::MethodRefused);
    assert_eq!(kind("/to/cucm/other/", &[page, post]), RefusalKind::PathRefused);
    assert_eq!(kind("/to/other/axl/", &[page, post]), RefusalKind::UnknownUpstream);
}

#[test]
fn no_refusal_repeats_what_was_sent() {
    let sent = [("origin", PAGE), ("authorization", "Basic hunter2")];
    for target in ["/to/hunter2/axl/", "/to/cucm/hunter2", "/to/cucm/axl/?token=hunter2#"] {
        assert!(!refused("GET", target, &sent, Body::None).body().contains("hunter2"), "{target}");
    }
}

proptest! {
    #[test]
    fn whatever_is_asked_goes_nowhere_but_below_a_listed_path(target in "/to/cucm/.{0,40}|/to/.{0,40}|.{0,40}") {
        if let Decision::Forward(forward) = decide("GET", &target, &[("origin", PAGE)], Body::None) {
            prop_assert!(forward.url.starts_with("https://10.0.0.5:8443/axl/"), "{target} goes to {}", forward.url);
        }
    }

    #[test]
    fn without_settings_everything_is_refused(method in "[A-Z]{3,7}", target in "/to/[a-z]{1,5}/.{0,20}", origin in ".{0,20}") {
        let gate = Gate::new(Settings::default());
        let header = |_: &str| Some(origin.clone());
        let decision = gate.decide(&Ask { method: &method, target: &target, header: &header, body: Body::None });
        prop_assert!(matches!(decision, Decision::Refuse(_)));
    }
}

mod limits {
    use super::*;
    use crate::gate::Rates;

    fn gate() -> Gate {
        let settings = Settings::parse(
            r#"{"origins":["https://licenses.example"],"client_header":"x-real-ip","upstreams":{
                "cucm":{"address":"https://10.0.0.5:8443","methods":["GET","POST"],"paths":["/axl/"],
                    "max_body":1000,"operations":["get*","list*"],"rate":{"requests":2,"seconds":10}}}}"#,
        );
        Gate::new(settings.expect("valid settings"))
    }

    fn ask(method: &str, body: Body, client: &str) -> Decision {
        let header = |name: &str| match name {
            "origin" => Some(PAGE.to_owned()),
            "content-type" => Some("text/xml".to_owned()),
            "x-real-ip" => Some(client.to_owned()),
            _ => None,
        };
        gate().decide(&Ask { method, target: "/to/cucm/axl/", header: &header, body })
    }

    fn read(operation: &str) -> Result<Forward, Refusal> {
        let Decision::Read(unread) = ask("POST", Body::Length(10), "") else {
            panic!("a body with an operation is read")
        };
        let body = format!(
            "<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'><Body>\
             <{operation} xmlns='http://www.cisco.com/AXL/API/12.5'/></Body></Envelope>"
        );
        gate().read(unread, body.as_bytes())
    }

    proptest! {
        #[test]
        fn no_header_but_those_asked_for_changes_what_goes_on(
            headers in proptest::collection::btree_map(
                "origin|x-real-ip|authorization|soapaction|accept|cookie|content-type|access-control-request-method|[a-z]{1,5}",
                prop_oneof![Just(PAGE.to_owned()), "[ -~]{0,8}".prop_map(String::from)],
                0..8,
            ),
            method in "GET|POST|OPTIONS",
        ) {
            let gate = gate();
            let asked = gate.asked_headers();
            let all = |name: &str| headers.get(name).cloned();
            let some = |name: &str| asked.contains(name).then(|| headers.get(name).cloned()).flatten();
            let decide = |header: &dyn Fn(&str) -> Option<String>| {
                match gate.decide(&Ask { method: &method, target: "/to/cucm/axl/", header, body: Body::None }) {
                    Decision::Forward(forward) => Some(forward),
                    _ => None,
                }
            };
            prop_assert_eq!(decide(&some), decide(&all));
        }
    }

    #[test]
    fn operations_are_listed_and_lists_come_one_at_a_time() {
        assert_eq!(read("getUser").unwrap().at_a_time, None);
        assert_eq!(read("listUser").unwrap().at_a_time, Some(1));
        let refusal = read("updateUser").expect_err("not listed");
        assert_eq!(refusal.kind, RefusalKind::OperationRefused);
        assert!(refusal.headers().iter().any(|(name, _)| name == "access-control-allow-origin"));
    }

    /// The same for a gate that lists no operations, of whatever body.
    fn read_any(upstream: &str, media_type: &'static str, body: &[u8]) -> Forward {
        let settings = Settings::parse(
            r#"{"origins":["https://licenses.example"],"upstreams":{
                "cucm":{"address":"https://10.0.0.5:443","methods":["POST"],"paths":["/axl/"],"lists":3},
                "other":{"address":"https://10.0.0.5","methods":["GET","POST"],"paths":["/"]}}}"#,
        );
        let gate = Gate::new(settings.expect("valid settings"));
        let header = |name: &str| match name {
            "origin" => Some(PAGE.to_owned()),
            "content-type" => Some(media_type.to_owned()),
            _ => None,
        };
        let target = format!("/to/{upstream}/axl/");
        let length = Body::Length(10);
        let ask = Ask { method: "POST", target: &target, header: &header, body: length };
        let Decision::Read(unread) = gate.decide(&ask) else { panic!("not read") };
        gate.read(unread, body).expect("whatever it is, it passes")
    }

    #[test]
    fn lists_take_turns_where_no_operations_are_listed_and_so_does_what_cannot_be_read() {
        let body = |operation: &str| {
            format!(
                "<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'><Body>\
                 <{operation} xmlns='http://www.cisco.com/AXL/API/12.5'/></Body></Envelope>"
            )
        };
        let turns =
            |media_type, body: &str| read_any("cucm", media_type, body.as_bytes()).at_a_time;
        assert_eq!(turns("text/xml", &body("listUser")), Some(3));
        assert_eq!(turns("text/xml", &body("executeSQLQuery")), Some(3));
        assert_eq!(turns("text/xml", &body("updateUser")), None);
        for unread in ["", "<x/>", "<!DOCTYPE x>", "\u{feff}\u{feff}"] {
            assert_eq!(turns("text/xml", unread), Some(3), "{unread}");
        }
        assert_eq!(turns("text/xml; charset=utf-16", &body("getUser")), Some(3));
        assert_eq!(turns("multipart/related", &body("getUser")), Some(3));
        let other = read_any("other", "text/xml", body("listUser").as_bytes());
        let same = read_any("cucm", "text/xml", body("listUser").as_bytes());
        assert_eq!((other.server(), other.at_a_time), ("https://10.0.0.5", Some(1)));
        assert_eq!(same.server(), other.server(), "one server under two names");
    }

    #[test]
    fn only_a_get_without_a_body_asks_for_no_operation() {
        assert!(matches!(ask("GET", Body::None, ""), Decision::Forward(_)));
        assert!(matches!(ask("GET", Body::Length(1), ""), Decision::Read(_)));
        let Decision::Read(unread) = ask("POST", Body::None, "") else { panic!("not read") };
        assert!(gate().read(unread, b"").is_err());
    }

    #[test]
    fn a_body_that_is_longer_than_it_said_is_refused() {
        let Decision::Read(unread) = ask("POST", Body::Length(10), "") else { panic!("not read") };
        let refusal = gate().read(unread, &[b' '; 1001]).expect_err("too large");
        assert_eq!(refusal.kind, RefusalKind::BodyTooLarge);
    }

    #[test]
    fn each_client_has_its_own_rate_and_is_told_when_to_come_back() {
        let mut rates = Rates::default();
        let forward = |client| match ask("GET", Body::None, client) {
            Decision::Forward(forward) => forward,
            other => panic!("{other:?}"),
        };
        let mut count = |client| gate().count(&forward(client), &mut rates, 0);
        assert!(count("10.0.0.1").is_ok() && count("10.0.0.1").is_ok());
        let refusal = count("10.0.0.1").expect_err("too often");
        assert_eq!(refusal.status(), 429);
        assert!(refusal.headers().contains(&("retry-after".to_owned(), "5".to_owned())));
        assert!(count("10.0.0.2").is_ok());
        // Another address of the same network is no other client, another way to write it neither.
        assert!(count("2001:db8::1").is_ok() && count("2001:db8::2").is_ok());
        assert!(count("2001:db8::3").is_err() && count("2001:db8:0:0:ffff::").is_err());
        assert!(count("2001:db8:0:1::1").is_ok());
        assert!(count("::ffff:10.0.0.1").is_err());
        // All those whom no address tells apart share one rate.
        assert!(count("unknown").is_ok() && count("10.0.0.3, 10.0.0.4").is_ok());
        assert!(count("").is_err());
    }

    #[test]
    fn without_a_rate_of_its_own_an_upstream_has_the_usual_one_for_who_is_told_apart() {
        let settings = Settings::parse(
            r#"{"origins":["https://licenses.example"],"client_header":"x-real-ip","upstreams":{
                "cucm":{"address":"https://10.0.0.5:8443","methods":["GET"],"paths":["/axl/"]}}}"#,
        );
        let (gate, mut rates) = (Gate::new(settings.expect("valid settings")), Rates::default());
        let mut count = |client: &str| {
            let header = |name: &str| match name {
                "origin" => Some(PAGE.to_owned()),
                "x-real-ip" => Some(client.to_owned()),
                _ => None,
            };
            let target = "/to/cucm/axl/";
            match gate.decide(&Ask { method: "GET", target, header: &header, body: Body::None }) {
                Decision::Forward(forward) => gate.count(&forward, &mut rates, 0),
                other => panic!("{other:?}"),
            }
        };
        for _ in 0..6_000 {
            assert_eq!(count("10.0.0.1"), Ok(()));
        }
        assert!(count("10.0.0.1").is_err());
        for _ in 0..7_000 {
            assert_eq!(count(""), Ok(()));
        }
    }
}

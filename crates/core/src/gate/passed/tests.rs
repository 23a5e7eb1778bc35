use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::gate::{Decision, Settings};

const PAGE: &str = "https://licenses.example";

fn gate() -> Gate {
    let settings = Settings::with_secrets(
        r#"{"origins":["https://licenses.example","https://other.example"],"client_header":"x-real-ip",
            "visitors":{"issuer":"https://portal.example","audience":"edge",
                "keys":[{"kid":"now","alg":"HS256","secret":{"secret":"KEY"}}]},
            "upstreams":{
            "live":{"address":"https://live.example","methods":["GET","POST"],"paths":["/"],"request_headers":["accept","x-own"]},
            "cucm":{"address":"https://10.0.0.5:8443","methods":["GET","POST"],"paths":["/axl/"],"max_body":100,
                "operations":["get*"],"under_way":{"client":1,"all":2},"rate":{"requests":2,"seconds":60}},
            "any":{"address":"https://10.0.0.6:8443","methods":["POST","HEAD"],"paths":["/axl/","/x"]},
            "draas":{"address":"https://draas.example","methods":["GET"],"paths":["/"],
                "credentials":{"kind":"basic","username":"u","password":{"secret":"KEY"}}}}}"#,
        &|_| Some("0123456789abcdef0123456789abcdef".to_owned().into()),
    );
    Gate::new(settings.expect("valid settings"))
}

fn header(sent: &BTreeMap<String, String>) -> impl Fn(&str) -> Option<String> + '_ {
    |name| sent.get(name).cloned()
}

fn sent(more: &[(&str, &str)]) -> BTreeMap<String, String> {
    let sent = [("origin", PAGE), ("x-real-ip", "10.0.0.9")];
    sent.iter().chain(more).map(|(name, value)| ((*name).into(), (*value).into())).collect()
}

#[test]
fn nothing_of_a_request_is_kept_but_whom_to_answer() {
    let (gate, sent) = (gate(), sent(&[("accept", "canary")]));
    let ask = Ask {
        method: "GET",
        target: "/to/live/canary?canary",
        header: &header(&sent),
        body: Body::None,
    };
    let passed = gate.pass(&ask).expect("it passes");
    assert!(!format!("{:?}{passed:?}", passed.forward()).contains("canary"));
    assert_eq!((passed.upstream(), passed.method()), ("live", "GET"));
}

#[test]
fn it_is_counted_and_takes_a_place_as_any_other() {
    let (gate, sent) = (gate(), sent(&[]));
    let ask =
        Ask { method: "GET", target: "/to/cucm/axl/", header: &header(&sent), body: Body::None };
    let passed = gate.pass(&ask).expect("it passes");
    let (mut under_way, mut rates) = (UnderWay::default(), Rates::default());
    assert!(passed.enter(&gate, &mut under_way, 0).is_ok());
    assert!(passed.enter(&gate, &mut under_way, 0).is_err());
    assert!(gate.enter(&passed.forward(), &mut under_way, 0).is_err());
    assert!(passed.count(&gate, &mut rates, 0).is_ok());
    assert!(gate.count(&passed.forward(), &mut rates, 0).is_ok());
    assert!(passed.count(&gate, &mut rates, 0).is_err());
}

fn targets() -> impl Strategy<Value = String> {
    let path = prop_oneof![
        Just("/axl/".to_owned()),
        Just("/x/y?a=b".to_owned()),
        Just("/axl/../x".to_owned()),
        Just("/x;y".to_owned()),
        "/[a-z%/.?]{0,8}".prop_map(String::from),
    ];
    ("/to/|/ot/|/to", "live|cucm|any|draas|nobody", path)
        .prop_map(|(to, name, path)| format!("{to}{name}{path}"))
}

fn heads() -> impl Strategy<Value = BTreeMap<String, String>> {
    let page = prop_oneof![8 => Just(PAGE), 1 => Just("https://other.example"), 1 => Just("https://evil.example")];
    let names = "accept|authorization|soapaction|x-own|cookie|x-real-ip|content-type|access-control-request-method";
    let others =
        proptest::collection::btree_map(names, "[ -~]{0,8}|10\\.0\\.0\\.[1-9]|GET|POST", 0..6);
    (proptest::option::weighted(0.9, page), others).prop_map(
        |(page, mut head): (_, BTreeMap<_, _>)| {
            head.extend(page.map(|page| ("origin".to_owned(), page.to_owned())));
            head
        },
    )
}

proptest! {
    #[test]
    fn what_passes_is_what_would_be_forwarded_the_same_way(
        method in "GET|POST|HEAD|OPTIONS|DELETE",
        target in targets(),
        head in heads(),
        body in prop_oneof![4 => Just(Body::None), 1 => (0_u64..200).prop_map(Body::Length), 1 => Just(Body::Unannounced)],
    ) {
        let gate = gate();
        let header = header(&head);
        let ask = Ask { method: &method, target: &target, header: &header, body };
        let passed = gate.pass(&ask);
        match gate.decide(&ask) {
            Decision::Forward(forward) => {
                let passed = passed.expect("it passes");
                let ways = gate.ways();
                let way = &ways[passed.way()];
                prop_assert_eq!(&forward.url, &format!("{}{}", way.address, &target[way.replaced..]));
                let headers = way.headers.iter().filter_map(|name| Some((name.clone(), header(name)?)));
                prop_assert_eq!(&forward.headers, &headers.collect::<Vec<_>>());
                prop_assert_eq!(forward.time_limit, way.time_limit);
                prop_assert_eq!(Forward { url: String::new(), headers: Vec::new(), ..forward }, passed.forward());
            }
            _ => prop_assert!(passed.is_none()),
        }
    }
}

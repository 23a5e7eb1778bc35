//! The fault panel, on all upstreams.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::{AXL, LIVE, Reply, Running, sandbox};

const HEALTH: &str = "/api/v01/health";
const CUSTOMERS: &str = "/tenantui/api/v3/customer";
const ORIGIN: (&str, &str) = ("Origin", "http://127.0.0.1:8700");

fn running() -> Running {
    sandbox(&["--size", "60", "--users", "20", "--services", "5"])
}

/// Sets a rule by the DRaaS port.
fn set(running: &Running, rule: &Value) -> Reply {
    running.post(&running.draas("/_sandbox/faults"), &[], &rule.to_string())
}

fn rules(running: &Running) -> Vec<Value> {
    let list = running.get(&running.draas("/_sandbox/faults"), &[]).json();
    list["faults"].as_array().unwrap().clone()
}

fn health(running: &Running) -> Reply {
    running.get(&running.draas(HEALTH), &[])
}

/// Everything the server sends until it closes, headers included.
fn raw(base: &str, path: &str) -> String {
    let mut connection = TcpStream::connect(base.strip_prefix("http://").unwrap()).unwrap();
    connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let headers = format!("Host: 127.0.0.1\r\nConnection: close\r\n{}: {}", LIVE.0, LIVE.1);
    write!(connection, "GET {path} HTTP/1.1\r\n{headers}\r\n\r\n").unwrap();
    let mut received = Vec::new();
    // A reset ends it as well as a close.
    let _ = connection.read_to_end(&mut received);
    String::from_utf8_lossy(&received).into_owned()
}

#[test]
fn without_rules_nothing_is_touched() {
    let running = running();
    assert_eq!(rules(&running), Vec::<Value>::new());
    assert_eq!(health(&running).status, 200);
}

#[test]
fn a_rule_happens_as_often_as_it_says_and_counts() {
    let running = running();
    let reply = set(&running, &json!({ "path_prefix": HEALTH, "status": 503, "times": 2 }));
    assert_eq!(reply.status, 201);
    assert_eq!(reply.json()["upstream"], "draas", "the one asked, unless it says otherwise");
    let statuses: Vec<u16> = (0..4).map(|_| health(&running).status).collect();
    assert_eq!(statuses, [503, 503, 200, 200]);
    assert_eq!(
        (&rules(&running)[0]["matched"], &rules(&running)[0]["fired"]),
        (&json!(4), &json!(2))
    );
}

#[test]
fn a_rule_lets_the_first_requests_through_if_it_says_so() {
    let running = running();
    set(&running, &json!({ "path_prefix": HEALTH, "status": 500, "skip": 2 }));
    let statuses: Vec<u16> = (0..4).map(|_| health(&running).status).collect();
    assert_eq!(statuses, [200, 200, 500, 500]);
}

#[test]
fn a_rule_selects_by_upstream_method_and_path() {
    let running = running();
    let customers = || running.get(&running.live(CUSTOMERS), &[LIVE]).status;
    set(
        &running,
        &json!({ "upstream": "live-platform", "path_contains": "customer", "status": 500 }),
    );
    assert_eq!((customers(), health(&running).status), (500, 200));
    let guid = &running.truth().live_platform.services[0].guid;
    let info = running.live(&format!("{CUSTOMERS}/{guid}/licenseinfo"));
    running.delete(&running.live("/_sandbox/faults"));
    set(&running, &json!({ "upstream": "any", "path_contains": "licenseinfo", "status": 500 }));
    assert_eq!((customers(), running.get(&info, &[LIVE]).status), (200, 500));
    running.delete(&running.live("/_sandbox/faults"));
    set(&running, &json!({ "upstream": "any", "method": "put", "status": 500 }));
    assert_eq!((customers(), running.put(&running.draas("/x"), &[], "").status), (200, 500));
}

#[test]
fn a_rule_selects_one_of_several_clusters_by_its_port() {
    let running = sandbox(&["--size", "9", "--users", "5"]);
    let url = running.cucm("/cucm-uds/version");
    let port: u16 = running.cucm("").rsplit_once(':').unwrap().1.parse().unwrap();
    set(&running, &json!({ "upstream": "cucm", "port": port + 1, "status": 503 }));
    assert_eq!(running.get(&url, &[]).status, 200);
    set(&running, &json!({ "upstream": "cucm", "port": port, "status": 503 }));
    assert_eq!(running.get(&url, &[]).status, 503);
}

#[test]
fn the_rule_that_was_set_first_wins_and_clearing_it_lets_the_next_one() {
    let running = running();
    let first = set(&running, &json!({ "status": 500 })).json()["id"].as_u64().unwrap();
    set(&running, &json!({ "status": 503 }));
    assert_eq!(health(&running).status, 500);
    let one = running.draas(&format!("/_sandbox/faults/{first}"));
    assert_eq!(running.delete(&one).status, 204);
    assert_eq!(running.delete(&one).status, 404);
    assert_eq!(health(&running).status, 503);
    assert_eq!(running.delete(&running.draas("/_sandbox/faults")).status, 204);
    assert_eq!(health(&running).status, 200);
}

#[test]
fn a_rule_with_a_mistake_is_refused_with_what_is_wrong() {
    let running = running();
    for (rule, part) in [
        (json!({}), "does nothing"),
        (json!({ "status": 700 }), "status"),
        (json!({ "status": 500, "statuss": 1 }), "statuss"),
        (json!({ "drop": "later" }), "later"),
        (json!({ "upstream": "dras", "status": 500 }), "rule"),
        (json!({ "bytes_per_second": 0 }), "bytes_per_second"),
        (json!({ "headers": { "a b": "c" } }), "a b"),
    ] {
        let reply = set(&running, &rule);
        assert_eq!(reply.status, 400, "{rule}");
        assert!(reply.json()["error"].as_str().unwrap().contains(part), "{rule}: {}", reply.body);
    }
    assert_eq!(rules(&running).len(), 0);
}

#[test]
fn an_error_status_comes_as_each_vendor_s_gateway_words_it() {
    let running = running();
    set(&running, &json!({ "upstream": "any", "status": 429, "retry_after": "7" }));
    let draas = health(&running);
    assert_eq!((draas.status, draas.header("retry-after")), (429, Some("7")));
    assert_eq!(draas.json()["error"], "Too Many Requests");
    let live = running.get(&running.live(CUSTOMERS), &[LIVE]);
    assert_eq!((live.status, live.json()["status"].as_u64()), (429, Some(429)));
    let cucm = running.get(&running.cucm("/axl/"), &[AXL]);
    assert_eq!(cucm.status, 429);
    assert!(cucm.body.starts_with("<!doctype html>"), "{}", cucm.body);
}

#[test]
fn a_throttle_is_429_for_rest_and_the_memory_fault_for_axl() {
    let running = running();
    set(&running, &json!({ "upstream": "any", "throttle": true }));
    let rest = health(&running);
    assert_eq!((rest.status, rest.header("retry-after")), (429, Some("1")));
    let axl = running.post(&running.cucm("/axl/"), &[AXL], "<x/>");
    assert_eq!((axl.status, axl.header("content-type")), (500, Some("text/xml;charset=UTF-8")));
    let printed = include_str!("../../../core/fixtures/axl/fault-memory.xml");
    let bare = printed.replace("<request>listLicensedUser</request>", "");
    assert_eq!(axl.body, bare.trim_end());
}

#[test]
fn axl_operations_are_told_apart_by_their_soap_action() {
    let running = running();
    let rule = json!({
        "upstream": "cucm", "soap_action_contains": "listLicensedUser",
        "status": 500, "body": "<fault/>", "headers": { "x-from": "panel" },
    });
    set(&running, &rule);
    let ask = |operation: &str| {
        let action = format!("CUCM:DB ver=14.0 {operation}");
        running.post(&running.cucm("/axl/"), &[AXL, ("SOAPAction", &action)], "<x/>")
    };
    let faulty = ask("listLicensedUser");
    assert_eq!((faulty.status, faulty.body.as_str()), (500, "<fault/>"));
    assert_eq!(faulty.header("content-type"), Some("text/xml;charset=UTF-8"));
    assert_eq!(faulty.header("x-from"), Some("panel"));
    assert_ne!(ask("getCCMVersion").body, "<fault/>");
}

#[test]
fn a_dropped_connection_has_no_reply_at_all() {
    let running = running();
    set(&running, &json!({ "upstream": "any", "drop": "before-headers", "times": 1 }));
    assert_eq!(raw(&running.draas(""), HEALTH), "");
    assert_eq!(health(&running).status, 200);
    set(&running, &json!({ "upstream": "cucm", "drop": "before-headers" }));
    assert!(running.broken_off(&running.cucm("/cucm-uds/version"), &[]));
}

#[test]
fn a_truncated_reply_announces_more_than_it_sends() {
    let running = running();
    let whole = running.get(&running.live(CUSTOMERS), &[LIVE]).body;
    for (rule, sent) in [
        (json!({ "upstream": "live-platform", "truncate_at": 100, "times": 1 }), 100),
        (json!({ "upstream": "live-platform", "truncate_at": 0, "times": 1 }), 0),
        (json!({ "upstream": "live-platform", "drop": "mid-body", "times": 1 }), whole.len() / 2),
    ] {
        set(&running, &rule);
        let received = raw(&running.live(""), CUSTOMERS);
        let (head, body) = received.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
        assert!(head.contains(&format!("content-length: {}", whole.len())), "{head}");
        assert_eq!(body, &whole[..sent]);
        set(&running, &rule);
        assert!(running.broken_off(&running.live(CUSTOMERS), &[LIVE]), "{rule}");
    }
    // Longer than the reply is: no cut.
    set(&running, &json!({ "upstream": "live-platform", "truncate_at": 10_000_000, "times": 1 }));
    assert_eq!(running.get(&running.live(CUSTOMERS), &[LIVE]).body, whole);
}

#[test]
fn a_malformed_document_is_whole_as_far_as_http_knows() {
    let running = running();
    let right = running.get(&running.live(CUSTOMERS), &[LIVE]).body;
    for how in ["empty", "unclosed", "stray", "twice"] {
        set(&running, &json!({ "upstream": "live-platform", "malformed": how, "times": 1 }));
        let reply = running.get(&running.live(CUSTOMERS), &[LIVE]);
        assert_eq!(reply.header("content-length"), Some(&*reply.body.len().to_string()), "{how}");
        assert!(serde_json::from_str::<Value>(&reply.body).is_err(), "{how}");
    }
    set(&running, &json!({ "upstream": "live-platform", "malformed": "not-utf8", "times": 1 }));
    assert!(raw(&running.live(""), CUSTOMERS).contains('\u{fffd}'));
    assert_eq!(running.get(&running.live(CUSTOMERS), &[LIVE]).body, right);
}

#[test]
fn a_wrong_content_type_leaves_the_document_as_it_is() {
    let running = running();
    set(&running, &json!({ "content_type": "text/html", "times": 1 }));
    let reply = health(&running);
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/html")));
    assert_eq!(reply.json(), json!({ "status": "ok" }));
}

#[test]
fn latency_comes_before_the_reply_and_a_trickle_within() {
    let running = running();
    let timed = |rule: &Value| {
        set(&running, rule);
        let start = Instant::now();
        assert_eq!(health(&running).json(), json!({ "status": "ok" }), "all of it comes");
        start.elapsed()
    };
    let late = timed(&json!({ "latency_ms": 300, "times": 1 }));
    assert!(late >= Duration::from_millis(300), "{late:?}");
    // 15 bytes, 3 at a time.
    let slow = timed(&json!({ "bytes_per_second": 30, "times": 1 }));
    assert!(slow >= Duration::from_millis(400), "{slow:?}");
}

#[test]
fn an_injected_reply_is_readable_for_the_page_unless_cors_is_off() {
    let running = running();
    let allowed = |reply: &Reply| reply.header("access-control-allow-origin").map(str::to_owned);
    set(&running, &json!({ "upstream": "any", "status": 503, "times": 1 }));
    let reply = running.get(&running.draas(HEALTH), &[ORIGIN]);
    assert_eq!((reply.status, allowed(&reply)), (503, Some(ORIGIN.1.to_owned())));
    set(&running, &json!({ "status": 503, "cors": false }));
    let reply = running.get(&running.draas(HEALTH), &[ORIGIN]);
    assert_eq!((reply.status, allowed(&reply)), (503, None));
    // CUCM has none to keep.
    set(&running, &json!({ "upstream": "cucm", "status": 503 }));
    assert_eq!(allowed(&running.get(&running.cucm("/axl/"), &[ORIGIN])), None);
}

#[test]
fn a_preflight_is_only_hit_by_a_rule_that_names_its_method() {
    let running = running();
    let headers = [ORIGIN, ("Access-Control-Request-Method", "GET")];
    let preflight = || running.options(&running.draas(HEALTH), &headers).status;
    set(&running, &json!({ "status": 500 }));
    assert_eq!(preflight(), 204);
    set(&running, &json!({ "method": "OPTIONS", "status": 500 }));
    assert_eq!(preflight(), 500);
}

#[test]
fn the_panel_takes_nothing_from_pages_of_others() {
    let running = running();
    let url = running.draas("/_sandbox/faults");
    let rule = json!({ "status": 500 }).to_string();
    assert_eq!(running.post(&url, &[("Origin", "https://example.com")], &rule).status, 403);
    assert_eq!(running.post(&url, &[ORIGIN], &rule).status, 403);
    assert_eq!(running.post(&url, &[("Host", "rebound.example.com")], &rule).status, 403);
    assert_eq!(running.get(&url, &[ORIGIN]).header("access-control-allow-origin"), None);
    assert_eq!(rules(&running).len(), 0);
    let own = running.draas("");
    assert_eq!(running.post(&url, &[("Origin", &own)], &rule).status, 201);
}

#[test]
fn the_page_lists_rules_and_sets_them_without_a_script() {
    let running = running();
    let page = || running.get(&running.cucm("/_sandbox"), &[]);
    assert!(page().body.contains("No rules"));
    let form = "upstream=draas&method=&path_contains=health&skip=&times=3&effect=status&value=503";
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let done = running.post(&running.cucm("/_sandbox/faults/form"), &[kind], form);
    assert_eq!((done.status, done.header("location")), (303, Some("/_sandbox")));
    assert_eq!(health(&running).status, 503);
    let shown = page();
    assert!(shown.body.contains("&quot;status&quot;:503"), "{}", shown.body);
    assert!(!shown.body.contains("<script"));
    assert!(shown.header("content-security-policy").unwrap().contains("default-src 'none'"));
    set(&running, &json!({ "body": "<script>alert(1)</script>" }));
    assert!(!page().body.contains("<script"), "what a rule holds is text");
    let cleared = running.post(&running.cucm("/_sandbox/faults/clear"), &[kind], "");
    assert_eq!((cleared.status, rules(&running).len()), (303, 0));
    let wrong = form.replace("503", "soon");
    assert_eq!(running.post(&running.cucm("/_sandbox/faults/form"), &[kind], &wrong).status, 400);
}

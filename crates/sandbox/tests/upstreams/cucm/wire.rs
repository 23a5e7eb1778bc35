//! The wire: TLS, status pages, sign-in, sessions.

use super::{ADMINISTRATOR, axl, axl_as, envelope, list};
use crate::harness::{AXL, Running, agent, sandbox};

#[test]
fn certificate_is_not_trusted_unless_told_so() {
    let running = sandbox(&["--size", "10"]);
    let url = running.cucm("/cucm-uds/version");
    assert_eq!(running.get(&url, &[]).status, 200);
    assert!(agent(None).get(&url).call().is_err());
}

#[test]
fn refusals_are_html_pages() {
    let running = sandbox(&["--size", "10", "--cucm-version", "15"]);
    let url = running.cucm("/axl/");
    let request = envelope("15.0", "<ns:getCCMVersion/>");
    let nobody = running.post(&url, &[], &request);
    assert_eq!(nobody.status, 401);
    assert_eq!(nobody.body, include_str!("../../../../core/fixtures/axl/page-401.html"));
    // no-axl:sandbox-demo
    let no_role = [("Authorization", "Basic bm8tYXhsOnNhbmRib3gtZGVtbw==")];
    let no_role = running.post(&url, &no_role, &request);
    assert_eq!(no_role.status, 403);
    assert_eq!(no_role.body, include_str!("../../../../core/fixtures/axl/page-403.html"));
    let old = axl(&running, "11.5", "<ns:getCCMVersion/>");
    assert_eq!(old.status, 599);
    assert_eq!(old.body, include_str!("../../../../core/fixtures/axl/page-599.html"));
    assert!(old.header("content-type").unwrap().starts_with("text/html"));
}

#[test]
fn trailing_slash_is_part_of_the_path() {
    let running = sandbox(&["--size", "10"]);
    let reply = running.post(&running.cucm("/axl"), &[AXL], "");
    assert_eq!(reply.status, 404);
    assert!(reply.body.contains("<html>"));
}

#[test]
fn a_browser_gets_no_cors_headers_and_no_preflight() {
    let running = sandbox(&["--size", "10"]);
    let origin = ("Origin", "http://127.0.0.1:8700");
    let preflight = [origin, ("Access-Control-Request-Method", "POST")];
    let reply = running.options(&running.cucm("/axl/"), &preflight);
    assert_eq!(reply.status, 405);
    let read = running.get(&running.cucm("/axl/"), &[AXL, origin]);
    assert_eq!(read.status, 200);
    assert!(read.body.contains("working and accepting requests"));
    for reply in [reply, read] {
        assert!(!reply.headers.keys().any(|name| name.as_str().starts_with("access-control")));
    }
}

fn cookie(running: &Running) -> String {
    let reply = axl(running, "14.0", "<ns:getCCMVersion/>");
    let line = reply.header("set-cookie").unwrap();
    assert!(line.starts_with("JSESSIONIDSSO=") && line.ends_with("; Secure; HttpOnly"), "{line}");
    line.split(';').next().unwrap().to_owned()
}

fn by_cookie(running: &Running, cookie: &str) -> (u16, Option<String>) {
    let headers = [("Cookie", cookie), ("SOAPAction", "CUCM:DB ver=14.0 getCCMVersion")];
    let request = envelope("14.0", "<ns:getCCMVersion/>");
    let reply = running.post(&running.cucm("/axl/"), &headers, &request);
    (reply.status, reply.header("set-cookie").map(str::to_owned))
}

#[test]
fn a_session_stands_for_the_password_until_it_ends() {
    let running = sandbox(&["--size", "10", "--serve", "cucm"]);
    let cookie = cookie(&running);
    assert_eq!(by_cookie(&running, &cookie), (200, None));
    let among_others = format!("theme=dark; {cookie}; a=b");
    assert_eq!(by_cookie(&running, &among_others).0, 200);
    assert_eq!(by_cookie(&running, "theme=dark").0, 401, "no session at all");
    let ended = running.post(&running.cucm("/_sandbox/expire-sessions"), &[], "");
    assert_eq!(ended.status, 204);
    assert_eq!(by_cookie(&running, &cookie).0, 404, "as Cisco's guide says");
    let both = [AXL, ("Cookie", cookie.as_str()), ("SOAPAction", "CUCM:DB ver=14.0 x")];
    let request = envelope("14.0", "<ns:getCCMVersion/>");
    assert_eq!(running.post(&running.cucm("/axl/"), &both, &request).status, 200);
}

#[test]
fn a_session_ends_by_itself_when_idle() {
    let running = sandbox(&["--size", "10", "--serve", "cucm", "--axl-session-seconds", "0"]);
    let cookie = cookie(&running);
    assert_eq!(by_cookie(&running, &cookie).0, 404);
}

#[test]
fn a_session_has_the_role_of_who_began_it() {
    let flags = ["--size", "10", "--serve", "cucm", "--axl-update-seconds", "0"];
    let running = sandbox(&flags);
    let update = |who| axl_as(who, &running, "14.0", "<ns:doUpdateLicenseUsage/>");
    let reader = cookie(&running);
    assert_eq!(update(("Cookie", reader.as_str())).status, 403);
    let administrator = update(ADMINISTRATOR).header("set-cookie").unwrap().to_owned();
    assert_eq!(update(("Cookie", administrator.as_str())).status, 200);
}

#[test]
fn large_replies_come_in_chunks_of_unknown_total() {
    let running = sandbox(&["--size", "10", "--serve", "cucm"]);
    let reply = axl(&running, "14.0", &list("<userId>%</userId>", super::ALL, ""));
    assert!(reply.body.len() > 200_000);
    assert_eq!(reply.header("content-length"), None);
}

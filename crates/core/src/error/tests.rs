use super::*;

fn every_problem() -> Vec<Problem> {
    vec![
        Problem::Unreachable { origin: "https://h".into() },
        Problem::TimedOut { seconds: 30 },
        Problem::ProxyRefused { said: "origin not allowed.".into() },
        Problem::Untrusted { said: "self signed".into() },
        Problem::SignedOut,
        Problem::TokenRefused { ended: true, said: "it has ended.".into() },
        Problem::TokenRefused { ended: false, said: "its signature is not right.".into() },
        Problem::NotOpened { said: "it lies elsewhere.".into() },
        Problem::EdgeRefused { said: "it knows no such platform.".into() },
        Problem::WrongCode { said: "invalid code.".into() },
        Problem::Forbidden { role: Some("groups.instance.licenses.list") },
        Problem::Forbidden { role: None },
        Problem::NothingFound,
        Problem::Throttled { retry_after_s: Some(3), suggested_rows: None },
        Problem::Throttled { retry_after_s: None, suggested_rows: Some(843) },
        Problem::Throttled { retry_after_s: None, suggested_rows: None },
        Problem::WrongVersion { asked: "15.0".into(), supported: vec!["14.0".into()] },
        Problem::WrongVersion { asked: "15.0".into(), supported: vec![] },
        Problem::Rejected { status: 400, code: Some(5007), message: "not found.".into() },
        Problem::Malformed { place: "group.name".into(), expected: "text", excerpt: "x".into() },
        Problem::Malformed { place: String::new(), expected: "JSON", excerpt: "<html>".into() },
        Problem::TooLarge { limit: "more than 64 levels".into() },
        Problem::Redirected,
        Problem::Cancelled,
    ]
}

#[test]
fn every_problem_is_a_sentence_with_a_next_step() {
    for problem in every_problem() {
        let error = UpstreamError::new("reading the licenses of the group", problem);
        for sentence in [error.what(), error.next_step()] {
            assert!(sentence.ends_with('.'), "{sentence}");
            assert!(sentence.len() > 20, "{sentence}");
            assert!(!sentence.contains("  "), "{sentence}");
        }
    }
}

#[test]
fn places_and_causes_are_short_whatever_the_reply_named() {
    let name = "x\u{202e}\u{7f} ".repeat(10_000);
    let error = UpstreamError::malformed("testing", &name, "a count", &Reply::new(200, ""))
        .because(name.as_str());
    for text in [error.what(), error.details()] {
        assert!(text.len() < 1_500, "{}", text.len());
        assert!(!text.contains(['\u{202e}', '\u{7f}']), "{text:?}");
    }
}

#[test]
fn what_an_upstream_said_ends_in_one_full_stop() {
    use crate::{axl, draas, live_platform};
    for said in ["", "no such", "no such.", "one moment...", "<html><h1>Oops</h1></html>"] {
        let json = |text: String| Reply::new(0, text);
        let bodies = [
            Reply::new(0, said),
            json(format!(r#"{{"error":"{said}"}}"#)),
            json(format!(r#"{{"error":{{"reason":"{said}","message":"{said}"}}}}"#)),
            Reply::new(
                0,
                format!(
                    "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
                     <s:Fault><faultstring>{said}</faultstring></s:Fault></s:Body></s:Envelope>"
                ),
            ),
        ];
        for mut reply in bodies {
            for status in [400, 401, 403, 404, 409, 418, 429, 500, 502, 503, 599] {
                reply.status = status;
                for error in [
                    draas::fault("testing", None, &reply),
                    live_platform::fault("testing", &reply),
                    axl::fault("testing", &reply),
                ] {
                    let what = error.what();
                    let before = what.strip_suffix('.').unwrap_or_default();
                    assert!(before.ends_with(|c: char| c != '.'), "{status}: {what}");
                }
            }
        }
    }
}

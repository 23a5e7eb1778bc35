//! What does not fit: 8 MB of one reply, 16 MB of all.

use super::{ALL, axl, fault, list, rows};
use crate::harness::sandbox;

#[test]
fn too_large_a_reply_is_refused_and_the_suggested_page_fits() {
    let running = sandbox(&["--size", "10", "--axl-reply-limit", "65536"]);
    let (code, text) = fault(&axl(&running, "14.0", &list("<userId>%</userId>", ALL, "")));
    assert_eq!(code, -1);
    let text =
        text.strip_prefix("Query request too large. Total rows matched: 1200 rows. ").unwrap();
    let fewer = text.strip_prefix("Suggestive Row Fetch: less than ").unwrap();
    let fewer: usize = fewer.strip_suffix(" rows").unwrap().parse().unwrap();
    assert!((10..1200).contains(&fewer), "{fewer}");
    // The suggestion is an average, as rows differ: a little less always fits.
    let page = format!("<skip>0</skip><first>{}</first>", fewer * 9 / 10);
    let reply = axl(&running, "14.0", &list("<userId>%</userId>", ALL, &page));
    assert_eq!(rows(&reply).len(), fewer * 9 / 10);
}

#[test]
fn the_suggestion_has_another_wording() {
    let flags = ["--serve", "cucm", "--axl-reply-limit", "65536"];
    let running = sandbox(&[&flags[..], &["--cucm-quirk", "suggested-wording"]].concat());
    let (_, text) = fault(&axl(&running, "14.0", &list("<userId>%</userId>", ALL, "")));
    assert!(text.contains("Suggested row fetch: less than "), "{text}");
}

#[test]
fn a_large_list_beside_another_finds_the_memory_taken_and_later_does_not() {
    // Room for one and a half of the whole list, while each is worked on for a while.
    let flags = ["--serve", "cucm", "--axl-memory-limit", "800000", "--axl-delay-ms", "400"];
    let running = sandbox(&flags);
    let all = list("<userId>%</userId>", ALL, "");
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| axl(&running, "14.0", &all));
        let other = axl(&running, "14.0", &all);
        (one.join().unwrap(), other)
    });
    assert!(one.body.len().min(other.body.len()) > 100);
    let (served, refused) = if one.status == 200 { (one, other) } else { (other, one) };
    assert_eq!(rows(&served).len(), 1200);
    let (code, text) = fault(&refused);
    assert_eq!(code, -1);
    let expected = "Maximum AXL Memory Allocation Consumed. Please retry once requests in \
                    progress have completed";
    assert_eq!(text, expected);
    assert_eq!(rows(&axl(&running, "14.0", &all)).len(), 1200, "the other has completed");
    let small = list("<userId>zed</userId>", ALL, "");
    assert_eq!(rows(&axl(&running, "14.0", &small)).len(), 1);
}

#[test]
fn a_hundred_thousand_users_are_read_page_by_page() {
    let running = sandbox(&["--serve", "cucm", "--users", "100000"]);
    let whole = axl(&running, "14.0", &list("<userId>%</userId>", ALL, ""));
    assert!(fault(&whole).1.contains("Total rows matched: 100000 rows"));
    let mut read = 0;
    loop {
        let paging = format!("<skip>{read}</skip><first>5000</first>");
        let page = axl(&running, "14.0", &list("<userId>%</userId>", ALL, &paging));
        assert_eq!(page.status, 200);
        let rows = page.body.matches("<licensedUser ").count();
        read += rows;
        if rows < 5000 {
            break;
        }
    }
    assert_eq!(read, 100_000);
}

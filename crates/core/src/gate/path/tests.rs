use super::*;
use proptest::prelude::*;

#[test]
fn paths_of_the_three_upstreams_are_plain() {
    for path in [
        "/axl/",
        "/cucm-uds/version",
        "/tenantui/api/Customer/12/LicenseInfo",
        "/draas/api/v01/draas_v1/groups/0b5e-4000/licenses",
        "/a%20b/c:@!$&'()*+,=~",
        "/a.b/..c/d../%20e",
        "/",
    ] {
        assert!(is_plain(path), "{path}");
    }
}

#[test]
fn every_way_to_climb_is_refused() {
    for path in [
        "",
        "axl/",
        "//axl/",
        "/axl//x",
        "/axl/../x",
        "/axl/..",
        "/axl/./x",
        "/axl/.",
        "/axl/%2e%2e/x",
        "/axl/%2E%2E/x",
        "/axl/.%2e/x",
        "/axl/%2e/x",
        "/axl/..%2fx",
        "/axl/%2Fx",
        "/axl\\x",
        "/axl/..\\x",
        "/axl/%5cx",
        "/axl/%5C..",
        "/axl/..;/x",
        "/axl/;/x",
        "/axl/..;a=b/x",
        "/axl/%3b/x",
        "/axl/%252e%252e/x",
        "/axl/%25",
        "/axl/%00",
        "/axl/%0d%0a",
        "/axl/%7f",
        "/axl/%",
        "/axl/%2",
        "/axl/%zz",
        "/axl/a b",
        "/axl/\t",
        "/axl/é",
        "/axl/{x}",
        "/axl/<x>",
        "/axl/|",
        "/axl/^",
        "/axl/`",
        "/axl/\"",
        "/axl/#x",
        "/axl/?x",
        "/axl/%u002e",
        "/axl/%23",
        "/axl/%3f",
        "/axl/.../x",
        "/axl/..%20/x",
        "/axl/%20",
        // Overlong, in two to six bytes.
        "/axl/%c0%ae%c0%ae/x",
        "/axl/%C0%AE%C0%AE%C0%AFx",
        "/axl/%c0%2e%c0%2e/x",
        "/axl/%e0%80%ae%e0%80%ae/x",
        "/axl/%f0%80%80%ae./x",
        "/axl/%f8%80%80%80%ae./x",
        "/axl/%fc%80%80%80%80%ae./x",
        "/axl/..%c0%af",
        "/axl/..%c1%9c",
        "/axl/..%c0%bb/x",
        // No UTF-8 at all, a surrogate, a byte order mark.
        "/axl/%ff",
        "/axl/%ae%ae/x",
        "/axl/%ed%a0%80",
        "/axl/%ef%bb%bf../x",
        // Full-width and small forms, other dots and slashes, a Greek question mark.
        "/axl/%ef%bc%8e%ef%bc%8e/x",
        "/axl/..%ef%bc%8fx",
        "/axl/..%ef%bc%bcx",
        "/axl/..%ef%bc%9b/x",
        "/axl/%ef%bc%85%32%65",
        "/axl/%e2%80%a4%e2%80%a4/x",
        "/axl/%e2%80%a5/x",
        "/axl/%e2%80%a6/x",
        "/axl/%ef%b9%92%ef%b9%92/x",
        "/axl/..%e2%81%84x",
        "/axl/..%e2%88%95x",
        "/axl/..%cd%be/x",
        // Their low bytes: a dot and a slash.
        "/axl/%c4%ae%c4%ae%c4%afx",
    ] {
        assert!(!is_plain(path), "{path}");
    }
}

#[test]
fn a_prefix_opens_nothing_beside_it() {
    assert!(lies_within("/axl/", "/axl/"));
    assert!(lies_within("/axl/x", "/axl/"));
    assert!(!lies_within("/axl", "/axl/"));
    assert!(lies_within("/api", "/api"));
    assert!(lies_within("/api/x", "/api"));
    assert!(!lies_within("/apikeys", "/api"));
    assert!(!lies_within("/AXL/", "/axl/"));
}

#[test]
fn a_query_cannot_smuggle_a_fragment_or_a_line() {
    assert!(is_plain_query("limit=50&name=a%20b&x=[1]"));
    for query in ["a b", "a\r\nb", "a#b", "é", "a\\b"] {
        assert!(!is_plain_query(query), "{query:?}");
    }
}

/// What a server does that decodes as often as it can, takes what is no UTF-8 and what looks
/// alike for what was meant, knows path parameters and backslashes, and then climbs.
fn as_the_most_generous_server_reads_it(path: &str, narrow: fn(u32) -> u32) -> String {
    let mut bytes = path.as_bytes().to_vec();
    loop {
        let decoded: Vec<u8> = percent_encoding::percent_decode(&bytes).collect();
        if decoded == bytes {
            break;
        }
        bytes = decoded;
    }
    let read = leniently(&bytes).into_iter().map(narrow).filter_map(char::from_u32);
    let text: String = read.collect::<String>().replace('\\', "/");
    let mut kept: Vec<&str> = Vec::new();
    for segment in text.split('/') {
        match segment.split(';').next().unwrap_or_default().trim_end_matches(' ') {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            other => kept.push(other),
        }
    }
    format!("/{}", kept.join("/"))
}

/// UTF-8 in which any length does for any character, as it was up to six bytes; of what is
/// none each byte is a character.
fn leniently(mut bytes: &[u8]) -> Vec<u32> {
    let mut read = Vec::new();
    while let [first, rest @ ..] = bytes {
        let more = usize::try_from(first.leading_ones()).unwrap_or_default().saturating_sub(1);
        let follows = |bytes: &[u8]| bytes.iter().all(|byte| (0x80..0xc0).contains(byte));
        match rest.split_at_checked(more) {
            Some((tail, after)) if (1..6).contains(&more) && follows(tail) => {
                let start = u32::from(first & (0x3f_u8 >> more));
                read.push(tail.iter().fold(start, |all, byte| (all << 6) | u32::from(byte & 0x3f)));
                bytes = after;
            }
            _ => {
                read.push(u32::from(*first));
                bytes = rest;
            }
        }
    }
    read
}

/// Keeps what there is.
fn as_it_is(character: u32) -> u32 {
    character
}

/// The nearest that ASCII has, as compatible decomposition and code pages find it.
fn nearest(character: u32) -> u32 {
    let near = match character {
        0xff01..=0xff5e => return character - 0xfee0,
        0x2024 | 0xfe52 | 0x3002 | 0xff61 => '.',
        0x2044 | 0x2215 | 0x29f8 => '/',
        0x2216 | 0x29f5 | 0xfe68 => '\\',
        0x37e | 0xfe14 | 0xfe54 => ';',
        _ => return character,
    };
    u32::from(near)
}

fn low_byte(character: u32) -> u32 {
    character & 0xff
}

#[test]
fn the_generous_server_falls_for_what_is_refused() {
    for (path, narrow) in [
        ("/axl/%252e%252e/x", as_it_is as fn(u32) -> u32),
        ("/axl/..%20/x", as_it_is),
        ("/axl/%c0%ae%c0%ae%c0%afx", as_it_is),
        ("/axl/%e0%80%ae%f0%80%80%ae/x", as_it_is),
        ("/axl/%fc%80%80%80%80%ae./x", as_it_is),
        ("/axl/%ef%bc%8e%e2%80%a4%e2%88%95x", nearest),
        ("/axl/..%cd%be/x", nearest),
        ("/axl/%c4%ae%c4%ae%c4%afx", low_byte),
    ] {
        assert_eq!(as_the_most_generous_server_reads_it(path, narrow), "/x", "{path}");
    }
}

proptest! {
    #[test]
    fn what_passes_stays_below_its_prefix_for_every_server(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("."), Just(".."), Just("%2e"), Just("%2E"), Just("%252e"), Just("/"),
                Just("%2f"), Just("%5c"), Just("\\"), Just(";"), Just("%3b"), Just("a"),
                Just("x%20y"), Just("//"), Just("%"), Just("?"), Just("axl"), Just("%20"),
                Just("%c0%ae"), Just("%c0%af"), Just("%e0%80%ae"), Just("%f0%80%80%af"),
                Just("%f8%80%80%80%ae"), Just("%fc%80%80%80%80%ae"), Just("%c1%9c"), Just("%c0"),
                Just("%ae"), Just("%ef%bc%8e"), Just("%ef%bc%8f"), Just("%ef%bc%bc"),
                Just("%ef%bc%9b"), Just("%e2%80%a4"), Just("%e2%88%95"), Just("%cd%be"),
                Just("%c4%ae"), Just("%c4%af"), Just("%c3%a9")
            ],
            0..12,
        )
    ) {
        let path = format!("/axl/{}", pieces.concat());
        if is_plain(&path) && lies_within(&path, "/axl/") {
            for narrow in [as_it_is, nearest, low_byte] {
                let read = as_the_most_generous_server_reads_it(&path, narrow);
                prop_assert!(read == "/axl" || read.starts_with("/axl/"), "{path} is read as {read}");
            }
        }
    }

    /// However few bytes are encoded, and whatever they are.
    #[test]
    fn encoded_bytes_climb_nowhere(
        bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'.'), Just(b'/')], 1..8),
        plain in any::<u8>(),
    ) {
        let spelled: String = bytes
            .iter()
            .enumerate()
            .map(|(at, byte)| {
                let is_plain = plain & (1 << at) != 0 && byte.is_ascii_graphic() && *byte != b'%';
                if is_plain { char::from(*byte).to_string() } else { format!("%{byte:02x}") }
            })
            .collect();
        let path = format!("/axl/{spelled}");
        if is_plain(&path) {
            for narrow in [as_it_is, nearest, low_byte] {
                let read = as_the_most_generous_server_reads_it(&path, narrow);
                prop_assert!(read == "/axl" || read.starts_with("/axl/"), "{path} is read as {read}");
            }
        }
    }
}

//! An estate, written by an edge and read by the page, in any pieces.

use proptest::prelude::*;
use seatree_core::{Problem, TreeDecoder};

use crate::trees::{lines, read, shown, sprouts, tree};

fn split<'a>(whole: &'a [u8], cuts: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(whole.len() + 1)).collect();
    places.extend([0, whole.len()]);
    places.sort_unstable();
    places.windows(2).map(|pair| &whole[pair[0]..pair[1]]).collect()
}

proptest! {
    #[test]
    fn what_an_edge_writes_is_what_is_read(
        sprouts in sprouts(40),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let whole = lines(&sprouts);
        let (read, ended) = read(&split(&whole, &cuts));
        prop_assert_eq!(ended.unwrap(), []);
        prop_assert_eq!(shown(&read), shown(&tree(&sprouts)));
    }

    #[test]
    fn a_reply_that_was_cut_off_is_never_taken_for_a_whole_one(
        sprouts in sprouts(12),
        cut: prop::sample::Index,
    ) {
        let whole = lines(&sprouts);
        // Only the last line's own end may be missing.
        let cut = cut.index(whole.len() - 1);
        let (part, ended) = read(&[&whole[..cut]]);
        let error = ended.unwrap_err();
        prop_assert!(matches!(error.problem, Problem::Malformed { .. }), "{}", error);
        let all = shown(&tree(&sprouts));
        prop_assert!(all.starts_with(&shown(&part)), "what came is right as far as it goes");
    }

    #[test]
    fn lines_that_got_lost_on_the_way_are_missed(
        sprouts in sprouts(12),
        lost: prop::sample::Index,
    ) {
        let whole = String::from_utf8(lines(&sprouts)).unwrap();
        let lines: Vec<&str> = whole.lines().collect();
        let lost = lost.index(lines.len());
        let rest: Vec<&str> =
            (0..).zip(&lines).filter(|(at, _)| *at != lost).map(|(_, line)| *line).collect();
        prop_assert!(read(&[rest.join("\n").as_bytes()]).1.is_err());
    }
}

#[test]
fn byte_by_byte_it_is_the_same() {
    let line = r#"{"id":"tenant:53fd92c7-fbef-44fd-af76-d92334432ac9","level":0,"kind":"tenant",
"#;
    let whole = line.replace(
        ",\n",
        r#","name":"Har\u00e9 \"x\"","licenses":{"msTeamsUsers":{"assigned":120,"in_use":null}}}"#,
    );
    let whole = format!("\r\n{whole}\r\n\n{{\"end\":true,\"count\":1}}");
    let at_once = read(&[whole.as_bytes()]);
    let pieces: Vec<&[u8]> = whole.as_bytes().chunks(1).collect();
    let by_bytes = read(&pieces);
    assert_eq!(at_once.1.unwrap(), []);
    assert_eq!(by_bytes.1.unwrap(), []);
    assert_eq!(shown(&at_once.0), shown(&by_bytes.0));
    assert_eq!(at_once.0.name(1), "Haré \"x\"");
}

#[test]
fn a_node_is_there_as_soon_as_its_line_is() {
    use crate::trees::operation;
    let mut tree = seatree_core::estate::Tree::new("");
    let mut decoder = operation().decoder();
    decoder.push(&mut tree, br#"{"level":0,"kind":"group","name":"A"}"#).unwrap();
    assert_eq!(tree.len(), 1);
    decoder.push(&mut tree, b"\n{\"level\":1,").unwrap();
    assert_eq!((tree.len(), tree.name(1)), (2, "A"));
}

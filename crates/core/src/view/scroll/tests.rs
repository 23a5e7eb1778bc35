use proptest::prelude::*;

use super::{EDGE, LEAST_STRIDE, MOST_SPACE, Scroll};

/// A browser that scrolls an element: it stays within it, and puts itself on whole pixels.
struct Browser {
    scroll: Scroll,
    top: f64,
    viewport: f64,
    content: f64,
}

impl Browser {
    fn new(viewport: f64, content: f64) -> Self {
        Self { scroll: Scroll::new(), top: 0.0, viewport, content }
    }

    fn most_offset(&self) -> f64 {
        (self.content - self.viewport).max(0.0)
    }

    fn most_top(&self) -> f64 {
        (Scroll::space(self.content) - self.viewport).max(0.0)
    }

    fn put(&mut self, top: f64) {
        self.top = top.clamp(0.0, self.most_top()).round().min(self.most_top());
    }

    fn scroll_to(&mut self, top: f64) {
        self.put(top);
        if let Some(top) = self.scroll.scrolled(self.top, self.viewport, self.content) {
            self.put(top);
            let again = self.scroll.scrolled(self.top, self.viewport, self.content);
            assert_eq!(again, None, "it settles");
        }
    }

    fn wheel(&mut self, by: f64) {
        self.scroll_to(self.top + by);
    }

    fn go(&mut self, offset: f64) {
        let top = self.scroll.top_for(offset, self.viewport, self.content);
        self.put(top);
        self.scroll_to(self.top);
    }
}

#[derive(Clone, Debug)]
enum Move {
    Wheel(f64),
    Drag(f64),
    Go(f64),
    Resize(f64),
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        4 => (-LEAST_STRIDE..LEAST_STRIDE).prop_map(|by| Move::Wheel(by.round())),
        2 => (-0.1..1.1).prop_map(Move::Drag),
        1 => (-0.1..1.1).prop_map(Move::Go),
        1 => (0.0..50_000_000.0).prop_map(Move::Resize),
    ]
}

proptest! {
    #[test]
    fn whatever_moves_there_are_the_content_in_sight_exists(
        viewport in 200.0_f64..2_000.0,
        content in 0.0_f64..50_000_000.0,
        moves in prop::collection::vec(moves(), 0..60),
    ) {
        let mut browser = Browser::new(viewport, content);
        for next in moves {
            let before = browser.scroll.offset();
            match next {
                Move::Wheel(by) => {
                    browser.wheel(by);
                    let expected = (before + by).clamp(0.0, browser.most_offset());
                    prop_assert!((browser.scroll.offset() - expected).abs() <= 1.0, "one to one");
                }
                Move::Drag(share) => browser.scroll_to(share * browser.most_top()),
                Move::Go(share) => {
                    let to = share * browser.most_offset();
                    browser.go(to);
                    let expected = to.clamp(0.0, browser.most_offset());
                    prop_assert!((browser.scroll.offset() - expected).abs() <= 1.0);
                }
                Move::Resize(content) => {
                    browser.content = content;
                    browser.scroll_to(browser.top);
                }
            }
            let (offset, top) = (browser.scroll.offset(), browser.top);
            prop_assert!(offset >= -0.001 && offset <= browser.most_offset() + 0.001, "{offset}");
            let drawn = offset - browser.scroll.base();
            prop_assert!((drawn - top).abs() <= 1.0, "what is in sight is drawn in sight");
            let rest = browser.most_offset() - offset;
            if top <= 0.0 || offset <= 0.0 {
                prop_assert!(top <= 1.0 && offset < 1e-6, "{top} {offset}: at the top of both");
            }
            if top >= browser.most_top() || rest <= 0.0 {
                prop_assert!(browser.most_top() - top <= 1.0 && rest < 1e-6, "at the end of both");
            }
        }
    }

    #[test]
    fn content_that_fits_is_scrolled_by_the_browser_alone(
        viewport in 200.0_f64..2_000.0,
        content in 0.0_f64..MOST_SPACE,
        tops in prop::collection::vec(0.0_f64..1.0, 0..20),
    ) {
        let mut scroll = Scroll::new();
        for share in tops {
            let top: f64 = share * (content - viewport).max(0.0);
            prop_assert_eq!(scroll.scrolled(top, viewport, content), None);
            prop_assert!((scroll.offset() - top).abs() < 1e-6);
            prop_assert!(scroll.base().abs() < 1e-6);
        }
    }

    #[test]
    fn the_scrollbar_shows_where_in_the_content_one_is(
        share in 0.05_f64..0.95,
        viewport in 200.0_f64..2_000.0,
    ) {
        let mut browser = Browser::new(viewport, 32_000_000.0);
        browser.scroll_to(share * browser.most_top());
        let seen = browser.scroll.offset() / browser.most_offset();
        prop_assert!((seen - share).abs() < 0.02, "{seen}");
    }
}

#[test]
fn a_wheel_reaches_both_ends_from_anywhere() {
    let mut browser = Browser::new(800.0, 32_000_000.0);
    for from in [3.0 * EDGE, 16_000_000.0, 32_000_000.0 - 3.0 * EDGE] {
        for by in [-1_000.0, 1_000.0] {
            browser.go(from);
            let end = if by < 0.0 { 0.0 } else { browser.most_offset() };
            let turns = ((end - browser.scroll.offset()) / by).ceil();
            let mut turned = 0.0;
            while turned < turns + 2.0 {
                browser.wheel(by);
                turned += 1.0;
            }
            assert!((browser.scroll.offset() - end).abs() < 1e-6, "{from} {by}");
            assert_eq!(browser.scroll.scrolled(browser.top, 800.0, 32_000_000.0), None, "it rests");
        }
    }
}

//! The scrolled space: how high it is and which part of it is in sight.
//!
//! It knows where the browser stands from its scroll events alone: asking would have it lay out the
//! page at once, in the middle of whatever changes it.

use seatree_core::view::Scroll;
use web_sys::HtmlElement;

/// The space that the rows stand in. It is no higher than browsers can lay out, however many rows
/// there are.
#[derive(Default)]
pub(super) struct Space {
    scroll: Scroll,
    content: usize,
    viewport: usize,
}

impl Space {
    /// Makes the element as high as its content needs; `viewport` is what of it can be seen at once.
    pub(super) fn fit(
        &mut self,
        body: &HtmlElement,
        room: &HtmlElement,
        content: usize,
        viewport: usize,
    ) {
        let was_higher = self.content > content;
        self.viewport = viewport;
        if self.content != content {
            self.content = content;
            let height = pixels(Scroll::space(float(content)));
            let _ = room.style().set_property("block-size", &format!("{height}px"));
        }
        // The browser moves up to the new end by itself, but only tells later.
        if was_higher && self.top() > content.saturating_sub(viewport) {
            self.go_to(body, content.saturating_sub(viewport));
        }
    }

    /// The browser says where it scrolled to.
    pub(super) fn scrolled(&mut self, body: &HtmlElement) {
        let top = f64::from(body.scroll_top());
        let (viewport, content) = (float(self.viewport), float(self.content));
        if let Some(to) = self.scroll.scrolled(top, viewport, content) {
            set(body, to);
        }
    }

    /// The first pixel of the content in sight.
    pub(super) fn top(&self) -> usize {
        pixels(self.scroll.offset())
    }

    /// Scrolls to a pixel of the content, as far as it goes.
    pub(super) fn go_to(&mut self, body: &HtmlElement, top: usize) {
        let (viewport, content) = (float(self.viewport), float(self.content));
        let to = self.scroll.top_for(float(top), viewport, content);
        set(body, to);
    }

    /// How much of the content is in sight.
    pub(super) fn viewport(&self) -> usize {
        self.viewport
    }

    /// The content's pixel that the element begins with.
    pub(super) fn base(&self) -> usize {
        pixels(self.scroll.base())
    }
}

fn set(body: &HtmlElement, top: f64) {
    body.set_scroll_top(i32::try_from(pixels(top)).unwrap_or(i32::MAX));
}

#[expect(clippy::cast_precision_loss, reason = "pixels are far below 2^53")]
fn float(pixels: usize) -> f64 {
    pixels as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole pixels; a float that is out of range becomes the nearest that is in it"
)]
fn pixels(length: f64) -> usize {
    length.round() as usize
}

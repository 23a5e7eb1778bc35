//! Scrolling through more than a browser's elements can be high.

/// The height that browsers and their zoom are sure to lay out, in CSS pixels.
const MOST_SPACE: f64 = 8_000_000.0;
/// As far from both ends what is seen and where the scrollbar stands move alike.
const EDGE: f64 = 100_000.0;
/// Moves that a wheel, a finger or a key makes, at least: those of a scrollbar are longer.
const LEAST_STRIDE: f64 = 1_500.0;
/// Browsers round where they stand: less than this is no reason to put them elsewhere.
const PIXEL: f64 = 1.0;

/// The part of a long content that is in sight, in CSS pixels.
///
/// The content stands in a scrolled element of [`space`](Self::space) height. While all fits, what is
/// seen is what the browser scrolled to. Beyond, short moves move the content as far, and long ones,
/// by the scrollbar, as far in proportion. Whatever stands at `y` in the content is drawn at
/// `y −` [`base`](Self::base) in the element.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scroll {
    /// Where the browser stands.
    top: f64,
    /// What lies above the element's start.
    base: f64,
}

/// How content and element correspond.
#[derive(Clone, Copy)]
struct Lengths {
    most_top: f64,
    most_offset: f64,
    edge: f64,
}

impl Scroll {
    pub fn new() -> Self {
        Self::default()
    }

    /// The height of the element that is scrolled.
    pub fn space(content: f64) -> f64 {
        content.min(MOST_SPACE)
    }

    /// How much of the content is above what is in sight.
    pub fn offset(&self) -> f64 {
        self.top + self.base
    }

    /// How much of the content is above the element's start.
    pub fn base(&self) -> f64 {
        self.base
    }

    /// The browser scrolled to `top`. What it gives is where the browser has to be put instead, so
    /// that there is room to go on: what is in sight stays.
    pub fn scrolled(&mut self, top: f64, viewport: f64, content: f64) -> Option<f64> {
        let lengths = Lengths::new(viewport, content);
        let top = top.clamp(0.0, lengths.most_top);
        if (top - self.top).abs() > LEAST_STRIDE.max(1.5 * viewport) {
            self.stand(top, lengths.offset(top));
            return None;
        }
        let offset = (top + self.base).clamp(0.0, lengths.most_offset);
        let inner = |at: f64, most: f64| at > lengths.edge && at < most - lengths.edge;
        let free = inner(top, lengths.most_top) && inner(offset, lengths.most_offset);
        let fitting = if free { top } else { lengths.top(offset) };
        if (fitting - top).abs() < PIXEL {
            let at_an_end = top <= 0.0 || top >= lengths.most_top;
            self.stand(top, if at_an_end { lengths.offset(top) } else { offset });
            return None;
        }
        self.stand(fitting, offset);
        Some(fitting)
    }

    /// Goes to an offset, as near as there is content; gives where the browser has to be put.
    pub fn top_for(&mut self, offset: f64, viewport: f64, content: f64) -> f64 {
        let lengths = Lengths::new(viewport, content);
        let offset = offset.clamp(0.0, lengths.most_offset);
        self.stand(lengths.top(offset), offset);
        self.top
    }

    fn stand(&mut self, top: f64, offset: f64) {
        *self = Self { top, base: offset - top };
    }
}

impl Lengths {
    fn new(viewport: f64, content: f64) -> Self {
        let most_top = (Scroll::space(content) - viewport).max(0.0);
        let most_offset = (content - viewport).max(0.0);
        Self { most_top, most_offset, edge: EDGE.min(most_top / 4.0) }
    }

    fn top(self, offset: f64) -> f64 {
        map(offset, self.most_offset, self.most_top, self.edge)
    }

    fn offset(self, top: f64) -> f64 {
        map(top, self.most_top, self.most_offset, self.edge)
    }
}

/// Where a place in one length is in another: as far from the nearer end while that is an edge, in
/// proportion between.
fn map(at: f64, most: f64, other: f64, edge: f64) -> f64 {
    if at <= edge {
        at
    } else if at >= most - edge {
        other - (most - at)
    } else {
        edge + (at - edge) * ((other - 2.0 * edge) / (most - 2.0 * edge))
    }
}

#[cfg(test)]
mod tests;

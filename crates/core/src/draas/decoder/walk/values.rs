//! Values of a licenses reply, put where they belong in the tree.

use super::{COUNT, DUPLICATE, ENTITY, Frame, License, MAX_KEY, MAX_NAME, Walk};
use crate::draas::decoder::key::Key;
use crate::error::words;
use crate::estate::{Figure, Kind, NodeId, Tree, Uuid};
use crate::json::push::{Clean, Text, Value, count};

impl Walk {
    pub(super) fn value(&mut self, tree: &mut Tree, value: Value<'_>) {
        let Some(frame) = self.frames.last().copied() else { return };
        self.begin_value();
        match (frame, self.key) {
            (Frame::License(license), Key::Measure(_)) => self.figure(tree, license, value),
            (Frame::Entity { node, kind, .. }, _) => self.field(tree, node, kind, value),
            (Frame::Envelope { .. }, Key::Error) | (Frame::Error, _) => self.error(value),
            _ if matches!(value, Value::Null) => {}
            (Frame::Children { .. }, _) => self.complain(ENTITY),
            (Frame::Envelope { .. }, key) => self.misplaced_total(key),
            (Frame::License(_), _) => {}
        }
    }

    #[inline]
    fn figure(&mut self, tree: &mut Tree, license: License, value: Value<'_>) {
        let Key::Measure(measure) = self.key else { return };
        let Some(figure) = self.count(value) else { return self.complain(COUNT) };
        let (node, meter) = match license {
            License { node: Some(node), meter: Some(meter), .. } => (node, meter),
            // An unknown license is one as soon as it has a figure.
            _ if !figure.is_known() => return,
            License { node, .. } => {
                let Some(meter) = tree.meter(&self.license_text) else {
                    return self.complain("a known license: there are too many kinds");
                };
                let node = node.unwrap_or_else(|| self.root(tree));
                self.found_licenses = true;
                if tree.has_figures(node, meter) {
                    self.complain(DUPLICATE);
                }
                if let Some(Frame::License(license)) = self.frames.last_mut() {
                    (license.node, license.meter) = (Some(node), Some(meter));
                }
                (node, meter)
            }
        };
        if !tree.set_figure(node, meter, measure, figure) {
            self.complain("a license that more nodes have");
        }
    }

    /// What a value says as a count; none for what is none.
    #[inline]
    fn count(&mut self, value: Value<'_>) -> Option<Figure> {
        match value {
            Value::Whole(count) => Some(Figure::known(count)),
            Value::Number(digits) => count(digits).map(Figure::known),
            Value::Null => Some(Figure::UNKNOWN),
            Value::Bool => None,
            Value::Text(text) => {
                let text = self.short(text)?.trim_ascii();
                if text.is_empty() { Some(Figure::UNKNOWN) } else { count(text).map(Figure::known) }
            }
        }
    }

    /// A short text; none for one that is long or damaged.
    #[inline]
    fn short<'a>(&'a mut self, text: Text<'a>) -> Option<&'a [u8]> {
        match text.plain() {
            Some(plain) => Some(plain),
            None => (text.read(MAX_KEY, &mut self.scratch) == Clean::Yes)
                .then_some(self.scratch.as_bytes()),
        }
    }

    #[inline]
    fn field(&mut self, tree: &mut Tree, node: NodeId, kind: Kind, value: Value<'_>) {
        match (self.key, value) {
            (_, Value::Null) => {}
            (Key::Name, Value::Text(name)) => self.name(tree, node, name),
            (Key::Uuid, Value::Text(text)) if kind != Kind::Subscription => {
                match self.short(text).and_then(Uuid::parse_bytes) {
                    Some(uuid) => tree.set_uuid(node, uuid),
                    None => self.complain("a uuid"),
                }
            }
            (Key::Id, value) if kind == Kind::Subscription => {
                let id = self.count(value).and_then(Figure::get);
                match id.and_then(|id| u64::try_from(id).ok()) {
                    Some(id) => tree.set_subscription_id(node, id),
                    None => self.complain("a subscription id"),
                }
            }
            _ => self.misplaced(kind),
        }
    }

    #[inline]
    fn name(&mut self, tree: &mut Tree, node: NodeId, name: Text<'_>) {
        let plain = name.plain().filter(|plain| plain.len() <= MAX_NAME);
        if let Some(plain) = plain.and_then(|plain| std::str::from_utf8(plain).ok()) {
            return tree.set_name(node, plain);
        }
        let clean = name.read(MAX_NAME, &mut self.scratch);
        tree.set_name(node, &self.scratch);
        match clean {
            Clean::Yes => {}
            Clean::Repaired => self.complain("a name of whole characters"),
            Clean::Cut => self.complain("a name of at most 1,024 bytes"),
        }
    }

    /// A text in `error`, or below it: the first is as good as any.
    #[cold]
    fn error(&mut self, value: Value<'_>) {
        if let Value::Text(text) = value
            && self.error_text.is_none()
        {
            text.read(MAX_NAME, &mut self.scratch);
            self.error_text = Some(words(&self.scratch));
        }
    }
}

//! One JSON document.

use serde::Serialize;

use super::plan::{LEVELS, MeterColumns, Plan, path, tree_of};
use super::{ExportError, Source, Writer, number, utc};
use crate::estate::{Estate, Figure, NodeRef, Reading, Tree};
use crate::view::Shows;

/// Writes one JSON document, a row on each line; `docs/export.md` describes its fields.
///
/// It has every name as it was sent, and counts as numbers of any size; what is unknown is `null`.
#[derive(Debug)]
pub struct Json {
    plan: Plan,
    rows: u64,
}

impl Json {
    /// Begins a document that is written at this time, in seconds since 1970. `scope` says in words
    /// which rows it has.
    pub fn begin(plan: Plan, written_at_s: i64, scope: &str, out: &mut Vec<u8>) -> Self {
        push_head(out, written_at_s, scope, &plan.sources);
        out.extend_from_slice(b"],\"rows\":[");
        Self { plan, rows: 0 }
    }
}

/// What a document says of itself and of where its rows come from, up to the end of its sources.
pub(super) fn push_head<'a>(
    out: &mut Vec<u8>,
    written_at_s: i64,
    scope: &str,
    sources: impl IntoIterator<Item = &'a Source>,
) {
    out.extend_from_slice(b"{\"version\":1,\"exported_at\":");
    push_time(out, Some(written_at_s));
    out.extend_from_slice(b",\"scope\":");
    push_json(out, scope);
    out.extend_from_slice(b",\"sources\":[");
    for (index, source) in sources.into_iter().enumerate() {
        out.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
        out.extend_from_slice(b"{\"name\":");
        push_json(out, &source.name);
        out.extend_from_slice(b",\"kind\":");
        push_json(out, source.kind.word());
        out.extend_from_slice(b",\"address\":");
        push_json(out, source.address.as_str());
        out.extend_from_slice(b",\"read_at\":");
        push_time(out, source.read_at_s);
        out.extend_from_slice(b",\"state\":");
        push_json(out, source.extent.words());
        out.push(b'}');
    }
}

impl Writer for Json {
    fn row(
        &mut self,
        estate: &Estate,
        at: NodeRef,
        findings: &[&str],
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        let tree = tree_of(estate, at).ok_or(ExportError::Changed)?;
        out.extend_from_slice(if self.rows == 0 { b"\n" } else { b",\n" });
        self.rows += 1;
        out.extend_from_slice(b"{\"source\":");
        number::push(out, at.tree);
        push_path(out, tree, at);
        out.extend_from_slice(b",\"level\":");
        number::push(out, tree.depth(at.node));
        out.extend_from_slice(b",\"kind\":");
        push_json(out, tree.kind(at.node).word());
        out.extend_from_slice(b",\"name\":");
        push_json(out, tree.name(at.node));
        out.extend_from_slice(b",\"id\":");
        match (tree.uuid(at.node), tree.subscription_id(at.node)) {
            (Some(uuid), _) => push_json(out, &uuid.to_string()),
            (None, Some(id)) => push_json(out, &id.to_string()),
            (None, None) => push_json(out, &None::<()>),
        }
        out.extend_from_slice(b",\"billing_id\":");
        push_json(out, &tree.billing_id(at.node));
        out.extend_from_slice(b",\"licenses\":{");
        let meters = self.plan.meters.iter().filter(|columns| columns.is_in(at.tree));
        for (index, columns) in meters.enumerate() {
            if index > 0 {
                out.push(b',');
            }
            push_license(out, columns, tree, at);
        }
        out.extend_from_slice(b"},\"findings\":");
        push_json(out, findings);
        out.push(b'}');
        Ok(())
    }

    fn end(self: Box<Self>, out: &mut Vec<u8>) -> Result<u64, ExportError> {
        out.extend_from_slice(b"\n],\"row_count\":");
        number::push(out, self.rows);
        out.extend_from_slice(b"}\n");
        Ok(self.rows)
    }
}

/// The names above a node, and its own where it is such a level.
fn push_path(out: &mut Vec<u8>, tree: &Tree, at: NodeRef) {
    out.extend_from_slice(b",\"path\":{");
    let names = LEVELS.into_iter().zip(path(tree, at));
    let names = names.filter_map(|(level, name)| Some((level, name?)));
    for (index, (level, name)) in names.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        push_json(out, level.word());
        out.push(b':');
        push_json(out, name);
    }
    out.push(b'}');
}

fn push_license(out: &mut Vec<u8>, columns: &MeterColumns, tree: &Tree, at: NodeRef) {
    push_json(out, &*columns.key);
    let reading = columns.reading(tree, at);
    for (index, shows) in columns.shows.iter().enumerate() {
        out.extend_from_slice(if index == 0 { b":{" } else { b"," });
        push_json(out, field(&columns.key, *shows));
        out.push(b':');
        match shows {
            Shows::Assigned => push_figure(out, reading.assigned),
            Shows::InUse => push_figure(out, reading.in_use),
            Shows::Available => push_figure(out, reading.available()),
            Shows::Utilization => push_utilization(out, &reading),
            Shows::Users => push_figure(out, reading.users),
            Shows::ResourceAccounts => push_figure(out, reading.resource_accounts),
        }
    }
    out.push(b'}');
}

fn field(key: &str, shows: Shows) -> &'static str {
    match shows {
        Shows::Assigned => "assigned",
        // What users of a cluster require is no use of anything that was given.
        Shows::InUse if key == "required" => "required",
        Shows::InUse => "in_use",
        Shows::Available => "available",
        Shows::Utilization => "utilization",
        Shows::Users => "users",
        Shows::ResourceAccounts => "resource_accounts",
    }
}

pub(super) fn push_utilization(out: &mut Vec<u8>, reading: &Reading) {
    match number::utilization(reading) {
        Some(share) => number::push_decimal(out, share, 4),
        None => push_figure(out, Figure::UNKNOWN),
    }
}

pub(super) fn push_figure(out: &mut Vec<u8>, figure: Figure) {
    match figure.get() {
        Some(count) => number::push(out, count),
        None => out.extend_from_slice(b"null"),
    }
}

pub(super) fn push_time(out: &mut Vec<u8>, unix_s: Option<i64>) {
    let mut text = Vec::new();
    if let Some(unix_s) = unix_s {
        utc::push(&mut text, unix_s);
    }
    if text.is_empty() {
        out.extend_from_slice(b"null");
    } else {
        out.push(b'"');
        out.append(&mut text);
        out.push(b'"');
    }
}

pub(super) fn push_json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    // A buffer takes all there is, and texts are always JSON.
    let _ = serde_json::to_writer(out, value);
}

//! The panel as a page: plain HTML, without a script.

use std::fmt::Write as _;

use serde_json::Value;

use super::Upstream;
use super::form::EFFECTS;
use super::rule::Rule;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;\
    padding:0 1rem;color-scheme:light dark}table{border-collapse:collapse;width:100%}\
    th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8888;vertical-align:top}\
    td form{margin:0}label{display:block;margin:.5rem 0}input,select{font:inherit;width:100%}\
    fieldset{border:1px solid #8888;margin:1rem 0}code{overflow-wrap:anywhere}";

/// The page of this upstream's port.
pub fn write(upstream: Upstream, rules: &[Rule]) -> String {
    let mut rows = String::new();
    for rule in rules {
        // Writing into a String cannot fail.
        let _ = write!(
            rows,
            "<tr><td>{id}<td><code>{what}</code><td>{matched}<td>{fired}<td><form method=post \
             action=/_sandbox/faults/{id}/clear><button>Clear rule {id}</button></form>",
            id = rule.id,
            what = escaped(&described(rule)),
            matched = rule.matched,
            fired = rule.fired,
        );
    }
    if rows.is_empty() {
        "<tr><td colspan=5>No rules: everything works.".clone_into(&mut rows);
    }
    let upstreams = Upstream::ALL.map(|one| {
        let selected = if one == upstream { " selected" } else { "" };
        format!("<option{selected}>{one}")
    });
    let effects = EFFECTS.map(|(name, label)| format!("<option value={name}>{label}"));
    let (upstreams, effects) = (upstreams.concat(), effects.concat());
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport \
         content=\"width=device-width\"><title>Sandbox faults</title><style>{STYLE}</style>\
         <h1>What goes wrong</h1><p>Rules for all upstreams of this sandbox; the first that \
         matches a request wins. With JSON there is more: <code>docs/sandbox.md</code>.\
         <table><thead><tr><th>Rule<th>What<th>Matched<th>Fired<th></thead><tbody>{rows}</tbody>\
         </table><form method=post action=/_sandbox/faults/clear><p><button>Clear all</button>\
         </form><form method=post action=/_sandbox/faults/form><fieldset><legend>Another rule\
         </legend><label>Upstream<select name=upstream>{upstreams}<option>any</select></label>\
         <label>Method, or any<input name=method></label><label>Path or query contains<input \
         name=path_contains></label><label>SOAPAction contains<input name=soap_action_contains>\
         </label><label>Let this many through first<input name=skip inputmode=numeric></label>\
         <label>Times, or until cleared<input name=times inputmode=numeric></label><label>What \
         happens<select name=effect>{effects}</select></label><label>Its value<input name=value \
         ></label><p><button>Set</button></fieldset></form>"
    )
}

/// The rule as the JSON that sets it, without what was left out.
fn described(rule: &Rule) -> String {
    let mut value = serde_json::to_value(rule).unwrap_or_default();
    if let Value::Object(fields) = &mut value {
        for counted in ["id", "matched", "fired"] {
            fields.remove(counted);
        }
        fields.retain(|name, value| match value {
            Value::Null => false,
            Value::Bool(on) => *on != (name == "cors"),
            Value::Number(number) => name != "skip" || number.as_u64() != Some(0),
            Value::Object(named) => !named.is_empty(),
            _ => true,
        });
    }
    value.to_string()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

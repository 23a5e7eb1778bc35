//! The field that filters by name and id.

use leptos::html;
use leptos::prelude::*;
use seatree_core::words::tr;
use web_sys::KeyboardEvent;

use crate::app::context::Context;
use crate::ui::icons;

/// The field's id, for the key that leads to it.
pub const ID: &str = "tree-filter";

pub fn search(context: Context) -> AnyView {
    let field = NodeRef::<html::Input>::new();
    // What was typed since the last frame: a quick typist meets one filtering a frame, not more.
    let typed = StoredValue::new(None::<String>);
    let on_input = move |event| {
        let is_first = typed.with_value(Option::is_none);
        typed.set_value(Some(event_target_value(&event)));
        if is_first {
            request_animation_frame(move || {
                if let Some(text) = typed.try_update_value(Option::take).flatten() {
                    context.change_filter(|filter| filter.text = text);
                }
            });
        }
    };
    // What changes the filter from elsewhere shows here; what is being typed is never replaced.
    Effect::new(move |_| {
        let text = context.tree.filter.with(|filter| filter.text.clone());
        if let Some(field) = field.get()
            && typed.with_value(Option::is_none)
            && field.value() != text
        {
            field.set_value(&text);
        }
    });
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" | "ArrowDown" => {
            event.prevent_default();
            context.root.focus(crate::tree::ROW);
        }
        _ => {}
    };
    view! {
        <search class="filter">
            {icons::funnel()}
            <input
                id=ID
                type="search"
                aria-label=tr("Filter by name or id")
                placeholder=tr("Filter names")
                autocomplete="off"
                spellcheck="false"
                aria-keyshortcuts="/"
                node_ref=field
                on:input=on_input
                on:keydown=on_key
            />
        </search>
    }
    .into_any()
}

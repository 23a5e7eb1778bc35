//! Brand, pages, the connections' pills and the theme.

use leptos::prelude::*;

use super::Page;
use super::context::{PanelAt, context};
use crate::connections::Pill;
use crate::platform::theme;
use crate::ui::icons;

#[component]
pub fn Header(page: Memo<Page>) -> impl IntoView {
    let context = context();
    let shown = RwSignal::new(theme::current());
    let other = move || match shown.get() {
        theme::Theme::Light => "Use the dark theme",
        theme::Theme::Dark => "Use the light theme",
    };
    view! {
        <header class="top-bar">
            <span class="brand">{icons::brand()} "Seatree"</span>
            <nav aria-label="Pages">
                {Page::ALL
                    .map(|target| {
                        view! {
                            <a
                                href=target.href()
                                aria-current=move || (page.get() == target).then_some("page")
                            >
                                {target.name()}
                            </a>
                        }
                    })
                    .collect_view()}
            </nav>
            <div class="pills">
                <For
                    each=move || context.connections.list()
                    key=|entry| std::sync::Arc::as_ptr(&entry.connection) as usize
                    children=|entry| view! { <Pill entry /> }
                />
                <button
                    class="button"
                    on:click=move |_| context.panel.set(Some(PanelAt::List))
                    aria-haspopup="dialog"
                >
                    "Connections"
                </button>
            </div>
            <button
                class="button bare"
                aria-label=other
                title=other
                on:click=move |_| {
                    shown.update(|theme| *theme = theme.other());
                    theme::choose(shown.get_untracked());
                }
            >
                {icons::moon()}
            </button>
        </header>
    }
}

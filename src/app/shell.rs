//! The frame that never moves: header, key figures, the current page, footer.

use leptos::prelude::*;

use super::context::Context;
use super::demo::Demo;
use super::figures::Figures;
use super::first_run::FirstRun;
use super::footer::Footer;
use super::header::Header;
use super::{Options, Page, set_up};
use crate::connections::Panel;
use crate::platform::{place, theme};
use crate::{clusters, services, tree};

/// The whole page.
pub fn shell(options: Options) -> impl IntoView {
    let context = Context::new();
    provide_context(context);
    theme::show(theme::current());
    let mistake = RwSignal::new(None);
    set_up::read(context, options.config_url.unwrap_or_else(|| "seatree.json".into()), mistake);
    let place = place::follow();
    let page = Memo::new(move |_| Page::at(&place.get()));
    let empty = move || context.set_up.get() && context.connections.list().is_empty();
    view! {
        <a class="skip" href="#main" on:click=move |event| skip_to_main(&event)>"Skip to the content"</a>
        <Header page />
        <main id="main" tabindex="-1">
            <h1 class="sr-only">{move || page.get().name()}</h1>
            {move || mistake.get().map(|mistake| view! { <SetUpMistake mistake /> })}
            <Show when=empty fallback=move || view! { <Pages page /> }>
                <FirstRun />
            </Show>
        </main>
        <Footer />
        <Panel />
    }
}

/// The fragment of the address is the place, so the link moves the focus instead.
fn skip_to_main(event: &leptos::ev::MouseEvent) {
    use wasm_bindgen::JsCast;
    event.prevent_default();
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = main.focus();
    }
}

#[component]
fn Pages(page: Memo<Page>) -> impl IntoView {
    view! {
        <Demo />
        <Figures />
        {move || match page.get() {
            Page::Licenses => view! { <tree::Page /> }.into_any(),
            Page::Services => view! { <services::Page /> }.into_any(),
            Page::Clusters => view! { <clusters::Page /> }.into_any(),
        }}
    }
}

#[component]
fn SetUpMistake(mistake: String) -> impl IntoView {
    view! {
        <div class="notice error" role="alert">
            <span class="notice-mark">{crate::ui::icons::triangle()}</span>
            <div>
                <p class="notice-what">{mistake}</p>
                <p>
                    "Nothing of the file was used. Mend it on the host of this page and reload; "
                    "connections added here still work."
                </p>
            </div>
        </div>
    }
}

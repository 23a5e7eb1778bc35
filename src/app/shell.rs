//! The frame that never moves: header, key figures, the current page, footer.

use leptos::prelude::*;
use seatree_core::words::tr;

use super::context::{Context, Home};
use super::language::{self, Spoken};
use super::set_up::Mistake;
use super::{Options, Page, demo, dialog, figures, first_run, footer, header, set_up, shortcuts};
use crate::connections::{new_token, panel};
use crate::platform::part::view_of;
use crate::platform::theme;
use crate::ui::icons;
use crate::ui::live::{live, live_if, text};
use crate::{clusters, edit, services, tree};

/// The whole page.
pub fn shell(home: Home, options: Options) -> AnyView {
    let spoken = Spoken::new(options.lang, options.folder.unwrap_or_default());
    let context = Context::new(home, spoken);
    let root = home.root;
    provide_context(context);
    // What is still read when the page is taken away is for nobody.
    on_cleanup(move || context.connections.stop_all());
    #[cfg(feature = "bench")]
    crate::bench::offer(context);
    theme::show(root, context.theme.get_untracked());
    theme::show_density(root, context.density.get_untracked());
    shortcuts::listen(context);
    let mistake = RwSignal::new(None);
    set_up::read(context, options.config_url.unwrap_or_else(|| "seatree.json".into()), mistake);
    let place = context.place.follow();
    let page = Memo::new(move |_| Page::at(&place.get()));
    tree::follow_place(context, page, place);
    edit::restore(context);
    language::begin(context);
    // In another language everything is drawn anew; what was loaded and chosen stays.
    live_if(move || spoken.now.get().map(|_| frame(context, page, mistake)))
}

/// All that is seen of it.
fn frame(context: Context, page: Memo<Page>, mistake: RwSignal<Option<Mistake>>) -> AnyView {
    // None before it is known which connections there are: what is drawn then would only move away.
    let empty =
        Memo::new(move |_| context.set_up.get().then(|| context.connections.list().is_empty()));
    view! {
        // The fragment of the address is the place, so the link moves the focus instead.
        <a class="skip" href="#main" on:click=move |event| {
            event.prevent_default();
            context.root.focus_id("main");
        }>{tr("Skip to the content")}</a>
        {header::header(page)}
        <main id="main" tabindex="-1">
            <h1 class="sr-only">{text(move || page.get().name().to_owned())}</h1>
            {live_if(move || Some(set_up_mistake(mistake.get()?())))}
            {live_if(move || {
                Some(if empty.get()? { first_run::first_run() } else { pages(page) })
            })}
        </main>
        {footer::footer()}
        {panel::panel()}
        {dialog::dialog()}
    }
    .into_any()
}

fn pages(page: Memo<Page>) -> AnyView {
    view! {
        {demo::demo()}
        {new_token()}
        {figures::figures()}
        {live(move || match page.get() {
            Page::Licenses => tree::page(),
            Page::Services => view_of(services::page()),
            Page::Clusters => view_of(clusters::page()),
            Page::Changes => edit::view(|code| code.page),
        })}
    }
    .into_any()
}

fn set_up_mistake(mistake: String) -> AnyView {
    view! {
        <div class="notice error" role="alert">
            <span class="notice-mark">{icons::triangle()}</span>
            <div>
                <p class="notice-what">{mistake}</p>
                <p>
                    {tr("Nothing of the file was used. Mend it on the host of this page and reload; connections added here still work.")}
                </p>
            </div>
        </div>
    }
    .into_any()
}

//! What a cluster's release can tell of its licenses, and why not the rest.

use leptos::prelude::*;
use seatree_core::axl::{Access, Answer, Capability, Spoken};
use seatree_core::say;
use seatree_core::words::tr;

use super::at::At;
use crate::ui::icons;
use crate::ui::live::live_if;

/// A list of everything AXL ever told, with yes or no.
pub(super) fn abilities(at: At) -> AnyView {
    let spoken = Memo::new(move |_| at.with(|cluster| cluster.spoken.clone()));
    live_if(move || {
        let spoken = spoken.get()?;
        let lines: Vec<AnyView> = Capability::ALL.map(|of| line(of, &spoken)).into();
        let list = view! {
            <div class="tab-scroll" tabindex="0" role="group" aria-label=tr("What this cluster can tell")>
                <ul class="abilities">{lines}</ul>
            </div>
        };
        Some(list.into_any())
    })
}

fn line(capability: Capability, spoken: &Spoken) -> AnyView {
    let (class, icon, word, words) = match capability.on(spoken) {
        Answer::Available { by, caveat } => {
            let role = match capability.access() {
                Access::Read => String::new(),
                Access::Write => say!(" Needs the role {role}.", role = Access::Write.roles()),
            };
            (
                "held",
                icons::check(),
                tr(": yes"),
                format!("{by}. {}{role}", caveat.unwrap_or_default()),
            )
        }
        Answer::NotAvailable { reason, instead } => {
            ("broke", icons::cross(), tr(": no"), format!("{reason} {instead}"))
        }
    };
    view! {
        <li class=class>
            {icon}
            <span>
                {capability.name()} <span class="sr-only">{word}</span>
                <span class="dim">{words}</span>
            </span>
        </li>
    }
    .into_any()
}

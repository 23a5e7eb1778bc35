//! What a cluster's release can tell of its licenses, and why not the rest.

use leptos::prelude::*;
use seatree_core::axl::{Access, Answer, Capability, Spoken};

use super::page::with_cluster;
use crate::app::Context;
use crate::ui::icons;
use crate::ui::live::live_if;

/// A list of everything AXL ever told, with yes or no; closed until somebody asks.
pub(super) fn abilities(context: Context, chosen: RwSignal<usize>) -> AnyView {
    let spoken =
        Memo::new(move |_| with_cluster(context, chosen, |cluster| cluster.spoken.clone()));
    live_if(move || {
        let spoken = spoken.get()?;
        let lines: Vec<AnyView> = Capability::ALL.map(|of| line(of, &spoken)).into();
        let list = view! {
            <details class="abilities">
                <summary>"What this cluster can tell, and why not the rest"</summary>
                <ul>{lines}</ul>
            </details>
        };
        Some(list.into_any())
    })
}

fn line(capability: Capability, spoken: &Spoken) -> AnyView {
    let (class, icon, word, words) = match capability.on(spoken) {
        Answer::Available { by, caveat } => {
            let role = match capability.access() {
                Access::Read => String::new(),
                Access::Write => format!(" Needs the role {}.", Access::Write.roles()),
            };
            ("held", icons::check(), ": yes", format!("{by}. {}{role}", caveat.unwrap_or("")))
        }
        Answer::NotAvailable { reason, instead } => {
            ("broke", icons::cross(), ": no", format!("{reason} {instead}"))
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

//! The command palette: go to a node by its name or id, or run a command.

mod commands;

use leptos::html;
use leptos::prelude::*;
use seatree_core::estate::NodeRef as At;
use seatree_core::plural;
use seatree_core::view::search;
use seatree_core::words::tr;
use web_sys::KeyboardEvent;

use super::context::{Context, context};
use super::page::Page;
use crate::platform::part::{View, part};
use crate::ui::live::{live, maybe, text};
use commands::Command;

part!(
    tools,
    /// Go to a node, run a command.
    pub fn palette() -> View {
        content
    }
);

/// As many nodes as fit without scrolling far.
const MOST_NODES: usize = 12;
const LIST: &str = "palette-list";

/// One line of the list.
#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Command(Command),
    Node { node: At, name: String, path: String },
}

impl Choice {
    fn run(&self, context: Context) {
        context.dialog.set(None);
        let is_of_the_tree = match self {
            Self::Command(command) => command.is_of_the_tree(),
            Self::Node { .. } => true,
        };
        if is_of_the_tree && Page::at(&context.place.here()) != Page::Licenses {
            context.place.visit(Page::Licenses.href());
        }
        let choice = self.clone();
        // The dialog gives the focus back as it closes; what was chosen may move it after that.
        request_animation_frame(move || match choice {
            Self::Command(command) => command.run(context),
            Self::Node { node, .. } => context.go_to_node(node),
        });
    }
}

fn content() -> AnyView {
    let context = context();
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let field = NodeRef::<html::Input>::new();
    let choices = Memo::new(move |_| choices(context, typed.get().trim()));
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let last = choices.with_untracked(Vec::len).saturating_sub(1);
        let at = chosen.get_untracked().min(last);
        let to = match event.key().as_str() {
            "ArrowDown" => (at + 1).min(last),
            "ArrowUp" => at.saturating_sub(1),
            "PageDown" => last,
            "PageUp" => 0,
            "Enter" => {
                event.prevent_default();
                if let Some(choice) = choices.with_untracked(|all| all.get(at).cloned()) {
                    choice.run(context);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(to);
        request_animation_frame(move || context.root.into_sight(&option_id(to)));
    };
    let active = maybe(move || {
        let at = chosen.get().min(choices.with(Vec::len).checked_sub(1)?);
        Some(option_id(at))
    });
    let list = live(move || {
        let at = chosen.get();
        choices.with(|all| {
            let last = all.len().saturating_sub(1);
            let options = all.iter().enumerate();
            options
                .map(|(number, choice)| option(context, number, choice, number == at.min(last)))
                .collect::<Vec<_>>()
                .into_any()
        })
    });
    let count = text(move || match choices.with(Vec::len) {
        0 => tr("Nothing by this name").to_owned(),
        some => plural!(some, "{n} choice", "{n} choices"),
    });
    view! {
        <input
            class="palette-field"
            type="text"
            role="combobox"
            aria-label=tr("Name, id or command")
            aria-expanded="true"
            aria-controls=LIST
            aria-autocomplete="list"
            aria-activedescendant=active
            placeholder=tr("A customer's name, an id, or a command")
            autocomplete="off"
            spellcheck="false"
            node_ref=field
            on:input=move |event| {
                typed.set(event_target_value(&event));
                chosen.set(0);
            }
            on:keydown=on_key
        />
        <div class="palette-list" id=LIST role="listbox" aria-label=tr("Choices")>
            {list}
        </div>
        <p class="palette-count dim" role="status">
            {count}
        </p>
    }
    .into_any()
}

fn choices(context: Context, typed: &str) -> Vec<Choice> {
    let commands = Command::ALL.into_iter().filter(|command| {
        command.is_meant_by(typed) && (*command != Command::Language || context.spoken.is_free())
    });
    let commands = commands.map(Choice::Command);
    let nodes = if typed.is_empty() { Vec::new() } else { nodes(context, typed) };
    // Whoever types a name wants the node; commands are told by more than a letter or two.
    if typed.len() > 2 {
        commands.chain(nodes).collect()
    } else {
        nodes.into_iter().chain(commands).collect()
    }
}

fn nodes(context: Context, typed: &str) -> Vec<Choice> {
    context.estate.with_untracked(|forest| {
        let found = search(&forest.estate, typed, MOST_NODES);
        found
            .into_iter()
            .filter_map(|node| {
                let tree = forest.estate.tree(node.tree)?;
                let above =
                    std::iter::successors(tree.parent(node.node), |&above| tree.parent(above));
                let mut path: Vec<&str> = above.map(|above| tree.name(above)).collect();
                path.reverse();
                Some(Choice::Node {
                    node,
                    name: tree.name(node.node).to_owned(),
                    path: format!("{} · {}", tree.kind(node.node).name(), path.join(" / ")),
                })
            })
            .collect()
    })
}

fn option_id(number: usize) -> String {
    format!("palette-{number}")
}

fn option(context: Context, number: usize, choice: &Choice, is_chosen: bool) -> AnyView {
    let (name, about) = match choice {
        Choice::Command(command) => (command.words().to_owned(), command.keys().to_owned()),
        Choice::Node { name, path, .. } if name.is_empty() => {
            (tr("(no name)").to_owned(), path.clone())
        }
        Choice::Node { name, path, .. } => (name.clone(), path.clone()),
    };
    let choice = choice.clone();
    view! {
        <div
            role="option"
            id=option_id(number)
            class="palette-option"
            aria-selected=is_chosen.to_string()
            on:click=move |_| choice.run(context)
        >
            <bdi class="label">{name}</bdi>
            <bdi class="dim label">{about}</bdi>
        </div>
    }
    .into_any()
}

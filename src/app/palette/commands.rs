//! What the palette can run.

use leptos::prelude::*;
use seatree_core::insight::Mark;
use seatree_core::view::Rows;
use seatree_core::words::{later, said, tr};

use crate::app::context::{Context, PanelAt};
use crate::app::dialog::Dialog;
use crate::app::page::Page;
use crate::edit;
use crate::platform::theme;

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    ShowOver,
    ShowNear,
    ShowIdle,
    ClearFilters,
    ExpandAll,
    CollapseAll,
    FlatList,
    Filter,
    Columns,
    Export,
    Details,
    SelectAll,
    NewLimit,
    Limits,
    MoveSeats,
    Import,
    Reclaim,
    Licenses,
    Services,
    Clusters,
    Changes,
    Connections,
    ReadAgain,
    Theme,
    Density,
    Language,
    Keys,
}

impl Command {
    pub(super) const ALL: [Self; 27] = [
        Self::ShowOver,
        Self::ShowNear,
        Self::ShowIdle,
        Self::ClearFilters,
        Self::ExpandAll,
        Self::CollapseAll,
        Self::FlatList,
        Self::Filter,
        Self::Columns,
        Self::Export,
        Self::Details,
        Self::SelectAll,
        Self::NewLimit,
        Self::Limits,
        Self::MoveSeats,
        Self::Import,
        Self::Reclaim,
        Self::Licenses,
        Self::Services,
        Self::Clusters,
        Self::Changes,
        Self::Connections,
        Self::ReadAgain,
        Self::Theme,
        Self::Density,
        Self::Language,
        Self::Keys,
    ];

    /// What it does, in English.
    fn english(self) -> &'static str {
        match self {
            Self::ShowOver => later("Show what is over its limit"),
            Self::ShowNear => later("Show what is near its limit"),
            Self::ShowIdle => later("Show idle seats"),
            Self::ClearFilters => later("Clear filters"),
            Self::ExpandAll => later("Expand everything"),
            Self::CollapseAll => later("Collapse everything"),
            Self::FlatList => later("Flat list, or the tree again"),
            Self::Filter => later("Filter by kind or figures"),
            Self::Columns => later("Choose columns"),
            Self::Export => later("Export"),
            Self::Details => later("Show or hide the details"),
            Self::SelectAll => later("Select all rows"),
            Self::NewLimit => later("New limit for this subscription"),
            Self::Limits => later("Change limits of the selection"),
            Self::MoveSeats => later("Move seats to another subscription"),
            Self::Import => later("Import limits from CSV"),
            Self::Reclaim => later("Reclaim idle seats"),
            Self::Licenses => later("Go to Licenses"),
            Self::Services => later("Go to Services"),
            Self::Clusters => later("Go to Clusters"),
            Self::Changes => later("Go to Changes"),
            Self::Connections => later("Connections"),
            Self::ReadAgain => later("Read everything again"),
            Self::Theme => later("Dark or light theme"),
            Self::Density => later("More or less dense rows"),
            Self::Language => later("Language"),
            Self::Keys => later("List of keys"),
        }
    }

    /// What it does, in the language that is spoken.
    pub(super) fn words(self) -> &'static str {
        said(self.english())
    }

    pub(super) fn keys(self) -> &'static str {
        match self {
            Self::Details => tr("Enter"),
            Self::SelectAll => tr("Ctrl A"),
            Self::NewLimit => "F2",
            Self::Keys => "?",
            _ => "",
        }
    }

    /// Whether every word typed is in its words, or in its English ones.
    pub(super) fn is_meant_by(self, typed: &str) -> bool {
        let typed = typed.to_lowercase();
        let is_meant = |words: &str| {
            let words = words.to_lowercase();
            typed.split_whitespace().all(|word| words.contains(word))
        };
        is_meant(self.words()) || is_meant(self.english())
    }

    /// Whether what it does shows on the page with the tree.
    pub(super) fn is_of_the_tree(self) -> bool {
        match self {
            Self::ShowOver
            | Self::ShowNear
            | Self::ShowIdle
            | Self::ClearFilters
            | Self::ExpandAll
            | Self::CollapseAll
            | Self::FlatList
            | Self::Filter
            | Self::Columns
            | Self::Details
            | Self::NewLimit
            | Self::SelectAll => true,
            Self::Export
            | Self::Licenses
            | Self::Services
            | Self::Clusters
            | Self::Changes
            | Self::Limits
            | Self::MoveSeats
            | Self::Import
            | Self::Reclaim
            | Self::Connections
            | Self::ReadAgain
            | Self::Theme
            | Self::Density
            | Self::Language
            | Self::Keys => false,
        }
    }

    pub(super) fn run(self, context: Context) {
        let only = |mark: Mark| {
            context.change_filter(|filter| {
                if !filter.marks.contains(mark) {
                    filter.marks.toggle(mark);
                }
            });
        };
        match self {
            Self::ShowOver => only(Mark::Over),
            Self::ShowNear => only(Mark::Near),
            Self::ShowIdle => only(Mark::Idle),
            Self::ClearFilters => context.clear_filter(),
            Self::ExpandAll => context.estate.view(Rows::expand_all),
            Self::CollapseAll => context.estate.view(Rows::collapse_all),
            Self::FlatList => context.flatten(!context.tree.is_flat.get_untracked()),
            Self::Filter => context.dialog.set(Some(Dialog::Filter)),
            Self::Columns => context.dialog.set(Some(Dialog::Columns)),
            Self::Export => context.dialog.set(Some(Dialog::Export)),
            Self::Details => context.tree.details.update(|open| *open = !*open),
            Self::SelectAll => context.estate.select_all(),
            Self::NewLimit => edit::begin(context),
            Self::Limits => context.dialog.set(Some(Dialog::Limits)),
            Self::MoveSeats => context.dialog.set(Some(Dialog::MoveSeats)),
            Self::Import => context.dialog.set(Some(Dialog::ImportLimits)),
            Self::Reclaim => context.dialog.set(Some(Dialog::Reclaim)),
            Self::Licenses => context.place.visit(Page::Licenses.href()),
            Self::Services => context.place.visit(Page::Services.href()),
            Self::Clusters => context.place.visit(Page::Clusters.href()),
            Self::Changes => context.place.visit(Page::Changes.href()),
            Self::Connections => context.panel.set(Some(PanelAt::List)),
            Self::ReadAgain => context.connections.read_again(context),
            Self::Theme => {
                let other = context.theme.get_untracked().other();
                theme::choose(context.root, context.storage, other);
                context.theme.set(other);
            }
            Self::Density => {
                let other = context.density.get_untracked().other();
                theme::choose_density(context.root, context.storage, other);
                context.density.set(other);
            }
            Self::Language => context.dialog.set(Some(Dialog::Language)),
            Self::Keys => context.dialog.set(Some(Dialog::Keys)),
        }
    }
}

//! What the palette can run.

use leptos::prelude::*;
use seatree_core::insight::Mark;
use seatree_core::view::Rows;

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
    Keys,
}

impl Command {
    pub(super) const ALL: [Self; 26] = [
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
        Self::Keys,
    ];

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::ShowOver => "Show what is over its limit",
            Self::ShowNear => "Show what is near its limit",
            Self::ShowIdle => "Show idle seats",
            Self::ClearFilters => "Clear filters",
            Self::ExpandAll => "Expand everything",
            Self::CollapseAll => "Collapse everything",
            Self::FlatList => "Flat list, or the tree again",
            Self::Filter => "Filter by kind or figures",
            Self::Columns => "Choose columns",
            Self::Export => "Export",
            Self::Details => "Show or hide the details",
            Self::SelectAll => "Select all rows",
            Self::NewLimit => "New limit for this subscription",
            Self::Limits => "Change limits of the selection",
            Self::MoveSeats => "Move seats to another subscription",
            Self::Import => "Import limits from CSV",
            Self::Reclaim => "Reclaim idle seats",
            Self::Licenses => "Go to Licenses",
            Self::Services => "Go to Services",
            Self::Clusters => "Go to Clusters",
            Self::Changes => "Go to Changes",
            Self::Connections => "Connections",
            Self::ReadAgain => "Read everything again",
            Self::Theme => "Dark or light theme",
            Self::Density => "More or less dense rows",
            Self::Keys => "List of keys",
        }
    }

    pub(super) fn keys(self) -> &'static str {
        match self {
            Self::Details => "Enter",
            Self::SelectAll => "Ctrl A",
            Self::NewLimit => "F2",
            Self::Keys => "?",
            _ => "",
        }
    }

    /// Whether every word typed is in its words.
    pub(super) fn is_meant_by(self, typed: &str) -> bool {
        let words = self.words().to_lowercase();
        typed.to_lowercase().split_whitespace().all(|word| words.contains(word))
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
            Self::Keys => context.dialog.set(Some(Dialog::Keys)),
        }
    }
}

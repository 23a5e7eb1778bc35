//! One figure of a row, and why it is not there when it is not.

use leptos::prelude::*;
use seatree_core::estate::{Figure, Kind, Reading, Tree};
use seatree_core::insight::{Band, Thresholds, band};
use seatree_core::view::{Column, Shows};
use seatree_core::words::{later, said, tr};

use super::columns::essential;
use super::columns::words::{LIVE, REQUIRED, SIP};
use crate::platform::numbers;
use crate::ui::bar;

/// What a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    shows: Content,
    /// Why there is no figure; also what an unusual one is.
    why: &'static str,
    /// How far from the edge it stays, if it is pinned.
    at: Option<u32>,
    /// What a share is of: in use and assigned, where no other columns tell.
    of: Option<(Figure, Figure)>,
}

#[derive(Clone, Debug, PartialEq)]
enum Content {
    Figure(Figure),
    Share(Option<f64>, Option<Band>),
    /// The node cannot have such a figure.
    Nothing,
}

impl Cell {
    pub fn of(
        tree: &Tree,
        node: u32,
        column: &Column,
        thresholds: Thresholds,
        at: Option<u32>,
    ) -> Self {
        let kind = tree.kind(node);
        if !concerns(tree, node, column.meter_key()) {
            let why = tr("Not counted at this level: another kind of system counts these");
            return Self { shows: Content::Nothing, why, at, of: None };
        }
        let why = why_unknown(kind, column);
        let shows = if kind == Kind::Connection {
            let sum = sum_of_parts(tree, column);
            match column.shows {
                Shows::Utilization => Content::Share(sum.utilization(), band(&sum, thresholds)),
                shows => Content::Figure(figure(&sum, shows)),
            }
        } else if column.shows == Shows::Utilization {
            let reading = column.meter(tree).map(|meter| tree.reading(node, meter));
            let reading = reading.unwrap_or_default();
            Content::Share(reading.utilization(), band(&reading, thresholds))
        } else {
            Content::Figure(column.figure(tree, node))
        };
        Self { shows, why, at, of: None }
    }

    /// The one cell that a narrow row has room for: a share with the figures it is of.
    pub fn alone(tree: &Tree, node: u32, thresholds: Thresholds) -> Self {
        let column = essential(tree, node);
        let cell = Self::of(tree, node, &column, thresholds, None);
        let reading = match column.meter(tree) {
            Some(_) if tree.kind(node) == Kind::Connection => sum_of_parts(tree, &column),
            Some(meter) => tree.reading(node, meter),
            None => Reading::default(),
        };
        let is_share = matches!(cell.shows, Content::Share(..));
        Self { of: is_share.then_some((reading.in_use, reading.assigned)), ..cell }
    }

    /// One element, whatever it shows: a row has many, and a screen many rows.
    pub fn draw(&self) -> AnyView {
        let mut share_of_bar = None;
        let (class, text) = match self.shows {
            Content::Figure(figure) => {
                let negative = figure.get().is_some_and(|count| count < 0);
                let class = match (figure.is_known(), negative) {
                    (false, _) => "num dim",
                    (true, true) => "num negative",
                    (true, false) => "num",
                };
                (class, numbers::figure(figure))
            }
            Content::Share(share, band) => {
                share_of_bar = share.map(bar::width);
                let class = match (share, band) {
                    (None, _) => "util dim",
                    (_, Some(Band::Over)) => "util share over-bar",
                    (_, Some(Band::Near)) => "util share near-bar",
                    (_, Some(Band::Idle)) => "util share idle-bar",
                    (_, Some(Band::Fine) | None) => "util share",
                };
                (class, numbers::percent(share))
            }
            Content::Nothing => ("num none", String::new()),
        };
        let at = self.at.map(|at| format!("{at}px"));
        let class = if at.is_some() { format!("{class} pinned") } else { class.to_owned() };
        let why = self.is_unknown().then_some(self.why);
        let of = self.of.map(|(in_use, assigned)| {
            let of = [&numbers::figure(in_use), " / ", &numbers::figure(assigned)].concat();
            view! { <small class="share-of">{of}</small> }
        });
        view! {
            <span
                role="gridcell"
                class=class
                style:--at=at
                style:--share=share_of_bar
                title=why
                aria-description=why
            >
                {text}
                {of}
            </span>
        }
        .into_any()
    }

    fn is_unknown(&self) -> bool {
        match self.shows {
            Content::Figure(figure) => !figure.is_known(),
            Content::Share(share, _) => share.is_none(),
            Content::Nothing => false,
        }
    }
}

const NO_FIGURE: &str = later("The upstream sent no figure");

/// Whether a node can have figures of a meter. Unknown meters are DRaaS's own. A connection has
/// those of what stands below it.
fn concerns(tree: &Tree, node: u32, meter: &str) -> bool {
    match tree.kind(node) {
        Kind::Connection => {
            tree.children(node).next().is_some_and(|part| concerns(tree, part, meter))
        }
        Kind::Service => meter == LIVE,
        Kind::LicenseType => meter == REQUIRED,
        _ => meter != LIVE && meter != REQUIRED,
    }
}

fn why_unknown(kind: Kind, column: &Column) -> &'static str {
    match (kind, column.meter_key(), column.shows) {
        (Kind::Connection, ..) => tr("A sum is shown once every part below has a figure"),
        (Kind::LicenseType, _, Shows::Assigned | Shows::Available | Shows::Utilization) => {
            tr("CUCM reports what its users require; what is owned lives elsewhere")
        }
        (_, SIP, Shows::InUse | Shows::Available | Shows::Utilization) => {
            tr("SIP channels are enforced at call time: there is no in-use figure")
        }
        (Kind::Service, ..) => tr("Not read yet, or the platform sent no figure"),
        (_, _, Shows::Utilization) => tr("There is no limit, or a figure it is made of is unknown"),
        _ => said(NO_FIGURE),
    }
}

/// What stands directly below a connection, added up; unknown as soon as a part is.
fn sum_of_parts(tree: &Tree, column: &Column) -> Reading {
    let Some(meter) = column.meter(tree) else { return Reading::default() };
    let parts = tree.children(0).map(|node| tree.reading(node, meter));
    let sum = parts.reduce(|sum, part| Reading {
        assigned: sum.assigned.plus(part.assigned),
        in_use: sum.in_use.plus(part.in_use),
        users: sum.users.plus(part.users),
        resource_accounts: sum.resource_accounts.plus(part.resource_accounts),
    });
    sum.unwrap_or_default()
}

fn figure(reading: &Reading, shows: Shows) -> Figure {
    match shows {
        Shows::Assigned => reading.assigned,
        Shows::InUse => reading.in_use,
        Shows::Available => reading.available(),
        Shows::Utilization => Figure::UNKNOWN,
        Shows::Users => reading.users,
        Shows::ResourceAccounts => reading.resource_accounts,
    }
}

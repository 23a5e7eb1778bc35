//! The rows of the list, as the grid asks for them.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::services::{Outlook, arrange};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent};

use super::row;
use crate::app::context::Context;
use crate::platform::clock;
use crate::ui::grid::{self, Key, Step};

/// Which services are shown, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shown {
    /// By their places among all.
    pub rows: Vec<usize>,
    keys: Vec<Key>,
}

impl Shown {
    pub fn has(&self, key: Key) -> bool {
        self.keys.contains(&key)
    }
}

/// What services are judged by now.
pub(super) fn outlook(context: Context) -> Outlook {
    Outlook { thresholds: context.thresholds.get(), now_s: clock::now_s() }
}

/// Follows which services are shown.
pub(super) fn follow(context: Context) -> Memo<Arc<Shown>> {
    let services = context.services;
    Memo::new(move |_| {
        let (filter, sort) = (services.filter.get(), services.sort.get());
        let outlook = outlook(context);
        services.with_keys(|all, keys| {
            let rows = arrange(all, &filter, sort, outlook);
            let keys = rows.iter().filter_map(|at| keys.get(*at).copied()).collect();
            Arc::new(Shown { rows, keys })
        })
    })
}

/// The rows of the grid.
pub(super) struct List {
    pub context: Context,
    pub shown: Memo<Arc<Shown>>,
}

impl List {
    fn key_at(&self, index: usize) -> Option<Key> {
        self.shown.with_untracked(|shown| shown.keys.get(index).copied())
    }

    fn show_details(&self, index: usize) {
        self.context.services.current.set(self.key_at(index));
        self.context.services.details.set(true);
    }
}

impl grid::Rows for List {
    fn count(&self) -> usize {
        self.shown.with(|shown| shown.rows.len())
    }

    fn key(&self, index: usize) -> Key {
        self.key_at(index).unwrap_or(Key::MAX)
    }

    fn index_of(&self, key: Key) -> Option<usize> {
        self.shown.with_untracked(|shown| shown.keys.iter().position(|known| *known == key))
    }

    fn cells(&self, index: Signal<usize>) -> AnyView {
        row::cells(self.context, self.shown, index)
    }

    fn on_key(&self, event: &KeyboardEvent, index: usize) -> Option<Step> {
        match event.key().as_str() {
            "ArrowRight" => return Some(Step::Cells),
            "Enter" => self.show_details(index),
            "Escape" => self.context.services.details.set(false),
            _ => return None,
        }
        Some(Step::Stay)
    }

    fn on_press(&self, event: &MouseEvent, index: usize) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let on_control = target
            .is_some_and(|target| target.closest("button").is_ok_and(|found| found.is_some()));
        if !on_control {
            self.show_details(index);
        }
    }

    fn on_focus(&self, index: usize) {
        let key = self.key_at(index);
        if self.context.services.current.get_untracked() != key {
            self.context.services.current.set(key);
        }
    }
}

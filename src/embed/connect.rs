//! The one connection of an element, and the token that opens it.

use leptos::prelude::*;
use seatree_core::config::{Kind, RouteSettings, RouteStyle, Settings};
use seatree_core::http::Secret;
use seatree_core::say;
use seatree_core::words::tr;
use seatree_core::{Problem, UpstreamError};

use super::told::{self, Tell};
use super::wanted::{Element, Source};
use crate::app::Context;
use crate::connections::{Entry, SignIn, State, reload, sign_in};
use crate::platform::value::object;

/// The connection's id; an element has no other.
const ID: &str = "portal";

/// How an element stands with its portal.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Access {
    /// No token was given yet.
    Waiting,
    Given,
    /// A token has ended that was good before; the portal was asked for another one.
    Renewing,
    /// A token that never opened anything.
    Refused(Box<UpstreamError>),
    /// The attributes name no source that could be asked.
    Misplaced(String),
}

/// The connection of an element. Copying it shares it.
#[derive(Clone, Copy)]
pub(super) struct Link {
    context: Context,
    element: Element,
    tell: Tell,
    pub(super) access: RwSignal<Access>,
    token: StoredValue<Option<Secret>, LocalStorage>,
    /// Whether the present token has opened something.
    has_worked: StoredValue<bool>,
    /// Whether the one before it had ended when it was given.
    was_late: StoredValue<bool>,
}

impl Link {
    pub(super) fn new(context: Context, element: Element, tell: Tell) -> Self {
        let link = Self {
            context,
            element,
            tell,
            access: RwSignal::new(Access::Waiting),
            token: StoredValue::new_local(None),
            has_worked: StoredValue::new(false),
            was_late: StoredValue::new(false),
        };
        link.follow();
        link
    }

    /// Shows another source; what was read of the former one goes.
    pub(super) fn connect(self, source: &Source) {
        if let Some(former) = self.entry_untracked() {
            self.context.connections.remove(self.context, former.id());
        }
        let put = self.context.connections.put(self.context, settings(self.element, source));
        if let Err(wrong) = put {
            let wrong: Vec<String> = wrong.into_iter().map(|error| error.message).collect();
            let words = say!(
                "The attributes of this element cannot be used: {mistakes}.",
                mistakes = wrong.join("; ")
            );
            self.tell.tell("error", &object([("message", words.as_str().into())]));
            self.access.set(Access::Misplaced(words));
        } else if !self.begin() {
            self.ask("missing");
        }
    }

    /// Takes a token, in the place of a former one.
    pub(super) fn give(self, token: String) {
        self.token.set_value(Some(Secret::from(token)));
        self.has_worked.set_value(false);
        self.begin();
    }

    /// Reads everything again.
    pub(super) fn refresh(self) {
        match self.entry_untracked() {
            Some(entry) if entry.session().is_some() => reload(self.context, entry),
            _ if self.begin() => {}
            _ => self.ask("missing"),
        }
    }

    /// Asks the portal for another token, after one that was refused.
    pub(super) fn ask_again(self) {
        self.ask("again");
    }

    /// Whether there is, or may soon be, something to look at.
    pub(super) fn shows_something(self) -> Memo<bool> {
        Memo::new(move |_| {
            let has_any = self.context.estate.with(|forest| forest.estate.node_count() > 1);
            let is_read = self.entry().is_some_and(|entry| {
                matches!(entry.state.get(), State::Loading(_) | State::Ready { .. })
            });
            has_any || is_read
        })
    }

    /// The connection; the caller runs again when it is another one.
    pub(super) fn entry(self) -> Option<Entry> {
        self.context.connections.list().into_iter().next()
    }

    fn entry_untracked(self) -> Option<Entry> {
        self.context.connections.list_untracked().into_iter().next()
    }

    /// Reads with the token there is; false without one.
    fn begin(self) -> bool {
        let (Some(entry), Some(token)) = (self.entry_untracked(), self.token.get_value()) else {
            return false;
        };
        self.access.set(Access::Given);
        sign_in(self.context, entry, SignIn::Token(token));
        true
    }

    fn ask(self, why: &str) {
        self.tell.tell("token-needed", &object([("reason", why.into())]));
    }

    /// Follows how reading goes.
    fn follow(self) {
        Effect::new(move |_| {
            let Some(entry) = self.entry() else { return };
            match entry.state.get() {
                State::Loading(progress) if progress.done > 0 => self.has_worked.set_value(true),
                State::Ready { .. } => {
                    self.has_worked.set_value(true);
                    self.was_late.set_value(false);
                    told::ready(self.context, &entry, self.tell);
                }
                State::Failed(error) if error.wants_sign_in() => self.refused(error),
                State::Failed(error) => self.tell.error(&error),
                State::SignedOut | State::CodeWanted { .. } | State::Loading(_) => {}
            }
        });
    }

    /// A token that was good has ended; any other is told of as an error.
    fn refused(self, error: Box<UpstreamError>) {
        self.token.set_value(None);
        let has_ended = matches!(error.problem, Problem::TokenRefused { ended: true, .. });
        // One that had ended before it was given is asked for once more, and not again and again.
        let is_late = has_ended && !self.was_late.get_value();
        self.was_late.set_value(is_late);
        if is_late || self.has_worked.get_value() {
            self.access.set(Access::Renewing);
            self.ask("expired");
        } else {
            self.tell.error(&error);
            self.access.set(Access::Refused(error));
            self.ask("refused");
        }
    }
}

fn settings(element: Element, source: &Source) -> Settings {
    let Source { edge: address, upstream, scope } = source.clone();
    let id = ID.to_owned();
    if element == Element::Users {
        let (style, name) = (RouteStyle::Edge, tr("Users").to_owned());
        // The cluster's own address is the edge's business.
        let route =
            RouteSettings { style, address: address.clone(), upstream, ..RouteSettings::default() };
        return Settings { id, name, address, route, ..Settings::new(Kind::Cucm) };
    }
    // What stands above all that the token opens.
    let name = tr("Licenses").to_owned();
    Settings { id, name, address, upstream, scope, ..Settings::new(Kind::Edge) }
}

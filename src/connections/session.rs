//! What a sign-in leaves in memory, and the way requests take.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Poll, Waker};

use seatree_core::config::Connection;
use seatree_core::draas::{self, Renewal, Step, Ticket, Tokens};
use seatree_core::edge::Permitted;
use seatree_core::error::SecondFactor;
use seatree_core::http::{Reply, Request, Secret};
use seatree_core::{UpstreamError, axl};

use crate::platform::fetch::Way;

/// Credentials of one connection; gone when the page is.
#[derive(Clone, Debug)]
pub enum Session {
    Draas(DraasSession),
    LivePlatform(Secret),
    Cucm(axl::Credentials),
    Edge(EdgeSession),
}

/// A DRaaS session, shared by the requests that run with it. Cloning it shares it.
#[derive(Clone, Debug)]
pub struct DraasSession {
    session: Rc<RefCell<draas::Session>>,
    /// Requests that wait for another one to renew the tokens.
    waiting: Rc<RefCell<Vec<Waker>>>,
}

/// A visitor's token, and what the edge says that it permits. Cloning it shares it.
#[derive(Clone, Debug)]
pub struct EdgeSession {
    pub token: Secret,
    permitted: Rc<Cell<Option<Permitted>>>,
}

impl EdgeSession {
    pub fn new(token: Secret) -> Self {
        Self { token, permitted: Rc::default() }
    }

    pub fn permit(&self, permitted: Permitted) {
        self.permitted.set(Some(permitted));
    }

    /// Whether limits can be changed with it; what is not known yet, the edge decides when it is
    /// tried.
    pub fn may_change_limits(&self) -> bool {
        self.permitted.get().is_none_or(|permitted| permitted.may_change_limits)
    }

    /// Whether this is the same session, and not one with another token.
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.permitted, &other.permitted)
    }
}

/// A sign-in whose password was accepted and that waits for a code.
#[derive(Clone, Debug)]
pub struct Challenge {
    pub by: SecondFactor,
    pub payload: Secret,
}

impl DraasSession {
    pub fn new(api: &draas::Api, tokens: Tokens) -> Self {
        Self {
            session: Rc::new(RefCell::new(draas::Session::new(api, tokens))),
            waiting: Rc::default(),
        }
    }

    /// What a request is sent with; none when signed out.
    pub fn ticket(&self) -> Option<Ticket> {
        self.session.borrow().ticket()
    }

    /// What to do about a request that got 401.
    pub fn refused(&self, ticket: &mut Ticket) -> Step {
        self.session.borrow_mut().refused(ticket)
    }

    /// Reports a renewal, and lets go on who waited for it.
    pub fn renewed(&self, renewal: &Renewal, outcome: Result<Tokens, UpstreamError>) {
        self.session.borrow_mut().renewed(renewal.number, outcome);
        for waker in self.waiting.take() {
            waker.wake();
        }
    }

    /// Waits until the renewal that runs has been reported.
    pub async fn settled(&self) {
        poll_fn(|context| {
            if self.session.borrow().is_renewing() {
                self.waiting.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
    }

    /// Forgets the tokens; gives them to end them at the platform.
    pub fn sign_out(&self) -> Option<Tokens> {
        self.session.borrow_mut().sign_out()
    }
}

/// The route of a connection with the extra header its proxy wants.
#[derive(Clone)]
pub struct ConnectionWay(pub Arc<Connection>);

impl Way for ConnectionWay {
    fn apply(&self, request: Request) -> Request {
        let request = self.0.route.apply(request);
        match &self.0.header {
            Some(header) => request.with_header(&header.name, header.value.clone()),
            None => request,
        }
    }

    fn refusal(&self, doing: &'static str, reply: &Reply) -> Option<UpstreamError> {
        self.0.route.refusal(doing, reply)
    }
}

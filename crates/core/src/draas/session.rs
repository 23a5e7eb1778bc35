//! One session used by several requests at once: renewed once for all of them.

use super::{Api, Refresh, Tokens};
use crate::error::{Problem, UpstreamError};
use crate::http::Secret;

/// The tokens of one sign-in, and who may renew them.
///
/// Access tokens end after minutes, often under several requests at once. The first request that
/// is refused (401) renews the tokens, the others wait for it; then each is sent once more. A
/// renewal that fails fails all who waited for it; one that is refused signs out. Nothing here
/// sends or waits: the caller does, and asks again.
///
/// ```
/// use seatree_core::draas::{Api, Session, Step, Tokens};
/// use seatree_core::{Operation, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let tokens = Tokens { access: Secret::from("a1"), refresh: Some(Secret::from("r1")) };
/// let mut session = Session::new(&api, tokens);
///
/// // Two requests leave with the same token, and both come back with 401.
/// let (mut one, mut two) = (session.ticket().unwrap(), session.ticket().unwrap());
/// let Step::Renew(renewal) = session.refused(&mut one) else { panic!() };
/// assert!(matches!(session.refused(&mut two), Step::Wait));
///
/// // The caller sends `renewal.refresh`, reports, and both ask again.
/// let reply = Reply::new(200, r#"{"access_token":"a2"}"#);
/// session.renewed(renewal.number, renewal.refresh.decode(&reply));
/// for ticket in [&mut one, &mut two] {
///     assert!(matches!(session.refused(ticket), Step::Send));
///     assert_eq!(ticket.token(), &Secret::from("a2"));
/// }
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
#[derive(Debug)]
pub struct Session {
    api: Api,
    /// None: signed out.
    tokens: Option<Tokens>,
    /// Counts the tokens there have been, so that tickets need not be compared by secret.
    generation: u32,
    /// The number of the last renewal that was begun.
    renewals: u32,
    is_renewing: bool,
    failure: Option<(u32, UpstreamError)>,
}

/// What one request is sent with, and what became of it so far.
#[derive(Clone, Debug)]
pub struct Ticket {
    token: Secret,
    generation: u32,
    attempt: Attempt,
    renewal: Option<(u32, Part)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attempt {
    First,
    Second,
}

/// A request's part in a renewal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Leads,
    Waits,
}

/// What a request that was refused does next.
#[derive(Clone, Debug)]
pub enum Step {
    /// Send it once more, with [`Ticket::token`].
    Send,
    /// Send this renewal, report its outcome by [`Session::renewed`] whatever it is, then ask
    /// [`Session::refused`] again.
    Renew(Renewal),
    /// Another request renews: ask again when it has reported.
    Wait,
    /// The renewal failed, or the renewed token was refused, too.
    Failed(UpstreamError),
    /// There is no session any more.
    SignedOut,
}

/// One renewal on its way.
#[derive(Clone, Debug)]
pub struct Renewal {
    pub number: u32,
    pub refresh: Refresh,
}

impl Session {
    pub fn new(api: &Api, tokens: Tokens) -> Self {
        Self {
            api: api.clone(),
            tokens: Some(tokens),
            generation: 0,
            renewals: 0,
            is_renewing: false,
            failure: None,
        }
    }

    /// What a new request is sent with; none when signed out.
    pub fn ticket(&self) -> Option<Ticket> {
        let token = self.tokens.as_ref()?.access.clone();
        let generation = self.generation;
        Some(Ticket { token, generation, attempt: Attempt::First, renewal: None })
    }

    /// Whether a new request had better wait: its token is being replaced.
    pub fn is_renewing(&self) -> bool {
        self.is_renewing
    }

    pub fn is_signed_out(&self) -> bool {
        self.tokens.is_none()
    }

    /// The request of this ticket got 401, or was told to wait.
    pub fn refused(&mut self, ticket: &mut Ticket) -> Step {
        let Some(tokens) = &self.tokens else { return Step::SignedOut };
        if ticket.attempt == Attempt::Second {
            let error = UpstreamError::new("repeating the request", Problem::SignedOut);
            return Step::Failed(error.because("the renewed token was refused, too"));
        }
        if ticket.generation != self.generation {
            ticket.token = tokens.access.clone();
            ticket.generation = self.generation;
            ticket.attempt = Attempt::Second;
            ticket.renewal = None;
            return Step::Send;
        }
        if let Some(error) = self.failure_for(ticket) {
            return Step::Failed(error);
        }
        let Some(refresh) = &tokens.refresh else {
            // A machine token that is refused was revoked.
            self.tokens = None;
            return Step::SignedOut;
        };
        if self.is_renewing {
            if ticket.renewal.is_none_or(|(number, _)| number != self.renewals) {
                ticket.renewal = Some((self.renewals, Part::Waits));
            }
            return Step::Wait;
        }
        let refresh = Refresh::new(&self.api, refresh);
        self.renewals = self.renewals.wrapping_add(1);
        self.is_renewing = true;
        ticket.renewal = Some((self.renewals, Part::Leads));
        Step::Renew(Renewal { number: self.renewals, refresh })
    }

    /// A renewal ended. One that was stopped ([`Problem::Cancelled`]) is taken up by the next
    /// who asks; one that ended after a sign-in or sign-out is ignored.
    pub fn renewed(&mut self, number: u32, outcome: Result<Tokens, UpstreamError>) {
        if !self.is_renewing || number != self.renewals {
            return;
        }
        self.is_renewing = false;
        match outcome {
            Ok(tokens) => self.replace(tokens),
            Err(error) if error.problem == Problem::SignedOut => self.tokens = None,
            Err(error) => self.failure = Some((number, error)),
        }
    }

    /// Takes the tokens of a new sign-in.
    pub fn replace(&mut self, tokens: Tokens) {
        self.tokens = Some(tokens);
        self.generation = self.generation.wrapping_add(1);
        self.is_renewing = false;
        self.failure = None;
    }

    /// Forgets the tokens; what comes back is to be sent, if the platform has to forget, too.
    ///
    /// The access token may have ended: a [`Logout`](super::Logout) that is refused ends nothing. Then these
    /// tokens can be renewed once more, for a second one.
    pub fn sign_out(&mut self) -> Option<Tokens> {
        self.is_renewing = false;
        self.tokens.take()
    }

    /// The failed renewal that this request took part in.
    fn failure_for(&self, ticket: &Ticket) -> Option<UpstreamError> {
        let ((failed, error), (mine, part)) = (self.failure.as_ref()?, ticket.renewal?);
        let is_mine = match error.problem {
            Problem::Cancelled => *failed == mine && part == Part::Leads,
            _ => *failed >= mine,
        };
        is_mine.then(|| error.clone())
    }
}

impl Ticket {
    pub fn token(&self) -> &Secret {
        &self.token
    }
}

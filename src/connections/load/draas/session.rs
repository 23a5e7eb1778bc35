//! Requests of a session: its tokens are renewed once for all, each request is repeated once.

use seatree_core::draas::Step;
use seatree_core::http::{Request, Secret};
use seatree_core::words::later;
use seatree_core::{Operation, Problem, UpstreamError};

use super::super::Load;
use super::SIGN_IN_S;
use crate::connections::session::DraasSession;
use crate::platform::fetch::{self, Arriving, Way};

/// Sends a request, with the token that `request` is given. A reply of 401 is never returned
/// while the session can be renewed. What the load's gate keeps back is cancelled; once the request
/// was refused for its token, it is signed out.
pub(super) async fn send(
    load: &Load,
    session: &DraasSession,
    doing: &'static str,
    seconds: u32,
    request: &dyn Fn(&Secret) -> Request,
) -> Result<Arriving, UpstreamError> {
    let signed_out = || UpstreamError::new(doing, Problem::SignedOut);
    session.settled().await;
    let mut ticket = session.ticket().ok_or_else(signed_out)?;
    let mut was_refused = false;
    loop {
        if !load.may_send() {
            let kept_back = || UpstreamError::new(doing, Problem::Cancelled);
            return Err(if was_refused { signed_out() } else { kept_back() });
        }
        let deadline = load.stop.within(seconds);
        let arriving = fetch::send(request(ticket.token()), doing, &load.way, deadline).await?;
        if arriving.status() != 401 {
            return Ok(arriving);
        }
        was_refused = true;
        loop {
            match session.refused(&mut ticket) {
                Step::Send => break,
                Step::Wait => session.settled().await,
                Step::Renew(renewal) => {
                    let deadline = load.stop.within(SIGN_IN_S);
                    let doing = later("renewing the session");
                    let outcome = fetch::run(&renewal.refresh, doing, &load.way, deadline).await;
                    session.renewed(&renewal, outcome);
                }
                Step::Failed(error) => return Err(error),
                Step::SignedOut => return Err(signed_out()),
            }
        }
    }
}

/// Sends an operation whose reply is small, and decodes it.
pub(super) async fn run<O: Operation>(
    load: &Load,
    session: &DraasSession,
    doing: &'static str,
    operation: impl Fn(&Secret) -> O,
) -> Result<O::Output, UpstreamError> {
    const SECONDS: u32 = 60;
    let request = |token: &Secret| operation(token).request();
    let reply = send(load, session, doing, SECONDS, &request).await?.whole().await?;
    if let Some(refused) = load.way.refusal(doing, &reply) {
        return Err(refused);
    }
    // Decoding needs no token.
    operation(&Secret::default()).decode(&reply)
}

//! The estate of an upstream, and so who belongs to whom: read from it, and kept for a while.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use seatree_core::{
    Operation as _, UpstreamError,
    api::{Estate, Kept, Next, Reading, Wants},
    draas::Licenses,
    gate::{Gate, Refusal, Why},
    http::{Reply, Secret},
    snapshot::Trouble,
    visitors::Members,
};
use web_sys::Response;
use worker::wasm_bindgen::JsValue;

use crate::{
    clock::{self, Deadline},
    ending::to_its_end,
    journal, sign_in,
    upstream::{self, Pieces},
};

const LONGEST_WAIT_MS: u64 = 60_000;
const LOOK_AGAIN_MS: u64 = 25;
/// Seconds until such a reply ended, at most.
const TOTAL_LIMIT: u64 = 120;
const MOST_ERROR_BYTES: usize = 64 * 1024;

thread_local! {
    static KNOWN: RefCell<BTreeMap<String, Kept>> = RefCell::default();
}

/// The members of an upstream, as young as its settings want them; younger ones, if these do not
/// know whom `is_known` asks for. The refusal is `otherwise`, once it cannot be had.
pub(crate) async fn of(
    gate: &'static Gate,
    name: &str,
    wants: Wants,
    is_known: impl Fn(&Members) -> bool,
    otherwise: impl Fn() -> Refusal,
) -> Result<Rc<Estate>, Refusal> {
    let Some((_, seconds)) = gate.members_of(name, &Secret::default()) else {
        return Err(otherwise());
    };
    let until = clock::now_ms() + LONGEST_WAIT_MS;
    let wish = with_kept(name, |kept| kept.wish(wants, seconds * 1_000));
    loop {
        let now = clock::now_ms();
        match with_kept(name, |kept| kept.next(wish, now, &is_known)) {
            Next::Use(estate) => return Ok(estate),
            // Others wait for it.
            Next::Read => drop(to_its_end(read_for_all(gate, name.to_owned())).await),
            Next::Wait if now < until => {
                clock::sleep(LOOK_AGAIN_MS).await.map_err(|_| otherwise())?;
            }
            Next::Wait | Next::Fail => return Err(otherwise()),
        }
    }
}

/// Limits are on their way, or were changed: who asks for figures from now on gets such as were read
/// afterwards.
pub(crate) fn outdate(name: &str) {
    with_kept(name, Kept::outdate);
}

fn with_kept<T>(name: &str, with: impl FnOnce(&mut Kept) -> T) -> T {
    KNOWN.with_borrow_mut(|all| match all.get_mut(name) {
        Some(kept) => with(kept),
        None => with(all.entry(name.to_owned()).or_default()),
    })
}

async fn read_for_all(gate: &'static Gate, name: String) {
    if let Err(Unread { why, .. }) = anew(gate, &name).await {
        journal::trouble(&name, "tree", &why);
    }
}

/// Reads the estate now, whatever is known already; whoever asks next has it, too.
pub(crate) async fn anew(gate: &Gate, name: &str) -> Result<Rc<Estate>, Unread> {
    let begun = with_kept(name, |kept| kept.begin());
    let read = read(gate, name).await.map(Rc::new);
    with_kept(name, |kept| match &read {
        Ok(estate) => kept.came(begun, estate, clock::now_ms()),
        Err(_) => kept.failed(clock::now_ms()),
    });
    read
}

/// Why there is no estate: for visitors, and for the log.
pub(crate) struct Unread {
    pub(crate) trouble: Trouble,
    pub(crate) why: Why,
}

impl Unread {
    const fn new(trouble: Trouble, why: Why) -> Self {
        Self { trouble, why }
    }

    /// What the platform says when a request ends early.
    fn lost(error: &JsValue, deadline: &Deadline) -> Self {
        let trouble = if deadline.is_over() { Trouble::TooSlow } else { Trouble::Unreachable };
        Self::new(trouble, upstream::lost(error))
    }
}

async fn read(gate: &Gate, name: &str) -> Result<Estate, Unread> {
    for _ in 0..2 {
        if let Some(estate) = attempt(gate, name).await? {
            return Ok(estate);
        }
        // The token had ended; the next one is new.
    }
    Err(Unread::new(Trouble::NotSignedIn, Why::new("the upstream refuses the edge's credentials")))
}

/// None where the token is not taken any more.
async fn attempt(gate: &Gate, name: &str) -> Result<Option<Estate>, Unread> {
    let not_signed_in = |why| Unread::new(Trouble::NotSignedIn, Why::new(why));
    let not_set_up = || not_signed_in("it has no credentials, or is no platform");
    let credentials = gate.credentials_of(name).ok_or_else(not_set_up)?;
    let (licenses, _) = gate.members_of(name, &Secret::default()).ok_or_else(not_set_up)?;
    let signed_in = sign_in::at(name, credentials).await;
    let signed_in = signed_in.map_err(|_| not_signed_in("the edge is not signed in"))?;
    let request = licenses.request().with_header("authorization", signed_in.authorization.expose());

    let (time_limit, total_limit) = gate.limits_of(name);
    let mut deadline = Deadline::start(time_limit)
        .map_err(|error| Unread::new(Trouble::Unreachable, upstream::lost(&error)))?;
    let lost = |deadline: &Deadline, error| Unread::lost(&error, deadline);
    let reply = upstream::ask(&request, &deadline).await.map_err(|e| lost(&deadline, e))?;
    deadline
        .restart(total_limit.min(TOTAL_LIMIT))
        .map_err(|error| Unread::lost(&error, &deadline))?;
    if reply.status() == 401 {
        sign_in::refused(name, &signed_in);
        return Ok(None);
    }
    if !reply.ok() {
        let whole =
            upstream::whole(&reply, MOST_ERROR_BYTES).await.map_err(|e| lost(&deadline, e))?;
        let whole = whole.unwrap_or_else(|| Reply::new(reply.status(), Vec::new()));
        let fault = licenses.fault(&whole);
        return Err(Unread::new(Trouble::Refused, Why::of(&fault, reply.status())));
    }
    decode(&licenses, &reply, &deadline).await.map(Some)
}

async fn decode(
    licenses: &Licenses,
    reply: &Response,
    deadline: &Deadline,
) -> Result<Estate, Unread> {
    let status = reply.status();
    let unreadable =
        |error: UpstreamError| Unread::new(Trouble::Unreadable, Why::of(&error, status));
    let mut pieces = Pieces::of(reply);
    let mut reading = Reading::of(licenses);
    while let Some(piece) = pieces.next().await.map_err(|error| Unread::lost(&error, deadline))? {
        if deadline.is_over() {
            return Err(Unread::new(Trouble::TooSlow, Why::new("the reply does not end")));
        }
        reading.push(&piece).map_err(unreadable)?;
    }
    reading.finish().map_err(unreadable)
}

//! No secret of a reply is held or shown, wherever in it the secret is.

use std::fmt::Debug;

use proptest::prelude::*;
use seatree_core::Operation;
use seatree_core::UpstreamError;
use seatree_core::draas::{
    Entities, Level, LocalUser, Login, Query, Refresh, SecondFactorCode, Subscription, Trust,
};
use seatree_core::error::SecondFactor;
use seatree_core::http::{Reply, Secret};

use crate::{TENANT, api, token, uuid};

const MACHINE: &str = "machine-token-that-never-expires";
const REPLIES: [&str; 3] = [
    include_str!("../../fixtures/draas/login.json"),
    include_str!("../../fixtures/draas/user-local.json"),
    r#"{"token":"machine-token-that-never-expires","tenants":[{"name":"T",
        "token":"machine-token-that-never-expires","uuid":7}],"id":"x"}"#,
];

fn show<T: Debug>(result: Result<T, UpstreamError>) -> String {
    match result {
        Ok(decoded) => format!("{decoded:?}"),
        Err(error) => format!("{error} {error:?} {}", error.details()),
    }
}

/// Everything that any operation makes of a reply, printed.
fn shown(reply: &Reply) -> String {
    let (api, token, secret) = (api(), token(), Secret::from("s3cret"));
    let code = SecondFactorCode::new(&api, SecondFactor::Email, &secret, "1", Trust::Once);
    [
        show(Login::new(&api, "ada", &secret).decode(reply)),
        show(code.decode(reply)),
        show(Refresh::new(&api, &secret).decode(reply)),
        show(LocalUser::new(&api, &token).decode(reply)),
        show(Entities::new(&api, Level::Tenant, &Query::default(), &token).decode(reply)),
        show(Subscription::new(&api, uuid(TENANT), 2, &token).decode(reply)),
    ]
    .join("\n")
}

#[test]
fn operations_and_what_they_decode_print_no_secret() {
    let code = SecondFactorCode::new(
        &api(),
        SecondFactor::Email,
        &Secret::from("hunter2"),
        "hunter2",
        Trust::Once,
    );
    let login = Login::new(&api(), "ada", &Secret::from("hunter2"));
    let printed = format!("{code:?} {:?} {login:?} {:?}", code.request(), login.request());
    assert!(!printed.contains("hunter2"), "{printed}");
}

proptest! {
    #[test]
    fn a_machine_token_shows_nowhere_even_when_the_reply_is_cut(
        which in 0..REPLIES.len(),
        cut in any::<prop::sample::Index>(),
        status in prop::sample::select(vec![200_u16, 201, 400, 401, 403, 404, 409, 500, 503]),
    ) {
        let whole = REPLIES[which];
        for body in [whole, &whole[..cut.index(whole.len())]] {
            let shown = shown(&Reply::new(status, body));
            prop_assert!(!shown.contains(MACHINE), "{}: {}", status, shown);
            prop_assert!(!shown.contains("eyJ"), "{}: {}", status, shown);
        }
    }
}

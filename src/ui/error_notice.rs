//! An error as a person needs it: what happened, what to do, the cause one click away.

use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::say;
use seatree_core::words::tr;

use super::icons;

/// A notice about one error, under where it happened, such as a connection's name.
pub fn error_notice(title: &str, error: &UpstreamError) -> AnyView {
    let details = error.details();
    let details = (!details.is_empty()).then(|| {
        view! {
            <details>
                <summary>{tr("Technical details")}</summary>
                <code>{details}</code>
            </details>
        }
        .into_any()
    });
    view! {
        <div class="notice error" role="alert">
            <span class="notice-mark">{icons::triangle()}</span>
            <div>
                <p class="notice-what">
                    <b>{say!("{title}: ", title)}</b>
                    {error.what()}
                </p>
                <p>{error.next_step()}</p>
                {details}
            </div>
        </div>
    }
    .into_any()
}

//! An error as a person needs it: what happened, what to do, the cause one click away.

use leptos::prelude::*;
use seatree_core::UpstreamError;

/// A notice about one error. `actions` come after the text.
#[component]
pub fn ErrorNotice(
    /// Where it happened, such as the connection's name.
    #[prop(into)]
    title: String,
    error: UpstreamError,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let details = error.details();
    view! {
        <div class="notice error" role="alert">
            <span class="notice-mark">{super::icons::triangle()}</span>
            <div>
                <p class="notice-what"><b>{title}": "</b>{error.what()}</p>
                <p>{error.next_step()}</p>
                {(!details.is_empty())
                    .then(|| {
                        view! {
                            <details>
                                <summary>"Technical details"</summary>
                                <code>{details}</code>
                            </details>
                        }
                    })}
                {children.map(|children| view! { <div class="notice-actions">{children()}</div> })}
            </div>
        </div>
    }
}

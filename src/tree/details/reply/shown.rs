//! Asks for the reply and shows it word for word. Code that comes when it is asked for.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::UpstreamError;
use seatree_core::estate::{Figure, NodeRef, Reading};
use seatree_core::http::Shown;
use seatree_core::say;
use seatree_core::words::tr;

use crate::app::context::{Context, context};
use crate::connections::{SourceReply, source_reply};
use crate::platform::stop::Stop;
use crate::platform::{clock, numbers};
use crate::ui::error_notice::error_notice;
use crate::ui::live::{live_if, text};

/// More than anybody reads, and little enough for a browser to lay out at once.
const MOST_BYTES: usize = 200_000;

/// What came, as far as it is shown.
#[derive(Clone)]
struct Came {
    from: String,
    how: String,
    shown: Shown,
    figures: Result<Vec<(String, Reading)>, UpstreamError>,
}

pub(super) fn content() -> AnyView {
    let context = context();
    let Some(node) = context.tree.current.get_untracked() else { return ().into_any() };
    let outcome = RwSignal::new(None::<Result<Came, UpstreamError>>);
    let stop = StoredValue::new_local(Stop::new());
    // Who looks at another node does not wait for this one.
    on_cleanup(move || {
        stop.try_with_value(Stop::stop);
    });
    spawn_local(async move {
        let Some(stop) = stop.try_get_value() else { return };
        let came = source_reply(context, node, stop).await;
        outcome.try_set(Some(came.map(|reply| Came::new(&reply))));
    });
    // Only this line is read out by itself: a reply is long.
    let how = text(move || {
        outcome.with(|outcome| match outcome {
            None => tr("Asking…").to_owned(),
            Some(Ok(came)) => came.how.clone(),
            Some(Err(_)) => String::new(),
        })
    });
    let shown = live_if(move || match outcome.get()? {
        Ok(came) => Some(of(context, node, came)),
        Err(error) => Some(error_notice(tr("Source reply"), &error)),
    });
    view! {
        <p class="dim" role="status">
            {how}
        </p>
        {shown}
    }
    .into_any()
}

impl Came {
    fn new(came: &SourceReply) -> Self {
        let SourceReply { method, address, through, at_s, reply, secrets, figures } = came;
        let (at, bytes) = (clock::time_of_day(*at_s), numbers::whole(reply.body.len()));
        Self {
            from: match through {
                Some(hop) => say!("{method} {address} through {hop}", method, address, hop),
                None => [method, " ", address].concat(),
            },
            how: say!(
                "Status {status}, {bytes} bytes, at {at}.",
                status = reply.status.to_string(),
                bytes,
                at
            ),
            shown: reply.shown(secrets, MOST_BYTES),
            figures: figures.clone(),
        }
    }
}

fn of(context: Context, node: NodeRef, came: Came) -> AnyView {
    let Came { from, shown, figures, .. } = came;
    let (error, figures) = match figures {
        Ok(figures) => (None, figures),
        Err(error) => (Some(error_notice(tr("Source reply"), &error)), Vec::new()),
    };
    let differs = Memo::new(move |_| differs(context, node, &figures));
    let differs = live_if(move || {
        let words = tr("It differs from what the tree shows: read again.");
        differs.get().then(|| view! { <p class="warning">{words}</p> }.into_any())
    });
    let removed = (shown.removed > 0).then(|| {
        let times = numbers::whole(shown.removed);
        view! { <p class="dim">{say!("Secrets taken out, shown as …: {times}.", times)}</p> }
            .into_any()
    });
    let cut = shown.is_cut.then(|| {
        let most = numbers::whole(MOST_BYTES / 1_000);
        view! { <p class="dim">{say!("These are the first {most} kB of it.", most)}</p> }.into_any()
    });
    let body = if shown.text.is_empty() { tr("(nothing)").to_owned() } else { shown.text };
    view! {
        <p class="reply-from">
            <code>{from}</code>
        </p>
        {error}
        {differs}
        {removed}
        {cut}
        <pre class="reply" tabindex="0" role="region" aria-label=tr("Reply as received")>{body}</pre>
    }
    .into_any()
}

/// Whether a figure in the reply is another one than in the tree. What one of them does not have
/// is no difference: a list tells more than a node's own reply, or less.
fn differs(context: Context, node: NodeRef, figures: &[(String, Reading)]) -> bool {
    let other = |one: Figure, two: Figure| one.is_known() && two.is_known() && one != two;
    context.estate.with(|forest| {
        let Some(tree) = forest.estate.tree(node.tree).filter(|tree| tree.contains(node.node))
        else {
            return false;
        };
        figures.iter().any(|(key, now)| {
            let Some(meter) = tree.find_meter(key) else { return false };
            let then = tree.reading(node.node, meter);
            other(now.assigned, then.assigned)
                || other(now.in_use, then.in_use)
                || other(now.users, then.users)
                || other(now.resource_accounts, then.resource_accounts)
        })
    })
}

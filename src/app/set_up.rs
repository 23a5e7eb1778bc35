//! Reads `seatree.json` and opens its connections.

use futures_util::future::join;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::config::Config;
use seatree_core::http::{Reply, Request};
use seatree_core::say;
use seatree_core::words::later;
use seatree_core::{Problem, UpstreamError};

use super::context::Context;
use super::language;
use crate::platform::fetch::{self, Way};
use crate::platform::part::part;
use crate::platform::stop::Stop;

const DOING: &str = later("reading the page's set-up");
const DEADLINE_S: u32 = 15;

/// The page's own host: nothing on the way.
struct Beside;

impl Way for Beside {
    fn apply(&self, request: Request) -> Request {
        request
    }

    fn refusal(&self, _doing: &'static str, _reply: &Reply) -> Option<UpstreamError> {
        None
    }
}

/// What is wrong with the file, in the language of the moment.
pub type Mistake = Arc<dyn Fn() -> String + Send + Sync>;

/// Reads the configuration. No file means built-in defaults; a wrong one is told in `mistake`.
pub fn read(context: Context, url: String, mistake: RwSignal<Option<Mistake>>) {
    spawn_local(async move {
        // The code that reads it comes while the file does.
        let (file, code) = join(file(&url), code()).await;
        match code {
            Ok(open) => open(context, file, mistake),
            Err(missing) => {
                let error = UpstreamError::from(missing);
                mistake.set(Some(Arc::new(move || error.to_string())));
                language::settle(context, None);
                context.set_up.set(true);
            }
        }
    });
}

part!(
    start,
    /// What opens the connections of a file.
    fn code() -> fn(Context, Result<Option<String>, UpstreamError>, RwSignal<Option<Mistake>>) {
        open
    }
);

fn open(
    context: Context,
    file: Result<Option<String>, UpstreamError>,
    mistake: RwSignal<Option<Mistake>>,
) {
    let config = match file {
        Ok(None) => Config::default(),
        Ok(Some(text)) => Config::parse(&text).unwrap_or_else(|_| {
            let again = move || Config::parse(&text).err();
            let words = move || again().map_or_else(String::new, |error| error.to_string());
            mistake.set(Some(Arc::new(words)));
            Config::default()
        }),
        Err(error) => {
            mistake.set(Some(Arc::new(move || error.to_string())));
            Config::default()
        }
    };
    language::settle(context, config.locale.as_deref());
    context.thresholds.set(config.thresholds);
    context.connections.open(context, &config.connections, config.demo);
    context.set_up.set(true);
}

async fn file(url: &str) -> Result<Option<String>, UpstreamError> {
    let deadline = Stop::new().within(DEADLINE_S);
    let reply = fetch::send(Request::get(url), DOING, &Beside, deadline).await?.whole().await?;
    match reply.status {
        200 if !reply.is_html() => Ok(Some(reply.text().into_owned())),
        // Some static hosts answer a missing file with their start page.
        200 | 404 | 410 => Ok(None),
        status => {
            let message =
                say!("seatree.json answered with status {status}.", status = status.to_string());
            let problem = Problem::Rejected { status, code: None, message };
            Err(UpstreamError::new(DOING, problem))
        }
    }
}

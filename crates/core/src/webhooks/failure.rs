//! What a reading that failed means.

use super::{
    Level, Mute, News, Place, Receiver, Standing, Topic,
    event::{self, Cause, Change},
    news::Moment,
};

/// Readings that failed in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub tries: u32,
    /// When the first of them did, in milliseconds since 1970.
    pub since_ms: u64,
    /// What went wrong with the last, in words without secrets.
    pub why: String,
}

impl Receiver {
    /// What it means to a receiver that so many readings in a row failed: news once, when they are
    /// enough. `told` is what it was told about the upstream and what still stands.
    pub fn failure(
        &self,
        name: &str,
        mutes: &[Mute],
        told: Option<&Standing>,
        failure: &Failure,
        down_after: u32,
        moment: Moment<'_>,
    ) -> News {
        let mut news = News::default();
        if told.is_some() || failure.tries < down_after || !self.wants(Topic::Upstream) {
            return news;
        }
        if Self::is_muted(name, mutes, Topic::Upstream, None, moment) {
            news.muted = 1;
            return news;
        }
        let since_ms = failure.since_ms;
        let standing = Standing { level: Level::Wrong, since_ms, left_ms: None, node: None };
        news.kept.push((Place::Upstream, Some(standing)));
        let change = Change {
            place: Place::Upstream,
            topic: Topic::Upstream,
            before: None,
            now: Some(Level::Wrong),
            since_ms,
            cause: Cause::Failed(failure.clone()),
            node: None,
        };
        news.events = event::of_reading(name, vec![change], 1, moment);
        news
    }
}

//! What was sent, when, by whom, and what came of it.

use std::collections::VecDeque;

use crate::words::tr;
use serde_json::{Value, json};

use super::{LimitId, Names, Outcome};
use crate::draas::Limit;
use crate::error::{Problem, UpstreamError, words};
use crate::estate::{Figure, Uuid};
use crate::export::{push_text, push_utc};

/// One change that left for its upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Seconds since 1970.
    pub at_s: i64,
    /// The user name as it was typed at the sign-in.
    pub who: String,
    pub connection_name: String,
    pub id: LimitId,
    pub names: Names,
    pub from: Figure,
    pub to: Limit,
    pub sent: Sent,
}

impl Logged {
    fn is_open(&self, to: Limit) -> bool {
        self.to == to && matches!(self.sent, Sent::Unclear { .. })
    }
}

/// What came of a change that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Reading again showed the new limit.
    Applied,
    Refused {
        reason: String,
    },
    /// Reading again showed another limit.
    Otherwise {
        now: Figure,
    },
    /// Nothing could be read after it.
    Unclear {
        reason: String,
    },
}

impl Sent {
    /// None for what was not sent.
    pub fn of(outcome: &Outcome) -> Option<Self> {
        match outcome {
            Outcome::Applied { .. } => Some(Self::Applied),
            Outcome::Refused(error) => Some(Self::Refused { reason: reason(error) }),
            Outcome::Otherwise { now, .. } => Some(Self::Otherwise { now: *now }),
            Outcome::Unclear(error) => Some(Self::Unclear { reason: reason(error) }),
            _ => None,
        }
    }

    pub fn is_made(&self) -> bool {
        matches!(self, Self::Applied)
    }

    /// The result in a word or two, in the language that is spoken.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Applied => tr("applied"),
            Self::Refused { .. } => tr("refused"),
            Self::Otherwise { .. } => tr("other limit"),
            Self::Unclear { .. } => tr("unclear"),
        }
    }

    /// The result in a word or two, as files have it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Refused { .. } => "refused",
            Self::Otherwise { .. } => "other limit",
            Self::Unclear { .. } => "unclear",
        }
    }

    /// What there is to know beside that.
    pub fn detail(&self) -> String {
        match self {
            Self::Applied => String::new(),
            Self::Refused { reason } | Self::Unclear { reason } => reason.clone(),
            Self::Otherwise { now } => match now.get() {
                Some(now) => format!("reading again showed {now}"),
                None => "reading again showed no limit".to_owned(),
            },
        }
    }
}

/// The platform's own words where there are some.
fn reason(error: &UpstreamError) -> String {
    match &error.problem {
        Problem::Rejected { message, .. } => message.clone(),
        _ => error.what(),
    }
}

/// What was sent from this browser, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    entries: VecDeque<Logged>,
}

impl Log {
    /// Older entries go: a browser keeps some megabytes.
    pub const MOST: usize = 5_000;

    pub fn add(&mut self, entry: Logged) {
        self.entries.push_back(entry);
        if self.entries.len() > Self::MOST {
            self.entries.pop_front();
        }
    }

    /// Tells what became of a change that was noted when it left; one that was not is added.
    pub fn settle(&mut self, entry: Logged) {
        match self.entries.iter_mut().rfind(|noted| noted.id == entry.id) {
            Some(noted) if noted.is_open(entry.to) => noted.sent = entry.sent,
            _ => self.add(entry),
        }
    }

    /// What a limit was before a change to `to` left of which nobody knows yet what became.
    pub fn open_since(&self, id: &LimitId, to: Limit) -> Option<Figure> {
        let last = self.entries.iter().rfind(|noted| noted.id == *id)?;
        last.is_open(to).then_some(last.from)
    }

    /// From the oldest on.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Logged> {
        self.entries.iter()
    }

    pub fn get(&self, index: usize) -> Option<&Logged> {
        self.entries.get(index)
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// As a browser keeps it, and as a file has it.
    pub fn to_json(&self) -> Value {
        let changes = self.iter().map(|entry| {
            json!({
                "at": entry.at_s,
                "at_utc": utc(entry.at_s),
                "who": entry.who,
                "connection": entry.connection_name,
                "connection_id": entry.id.connection,
                "tenant": entry.names.tenant,
                "tenant_uuid": entry.id.tenant.to_string(),
                "subscription": entry.names.subscription,
                "subscription_id": entry.id.subscription,
                "license": entry.id.meter,
                "from": entry.from.get(),
                "to": entry.to.get(),
                "result": entry.sent.word(),
                "detail": entry.sent.detail(),
                "now": match entry.sent { Sent::Otherwise { now } => now.get(), _ => None },
            })
        });
        json!({ "version": 1, "changes": changes.collect::<Vec<_>>() })
    }

    /// What a browser kept; entries that make no sense any more are left out.
    pub fn from_json(kept: &Value) -> Self {
        let mut log = Self::default();
        let changes = kept.get("changes").and_then(Value::as_array).into_iter().flatten();
        changes.filter_map(read).for_each(|entry| log.add(entry));
        log
    }

    /// As comma-separated values, after RFC 4180; texts are guarded against being run.
    pub fn to_csv(&self) -> Vec<u8> {
        const HEADINGS: &str = "\u{feff}When (UTC),Who,Connection,Tenant,Tenant UUID,Subscription,\
            Subscription id,License,From,To,Result,Detail\r\n";
        let mut out = Vec::from(HEADINGS);
        for entry in self.iter() {
            push_utc(&mut out, entry.at_s);
            let number = |figure: Figure| figure.get().map(|n| n.to_string()).unwrap_or_default();
            let cells = [
                Cell::Text(&entry.who),
                Cell::Text(&entry.connection_name),
                Cell::Text(&entry.names.tenant),
                Cell::Plain(entry.id.tenant.to_string()),
                Cell::Text(&entry.names.subscription),
                Cell::Plain(entry.id.subscription.to_string()),
                Cell::Text(&entry.id.meter),
                Cell::Plain(number(entry.from)),
                Cell::Plain(entry.to.get().to_string()),
                Cell::Text(entry.sent.word()),
                Cell::Text(&entry.sent.detail()),
            ];
            for cell in cells {
                out.push(b',');
                match cell {
                    Cell::Text(text) => push_text(&mut out, text),
                    Cell::Plain(text) => out.extend_from_slice(text.as_bytes()),
                }
            }
            out.extend_from_slice(b"\r\n");
        }
        out
    }
}

enum Cell<'a> {
    /// Words of people and upstreams.
    Text(&'a str),
    /// Ids and numbers.
    Plain(String),
}

fn utc(at_s: i64) -> String {
    let mut text = Vec::new();
    push_utc(&mut text, at_s);
    String::from_utf8(text).unwrap_or_default()
}

fn read(kept: &Value) -> Option<Logged> {
    let text = |key| Some(kept.get(key)?.as_str()?.to_owned());
    let number = |key| kept.get(key)?.as_i64();
    // What was kept may have been changed outside of the page.
    let reason = || words(&text("detail").unwrap_or_default());
    let sent = match text("result")?.as_str() {
        "applied" => Sent::Applied,
        "refused" => Sent::Refused { reason: reason() },
        "other limit" => Sent::Otherwise { now: Figure::from(number("now")) },
        "unclear" => Sent::Unclear { reason: reason() },
        _ => return None,
    };
    Some(Logged {
        at_s: number("at")?,
        who: text("who")?,
        connection_name: text("connection")?,
        id: LimitId {
            connection: text("connection_id")?,
            tenant: Uuid::parse(&text("tenant_uuid")?)?,
            subscription: kept.get("subscription_id")?.as_u64()?,
            meter: text("license")?,
        },
        names: Names { tenant: text("tenant")?, subscription: text("subscription")? },
        from: Figure::from(number("from")),
        to: Limit::new(number("to")?).ok()?,
        sent,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: u64, sent: Sent) -> Logged {
        Logged {
            at_s: 1_795_380_093,
            who: "=ada".into(),
            connection_name: "Netaxis".into(),
            id: LimitId {
                connection: "netaxis".into(),
                tenant: Uuid::from_u128(1),
                subscription: number,
                meter: "msTeamsUsers".into(),
            },
            names: Names { tenant: "Harbor, Ltd".into(), subscription: "@home".into() },
            from: Figure::known(12),
            to: Limit::new(20).unwrap(),
            sent,
        }
    }

    fn every_kind() -> Log {
        let mut log = Log::default();
        log.add(entry(1, Sent::Applied));
        log.add(entry(2, Sent::Refused { reason: "No such seats.".into() }));
        log.add(entry(3, Sent::Otherwise { now: Figure::known(13) }));
        log.add(entry(4, Sent::Otherwise { now: Figure::UNKNOWN }));
        log.add(entry(5, Sent::Unclear { reason: "No answer.".into() }));
        log.add(Logged { from: Figure::UNKNOWN, ..entry(6, Sent::Applied) });
        log
    }

    #[test]
    fn it_comes_back_from_a_browser_as_it_was() {
        let log = every_kind();
        let kept = log.to_json().to_string();
        assert_eq!(Log::from_json(&serde_json::from_str(&kept).unwrap()), log);
        for kept in [json!(null), json!({"changes": [1, {}, {"result": "made up"}]})] {
            assert!(Log::from_json(&kept).is_empty());
        }
    }

    #[test]
    fn its_file_runs_nothing_and_reads_as_a_table() {
        let csv = every_kind().to_csv();
        let mut reader = csv::Reader::from_reader(&csv[3..]);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 6);
        let expected = [
            "2026-11-22T20:41:33Z",
            "'=ada",
            "Netaxis",
            "Harbor, Ltd",
            "00000000-0000-0000-0000-000000000001",
            "'@home",
            "3",
            "msTeamsUsers",
            "12",
            "20",
            "other limit",
            "reading again showed 13",
        ];
        assert_eq!(rows[2], expected.to_vec());
        assert_eq!(&rows[5][8], "", "unknown is not 0");
    }

    #[test]
    fn a_change_noted_as_it_left_is_told_of_once() {
        let left = Sent::Unclear { reason: "No reply yet.".into() };
        let mut log = Log::default();
        log.add(entry(1, left.clone()));
        let (id, to) = (entry(1, Sent::Applied).id, Limit::new(20).unwrap());
        assert_eq!(log.open_since(&id, to), Some(Figure::known(12)));
        assert_eq!(log.open_since(&id, Limit::new(21).unwrap()), None);
        log.settle(entry(1, Sent::Applied));
        assert_eq!(log, {
            let mut one = Log::default();
            one.add(entry(1, Sent::Applied));
            one
        });
        assert_eq!(log.open_since(&id, to), None);
        log.settle(entry(1, Sent::Applied));
        assert_eq!(log.len(), 2, "another time is another entry");
        log.add(entry(1, left));
        log.settle(Logged { to: Limit::new(30).unwrap(), ..entry(1, Sent::Applied) });
        assert_eq!(log.open_since(&id, to), None, "what came after it tells more");
    }

    #[test]
    fn the_oldest_entries_go_when_there_are_too_many() {
        let mut log = Log::default();
        for number in 0..=Log::MOST as u64 {
            log.add(entry(number, Sent::Applied));
        }
        assert_eq!(log.len(), Log::MOST);
        assert_eq!(log.get(0).unwrap().id.subscription, 1);
    }
}

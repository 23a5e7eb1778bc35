//! When clusters were last had to count: kept in the browser, since a reload forgets what runs and
//! a cluster does not tell. Connections' ids and times only.

use serde_json::{Map, Value};

use crate::platform::storage::Storage;

const KEY: &str = "seatree.usage-sent";
/// Every six hours a cluster counts by itself: what was sent earlier is over.
const MATTERS_S: i64 = 6 * 3_600;

/// Seconds since 1970 when it was sent, where no end of it is known and it may matter now.
pub(super) fn at(storage: Storage, connection: &str, now_s: i64) -> Option<i64> {
    let at_s = read(storage).get(connection)?.as_i64()?;
    (0..MATTERS_S).contains(&now_s.checked_sub(at_s)?).then_some(at_s)
}

/// Keeps that it is sent now.
pub(super) fn keep(storage: Storage, connection: &str, now_s: i64) {
    let mut all = read(storage);
    all.retain(|_, at_s| at_s.as_i64().is_some_and(|at_s| now_s.saturating_sub(at_s) < MATTERS_S));
    all.insert(connection.to_owned(), now_s.into());
    write(storage, all);
}

/// It ended, or never began.
pub(super) fn forget(storage: Storage, connection: &str) {
    let mut all = read(storage);
    if all.remove(connection).is_some() {
        write(storage, all);
    }
}

fn read(storage: Storage) -> Map<String, Value> {
    let kept = storage.read(KEY).and_then(|text| serde_json::from_str(&text).ok());
    kept.unwrap_or_default()
}

fn write(storage: Storage, all: Map<String, Value>) {
    // Where the browser refuses, the page that sent it still knows.
    storage.write(KEY, &Value::Object(all).to_string());
}

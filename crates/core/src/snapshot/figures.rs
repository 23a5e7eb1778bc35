//! A node's figures and marks in a few bytes.
//!
//! One byte of marks, then each license that has a figure: which one, which figures it has, and
//! those as numbers of one to ten bytes. What is kept is read by later versions: codes stay.

use std::collections::BTreeMap;

use crate::estate::{Figure, Measure, Reading};
use crate::insight::{Mark, Marks};

/// Licenses that every platform has cost a byte; others are written out.
const KNOWN: [&str; 2] = ["msTeamsUsers", "sipTrunkChannels"];
const WRITTEN_OUT: u8 = 255;

pub(super) fn write(marks: Marks, licenses: &BTreeMap<String, Reading>) -> Vec<u8> {
    let mut out = vec![marks.iter().fold(0, |all, mark| all | bit(mark))];
    for (key, reading) in licenses {
        if let Some((code, _)) = (0..).zip(KNOWN).find(|(_, known)| known == key) {
            out.push(code);
        } else {
            out.push(WRITTEN_OUT);
            number(&mut out, key.len() as u64);
            out.extend_from_slice(key.as_bytes());
        }
        let figures = figures(reading);
        out.push(figures.iter().fold(
            0,
            |all, (place, figure)| {
                if figure.is_known() { all | 1 << place } else { all }
            },
        ));
        for count in figures.iter().filter_map(|(_, figure)| figure.get()) {
            // Small numbers of either sign stay short.
            number(&mut out, (count << 1 ^ count >> 63).cast_unsigned());
        }
    }
    out
}

/// None of what was not written here.
pub(super) fn read(bytes: &[u8]) -> Option<(Marks, BTreeMap<String, Reading>)> {
    let (&marks, mut rest) = bytes.split_first()?;
    let marks = Mark::ALL.into_iter().filter(|mark| marks & bit(*mark) != 0).collect();
    let mut licenses = BTreeMap::new();
    while let Some(code) = byte(&mut rest) {
        let key = if code == WRITTEN_OUT {
            let length = usize::try_from(next(&mut rest)?).ok()?;
            let (key, after) = rest.split_at_checked(length)?;
            rest = after;
            std::str::from_utf8(key).ok()?
        } else {
            KNOWN.get(usize::from(code))?
        };
        let known = byte(&mut rest)?;
        let mut reading = Reading::default();
        for measure in Measure::ALL {
            if known & 1 << place(measure) != 0 {
                let value = next(&mut rest)?;
                let count = (value >> 1).cast_signed() ^ -(value & 1).cast_signed();
                *figure(&mut reading, measure) = Figure::known(count);
            }
        }
        licenses.insert(key.to_owned(), reading);
    }
    Some((marks, licenses))
}

fn figures(reading: &Reading) -> [(u8, Figure); 4] {
    let mut reading = *reading;
    Measure::ALL.map(|measure| (place(measure), *figure(&mut reading, measure)))
}

fn figure(reading: &mut Reading, measure: Measure) -> &mut Figure {
    match measure {
        Measure::Assigned => &mut reading.assigned,
        Measure::InUse => &mut reading.in_use,
        Measure::Users => &mut reading.users,
        Measure::ResourceAccounts => &mut reading.resource_accounts,
    }
}

fn place(measure: Measure) -> u8 {
    match measure {
        Measure::Assigned => 0,
        Measure::InUse => 1,
        Measure::Users => 2,
        Measure::ResourceAccounts => 3,
    }
}

fn bit(mark: Mark) -> u8 {
    match mark {
        Mark::Over => 1,
        Mark::Near => 1 << 1,
        Mark::Idle => 1 << 2,
        Mark::SumOff => 1 << 3,
        Mark::Stale => 1 << 4,
        Mark::Failed => 1 << 5,
    }
}

fn byte(rest: &mut &[u8]) -> Option<u8> {
    let (&first, after) = rest.split_first()?;
    *rest = after;
    Some(first)
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn number(out: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

fn next(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = byte(rest)?;
        let bits = u64::from(byte & 0x7f);
        // The tenth byte has one bit left.
        if shift == 63 && bits > 1 {
            return None;
        }
        value |= bits << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

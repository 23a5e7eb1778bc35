//! Users of a cluster as comma-separated values.

use super::csv::Line;
use super::table::Cell;
use crate::axl::UserRow;
use crate::estate::Figure;
use crate::people::{Flag, Required};

/// Writes users as comma-separated values, with the same guards as [`Csv`](super::Csv).
///
/// The file holds names of people: whoever offers it says so.
#[derive(Debug, Default)]
pub struct PeopleCsv {
    rows: u64,
}

impl PeopleCsv {
    /// Begins a file with its headings.
    pub fn begin(out: &mut Vec<u8>) -> Self {
        out.extend_from_slice("\u{feff}".as_bytes());
        let mut line = Line::new(out);
        for title in [
            "Cluster",
            "User id",
            "Last name",
            "First name",
            "License type",
            "Licenses used",
            "Devices",
            "Single number reach",
            "Extension mobility",
            "UUID",
        ] {
            line.cell(Cell::Text(title));
        }
        line.end();
        Self::default()
    }

    /// Appends a user of the cluster with this name. What was not sent is an empty cell.
    pub fn row(&mut self, cluster: &str, user: &UserRow<'_>, out: &mut Vec<u8>) {
        let license = match Required::of(user) {
            Required::Untold => String::new(),
            told => told.to_string(),
        };
        let count = |figure: Figure| figure.get().map_or(Cell::Empty, Cell::Count);
        let flag = |flag: Option<bool>| match Flag::of(flag) {
            Flag::Unknown => Cell::Empty,
            told => Cell::Text(told.word()),
        };
        let mut line = Line::new(out);
        for text in [cluster, user.user_id, user.last_name, user.first_name, &license] {
            line.cell(Cell::Text(text));
        }
        line.cell(count(user.license_used));
        line.cell(count(user.device_count));
        line.cell(flag(user.snr));
        line.cell(flag(user.em));
        line.cell(user.uuid.map_or(Cell::Empty, Cell::Uuid));
        line.end();
        self.rows += 1;
    }

    /// How many users were written.
    pub fn rows(&self) -> u64 {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axl::{LicensedUser, UserTable};
    use crate::estate::Uuid;

    #[test]
    fn users_are_guarded_and_what_is_unknown_is_empty() {
        let mut users = UserTable::new();
        users.push(&LicensedUser {
            uuid: Some(Uuid::from_u128(1)),
            user_id: "=cmd".into(),
            first_name: "Zoë".into(),
            last_name: "O'Hara, \"Jr\"".into(),
            license_type: "UCM_EnhancedPlus".into(),
            snr: Some(true),
            em: None,
            device_count: Figure::known(2),
            license_used: Figure::known(1),
        });
        let license_used = Figure::known(0);
        users.push(&LicensedUser { license_used, ..LicensedUser::default() });
        users.push(&LicensedUser::default());
        let mut out = Vec::new();
        let mut csv = PeopleCsv::begin(&mut out);
        for user in users.users() {
            csv.row("Berlin", &user, &mut out);
        }
        assert_eq!(csv.rows(), 3);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text.lines().skip(1).collect::<Vec<_>>(),
            [
                "Berlin,'=cmd,\"O'Hara, \"\"Jr\"\"\",Zoë,Enhanced Plus,1,2,yes,,\
                 00000000-0000-0000-0000-000000000001",
                "Berlin,,,,none,0,,,,",
                "Berlin,,,,,,,,,",
            ]
        );
    }
}

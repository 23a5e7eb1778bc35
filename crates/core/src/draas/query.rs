//! What to list, and in which order.

use crate::address::encode;
use crate::estate::Uuid;

/// The parameters that every list of the platform takes.
///
/// Vendor page: <https://fusion.docs.netaxis.solutions/provisioning/api/99_generic.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only what holds this text; empty for all.
    pub search: String,
    pub sort: Option<Sort>,
    /// Only what stands below this group, distributor or reseller. System administrators must
    /// give one, except when they list groups.
    pub parent: Option<Uuid>,
    /// None for the vendor's 10.
    pub page_size: Option<u16>,
    /// The token of the page before; none for the first page.
    pub next: Option<String>,
}

/// By which of the platform's searchable properties a list is ordered, such as `name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    pub by: String,
    pub direction: Direction,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Ascending,
    Descending,
}

impl Direction {
    fn word(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }
}

impl Query {
    /// Everything, in pages large enough that few are needed.
    pub fn all() -> Self {
        Self { page_size: Some(100), ..Self::default() }
    }

    /// Everything directly or indirectly below an entity.
    pub fn below(parent: Uuid) -> Self {
        Self { parent: Some(parent), ..Self::all() }
    }

    /// `?…`, or nothing.
    pub(super) fn suffix(&self) -> String {
        let sort = self.sort.as_ref();
        let parameters = [
            ("search", Some(self.search.clone()).filter(|text| !text.is_empty())),
            ("sort", sort.map(|sort| sort.by.clone())),
            ("dir", sort.map(|sort| sort.direction.word().to_owned())),
            ("parent", self.parent.map(|uuid| uuid.to_string())),
            ("page_size", self.page_size.map(|size| size.to_string())),
            ("next", self.next.clone()),
        ];
        let mut suffix = String::new();
        for (name, value) in parameters {
            if let Some(value) = value {
                suffix.push(if suffix.is_empty() { '?' } else { '&' });
                suffix.push_str(name);
                suffix.push('=');
                suffix.push_str(&encode(&value));
            }
        }
        suffix
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_chosen_is_sent_and_encoded() {
        assert_eq!(Query::default().suffix(), "");
        let parent = Uuid::parse("aaf9dba1-9469-40fa-be50-22298d68010d");
        let query = Query {
            search: "a&b ü".to_owned(),
            sort: Some(Sort { by: "name".to_owned(), direction: Direction::Descending }),
            parent,
            page_size: Some(24),
            next: Some("x=/+".to_owned()),
        };
        assert_eq!(
            query.suffix(),
            "?search=a%26b%20%C3%BC&sort=name&dir=desc\
             &parent=aaf9dba1-9469-40fa-be50-22298d68010d&page_size=24&next=x%3D%2F%2B"
        );
    }
}

//! Reading a JSON object so that every complaint names its field.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use super::SettingsError;

/// An object, with where it stands.
pub(super) struct Fields<'a> {
    place: String,
    members: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    /// An object with no members but the known ones: a misspelled name must not pass for a default.
    pub(super) fn of(place: &str, value: &'a Value, known: &[&str]) -> Result<Self, SettingsError> {
        let fields = Self { place: place.to_owned(), members: object(place, value)? };
        match fields.members.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(fields),
            Some(unknown) => {
                let problem = format!("there is no such setting; there are {}", known.join(", "));
                Err(SettingsError::unlisted(place, unknown, problem))
            }
        }
    }

    /// The full name of a member.
    pub(super) fn place(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }

    /// A complaint about a member.
    pub(super) fn wrong(&self, name: &str, problem: &str) -> SettingsError {
        SettingsError::at(&self.place(name), problem)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// A member, whatever it is.
    pub(super) fn value(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name)
    }

    pub(super) fn is_text(&self, name: &str) -> bool {
        self.value(name).is_some_and(Value::is_string)
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, SettingsError> {
        let Some(value) = self.members.get(name) else { return Ok(None) };
        match value.as_bool() {
            Some(flag) => Ok(Some(flag)),
            None => Err(expected(&self.place(name), "true or false")),
        }
    }

    pub(super) fn text(&self, name: &str) -> Result<&'a str, SettingsError> {
        match self.members.get(name) {
            Some(value) => text(&self.place(name), value),
            None => Err(self.wrong(name, "is missing")),
        }
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<u64>, SettingsError> {
        let Some(value) = self.members.get(name) else { return Ok(None) };
        match value.as_u64() {
            Some(number) => Ok(Some(number)),
            None => Err(expected(&self.place(name), "a whole number")),
        }
    }

    pub(super) fn number_within(
        &self,
        name: &str,
        range: RangeInclusive<u64>,
    ) -> Result<Option<u64>, SettingsError> {
        match self.number(name)? {
            Some(number) if !range.contains(&number) => {
                let problem = format!("must be from {} to {}", range.start(), range.end());
                Err(self.wrong(name, &problem))
            }
            number => Ok(number),
        }
    }

    /// A member that is an object of its own.
    pub(super) fn object(
        &self,
        name: &str,
        known: &[&str],
    ) -> Result<Option<Fields<'a>>, SettingsError> {
        let place = self.place(name);
        self.members.get(name).map(|value| Fields::of(&place, value, known)).transpose()
    }

    /// The text `kind` of a member that is an object, whatever else it holds.
    pub(super) fn kind_of(&self, name: &str) -> Result<&'a str, SettingsError> {
        let place = self.place(name);
        let members = self.members.get(name).map(|value| object(&place, value)).transpose()?;
        let kind = format!("{place}.kind");
        match members.and_then(|members| members.get("kind")) {
            Some(value) => text(&kind, value),
            None => Err(SettingsError::at(&kind, "is missing")),
        }
    }

    /// The items of a list, each with its own place; none where it is absent.
    pub(super) fn list(&self, name: &str) -> Result<Vec<(String, &'a Value)>, SettingsError> {
        let Some(value) = self.members.get(name) else { return Ok(Vec::new()) };
        let place = self.place(name);
        let items = value.as_array().ok_or_else(|| expected(&place, "a list"))?;
        let placed = |(index, item)| (format!("{place}[{index}]"), item);
        Ok(items.iter().enumerate().map(placed).collect())
    }

    /// A list of texts, each with its own place.
    pub(super) fn texts(&self, name: &str) -> Result<Option<Vec<(String, String)>>, SettingsError> {
        if !self.has(name) {
            return Ok(None);
        }
        let texts = self.list(name)?.into_iter();
        texts
            .map(|(place, item)| text(&place, item).map(|text| (place.clone(), text.to_owned())))
            .collect::<Result<Vec<_>, _>>()
            .map(Some)
    }

    /// The members of a member that is an object; none where it is absent.
    pub(super) fn members(
        &self,
        name: &str,
    ) -> Result<impl Iterator<Item = (&'a String, &'a Value)> + use<'a>, SettingsError> {
        let members =
            self.members.get(name).map(|value| object(&self.place(name), value)).transpose()?;
        Ok(members.into_iter().flatten())
    }
}

fn object<'a>(place: &str, value: &'a Value) -> Result<&'a Map<String, Value>, SettingsError> {
    value.as_object().ok_or_else(|| expected(place, "an object"))
}

fn text<'a>(place: &str, value: &'a Value) -> Result<&'a str, SettingsError> {
    value.as_str().ok_or_else(|| expected(place, "a text"))
}

fn expected(field: &str, what: &str) -> SettingsError {
    SettingsError::at(field, format!("must be {what}"))
}

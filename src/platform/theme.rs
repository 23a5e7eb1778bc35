//! Light or dark, dense or roomy: the system's choice, until the person makes one.

use super::root::Root;
use super::storage::Storage;

const KEY: &str = "seatree.theme";
const DENSITY_KEY: &str = "seatree.density";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }
}

/// The theme in force.
pub fn current(storage: Storage) -> Theme {
    match storage.read(KEY).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => {
            let query = super::window().match_media("(prefers-color-scheme: dark)");
            match query.ok().flatten() {
                Some(query) if query.matches() => Theme::Dark,
                _ => Theme::Light,
            }
        }
    }
}

/// Shows a theme; the stylesheet follows the root element's attribute.
pub fn show(root: Root, theme: Theme) {
    root.tell("data-theme", theme.word());
}

/// Shows a theme and keeps it for next time.
pub fn choose(root: Root, storage: Storage, theme: Theme) {
    show(root, theme);
    storage.write(KEY, theme.word());
}

/// How close rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Density {
    Roomy,
    Dense,
}

impl Density {
    fn word(self) -> &'static str {
        match self {
            Self::Roomy => "roomy",
            Self::Dense => "dense",
        }
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Roomy => Self::Dense,
            Self::Dense => Self::Roomy,
        }
    }
}

/// The density chosen.
pub fn density(storage: Storage) -> Density {
    match storage.read(DENSITY_KEY).as_deref() {
        Some("dense") => Density::Dense,
        _ => Density::Roomy,
    }
}

/// Shows a density; the stylesheet follows the root element's attribute.
pub fn show_density(root: Root, density: Density) {
    root.tell("data-density", density.word());
}

/// Shows a density and keeps it for next time.
pub fn choose_density(root: Root, storage: Storage, density: Density) {
    show_density(root, density);
    storage.write(DENSITY_KEY, density.word());
}

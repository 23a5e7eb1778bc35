//! Light or dark, dense or roomy: the system's choice, until the person makes one.

use super::storage;

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
pub fn current() -> Theme {
    match storage::read(KEY).as_deref() {
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
pub fn show(theme: Theme) {
    tell_root("data-theme", theme.word());
}

fn tell_root(attribute: &str, value: &str) {
    if let Some(root) = super::window().document().and_then(|document| document.document_element())
    {
        // The names are valid, which is all that could go wrong.
        let _ = root.set_attribute(attribute, value);
    }
}

/// Shows a theme and keeps it for next time.
pub fn choose(theme: Theme) {
    show(theme);
    storage::write(KEY, theme.word());
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
pub fn density() -> Density {
    match storage::read(DENSITY_KEY).as_deref() {
        Some("dense") => Density::Dense,
        _ => Density::Roomy,
    }
}

/// Shows a density; the stylesheet follows the root element's attribute.
pub fn show_density(density: Density) {
    tell_root("data-density", density.word());
}

/// Shows a density and keeps it for next time.
pub fn choose_density(density: Density) {
    show_density(density);
    storage::write(DENSITY_KEY, density.word());
}

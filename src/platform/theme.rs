//! Light or dark: the system's choice, until the person makes one.

use super::storage;

const KEY: &str = "seatree.theme";

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
    if let Some(root) = super::window().document().and_then(|document| document.document_element())
    {
        let _ = root.set_attribute("data-theme", theme.word());
    }
}

/// Shows a theme and keeps it for next time.
pub fn choose(theme: Theme) {
    show(theme);
    storage::write(KEY, theme.word());
}

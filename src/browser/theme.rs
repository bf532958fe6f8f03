//! Light and dark. The style sheets follow the system unless the root element
//! names a theme; a script does the same before the first paint.

use gloo::events::EventListener;

use super::settings::{self, StoreError, set_setting, setting};

const SETTING: &str = "theme";
const ATTRIBUTE: &str = "data-theme";
const DARK: &str = "(prefers-color-scheme: dark)";

/// A set of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The theme that the user chose, if any.
#[must_use]
pub fn chosen() -> Option<Theme> {
    let word = setting(SETTING)?;
    [Theme::Light, Theme::Dark]
        .into_iter()
        .find(|theme| theme.word() == word)
}

/// The theme of the system.
#[must_use]
pub fn of_system() -> Theme {
    if super::environment::matches(DARK) {
        Theme::Dark
    } else {
        Theme::Light
    }
}

/// The theme on the screen.
#[must_use]
pub fn current() -> Theme {
    chosen().unwrap_or_else(of_system)
}

/// Shows `theme` and keeps it for the next visit; `None` follows the system.
///
/// # Errors
/// The choice could not be stored. It is shown all the same.
pub fn choose(theme: Option<Theme>) -> Result<(), StoreError> {
    show(theme);
    set_setting(SETTING, theme.map(Theme::word))
}

/// Shows `theme` without keeping it; `None` follows the system.
pub fn show(theme: Option<Theme>) {
    settings::show(ATTRIBUTE, theme.map(Theme::word));
}

/// Calls back when the system changes between light and dark.
#[must_use = "it listens until it is dropped"]
pub struct SystemListener(
    #[expect(dead_code, reason = "held to keep listening")] Option<EventListener>,
);

/// Listens for changes of the system's theme.
pub fn on_system_change(callback: impl Fn(Theme) + 'static) -> SystemListener {
    let query = gloo::utils::window().match_media(DARK).ok().flatten();
    SystemListener(
        query.map(|query| EventListener::new(&query, "change", move |_| callback(of_system()))),
    )
}

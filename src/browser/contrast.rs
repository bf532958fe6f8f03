//! Standard and more contrast. The root element names what the user chose; the
//! script that runs before the first paint makes of it, and of what the system
//! asks for, what the style sheets follow.

use super::settings::{self, StoreError, set_setting, setting};

const SETTING: &str = "contrast";
const ATTRIBUTE: &str = "data-contrast";

/// How much the colours differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contrast {
    /// Enough by the usual measure.
    Standard,
    /// More than that.
    More,
}

impl Contrast {
    fn word(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::More => "more",
        }
    }
}

/// The contrast that the user chose, if any.
#[must_use]
pub fn chosen() -> Option<Contrast> {
    let word = setting(SETTING)?;
    [Contrast::Standard, Contrast::More]
        .into_iter()
        .find(|contrast| contrast.word() == word)
}

/// Shows `contrast` and keeps it for the next visit; `None` follows the system.
///
/// # Errors
/// The choice could not be stored. It is shown all the same.
pub fn choose(contrast: Option<Contrast>) -> Result<(), StoreError> {
    let word = contrast.map(Contrast::word);
    settings::show(ATTRIBUTE, word);
    set_setting(SETTING, word)
}

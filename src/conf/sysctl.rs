//! Kernel settings, as `sysctl --system` reads them from `/etc/sysctl.d` (`sysctl.d(5)`).

use super::at::{At, Placed};

/// The settings of one file or of several read one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sysctl {
    /// Names with dots between their parts, and values; a later one wins.
    pub settings: Vec<(Placed<String>, String)>,
}

impl Sysctl {
    /// The value of a setting, and where it stands.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<(&str, At)> {
        self.settings
            .iter()
            .rev()
            .find(|(found, _)| found.value == name)
            .map(|(found, value)| (value.as_str(), found.at))
    }
}

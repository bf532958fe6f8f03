//! Names of machines, which become file names, and labels, which people read.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The name of a machine: 1 to 15 characters of `a-z`, `0-9`, `-` and `_`,
/// beginning with a letter.
///
/// It becomes the file name on phones, so it must please the strictest reader:
/// `wg-quick(8)` and Android take 15 characters, Windows refuses device names
/// such as `aux`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeName(Arc<str>);

/// Why a text cannot be a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameError {
    /// Nothing was given.
    Empty,
    /// Longer than the limit in characters.
    TooLong(usize),
    /// Does not begin with a letter `a` to `z`.
    FirstLetter,
    /// Holds a character that a file or interface name may not hold.
    Character(char),
    /// A name that Windows keeps for devices.
    Reserved,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "a name is needed"),
            Self::TooLong(limit) => write!(f, "a name has at most {limit} characters"),
            Self::FirstLetter => write!(f, "a name begins with a letter from a to z"),
            Self::Character(' ') => {
                write!(f, "a name has no spaces; use a-z, 0-9, - and _")
            }
            Self::Character(character) => write!(
                f,
                "a name cannot hold \u{201c}{}\u{201d}; use a-z, 0-9, - and _",
                character.escape_debug()
            ),
            Self::Reserved => write!(f, "Windows keeps this name for a device; choose another"),
        }
    }
}

impl std::error::Error for NameError {}

impl NodeName {
    /// The longest name, in characters: `IFNAMSIZ` of Linux without the final zero.
    pub const LONGEST: usize = 15;

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest legal name to what a person typed, if any of it can be kept.
    #[must_use]
    pub fn suggest(text: &str) -> Option<Self> {
        let mut name = String::new();
        for character in text.trim().to_ascii_lowercase().chars() {
            let character = match character {
                'a'..='z' | '0'..='9' | '_' | '-' => character,
                ' ' | '.' | '/' | ':' => '-',
                _ => continue,
            };
            let first = name.is_empty();
            let doubled = character == '-' && name.ends_with('-');
            if name.len() < Self::LONGEST && !doubled && (!first || character.is_ascii_lowercase())
            {
                name.push(character);
            }
        }
        name.trim_end_matches('-').parse().ok()
    }
}

impl FromStr for NodeName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let first = text.chars().next().ok_or(NameError::Empty)?;
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if let Some(character) = text.chars().find(|c| !legal(*c)) {
            return Err(NameError::Character(character));
        }
        if !first.is_ascii_lowercase() {
            return Err(NameError::FirstLetter);
        }
        if text.len() > Self::LONGEST {
            return Err(NameError::TooLong(Self::LONGEST));
        }
        if is_windows_device(text) {
            return Err(NameError::Reserved);
        }
        Ok(Self(Arc::from(text)))
    }
}

impl fmt::Display for NodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Device names of Windows, which no file may bear whatever its extension.
fn is_windows_device(name: &str) -> bool {
    let numbered = |stem: &str| {
        name.strip_prefix(stem)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']))
    };
    matches!(name, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// What Linux calls a network interface, such as `eth0`: 1 to 15 characters of
/// `A-Z`, `a-z`, `0-9` and `_=+.-`, and neither `.` nor `..`.
///
/// The kernel takes more, but `wg-quick` and our own hooks take no more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InterfaceName(Arc<str>);

/// A text that names no interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InterfaceNameError;

impl fmt::Display for InterfaceNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "an interface is named like eth0, with 1 to 15 letters, digits and _=+.-"
        )
    }
}

impl std::error::Error for InterfaceNameError {}

impl InterfaceName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for InterfaceName {
    type Err = InterfaceNameError;

    fn from_str(text: &str) -> Result<Self, InterfaceNameError> {
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"_=+.-".contains(&byte);
        let fits = (1..=NodeName::LONGEST).contains(&text.len()) && text.bytes().all(legal);
        if fits && text != "." && text != ".." {
            Ok(Self(Arc::from(text)))
        } else {
            Err(InterfaceNameError)
        }
    }
}

impl fmt::Display for InterfaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text for people, in any script: 1 to 60 characters without control
/// characters. It names the plan and the sites and never becomes a file name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label(Arc<str>);

impl Label {
    /// The longest label in characters.
    pub const LONGEST: usize = 60;

    /// The label as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A label that is known to be legal because it is written in the program.
    pub(crate) fn fallback(text: &'static str) -> Self {
        Self(Arc::from(text))
    }
}

impl FromStr for Label {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        if let Some(character) = text.chars().find(|c| c.is_control()) {
            return Err(NameError::Character(character));
        }
        if text.chars().count() > Self::LONGEST {
            return Err(NameError::TooLong(Self::LONGEST));
        }
        Ok(Self(Arc::from(text)))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_names_are_safe_file_names() {
        let check = |text: &str| text.parse::<NodeName>().err();
        assert_eq!(check("nas"), None);
        assert_eq!(check("a23456789_-2345"), None);
        assert_eq!(check(""), Some(NameError::Empty));
        assert_eq!(check("a234567890123456"), Some(NameError::TooLong(15)));
        assert_eq!(check("9nas"), Some(NameError::FirstLetter));
        assert_eq!(check("Nas"), Some(NameError::Character('N')));
        assert_eq!(check("../x"), Some(NameError::Character('.')));
        assert_eq!(check("n\u{e4}s"), Some(NameError::Character('\u{e4}')));
        for device in ["con", "aux", "nul", "prn", "com1", "lpt9"] {
            assert_eq!(check(device), Some(NameError::Reserved), "{device}");
        }
        assert_eq!(check("com0"), None);
        assert_eq!(check("com10"), None);
    }

    #[test]
    fn a_typed_name_is_brought_near_a_legal_one() {
        let suggest = |text| NodeName::suggest(text).map(|name| name.to_string());
        assert_eq!(suggest("My NAS"), Some("my-nas".into()));
        assert_eq!(
            suggest("42 laptops of Zo\u{eb}"),
            Some("laptops-of-zo".into())
        );
        assert_eq!(suggest("\u{65e5}\u{672c}"), None);
        assert_eq!(suggest("aux"), None);
    }

    #[test]
    fn interface_names_are_what_linux_and_wg_quick_take() {
        for text in [
            "eth0",
            "enp3s0f1np1",
            "br-lan.10",
            "wg_home=+.-",
            "a2345678901.345",
        ] {
            assert_eq!(
                text.parse::<InterfaceName>().unwrap().as_str(),
                text,
                "{text}"
            );
        }
        for text in [
            "",
            ".",
            "..",
            "a b",
            "eth0/1",
            "eth0:1",
            "a234567890123456",
            "n\u{e4}",
            "$(id)",
            "a\n",
        ] {
            assert_eq!(
                text.parse::<InterfaceName>(),
                Err(InterfaceNameError),
                "{text}"
            );
        }
    }

    #[test]
    fn labels_take_every_script_but_no_control_characters() {
        assert!("Friend\u{2019}s place".parse::<Label>().is_ok());
        assert!("\u{5b9d}\u{5bb6}".parse::<Label>().is_ok());
        assert_eq!("a\nb".parse::<Label>(), Err(NameError::Character('\n')));
        assert_eq!("   ".parse::<Label>(), Err(NameError::Empty));
        assert_eq!("x".repeat(61).parse::<Label>(), Err(NameError::TooLong(60)));
    }
}

//! In what the readers differ.

use super::Reader;
use super::keyword::Keyword;

/// How one reader reads a file: a table of yes and no. What the values look like is beside the values.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a table, not the state of anything"
)]
pub(super) struct Dialect {
    /// The reader in a sentence.
    pub(super) name: &'static str,
    /// Whether this character ends a line.
    pub(super) ends_line: fn(char) -> bool,
    /// Whether this character above the space is cut off at both ends of a value.
    wide_blank: fn(char) -> bool,
    /// The keys that make it refuse the file, besides those that nobody knows.
    refused: &'static [Keyword],
    /// Whether a mark for the byte order may stand at the beginning.
    pub(super) takes_mark: bool,
    /// Whether lines in front of the first section are skipped.
    pub(super) skips_head: bool,
    /// Whether there may be a second `[Interface]`.
    pub(super) merges_interfaces: bool,
    /// Whether `[Interface]` may be missing.
    pub(super) needs_interface: bool,
    /// Whether a single value may be given again; the last one counts.
    pub(super) takes_last: bool,
    /// Whether one key may belong to several peers.
    pub(super) repeats_peers: bool,
    /// Whether the private key may be missing.
    pub(super) needs_private_key: bool,
    /// Whether a list may end in a comma, and whether two may follow each other.
    pub(super) commas: Commas,
    /// Whether what follows `#` in a hook belongs to it.
    pub(super) hooks_keep_comments: bool,
}

/// Commas with nothing between them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Commas {
    /// Never.
    Refused,
    /// At the end of a list.
    AtTheEnd,
    /// Everywhere.
    Skipped,
}

const APPS: &[Keyword] = &[Keyword::IncludedApplications, Keyword::ExcludedApplications];

const NOT_ON_ANDROID: &[Keyword] = &[
    Keyword::FwMark,
    Keyword::Table,
    Keyword::PreUp,
    Keyword::PostUp,
    Keyword::PreDown,
    Keyword::PostDown,
    Keyword::SaveConfig,
];

const NOT_ON_APPLE: &[Keyword] = &[
    Keyword::FwMark,
    Keyword::Table,
    Keyword::PreUp,
    Keyword::PostUp,
    Keyword::PreDown,
    Keyword::PostDown,
    Keyword::SaveConfig,
    Keyword::IncludedApplications,
    Keyword::ExcludedApplications,
];

const NOT_ON_WINDOWS: &[Keyword] = &[
    Keyword::FwMark,
    Keyword::SaveConfig,
    Keyword::IncludedApplications,
    Keyword::ExcludedApplications,
];

const LINUX: Dialect = Dialect {
    name: "wg-quick",
    ends_line: |character| character == '\n',
    wide_blank: |_| false,
    refused: APPS,
    takes_mark: false,
    skips_head: false,
    merges_interfaces: true,
    needs_interface: false,
    takes_last: true,
    repeats_peers: true,
    needs_private_key: false,
    commas: Commas::Refused,
    hooks_keep_comments: true,
};

const ANDROID: Dialect = Dialect {
    name: "the app for Android",
    ends_line: |character| matches!(character, '\n' | '\r'),
    wide_blank: |_| false,
    refused: NOT_ON_ANDROID,
    takes_mark: false,
    skips_head: false,
    merges_interfaces: true,
    needs_interface: true,
    takes_last: true,
    repeats_peers: true,
    needs_private_key: true,
    // Java's `split` forgets what is empty at the end.
    commas: Commas::AtTheEnd,
    hooks_keep_comments: false,
};

const APPLE: Dialect = Dialect {
    name: "the app for iPhone, iPad and Mac",
    ends_line: |character| matches!(character, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}'),
    wide_blank: char::is_whitespace,
    refused: NOT_ON_APPLE,
    takes_mark: false,
    skips_head: true,
    merges_interfaces: false,
    needs_interface: true,
    takes_last: false,
    repeats_peers: false,
    needs_private_key: true,
    commas: Commas::Skipped,
    hooks_keep_comments: false,
};

const WINDOWS: Dialect = Dialect {
    name: "the app for Windows",
    ends_line: |character| character == '\n',
    wide_blank: char::is_whitespace,
    refused: NOT_ON_WINDOWS,
    takes_mark: true,
    skips_head: false,
    merges_interfaces: true,
    needs_interface: false,
    takes_last: true,
    repeats_peers: true,
    needs_private_key: true,
    commas: Commas::Refused,
    hooks_keep_comments: true,
};

impl Reader {
    /// All readers.
    pub const ALL: [Self; 4] = [Self::Linux, Self::Android, Self::Apple, Self::Windows];

    /// The reader in a sentence, such as `wg-quick`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.dialect().name
    }

    pub(super) fn dialect(self) -> &'static Dialect {
        match self {
            Self::Linux => &LINUX,
            Self::Android => &ANDROID,
            Self::Apple => &APPLE,
            Self::Windows => &WINDOWS,
        }
    }

    /// Whether it knows a key.
    #[must_use]
    pub fn knows(self, keyword: Keyword) -> bool {
        !self.dialect().refused.contains(&keyword)
    }

    /// Whether it cuts a character off at both ends of a value.
    pub(super) fn is_blank(self, character: char) -> bool {
        match character {
            '!'..='~' => false,
            ' ' | '\t'..='\r' => true,
            // Java's `trim` takes every control character for a blank.
            '\0'..='\u{1f}' => self == Self::Android,
            other => (self.dialect().wide_blank)(other),
        }
    }

    /// Whether a file may have this name without its ending `.conf`.
    ///
    /// The rules are those of `wg-quick`, of `Tunnel.NAME_PATTERN` on Android
    /// and of `TunnelNameIsValid` on Windows; Apple takes any name.
    #[must_use]
    pub fn takes_name(self, name: &str) -> bool {
        let is_plain = |longest: usize| {
            (1..=longest).contains(&name.len())
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_=+.-".contains(&byte))
        };
        match self {
            // The kernel takes these two for folders.
            Self::Linux => is_plain(15) && !matches!(name, "." | ".."),
            Self::Android => is_plain(15),
            Self::Apple => !name.trim().is_empty(),
            Self::Windows => {
                is_plain(32)
                    && !name.starts_with('.')
                    && !name.ends_with('.')
                    && !is_windows_device(name)
            }
        }
    }
}

/// Names of devices, which Windows sees in front of the first dot, too.
fn is_windows_device(name: &str) -> bool {
    let name = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    let numbered = |prefix| {
        name.strip_prefix(prefix)
            .is_some_and(|rest: &str| matches!(rest.as_bytes(), [b'1'..=b'9']))
    };
    matches!(name.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

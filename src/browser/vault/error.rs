//! Why the vault did not do what it was asked.

use std::fmt;

use wasm_bindgen::JsValue;

use crate::browser::fault;

/// Why secrets were not stored or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VaultError {
    /// The page came over plain http, where browsers offer no cryptography.
    Insecure,
    /// The browser lets this page store no keys.
    Denied,
    /// There is no room left.
    Full,
    /// A record is there and cannot be opened. It was left as it is.
    Unreadable,
    /// A record is there that this page has not loaded, for instance because
    /// another tab has stored it. It was left as it is.
    NotLoaded,
    /// Anything else, in the browser's words.
    Other(String),
}

impl VaultError {
    /// What a browser's exception means for the vault.
    pub(super) fn from_thrown(thrown: &JsValue) -> Self {
        match fault::name(thrown).as_str() {
            "QuotaExceededError" => Self::Full,
            // Firefox throws the last two in private windows, the second when
            // a key is to be stored.
            "SecurityError" | "NotAllowedError" | "InvalidStateError" | "DataCloneError" => {
                Self::Denied
            }
            _ => Self::Other(fault::words(thrown)),
        }
    }
}

impl fmt::Display for VaultError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Insecure => out.write_str(
                "This page was not loaded over https, so the browser offers no sealed storage: keys stay in memory \
                 and are gone when this tab closes. Export the keyring to keep them.",
            ),
            Self::Denied => out.write_str(
                "This browser does not let the page store keys, as in a private window or where site data is blocked: \
                 keys stay in memory and are gone when this tab closes. Export the keyring to keep them.",
            ),
            Self::Full => out.write_str(
                "The browser's storage for this page is full, so the newest keys are not stored. Export the keyring \
                 to keep them, then free disk space or remove other data of this site, and try again.",
            ),
            Self::Unreadable => out.write_str(
                "This browser stores keys for this project and cannot open them. They were left as they are. Open an \
                 exported keyring if you have one, or forget the stored keys and start with new ones.",
            ),
            Self::NotLoaded => out.write_str(
                "This browser stores keys for this project that this tab has not read; another tab may have made \
                 them. They were not replaced. Export the keyring of this tab if its keys are in use, then reload \
                 the page.",
            ),
            Self::Other(words) => write!(
                out,
                "The browser could not store or read the keys ({words}). Export the keyring to keep them, then \
                 reload the page.",
            ),
        }
    }
}

impl std::error::Error for VaultError {}

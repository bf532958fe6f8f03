//! Local storage, which every page of this address shares and which can be read
//! by anyone at this machine. No secret goes here.

use std::fmt;

use wasm_bindgen::JsValue;
use web_sys::Storage;

use super::fault;

/// Why something was not stored in local storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser lets this page store nothing.
    Denied,
    /// There is no room left.
    Full,
}

impl fmt::Display for StoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Denied => {
                "This browser does not let the page store anything, so nothing is kept when this tab closes. \
                 Allow site data for this page, or save the project to a file."
            }
            Self::Full => {
                "The browser's storage for this page is full, so the last change is not kept when this tab closes. \
                 Save the project to a file, then remove other data of this site."
            }
        })
    }
}

impl std::error::Error for StoreError {}

/// The text under `key`.
pub(super) fn read(key: &str) -> Result<Option<String>, StoreError> {
    storage()?.get_item(key).map_err(|thrown| kind(&thrown))
}

/// Stores `text` under `key`, or removes what is there.
pub(super) fn write(key: &str, text: Option<&str>) -> Result<(), StoreError> {
    let storage = storage()?;
    match text {
        Some(text) => storage.set_item(key, text),
        None => storage.remove_item(key),
    }
    .map_err(|thrown| kind(&thrown))
}

/// Every key that is there, also those of other pages of this address.
pub(super) fn keys() -> Vec<String> {
    let Ok(storage) = storage() else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or(0);
    let key = |index| storage.key(index).ok().flatten();
    (0..count).filter_map(key).collect()
}

fn storage() -> Result<Storage, StoreError> {
    // Asking is enough to make a browser throw when site data is blocked.
    gloo::utils::window()
        .local_storage()
        .ok()
        .flatten()
        .ok_or(StoreError::Denied)
}

fn kind(thrown: &JsValue) -> StoreError {
    // Firefox has a name of its own for it.
    match fault::name(thrown).as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => StoreError::Full,
        _ => StoreError::Denied,
    }
}

//! Small choices of the user, such as the theme.
//!
//! A setting that cannot be stored is no trouble worth a message, so reading
//! takes every failure for absence.

use super::local;
pub use super::local::StoreError;

/// The setting `key`, if it was ever set and can be read.
#[must_use]
pub fn setting(key: &str) -> Option<String> {
    local::read(&full_key(key)).ok().flatten()
}

/// Stores the setting `key`, or removes it.
///
/// # Errors
/// The browser lets this page store nothing, or there is no room left.
pub fn set_setting(key: &str, value: Option<&str>) -> Result<(), StoreError> {
    local::write(&full_key(key), value)
}

/// Names a choice on the root element, which the style sheets follow; `None`
/// leaves it to the system.
pub fn show(attribute: &str, word: Option<&str>) {
    let root = gloo::utils::document_element();
    // Both fail only for a malformed attribute name.
    let _ = match word {
        Some(word) => root.set_attribute(attribute, word),
        None => root.remove_attribute(attribute),
    };
}

/// Pages of one address share their storage, so each key says whose it is.
fn full_key(key: &str) -> String {
    format!("meshwright.{key}")
}

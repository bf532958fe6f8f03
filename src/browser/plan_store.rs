//! The plan's autosave. It holds the project file without secrets.

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::StorageEvent;

use super::local;
pub use super::local::StoreError;

const KEY: &str = "meshwright.plan";

/// The text that was stored last, on this visit or an earlier one.
///
/// # Errors
/// The browser lets this page store nothing.
pub fn load() -> Result<Option<String>, StoreError> {
    local::read(KEY)
}

/// Stores the text in place of the one before. On failure that one stays.
///
/// # Errors
/// The browser lets this page store nothing, or there is no room left.
pub fn save(text: &str) -> Result<(), StoreError> {
    local::write(KEY, Some(text))
}

/// Removes the text.
///
/// # Errors
/// The browser lets this page store nothing.
pub fn clear() -> Result<(), StoreError> {
    local::write(KEY, None)
}

/// Calls back when another tab has stored or removed the text.
#[must_use = "it listens until it is dropped"]
pub struct ElsewhereListener(#[expect(dead_code, reason = "held to keep listening")] EventListener);

/// Listens for changes by other tabs; this tab's own changes are not reported.
/// The callback gets the new text, or nothing if it was removed.
pub fn on_change_elsewhere(callback: impl Fn(Option<String>) + 'static) -> ElsewhereListener {
    ElsewhereListener(EventListener::new(
        &gloo::utils::window(),
        "storage",
        move |event| {
            if let Some(event) = event.dyn_ref::<StorageEvent>()
                && event.key().as_deref() == Some(KEY)
            {
                callback(event.new_value());
            }
        },
    ))
}

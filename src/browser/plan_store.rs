//! The stored plans: one project file without secrets for each project.
//!
//! | key in local storage | what it holds |
//! |---|---|
//! | `meshwright.plan.ID` | the project file of the project ID |
//! | `meshwright.changed.ID` | when it was stored last, as ISO 8601 in UTC |
//! | `meshwright.open` | which project was open last, in any tab |
//! | `meshwright.plan` | the only plan of versions that kept one; it is moved when it is met |
//!
//! The key says which project an entry is, whatever its text says. An entry
//! that cannot be read is left alone until a person deletes it.

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::StorageEvent;

use super::local;
pub use super::local::StoreError;

const PLAN: &str = "plan";
const CHANGED: &str = "changed";
const OPEN: &str = "open";

fn key(kind: &str, project: &str) -> String {
    let dot = if project.is_empty() { "" } else { "." };
    ["meshwright.", kind, dot, project].concat()
}

/// The text of a project. The empty name is the plan of a version that kept
/// only one.
///
/// # Errors
/// The browser lets this page store nothing.
pub fn load(project: &str) -> Result<Option<String>, StoreError> {
    local::read(&key(PLAN, project))
}

/// Stores the text of a project in place of the one before. On failure that
/// one stays.
///
/// # Errors
/// The browser lets this page store nothing, or there is no room left.
pub fn save(project: &str, text: &str) -> Result<(), StoreError> {
    local::write(&key(PLAN, project), Some(text))
}

/// Notes that a project was stored now.
pub fn note_change(project: &str) {
    let now: String = js_sys::Date::new_0().to_iso_string().into();
    // Without it the list is less telling, and no plan is lost.
    let _ = local::write(&key(CHANGED, project), Some(&now));
}

/// Notes that a project is open.
pub fn note_open(project: &str) {
    let _ = local::write(&key(OPEN, ""), Some(project));
}

/// Removes the text of a project.
///
/// # Errors
/// The browser lets this page store nothing.
pub fn clear(project: &str) -> Result<(), StoreError> {
    let _ = local::write(&key(CHANGED, project), None);
    local::write(&key(PLAN, project), None)
}

/// When a project was stored last, as ISO 8601 in UTC, which sorts by time.
#[must_use]
pub fn changed(project: &str) -> Option<String> {
    local::read(&key(CHANGED, project)).ok().flatten()
}

/// A time that was noted, in the words of the browser's language.
#[must_use]
pub fn local_time(noted: &str) -> String {
    let options = js_sys::Object::new();
    for (part, style) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // A plain object takes every property.
        let _ = js_sys::Reflect::set(&options, &part.into(), &style.into());
    }
    js_sys::Date::new(&noted.into())
        .to_locale_string("default", &options)
        .into()
}

/// Which project was open last.
#[must_use]
pub fn last_open() -> Option<String> {
    local::read(&key(OPEN, "")).ok().flatten()
}

/// All stored projects, in no order that means anything.
#[must_use]
pub fn projects() -> Vec<String> {
    let prefix = key(PLAN, "") + ".";
    let named = |key: String| Some(key.strip_prefix(&prefix)?.to_owned());
    local::keys().into_iter().filter_map(named).collect()
}

/// Calls back when another tab has stored or removed a text.
#[must_use = "it listens until it is dropped"]
pub struct ElsewhereListener(#[expect(dead_code, reason = "held to keep listening")] EventListener);

/// Listens for changes by other tabs; this tab's own changes are not reported.
/// The callback gets the project and its new text, or nothing if it was removed.
pub fn on_change_elsewhere(callback: impl Fn(&str, Option<String>) + 'static) -> ElsewhereListener {
    let prefix = key(PLAN, "") + ".";
    ElsewhereListener(EventListener::new(
        &gloo::utils::window(),
        "storage",
        move |event| {
            if let Some(event) = event.dyn_ref::<StorageEvent>()
                && let Some(key) = event.key()
                && let Some(project) = key.strip_prefix(&prefix)
            {
                callback(project, event.new_value());
            }
        },
    ))
}

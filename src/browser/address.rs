//! The part of the address behind `#`, which says which project is open, so
//! that a reload or a bookmark leads to it. It is never sent anywhere.

use wasm_bindgen::JsValue;

/// The project that the address names.
#[must_use]
pub fn project() -> Option<String> {
    let hash = gloo::utils::window().location().hash().ok()?;
    hash.strip_prefix('#')
        .filter(|project| !project.is_empty())
        .map(str::to_owned)
}

/// Names a project in the address, without a step in the history.
pub fn name_project(project: &str) {
    if let Ok(history) = gloo::utils::window().history() {
        // A page from a file may not change its address, and works without.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&["#", project].concat()));
    }
}

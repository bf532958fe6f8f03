//! What a thrown JavaScript value says about itself.

use wasm_bindgen::JsValue;

/// The kind of a `DOMException`, for instance `QuotaExceededError`; empty when
/// the value has none.
pub(super) fn name(thrown: &JsValue) -> String {
    field(thrown, "name")
}

/// The browser's own words, fit for brackets behind a sentence of ours.
pub(super) fn words(thrown: &JsValue) -> String {
    let candidates = [
        field(thrown, "message"),
        name(thrown),
        thrown.as_string().unwrap_or_default(),
    ];
    let said = candidates.into_iter().find(|text| !text.is_empty());
    said.map_or_else(
        || "the browser gave no reason".to_owned(),
        |text| text.trim_end_matches('.').to_owned(),
    )
}

fn field(thrown: &JsValue, name: &str) -> String {
    js_sys::Reflect::get(thrown, &name.into())
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

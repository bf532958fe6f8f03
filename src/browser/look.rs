//! How elements look by all style sheets together.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::method::call;

/// Reads the same styles of many elements.
pub struct Looks {
    /// The names of the styles, as fields of what the browser computes.
    names: Vec<JsValue>,
}

impl Looks {
    /// Of the styles with these names, such as `strokeWidth`.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names = names.into_iter().map(JsValue::from_str).collect();
        Self { names }
    }

    /// The styles of an element, in the order of their names. What the browser
    /// does not know is empty.
    #[must_use]
    pub fn of(&self, element: &Element) -> Vec<String> {
        let window = gloo::utils::window();
        let computed = call(&window, "getComputedStyle", &[element]).unwrap_or_default();
        let value = |name| Reflect::get(&computed, name).ok()?.as_string();
        let values = self
            .names
            .iter()
            .map(|name| value(name).unwrap_or_default());
        values.collect()
    }
}

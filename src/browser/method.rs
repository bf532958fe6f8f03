//! Methods and fields by their names. What the page rarely needs is asked for
//! in this way, because each binding of its own weighs on the first download.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// Calls a method of an object.
pub(super) fn call(on: &JsValue, name: &str, with: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(on, &name.into())?.dyn_into()?;
    let list = Array::new();
    for value in with {
        list.push(value);
    }
    method.apply(on, &list)
}

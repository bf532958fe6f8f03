//! The size of an element as it changes.

use js_sys::Function;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// Watches an element until it is dropped.
#[must_use = "dropping it ends the watch"]
pub struct Watch {
    observer: ResizeObserver,
    // Called by the observer, so it lives as long.
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls back with every new size of an element, and once at the beginning.
/// `None` if the browser cannot watch sizes.
pub fn watch(element: &Element, callback: impl FnMut() + 'static) -> Option<Watch> {
    let callback = Closure::<dyn FnMut()>::new(callback);
    let function: &Function = callback.as_ref().unchecked_ref();
    let observer = ResizeObserver::new(function).ok()?;
    observer.observe(element);
    Some(Watch {
        observer,
        _callback: callback,
    })
}

//! A newer version of the app, which `static/boot.js` fetches and announces.
//! Nothing changes until the user agrees.

use gloo::events::EventListener;
use web_sys::CustomEvent;

const READY: &str = "meshwright-update-ready";
const ACCEPT: &str = "meshwright-update-accept";
/// Says the same as the event, to a page that began to listen after it.
const ATTRIBUTE: &str = "data-update";

/// Whether a newer version is ready.
#[must_use]
pub fn is_ready() -> bool {
    gloo::utils::document_element()
        .get_attribute(ATTRIBUTE)
        .as_deref()
        == Some("ready")
}

/// Calls back when a newer version is ready.
#[must_use = "it listens until it is dropped"]
pub struct UpdateListener(#[expect(dead_code, reason = "held to keep listening")] EventListener);

/// Listens for a newer version. If one is ready already, the callback runs
/// before this function returns.
pub fn on_ready(callback: impl Fn() + 'static) -> UpdateListener {
    if is_ready() {
        callback();
    }
    UpdateListener(EventListener::new(
        &gloo::utils::window(),
        READY,
        move |_| callback(),
    ))
}

/// Changes to the newer version, which reloads the page. Store what matters
/// first.
pub fn accept() {
    // The constructor fails only without a name, and nobody cancels the event.
    if let Ok(event) = CustomEvent::new(ACCEPT) {
        let _ = gloo::utils::window().dispatch_event(&event);
    }
}

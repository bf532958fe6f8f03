//! The question “Leave this page?” while something would be lost.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::BeforeUnloadEvent;

/// Asks before the tab is closed or reloaded, while it is switched on. Dropping
/// it switches it off.
///
/// Browsers ask in their own words, and only after the user has touched the page.
#[derive(Default)]
pub struct LeavingGuard {
    // Present only while switched on: a page that listens to this event is
    // never kept for the browser's back button.
    listener: Option<EventListener>,
}

impl LeavingGuard {
    /// A guard that is switched off.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Switches it on or off.
    pub fn set(&mut self, on: bool) {
        if !on {
            self.listener = None;
        } else if self.listener.is_none() {
            // Listeners of gloo are passive by default and could prevent nothing.
            let options = EventListenerOptions::enable_prevent_default();
            let listener = EventListener::new_with_options(
                &gloo::utils::window(),
                "beforeunload",
                options,
                |event| {
                    event.prevent_default();
                    // Browsers before 2024 look at this field instead.
                    if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                        event.set_return_value("unsaved");
                    }
                },
            );
            self.listener = Some(listener);
        }
    }

    /// Whether it is switched on.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.listener.is_some()
    }
}

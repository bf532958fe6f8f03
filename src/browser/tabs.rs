//! What the open tabs of this page say to each other. It stays in the browser.

use gloo::events::EventListener;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// A seat at the table of all open tabs. Dropping it leaves.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    #[expect(dead_code, reason = "held to keep listening")]
    listener: Option<EventListener>,
}

impl Tabs {
    /// Listens to the other tabs. A browser without such a channel has no
    /// other tabs as far as this page can know.
    pub fn join(heard: impl Fn(&str) + 'static) -> Self {
        let channel = BroadcastChannel::new("meshwright").ok();
        let listener = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                if let Some(text) = event
                    .dyn_ref::<MessageEvent>()
                    .and_then(|event| event.data().as_string())
                {
                    heard(&text);
                }
            })
        });
        Self { channel, listener }
    }

    /// Says something to all other tabs.
    pub fn say(&self, text: &str) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&JsValue::from_str(text));
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

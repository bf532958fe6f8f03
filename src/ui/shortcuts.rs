//! Keys that work everywhere on the page.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::browser::focus;

use super::actions::{Deed, Where, pressed};

/// Listens for the keys of the whole page.
#[hook]
pub(super) fn use_shortcuts(on_do: &Callback<Deed>) {
    let on_do = on_do.clone();
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(
            &gloo::utils::window(),
            "keydown",
            options,
            move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                if event.default_prevented() {
                    return;
                }
                // While somebody types, signs and undo belong to the field, and
                // in a dialog the page behind it keeps still.
                let free = !focus::is_typing() && !in_dialog();
                let is_sign = !event.ctrl_key() && !event.meta_key() && event.key().len() == 1;
                let deed = pressed(event, Where::Everywhere)
                    .filter(|_| free || !is_sign)
                    .or_else(|| pressed(event, Where::Page).filter(|_| free));
                if let Some(deed) = deed {
                    event.prevent_default();
                    on_do.emit(deed);
                }
            },
        );
        move || drop(listener)
    });
}

fn in_dialog() -> bool {
    let open = gloo::utils::document().query_selector("dialog[open]");
    open.is_ok_and(|dialog| dialog.is_some())
}

//! Keys that work everywhere on the page.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::browser::focus;
use crate::editor::Command;

use super::opening::Projects;
use super::session::{Action, Dispatch, Download};

/// Listens for undo, redo, open and save.
#[hook]
pub(super) fn use_shortcuts(dispatch: &Dispatch, projects: &Projects) {
    let (dispatch, projects) = (dispatch.clone(), projects.clone());
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
                if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
                    return;
                }
                let key = event.key().to_ascii_lowercase();
                // While somebody types, undo belongs to the field.
                let undoes = matches!(key.as_str(), "z" | "y");
                if undoes && focus::is_typing() {
                    return;
                }
                match (key.as_str(), event.shift_key()) {
                    ("z", false) => dispatch.dispatch(Action::Do(Command::Undo)),
                    ("z", true) | ("y", false) => dispatch.dispatch(Action::Do(Command::Redo)),
                    ("o", false) => projects.choose_project(),
                    ("s", false) => dispatch.dispatch(Action::Download(Download::Project)),
                    _ => return,
                }
                event.prevent_default();
            },
        );
        move || drop(listener)
    });
}

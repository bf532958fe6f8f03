//! Copy, cut, paste and duplicate.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::{clipboard, focus};
use crate::editor::{Command, Insertion, clip_text, excerpt, read_clip};
use crate::plan::Point;
use crate::ui::session::Action;
use crate::ui::several::how_many;
use crate::ui::words::t;

use super::hands::{Hands, Now};

/// Listens while the canvas is there to what the browser's own keys and menus
/// ask for. What is selected as text, or typed in, is left to the browser.
#[hook]
pub(super) fn use_clipboard(hands: &Rc<Hands>) {
    let hands = Rc::clone(hands);
    use_effect_with((), move |()| {
        let (giver, taker) = (Rc::clone(&hands), hands);
        let listener = clipboard::listen(
            move |cut| {
                let ours = !focus::is_typing() && !focus::has_text();
                ours.then(|| giver.copied(cut)).flatten()
            },
            move |text| {
                let ours = !focus::is_typing();
                if ours {
                    taker.paste_text(text, None);
                }
                ours
            },
        );
        move || drop(listener)
    });
}

impl Hands {
    /// What is selected as text for the clipboard, and says so. Cutting takes
    /// it out of the plan.
    fn copied(&self, cut: bool) -> Option<String> {
        let now = self.now()?;
        let text = clip_text(&now.plan, now.selection.parts())?;
        if cut {
            self.remove_selected(&now);
        } else {
            self.act(Action::Say(t!("Copied {}.", how_many(&now.selection))));
        }
        Some(text)
    }

    /// Deletes everything that is selected.
    pub(super) fn remove_selected(&self, now: &Now) {
        self.act(Command::RemoveSeveral(now.selection.parts().to_vec()));
    }

    /// Copies, from a menu.
    pub(super) fn copy(self: &Rc<Self>, cut: bool) {
        let Some(now) = self.now() else { return };
        let Some(text) = clip_text(&now.plan, now.selection.parts()) else {
            return;
        };
        let hands = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            match clipboard::copy(&text).await {
                Ok(()) if cut => hands.remove_selected(&now),
                Ok(()) => hands.act(Action::Say(t!("Copied {}.", how_many(&now.selection)))),
                Err(problem) => hands.act(Action::Say(problem.into())),
            }
        });
    }

    /// Pastes, from a menu, around a point.
    pub(super) fn paste(self: &Rc<Self>, at: Point) {
        let hands = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            match clipboard::read().await {
                Ok(text) => hands.paste_text(&text, Some(at)),
                Err(problem) => hands.act(Action::Say(problem.into())),
            }
        });
    }

    /// Puts what a text holds around a point, or into the middle of the view.
    fn paste_text(&self, text: &str, at: Option<Point>) {
        let Some(now) = self.now() else { return };
        let at = Some(at.unwrap_or_else(|| now.stage.view.to_canvas(self.middle())));
        match read_clip(text) {
            Ok(part) => self.act(Command::Insert(Insertion::of(part, at))),
            Err(problem) => self.act(Action::Say(problem.to_string().into())),
        }
    }

    /// Puts a copy of what is selected beside it.
    pub(super) fn duplicate(&self) {
        let Some(now) = self.now() else { return };
        if now.selection.parts().is_empty() {
            return;
        }
        self.act(duplicated(&now.plan, now.selection.parts()));
    }
}

/// The command that puts copies beside these things.
pub fn duplicated(plan: &crate::plan::Plan, parts: &[crate::mesh::Subject]) -> Command {
    Command::Insert(Insertion::of(excerpt(plan, parts), None))
}

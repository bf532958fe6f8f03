//! The language of the page: which one is spoken, and the way to another.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser::language::{self, Language, Speaker};
use crate::plan::Plan;

/// What is spoken, and what somebody gave names to.
#[derive(Default)]
struct Voice {
    wanted: Cell<Option<Language>>,
    speaker: RefCell<Option<Speaker>>,
    plan: RefCell<Option<Rc<Plan>>>,
}

impl Voice {
    /// Whether a text is the name of something in the open plan. Such a name
    /// may be a word of the page as well, and stays what it is.
    fn is_name(&self, text: &str) -> bool {
        self.plan.borrow().as_deref().is_some_and(|plan| {
            plan.name.as_str() == text
                || plan.nodes.values().any(|node| node.name.as_str() == text)
                || plan.sites.values().any(|site| site.name.as_str() == text)
        })
    }
}

/// Speaks the language that is wanted: the first of the two, while the second is
/// spoken already. The callback changes to another one.
#[hook]
pub(super) fn use_language(plan: &Rc<Plan>) -> (Language, Language, Callback<Language>) {
    let voice = use_memo((), |()| Voice::default());
    *voice.plan.borrow_mut() = Some(Rc::clone(plan));
    let spoken = use_state_eq(language::wanted);
    let heard = use_state_eq(|| Language::English);
    {
        let (voice, heard) = (Rc::clone(&voice), heard.setter());
        use_effect_with(*spoken, move |spoken| {
            let spoken = *spoken;
            voice.wanted.set(Some(spoken));
            spawn_local(async move {
                let names = Rc::clone(&voice);
                // The one before ends first, so that the next hears English.
                voice.speaker.take();
                let speaker = language::speak(spoken, Rc::new(move |text| names.is_name(text)));
                let speaker = speaker.await;
                // While the catalogue was on its way, another one may have been chosen.
                if voice.wanted.get() == Some(spoken) {
                    let there = speaker.is_some();
                    voice.speaker.replace(speaker);
                    heard.set(if there { spoken } else { Language::English });
                }
            });
        });
    }
    let choose = {
        let spoken = spoken.setter();
        use_callback((), move |language: Language, ()| {
            // Without storage the choice holds until the page is left.
            let _ = language::keep(language);
            spoken.set(language);
        })
    };
    (*spoken, *heard, choose)
}

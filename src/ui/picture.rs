//! What shows until the rest of the program is there: the plan as it will
//! stand, and empty panes around it. It rarely stays for longer than a blink.

use std::rc::Rc;

use yew::prelude::*;

use crate::mesh::sketch;

use super::canvas::Still;
use super::start::Start;
use super::start_up::Found;
use super::top_bar::Mark;

/// What [`Picture`] shows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PictureProps {
    /// What was found when the page was opened.
    pub found: Rc<Found>,
}

/// A picture of the page in its own size and place, so that nothing moves when
/// the page comes. Nothing of it can be used, and it says so to the pointer and
/// to a screen reader.
#[component]
pub(super) fn Picture(props: &PictureProps) -> Html {
    let Found { plan, welcome, .. } = props.found.as_ref();
    // What is wrong is said in words, which come with the rest.
    let mesh = use_memo((), |()| sketch(plan));
    html! {
        <div class={classes!("app", welcome.then_some("is-welcome"))} inert=true aria-busy="true">
            <header class="top-bar">
                <h1 class="top-bar__mark"><Mark /><span class="visually-hidden">{ "Meshwright" }</span></h1>
                <div class="field project-name">
                    <div class="field__control"><input class="input" readonly=true value={plan.name.to_string()} aria-label="Name of the mesh" /></div>
                </div>
                <p class="top-bar__saved">{ "Loading\u{2026}" }</p>
            </header>
            <main class="workspace">
                <Still plan={Rc::clone(plan)} {mesh} welcome={*welcome} />
                if *welcome {
                    <Start on_choose={Callback::noop()} />
                }
            </main>
            <aside class="inspector is-peek is-plan" aria-label="Inspector">
                <div class="inspector__grip"><span /></div>
                <div class="inspector__head" />
            </aside>
            <section class="drawer" aria-label="Findings and files">
                <div class="drawer__bar" />
            </section>
        </div>
    }
}

/// What [`Trouble`] does.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TroubleProps {
    /// Loading shall be tried again.
    pub on_retry: Callback<()>,
}

/// Says that the rest could not be loaded.
#[component]
pub(super) fn Trouble(props: &TroubleProps) -> Html {
    html! {
        <div class="toasts" role="alert">
            <div class="toast">
                <p class="toast__text">
                    { "The rest of Meshwright could not be loaded, so nothing can be changed yet. Your plan is safe." }
                </p>
                <button type="button" class="toast__button" onclick={props.on_retry.reform(|_| ())}>
                    { "Try again" }
                </button>
            </div>
        </div>
    }
}

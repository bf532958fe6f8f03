//! What stands where the late part of the page will be.

use yew::prelude::*;

/// Empty panes of the size of the real ones, so that nothing moves when those
/// come. They are quiet, because they rarely stay for longer than a blink.
#[component]
pub(super) fn Places() -> Html {
    html! {
        <>
            <aside class="inspector is-peek is-plan" aria-label="Inspector" aria-busy="true">
                <div class="inspector__grip"><span /></div>
                <div class="inspector__head" />
            </aside>
            <section class="drawer" aria-label="Findings and files" aria-busy="true">
                <div class="drawer__bar" />
            </section>
        </>
    }
}

/// What [`Trouble`] does.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TroubleProps {
    /// Loading shall be tried again.
    pub on_retry: Callback<()>,
}

/// Says that the late part could not be loaded.
#[component]
pub(super) fn Trouble(props: &TroubleProps) -> Html {
    html! {
        <div class="toasts" role="alert">
            <div class="toast">
                <p class="toast__text">
                    { "The inspector, findings and files could not be loaded. What you draw is kept all the same." }
                </p>
                <button type="button" class="toast__button" onclick={props.on_retry.reform(|_| ())}>
                    { "Try again" }
                </button>
            </div>
        </div>
    }
}

//! The message at the bottom left.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::session::{Action, Toast, use_dispatch};
use super::words::t;
use crate::editor::Command;

/// How long a message stays, in milliseconds.
const STAY: u32 = 6_000;

/// What [`Toasts`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ToastsProps {
    /// The latest message.
    #[prop_or_default]
    pub toast: Option<Toast>,
}

/// The place of messages. It is there even when it is empty, because a screen
/// reader only hears what appears in a place that it knows.
#[component]
pub fn Toasts(props: &ToastsProps) -> Html {
    let dispatch = use_dispatch();
    let held = use_state_eq(|| false);
    {
        let dispatch = dispatch.clone();
        let number = props.toast.as_ref().map(|toast| toast.number);
        use_effect_with((number, *held), move |(number, held)| {
            let number = number.filter(|_| !held);
            let timer = number
                .map(|number| Timeout::new(STAY, move || dispatch.dispatch(Action::Unsay(number))));
            // Dropping the timer stops it.
            move || drop(timer)
        });
    }
    let hold = |on: bool| {
        let held = held.setter();
        move || held.set(on)
    };
    let (enter, leave, focus, blur) = (hold(true), hold(false), hold(true), hold(false));
    html! {
        <div
            class="toasts"
            role="status"
            onmouseenter={move |_| enter()}
            onmouseleave={move |_| leave()}
            onfocusin={move |_| focus()}
            onfocusout={move |_| blur()}
        >
            if let Some(toast) = &props.toast {
                <div class="toast" key={toast.number}>
                    <p class="toast__text">{ &toast.text }</p>
                    if toast.undo {
                        <button type="button" class="toast__button" onclick={undo(&dispatch, toast.number)}>{ t!("Undo") }</button>
                    }
                </div>
            }
        </div>
    }
}

fn undo(dispatch: &super::session::Dispatch, number: u32) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| {
        dispatch.dispatch(Action::Do(Command::Undo));
        dispatch.dispatch(Action::Unsay(number));
    })
}

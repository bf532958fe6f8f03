//! Copies of what is selected, one or many.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::editor::{Command, Insertion, excerpt};
use crate::mesh::Subject;
use crate::plan::Plan;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::use_dispatch;
use crate::ui::words::t;

/// So many copies at once.
const MOST: usize = 100;

/// What [`Copies`] copies.
#[derive(Clone, PartialEq, Properties)]
pub struct CopiesProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// What is copied.
    pub parts: Vec<Subject>,
}

/// A button that copies, and how many times.
#[component]
pub fn Copies(props: &CopiesProps) -> Html {
    let dispatch = use_dispatch();
    let typed = use_state_eq(|| "1".to_owned());
    let times = typed.trim().parse::<usize>().ok();
    let times = times.filter(|times| (1..=MOST).contains(times));
    let copy = {
        let (plan, parts) = (props.plan.clone(), props.parts.clone());
        Callback::from(move |()| {
            if let Some(times) = times {
                let insertion = Insertion::of(excerpt(&plan, &parts), None);
                dispatch.dispatch(Command::Insert(Insertion { times, ..insertion }).into());
            }
        })
    };
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let onkeydown = {
        let copy = copy.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                copy.emit(());
            }
        })
    };
    let wrong = times.is_none().then_some("true");
    html! {
        <div class={classes!("copies", wrong.map(|_| "is-wrong"))} role="group" aria-label={t!("Copies")}>
            <button
                type="button" class="button button--small" onclick={copy.reform(|_: MouseEvent| ())}
                aria-disabled={wrong} aria-describedby="copies-note"
            >
                <Icon glyph={Glyph::Copy} />{ t!("Duplicate") }
            </button>
            <input
                id="copies" class="input is-code" type="text" inputmode="numeric" autocomplete="off" value={(*typed).clone()}
                aria-label={t!("How many copies")} aria-invalid={wrong} aria-describedby="copies-note" {oninput} {onkeydown}
            />
            <span aria-hidden="true">{ t!("times") }</span>
            <p id="copies-note" class={if wrong.is_some() { "field__error" } else { "field__hint" }} aria-live="polite">
                if wrong.is_some() {
                    <Icon glyph={Glyph::Error} size={14} /><span>{ t!("A number from 1 to {}.", MOST) }</span>
                } else {
                    { t!("Each copy gets free names, addresses and LANs of its own.") }
                }
            </p>
        </div>
    }
}

//! A short way into an empty plan: four steps on a card beside the drawing,
//! each of which ticks itself. It stands in nobody's way and can be closed.

use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::session::{Session, Tab};
use super::words::t;
use crate::browser::settings;
use crate::editor::FirstStep;
use crate::plan::{Plan, ProjectId};
use std::rc::Rc;

/// The setting that names the project whose first steps show.
const SETTING: &str = "first-steps";

/// The card shows for a plan that begins empty.
pub(super) fn begin(plan: &Plan) {
    let _ = settings::set_setting(SETTING, plan.id.as_ref().map(ProjectId::as_str));
}

/// What [`FirstSteps`] follows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct FirstStepsProps {
    /// The state of the page.
    pub session: Rc<Session>,
}

/// The card.
#[component]
pub(super) fn FirstSteps(props: &FirstStepsProps) -> Html {
    let session = &props.session;
    let passed = use_mut_ref(|| [false; FirstStep::ALL.len()]);
    let closed = use_state(|| 0_u32);
    let plan = session.editor.plan();
    let id = plan.id.as_ref().map(ProjectId::as_str);
    let shown = use_memo((plan.id.clone(), *closed), |_| {
        id.is_some() && settings::setting(SETTING).as_deref() == id
    });
    if !*shown || session.welcome {
        return Html::default();
    }
    let selected = session.editor.selection.single();
    let files = session.tab == Some(Tab::Files);
    let mut done = passed.borrow_mut();
    for (done, step) in done.iter_mut().zip(FirstStep::ALL) {
        *done |= step.is_done(plan, &selected, files);
    }
    let all = done.iter().all(|done| *done);
    let close = Callback::from(move |_: MouseEvent| {
        let _ = settings::set_setting(SETTING, None);
        closed.set(*closed + 1);
    });
    html! {
        <section class="first-steps" aria-labelledby="first-steps-title">
            <div class="first-steps__head">
                <h2 id="first-steps-title" class="first-steps__title">
                    { if all { t!("Your first mesh stands") } else { t!("First steps") } }
                </h2>
                <button type="button" class="icon-button" aria-label={t!("Close the first steps")} title={t!("Close the first steps")} onclick={close}>
                    <Icon glyph={Glyph::Close} />
                </button>
            </div>
            <ol class="first-steps__list">
                { for FirstStep::ALL.into_iter().zip(done.iter()).map(|(step, done)| html! {
                    <li class={classes!("first-steps__step", done.then_some("is-done"))}>
                        <span class="first-steps__tick">
                            if *done {
                                <Icon glyph={Glyph::Check} /><span class="visually-hidden">{ t!("Done:") }</span>
                            }
                        </span>
                        <div>
                            <p class="first-steps__name">{ name(step) }</p>
                            if !*done {
                                <p class="first-steps__how">{ how(step) }</p>
                            }
                        </div>
                    </li>
                }) }
            </ol>
        </section>
    }
}

fn name(step: FirstStep) -> AttrValue {
    match step {
        FirstStep::OnTheInternet => t!("Draw a machine that is on the internet"),
        FirstStep::BehindARouter => t!("Draw one behind a router"),
        FirstStep::LookAtALink => t!("Look at the link between them"),
        FirstStep::GetFiles => t!("Get the files"),
    }
}

fn how(step: FirstStep) -> AttrValue {
    match step {
        FirstStep::OnTheInternet => {
            t!(
                "Double-click the canvas, rest a finger on it, or press N, and say that it has a public address."
            )
        }
        FirstStep::BehindARouter => {
            t!(
                "Add a site the same way, then a machine inside it. Its router is drawn on the border."
            )
        }
        FirstStep::LookAtALink => {
            t!("Click the line, or reach it with Tab and press Enter. It says why it is as it is.")
        }
        FirstStep::GetFiles => t!("Open Files below the canvas, or press 3."),
    }
}
